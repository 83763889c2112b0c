"""Pictures: counts of medicines, each with the list that it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from medpath.api.lists import Part, Whole, list_answer
from medpath.api.parameters import Pictured
from medpath.api.responses import FOUND, LIST
from medpath.api.search import origin
from medpath.api.shapes import PictureCounts
from medpath.http.state import state_of
from medpath.search.pictures import Counted, counted, picture_named

router = APIRouter(prefix="/api/v1/pictures", tags=["search"])

COLUMNS = ("picture", "value", "label", "count", "url", "source", "data_date")
PictureName = Annotated[str, Path(description="Name of the picture.", examples=["approvals"])]


@router.get("/{name}", response_model=PictureCounts, responses={**LIST, 404: FOUND[404]})
async def picture(request: Request, name: PictureName, asked: Annotated[Pictured, Query()]) -> Response:
    """A picture's rows: how many medicines have each value, and the list of exactly these."""
    state, chosen = state_of(request), picture_named(name)

    if refused := [one for one in chosen.refused if getattr(asked, one)]:
        raise HTTPException(409, f"The picture “{name}” settles {', '.join(refused)} itself; leave that filter out.")

    def find() -> Counted:
        return counted(state.search, chosen, replace(asked.filters(), q=asked.q))

    def part() -> Part:
        found = find()
        more = {"medicines": found.total, "left_out": found.left_out}
        return Part(_items(found), len(found.rows), more=more)

    def rows(item: dict[str, Any], source: str, data_date: str | None) -> Iterator[dict[str, Any]]:
        yield {**item, "picture": name, "source": source, "data_date": data_date}

    whole = Whole(lambda: _items(find()), COLUMNS, rows, origin(state))
    return await list_answer(request, f"picture-{name}", asked.format, part, whole)


def _items(found: Counted) -> list[dict[str, Any]]:
    return [
        {
            "value": row.value,
            "label": row.label,
            "names": row.names,
            "count": row.count,
            "url": f"/api/v1/medicines?{row.query}",
        }
        for row in found.rows
    ]
