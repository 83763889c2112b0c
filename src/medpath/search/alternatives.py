"""Medicines that share something with another: what its page lists as alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tantivy import Order

from medpath.search.plan import all_of, any_of, one_of, term
from medpath.search.reader import Snapshot


def sharing(
    snapshot: Snapshot, category: str, substance: str | None, codes: Sequence[str], limit: int
) -> tuple[list[dict[str, Any]], bool]:
    """Authorised medicines of a category with a substance (by slug) or an ATC code, by name; whether there are more."""
    shared = [one_of("substance", [substance])] if substance else []
    shared += [one_of("atc", codes)] if codes else []
    if not shared:
        return [], False
    among = [term("kind", "medicine"), term("status", "authorised"), term("category", category), any_of(shared)]
    found = snapshot.searcher.search(
        all_of(among), limit + 1, count=False, order_by_field="by_name", order=Order.Asc
    ).hits
    return [snapshot.item(address) for _, address in found[:limit]], len(found) > limit
