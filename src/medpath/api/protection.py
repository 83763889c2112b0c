"""Estimates of protection as a list: every medicine with its days, or why there are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from medpath.api.list_shapes import ListOf
from medpath.api.lists import Part, Whole, continued, list_answer
from medpath.api.parameters import Filtered
from medpath.api.picture_shapes import ProtectedMedicine
from medpath.api.responses import LIST
from medpath.api.search import origin
from medpath.http.state import state_of

router = APIRouter(prefix="/api/v1/protection", tags=["search"])

ITEM = ("product_number", "name", "status", "active_substances", "holder", "marketing_authorisation_date", "url")
COLUMNS = (
    "product_number", "name", "status", "active_substances", "holder", "marketing_authorisation_date", "estimate",
    "basis", "counted_from", "counted_from_date", "data_protection_until", "market_protection_until",
    "market_protection_until_at_most", "reason", "orphan_exclusivity_until", "orphan_reason", "source", "data_date",
)  # fmt: skip


@router.get("", response_model=ListOf[ProtectedMedicine], responses=LIST)
async def protection(request: Request, asked: Annotated[Filtered, Query()]) -> Response:
    """Estimates of when the protection of data and market ends, of every medicine that fits all filters.

    No facts: the method of the pictures `protection` and `exclusivity` says what they are counted from and what is not
    known. With `protection` and `exclusivity` the list has those alone that end in certain years.
    """
    state = state_of(request)

    def part() -> Part:
        filters = replace(asked.filters(), q=asked.q)
        found = continued(
            asked.cursor,
            lambda: state.search.medicines(filters, sort=asked.sort, limit=asked.limit, cursor=asked.cursor),
        )
        following = asked.next_url(router.prefix, cursor=found.next) if found.next else None
        items = [_line(item, state.search.estimates(item["product_number"])) for item in found.items]
        return Part(items, found.total, following, found.facets)

    def records() -> Iterator[dict[str, Any]]:
        filters = replace(asked.filters(), q=asked.q)
        return (_line(item, told) for item, told in state.search.estimated(filters))

    def rows(item: dict[str, Any], source: str, data_date: str | None) -> Iterator[dict[str, Any]]:
        market, orphan = item["protection"] or {}, item["orphan_exclusivity"] or {}
        first = market.get("counted_from") or {}
        yield {
            **item,
            **market,
            "status": item["status"]["code"],
            "active_substances": "; ".join(item["active_substances"]),
            "counted_from": first.get("product_number"),
            "counted_from_date": first.get("date"),
            "orphan_exclusivity_until": orphan.get("market_exclusivity_until"),
            "orphan_reason": orphan.get("reason"),
            "source": source,
            "data_date": data_date,
        }

    return await list_answer(request, "protection", asked.format, part, Whole(records, COLUMNS, rows, origin(state)))


def _line(item: dict[str, Any], told: dict[str, Any] | None) -> dict[str, Any]:
    return {
        **{key: item[key] for key in ITEM},
        "estimate": True,
        **(told or {"protection": None, "orphan_exclusivity": None}),
    }
