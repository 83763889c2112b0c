"""Finding: everything that fits a question, and suggestions while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from medpath.api.list_shapes import ListOf
from medpath.api.lists import Part, Whole, continued, list_answer, parts
from medpath.api.parameters import LARGEST_LIMIT, Searched, Suggested
from medpath.api.responses import LIST, RECORD
from medpath.api.search_shapes import SearchAnswer, Suggestion
from medpath.http.answers import Content, answer, json_content
from medpath.http.state import Stamp, State, state_of
from medpath.model.terms import MEDICINES
from medpath.search.searching import FACET_VALUES, Results

router = APIRouter(prefix="/api/v1", tags=["search"])

SEARCH_COLUMNS = (
    "kind", "product_number", "name", "status", "status_date", "category", "active_substances", "atc",
    "therapeutic_areas", "holder", "flags", "marketing_authorisation_date", "medicines", "authorised", "matched", "id",
    "url", "source", "data_date",
)  # fmt: skip


@router.get("/search", response_model=SearchAnswer, responses=LIST)
async def search(request: Request, asked: Annotated[Searched, Query()]) -> Response:
    """Medicines, substances, conditions, organisations, classes and documents that fit, the best first.

    With `kind=section` it looks into the texts of the documents: every word must stand in one passage, `"words like
    these"` one after the other, `-word` in none; `section:4.8`, `section:leaflet/4`, `type:assessment-report` and
    `medicine:alofisel` narrow it down. `total` counts passages, and a section comes once, by its best passage.
    """
    state = state_of(request)

    def find(limit: int, cursor: str | None, facet_values: int = FACET_VALUES) -> Results:
        if asked.kind == "section":
            return state.passages.search(
                asked.q, filters=asked.filters(), limit=limit, cursor=cursor, counts=facet_values > 0
            )
        return state.search.search(
            asked.q,
            kind=asked.kind,
            filters=asked.filters(),
            sort=asked.sort,
            limit=limit,
            cursor=cursor,
            facet_values=facet_values,
        )

    def part() -> Part:
        found = continued(asked.cursor, lambda: find(asked.limit, asked.cursor))
        following = asked.next_url("/api/v1/search", cursor=found.next) if found.next else None
        more = {"query": asked.q, "understood": found.understood, "nearest": found.nearest}
        return Part(found.items, found.total, following, found.facets, more)

    def items(cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
        found = find(LARGEST_LIMIT, cursor, facet_values=0)
        return found.items, found.next

    whole = Whole(lambda: parts(items), SEARCH_COLUMNS, entry_rows, origin(state))
    return await list_answer(request, "search", asked.format, part, whole)


@router.get("/suggest", response_model=ListOf[Suggestion], responses=RECORD)
async def suggest(request: Request, asked: Annotated[Suggested, Query()]) -> Response:
    """What the beginning of a word or a number may become."""
    state = state_of(request)

    def make(stamp: Stamp) -> Content:
        items = state.search.suggest(asked.q, asked.limit)
        return json_content(
            {
                "items": items,
                "total": len(items),
                "next": None,
                "facets": {},
                "source": state.attribution(MEDICINES),
                "data_date": stamp.store.data_date,
                "sample": stamp.store.sample,
            }
        )

    return await answer(request, make)


def entry_rows(entry: dict[str, Any], source: str, data_date: str | None) -> Iterator[dict[str, Any]]:
    """An entry of the index as one row of `SEARCH_COLUMNS`."""
    status = entry.get("status") or (entry.get("medicine") or {}).get("status") or {}
    if "passage" in entry:
        entry = {**entry, "matched": None}
    number = entry.get("product_number") or (entry.get("medicine") or {}).get("product_number")
    yield {
        **entry,
        "product_number": number,
        "status": status.get("code"),
        "status_date": status.get("date"),
        "source": source,
        "data_date": data_date,
    }


def origin(state: State) -> Callable[[dict[str, Any], Stamp], tuple[str, str | None]]:
    """Source and date of the data of an entry of the index."""
    return lambda _entry, stamp: (state.attribution(MEDICINES), stamp.store.data_date)
