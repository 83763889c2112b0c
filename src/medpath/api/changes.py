"""What changed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from medpath.api.change_shapes import Change
from medpath.api.list_shapes import ListOf
from medpath.api.lists import Part, Whole, data_date_of, list_answer, parts, told_as_of
from medpath.api.parameters import LARGEST_LIMIT, Changed, ChangedAnywhere
from medpath.api.responses import FOUND, LIST
from medpath.http.state import Stamp, state_of
from medpath.store.changes import ChangeList
from medpath.tabular import CHANGE_COLUMNS, change_rows

router = APIRouter(prefix="/api/v1/changes", tags=["changes"])


@router.get("", response_model=ListOf[Change], responses={**LIST, 404: FOUND[404]})
async def list_changes(request: Request, asked: Annotated[ChangedAnywhere, Query()]) -> Response:
    """What changed, as it was written or the newest first. To follow the register, continue after the last sequence."""
    number = None
    if asked.medicine is not None:
        state = state_of(request)
        number = await state.read(state.register.resolve, asked.medicine)
    return await change_list(request, asked, number, "/api/v1/changes")


async def change_list(
    request: Request, asked: Changed, number: str | None, path: str, as_of: date | None = None
) -> Response:
    """Answers with changes, of one medicine or of all; with ``as_of`` those that had been observed by then."""
    state = state_of(request)
    until = min((day for day in (asked.until, as_of) if day is not None), default=None)

    def some(after: int, limit: int) -> ChangeList:
        return state.register.changes(
            after=after,
            since=asked.since,
            until=until,
            medicine=number,
            kind=asked.kind,
            cause=asked.cause,
            limit=limit,
            newest_first=asked.order == "newest",
        )

    def part() -> Part:
        found = some(asked.after, asked.limit)
        following = asked.next_url(path, after=found.next) if found.next else None
        return Part(found.items, found.total, following, more=told_as_of(state, as_of))

    def items(cursor: int | None) -> tuple[list[dict[str, Any]], int | None]:
        found = some(cursor or 0, LARGEST_LIMIT)
        return found.items, found.next

    def origin(change: dict[str, Any], stamp: Stamp) -> tuple[str, str | None]:
        return state.attribution(change["dataset"]), data_date_of(state, stamp, as_of)

    whole = Whole(lambda: parts(items), CHANGE_COLUMNS, change_rows, origin)
    return await list_answer(request, "changes", asked.format, part, whole)
