"""Which changes a watch is told of.

A medicine fits the filters of a watch by its state before or after the change: who watches the authorised ones is told
when one is withdrawn. Words are looked for in the index, which holds the present state alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from medpath.model.compose import medicine_id
from medpath.search.asked import Filters
from medpath.search.entries import medicine_entry
from medpath.search.searching import Search
from medpath.store.watches import Wanted

FACETS = ("status", "category", "atc", "area", "substance", "organisation", "flag", "year")


def filters_of(wanted: Wanted) -> Filters:
    """The search of a watch."""
    return msgspec.convert(wanted.filters, Filters)


@dataclass
class News:
    """Changes to be told, with what their medicines are and were, ready to be matched with many watches.

    ``changes`` are as in the contract; ``states`` the bodies before and after by the medicine's id.
    """

    changes: Sequence[Mapping[str, Any]]
    states: Mapping[str, Sequence[Mapping[str, Any]]]
    search: Search
    _having: dict[tuple[str, str], set[str]] = field(init=False, default_factory=dict)
    _found: dict[Filters, frozenset[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for number, bodies in self.states.items():
            for body in bodies:
                values = medicine_entry(body, {}, {}).fields
                for facet in FACETS:
                    for value in values.get(facet, ()):
                        self._having.setdefault((facet, value), set()).add(number)
        self._all = frozenset(str(one["medicine"]) for one in self.changes)

    def of(self, wanted: Wanted) -> list[int]:
        """The sequences of the changes that a watch is told of, in order. Raises StoreUnusable without an index."""
        named = {medicine_id(number) for number in wanted.medicines}
        fits = self._fitting(filters_of(wanted)) if wanted.filters or not named else frozenset()
        return [
            one["sequence"]
            for one in self.changes
            if (one["medicine"] in named or one["medicine"] in fits)
            and (not wanted.kinds or one["kind"] in wanted.kinds)
        ]

    def _fitting(self, filters: Filters) -> frozenset[str]:
        if filters not in self._found:
            found = self._in_words(filters) if filters.q else self._by_facets(self.search.spelt_out(filters))
            self._found[filters] = found
        return self._found[filters]

    def _in_words(self, filters: Filters) -> frozenset[str]:
        numbers = [number.rpartition(":")[2].replace("-", "/") for number in self._all]
        return frozenset(medicine_id(number) for number in self.search.which(numbers, filters))

    def _by_facets(self, filters: Filters) -> frozenset[str]:
        fits: Iterable[str] = self._all
        for facet in FACETS:
            values: tuple[str, ...] = getattr(filters, facet)
            if values:
                having = set().union(*(self._having.get((facet, value), set()) for value in values))
                fits = having.intersection(fits)
        return frozenset(fits)
