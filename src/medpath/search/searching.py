"""Searching: what doors ask of the index. It answers from one whole state and follows the index by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from medpath.errors import StoreUnusable, UsageError
from medpath.model.mesh import is_place
from medpath.search import counting
from medpath.search.alternatives import sharing
from medpath.search.asked import NO_FILTERS, Filters, Results
from medpath.search.cursors import question_mark, read_cursor
from medpath.search.index import Damaged, State, tantivy_errors
from medpath.search.query import clean
from medpath.search.question import SORTS, Question
from medpath.search.reader import Reader
from medpath.search.schema import KINDS
from medpath.search.suggesting import suggestions

__all__ = ["NO_FILTERS", "Filters", "Results", "Search"]

LARGEST_LIMIT = 1_000
FACET_VALUES = 30


class Search:
    """The index as doors use it.

    Every method raises StoreUnusable while there is no index that can be read, and UsageError for a filter, sort,
    limit or cursor that makes no sense; no query raises.
    """

    def __init__(self, folder: Path) -> None:
        self._reader = Reader(folder)

    def sequence(self) -> int:
        """The sequence of the store that the index has come to."""
        return self._reader.snapshot().state.sequence

    def state(self) -> State:
        """How far the index has come, vocabularies included: equal states give equal answers."""
        return self._reader.snapshot().state

    def store_id(self) -> str:
        """The id of the store that the index belongs to."""
        return self._reader.snapshot().state.store

    def search(
        self,
        query: str,
        *,
        kind: str | None = None,
        filters: Filters = NO_FILTERS,
        sort: str | None = None,
        limit: int = 20,
        cursor: str | None = None,
        facet_values: int = FACET_VALUES,
    ) -> Results:
        """What fits a query, of one kind or of all; filters, and orders by days or status, leave only medicines.

        ``sort`` is relevance (the default) or a key of ``SORTS``. ``facet_values`` is how many values a facet of many
        has at most; 0 leaves the facets out.
        """
        if kind is not None and kind not in (*KINDS, "section"):
            raise UsageError(f"There is no kind “{kind[:40]}”; there are {', '.join(KINDS)}.")
        if not 1 <= limit <= LARGEST_LIMIT:
            raise UsageError(f"The limit must be from 1 to {LARGEST_LIMIT:,}.")
        if sort is not None and sort != "relevance" and sort not in SORTS:
            raise UsageError(f"There is no order “{sort[:40]}”; there are relevance, {', '.join(SORTS)}.")
        text = clean(" ".join(part for part in (query, filters.q) if part))
        mark = question_mark(text, kind, asdict(filters), sort)
        place = read_cursor(cursor, mark) if cursor else None
        with _answering():
            question = Question(self._reader.snapshot(), text, kind, filters, sort, limit)
            return question.answer(place, mark, facet_values)

    def medicines(
        self,
        filters: Filters = NO_FILTERS,
        *,
        sort: str | None = None,
        limit: int = 100,
        cursor: str | None = None,
        facet_values: int = FACET_VALUES,
    ) -> Results:
        """The list of medicines; ordered by relevance where there is free text, else by name, if not said otherwise."""
        sort = sort or ("relevance" if filters.q else "name")
        return self.search(
            "", kind="medicine", filters=filters, sort=sort, limit=limit, cursor=cursor, facet_values=facet_values
        )

    def which(self, numbers: Collection[str], filters: Filters) -> set[str]:
        """Which of the medicines with these product numbers are in the list with these filters."""
        text = clean(filters.q)
        with _answering():
            return Question(self._reader.snapshot(), text, "medicine", filters).which(numbers)

    def medicine(self, number: str) -> dict[str, Any] | None:
        """What lists show of a medicine, by its product number."""
        with _answering():
            return self._reader.snapshot().named("medicine", number)

    def settled(self, filters: Filters) -> Filters:
        """The filters with their values as the index has them: codes for words, alternatives told one by one."""
        with _answering():
            chosen = Question(self._reader.snapshot(), "", "medicine", filters).chosen
        return replace(filters, q=clean(filters.q), **{facet: tuple(values) for facet, (values, _) in chosen.items()})

    def headings(self, places: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The headings at places in MeSH's tree: ``id``, ``name``, ``conditions`` (slugs of those at or below it)."""
        with _answering():
            found = {place: self._reader.snapshot().named("heading", place) for place in places}
        return {place: one for place, one in found.items() if one is not None}

    def spelt_out(self, filters: Filters) -> Filters:
        """The filters with areas for the places in MeSH's tree, for what is not looked up in the index."""
        headings = self.headings(value for value in filters.area if is_place(value))
        areas = [one for value in filters.area for one in (value, *headings.get(value, {}).get("conditions", ()))]
        return replace(filters, area=tuple(dict.fromkeys(areas)))

    def counts(self, filters: Filters, field: str) -> counting.Counts:
        """How many medicines of a list have each value of a field of the index."""
        with _answering():
            return counting.counts(self._listing(filters), field)

    def counts_within(self, filters: Filters, field: str, inner: str) -> dict[str, counting.Counts]:
        """For each value of a field how many medicines of a list with it have each value of another field."""
        with _answering():
            return counting.counts_within(self._listing(filters), field, inner)

    def left_out(self, filters: Filters, fields: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
        """(reason, item) of the medicines of a list that have no value of one of the fields."""
        with _answering():
            return counting.left_out(self._listing(filters), fields)

    def estimated(self, filters: Filters) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
        """(item, estimates as by `estimates`) of every medicine of a list, by name."""
        with _answering():
            return counting.estimated(self._listing(filters))

    def _listing(self, filters: Filters) -> Question:
        return Question(self._reader.snapshot(), clean(filters.q), "medicine", filters)

    def estimates(self, number: str) -> dict[str, Any] | None:
        """What is estimated of a medicine's protection, by its product number; None where there is nothing to tell."""
        with _answering():
            return self._reader.snapshot().estimates(number)

    def sharing(
        self, category: str, substance: str | None, codes: Sequence[str], limit: int
    ) -> tuple[list[dict[str, Any]], bool]:
        """Authorised medicines of a category with a substance (by slug) or an ATC code, by name; are there more."""
        with _answering():
            return sharing(self._reader.snapshot(), category, substance, codes, limit)

    def suggest(self, text: str, limit: int = 8) -> list[dict[str, Any]]:
        """What a text that is being typed may become, each ``{"kind", "text", "detail", "status", "url", …}``."""
        with _answering():
            return suggestions(self._reader.snapshot(), clean(text), max(1, min(limit, 50)))


@contextmanager
def _answering() -> Iterator[None]:
    try:
        with tantivy_errors():
            yield
    except Damaged as problem:
        raise StoreUnusable("The search index is damaged; run “medpath sync”, which makes it again.") from problem
