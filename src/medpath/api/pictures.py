"""Pictures: counts of medicines, each with the list that it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from medpath.api.list_shapes import ListOf
from medpath.api.lists import Part, Whole, list_answer
from medpath.api.parameters import Formed, Pictured
from medpath.api.picture_shapes import PictureCounts, PictureNamed
from medpath.api.responses import FOUND, LIST
from medpath.api.search import origin
from medpath.http.state import state_of
from medpath.search.pictures import PICTURES, Counted, counted, picture_named
from medpath.translations.pictures import HEADINGS, LEADS, METHODS

router = APIRouter(prefix="/api/v1/pictures", tags=["search"])

NAMED = ("name", "title", "description", "method", "estimate", "url", "page", "source", "data_date")
COLUMNS = (
    "picture", "value", "series", "label", "count", "shortest", "lower", "median", "upper", "longest",
    "estimate", "url", "source", "data_date",
)  # fmt: skip
PictureName = Annotated[str, Path(description="Name of the picture.", examples=["approvals"])]


@router.get("", response_model=ListOf[PictureNamed], responses=LIST)
async def pictures(request: Request, asked: Annotated[Formed, Query()]) -> Response:
    """The pictures that there are: what each shows, how it is counted, where."""
    items = [
        {
            "name": one.name,
            "title": HEADINGS[one.name],
            "description": LEADS[one.name],
            "method": METHODS[one.name],
            "estimate": one.estimate,
            "url": f"{router.prefix}/{one.name}",
            "page": f"/pictures/{one.name}",
            "settles": list(one.refused),
        }
        for one in PICTURES.values()
    ]

    def rows(item: dict[str, Any], source: str, data_date: str | None) -> Iterator[dict[str, Any]]:
        yield {**item, "source": source, "data_date": data_date}

    whole = Whole(lambda: items, NAMED, rows, origin(state_of(request)))
    return await list_answer(request, "pictures", asked.format, lambda: Part(items, len(items)), whole)


@router.get("/{name}", response_model=PictureCounts, responses={**LIST, 404: FOUND[404]})
async def picture(request: Request, name: PictureName, asked: Annotated[Pictured, Query()]) -> Response:
    """A picture's rows: how many medicines have each value, and the list of exactly these."""
    state, chosen = state_of(request), picture_named(name)

    if refused := [one for one in chosen.refused if getattr(asked, one)]:
        raise HTTPException(409, f"The picture “{name}” settles {', '.join(refused)} itself; leave that filter out.")

    def find(whole: bool = False) -> Counted:
        return counted(state.search, chosen, replace(asked.filters(), q=asked.q), whole=whole)

    def part() -> Part:
        found = find(whole=True)
        more = {
            "medicines": found.total,
            "estimate": chosen.estimate,
            "method": METHODS[name],
            "left_out": [{**one.item, "matched": None, "reason": one.reason} for one in found.left_out],
        }
        return Part(_items(found), len(found.rows), more=more)

    def rows(item: dict[str, Any], source: str, data_date: str | None) -> Iterator[dict[str, Any]]:
        shared = {"picture": name, "estimate": chosen.estimate, "source": source, "data_date": data_date}
        yield {**item, **(item["days"] or {}), **shared}
        for cell in item["cells"]:
            yield {"value": item["value"], "series": cell["column"], **cell, **shared}

    whole = Whole(lambda: _items(find()), COLUMNS, rows, origin(state))
    return await list_answer(request, f"picture-{name}", asked.format, part, whole)


def _items(found: Counted) -> list[dict[str, Any]]:
    return [
        {
            "value": row.value,
            "label": row.label,
            "names": row.names,
            "count": row.count,
            "url": _list(row.query),
            "cells": [{"column": one.column, "count": one.count, "url": _list(one.query)} for one in row.cells],
            "days": asdict(row.days) if row.days is not None else None,
        }
        for row in found.rows
    ]


def _list(query: str) -> str:
    return f"/api/v1/medicines?{query}"
