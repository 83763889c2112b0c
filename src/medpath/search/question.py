"""One question to one state of the index: its meaning, the steps by which it is answered, and the answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import tantivy
from tantivy import Order, Query

from medpath.errors import UsageError
from medpath.model import atc
from medpath.search import mistakes
from medpath.search.asked import NO_FILTERS, YEARS, Filters, Results
from medpath.search.cursors import Place, write_cursor
from medpath.search.facets import FACETS, facets
from medpath.search.lay_words import is_lay
from medpath.search.parts import Part, parts_of, ways_of
from medpath.search.plan import (
    LONGEST_NAME,
    Step,
    all_of,
    any_of,
    count,
    having,
    identities,
    in_one_name,
    one_of,
    some_words,
    steps_for,
    term,
    together,
    wording,
)
from medpath.search.query import Meaning, clean, understand
from medpath.search.reader import Snapshot
from medpath.search.resolving import resolver
from medpath.search.spelling import squeeze, whole_keys
from medpath.search.vocabulary import WIDER, code_of, is_class

SORTS = {
    "name": ("by_name", Order.Asc),
    "-name": ("by_name", Order.Desc),
    "last_updated": ("by_updated", Order.Asc),
    "-last_updated": ("by_updated_last", Order.Asc),
    "authorised": ("by_authorised", Order.Asc),
    "-authorised": ("by_authorised_last", Order.Asc),
    "status": ("by_status", Order.Asc),
}
BY_RANK = ("by_rank", Order.Asc)
OF_MEDICINES = [order for order in SORTS.values() if order[0] != "by_name"]
OF_DOCUMENTS = [order for order in OF_MEDICINES if order[0].startswith("by_updated")]
FORMER, SYNONYM = "former-name", "synonym"
FORMER_NAME = "former_name"  # of what is no medicine: its other names in a vocabulary
VOCABULARIES = {"substance": "DrugBank Open Vocabulary", "condition": "MeSH", "atc-class": "DrugBank Open Vocabulary"}
OURS = "MedPath"
MOST_PARTS = 5
ONLY_SAID = (
    "phrase",
    "synonym",
    "broader",
    "known",
    "spelling",
    "some-words",
    "left-out",
    "not-understood",
)  # what is reported and is no filter


class Question:
    """One question to one state of the index."""

    def __init__(
        self,
        snapshot: Snapshot,
        text: str,
        kind: str | None,
        filters: Filters,
        sort: str | None = None,
        limit: int = 0,
    ) -> None:
        self.limit = limit
        self.order = _order(sort, kind)
        self.snapshot = snapshot
        self.searcher = snapshot.searcher
        self.text = text
        self.kind = kind
        self.chosen = _chosen(snapshot, filters)
        resolve = resolver(snapshot)
        self._take(understand(text, resolve, words=kind in (None, "medicine")))
        if not self.meaning.in_words:
            return
        if not is_class(text) and self._identified(text):  # a name may hold a word that means something elsewhere
            self._take(Meaning(text=text))
        elif not self.total:
            self._take(understand(text, resolve, words=False), mistakes_too=False)
            if not self.total:
                self._take(understand(text, resolve))

    def _take(self, meaning: Meaning, mistakes_too: bool = True) -> None:
        """Settles the steps, what entries must fit whichever step finds them, and how many there are."""
        self.meaning = meaning
        self.must = [having(facet, values) for facet, values in meaning.filters]
        self.must += [wording(name) for name in meaning.wordings]
        self.must += [together(one) for one in meaning.phrases]
        self.medicines_only = bool(meaning.filters or meaning.wordings or self.chosen or self.order in OF_MEDICINES)
        self.parts: list[Part] = []
        self.left_out: list[str] = []
        self.steps = self._steps(meaning.text)
        if not self.steps:
            self.steps = [Step(None, Query.all_query())]
            self.medicines_only = self.medicines_only or not meaning.phrases
        self._look()
        free = mistakes_too and meaning.text and not meaning.phrases
        if not self.total and free and not (self.among and self._fits(self.steps)):
            self._correct()
            self._look()
        elif free and self.total and self.kind is None and not self.medicines_only and self._only_documents():
            self._correct(before=self.steps)
            self._look()

    def _steps(self, text: str) -> list[Step]:
        """The steps for a text, and the parts that it is taken to have where it is no name as a whole."""
        parts = parts_of(self.searcher, text)
        self.parts = parts if len(parts) > 1 else []
        ways = ways_of(self.searcher, text, self.parts)
        self.left_out = ways.left_out
        return steps_for(self.searcher, text, (ways.before, ways.after))

    def _only_documents(self) -> bool:
        return count(self.searcher, all_of([self.found, *self.among], [term("kind", "document")])) == 0

    def _look(self) -> None:
        """Counts the entries, and learns which steps find those of the first part of the list."""
        self.total, self.first_steps = self._by_step(range(len(self.steps)))

    def _by_step(self, numbers: Sequence[int], without: Sequence[Query] = ()) -> tuple[int, list[int]]:
        """(how many entries the steps find, the steps that find the first of them): each scores by its first step."""
        if not numbers:
            return 0, []
        steps = len(self.steps)
        scored = [Query.const_score_query(self.steps[number].query, float(steps - number)) for number in numbers]
        among = [Query.const_score_query(query, 0.0) for query in self.among]
        query = all_of([Query.disjunction_max_query(scored), *among], without)
        result: Any = self.searcher.search(query, self.limit + 1, count=True)
        return int(result.count), list(dict.fromkeys(steps - round(score) for score, _ in result.hits))

    @property
    def kinds(self) -> list[Query]:
        """What the kind asked for demands; entries of no kind have no words and need not be kept out."""
        kind = self.kind or ("medicine" if self.medicines_only else None)
        return [term("kind", kind)] if kind else []

    @property
    def among(self) -> list[Query]:
        """What every entry must fit, apart from the words."""
        return [*self.kinds, *self.must, *(query for _, query in self.chosen.values())]

    @property
    def found(self) -> Query:
        """Entries that any step finds."""
        return any_of([step.query for step in self.steps])

    def _identified(self, text: str) -> bool:
        """Whether the whole text is a name, or stands as it is in one: “Swedish Orphan Biovitrum” asks for no flag."""
        ways = [step.query for step in identities(text)]
        if self.meaning.text:
            ways += in_one_name(text)
        return bool(ways) and count(self.searcher, any_of(ways)) > 0

    def _correct(self, before: Sequence[Step] = ()) -> None:
        """Where no entry fits the words at all: names and words that they may have meant, then most of the words.

        Where documents alone do, by their words (``before``), they come after what is called almost so.
        """
        text = self.meaning.text
        steps: list[Step] = []
        meant = mistakes.names_meant(self.searcher, text)
        if meant:
            steps = [step for candidate in meant for step in identities(candidate.text)]
            steps += self._steps(meant[0].text)
            self.meaning.say(text, "spelling", meant[0].text)
        elif before:
            pass
        elif (other := mistakes.corrected(self.searcher, text)) is not None:
            steps = self._steps(other)
            if self._fits(steps):
                self.meaning.say(text, "spelling", other)
            else:
                steps = []
        if not steps and not before and self._fits(some := some_words(text)):
            steps = some
            self.meaning.say(text, "some-words", text)
        self.steps = [*steps, *before] or self.steps

    def _fits(self, steps: Sequence[Step]) -> bool:
        return bool(steps) and count(self.searcher, any_of([step.query for step in steps])) > 0

    def answer(self, place: Place | None, mark: str, facet_values: int) -> Results:
        """The part of the list after a place."""
        items, following = self._items(place) if self.total else ([], None)
        counted: dict[str, list[dict[str, Any]]] = {}
        if facet_values:
            found = [self.found, *self.kinds, *self.must]
            counted = facets(self.snapshot, found, self.chosen, facet_values, kinds=not self.kinds)
        cursor = write_cursor(following, mark) if following is not None else None
        known = self._known() if self.meaning.text else []
        told = self._other_names() or [self._is_known(one) for one in known]
        results = Results(items, self.total, cursor, counted, self.meaning.understood + told)
        if not self.total:
            broader = self._tried([("broader", name) for one in known for name in one["broader"]])
            results.nearest = broader or self._nearest()
        return results

    def _known(self) -> list[dict[str, Any]]:
        """The diseases of MeSH that the words name and no medicine has as an area."""
        names = [term("known_name", key[:LONGEST_NAME]) for key in whole_keys(self.meaning.text) if key]
        hits = self.searcher.search(any_of(names), MOST_PARTS, count=False).hits if names else []
        return [self.snapshot.item(address) for _, address in hits]

    def _is_known(self, one: dict[str, Any]) -> dict[str, Any]:
        return {
            "text": self.meaning.text,
            "as": "known",
            "value": one["name"],
            "means": [_source("condition", self.meaning.text)],
        }

    def _other_names(self) -> list[dict[str, Any]]:
        """What vocabularies say of the words: that they name a substance or condition, or one above conditions."""
        if not self.total or self.meaning.phrases:
            return []
        if told := self._names_of(self.meaning.text):
            return told
        for part in self.parts:
            if part.text in self.left_out:
                told.append({"text": part.text, "as": "left-out", "value": part.text})
            elif part.kinds:
                told += self._names_of(part.text)[:1]
        return told

    def _names_of(self, text: str) -> list[dict[str, Any]]:
        keys = [key[:LONGEST_NAME] for key in whole_keys(text) if key]
        if not keys:
            return []

        def are_called(field: str) -> Query:
            return any_of([term(field, key) for key in keys])

        if count(
            self.searcher, any_of([are_called("name"), all_of([term("kind", "medicine"), are_called(FORMER_NAME)])])
        ):
            return []
        kinds = one_of("kind", list(VOCABULARIES))
        hits = self.searcher.search(all_of([kinds, are_called(FORMER_NAME)]), MOST_PARTS, count=False).hits
        found = [self.snapshot.item(address) for _, address in hits]
        found = list({one["name"].casefold(): one for one in found}.values())
        told = [
            {"text": text, "as": "synonym", "value": one["name"], "means": [_source(one["kind"], text)]}
            for one in found
        ]
        if not told and count(self.searcher, are_called("broader_name")):
            told = [{"text": text, "as": "broader", "value": text, "means": [_source("condition", text)]}]
        return told

    def which(self, numbers: Collection[str]) -> set[str]:
        """The product numbers among these of which the medicine is found."""
        if not numbers or not self.total:
            return set()
        these = one_of("key", [f"medicine/{number}" for number in numbers])
        query = all_of([self.found, *self.among, these])
        hits = self.searcher.search(query, len(numbers), count=False).hits
        return {self.snapshot.item(address)["product_number"] for _, address in hits}

    def _items(self, place: Place | None) -> tuple[list[dict[str, Any]], Place | None]:
        steps, order, useful = self.steps, self.order, self.first_steps
        if order != BY_RANK:
            steps, useful = [Step(None, self.found)], [0]
        elif place is not None:
            seen = [any_of([step.query for step in steps[: place.step + 1]])]
            useful = [place.step, *self._by_step(range(place.step + 1, len(steps)), seen)[1]]
        if place is not None and place.step >= len(steps):
            return [], None
        items: list[dict[str, Any]] = []
        last = place
        before = [step.query for step in steps[: place.step]] if place is not None else []
        for number in useful:
            queries = [steps[number].query, *self.among]
            if place is not None and number == place.step:
                queries.append(self._after(order, place.key))
            result = self.searcher.search(
                all_of(queries, [any_of(before)] if before else []),
                self.limit + 1 - len(items),
                count=False,
                order_by_field=order[0],
                order=order[1],
            )
            for key, address in result.hits:
                if len(items) == self.limit:
                    return items, last
                item = self.snapshot.item(address)
                if (matched := steps[number].matched) is not None:
                    item["matched"] = SYNONYM if matched == FORMER and item["kind"] != "medicine" else matched
                items.append(item)
                last = Place(number, str(key))
            before.append(steps[number].query)
        return items, None

    def _after(self, order: tuple[str, Order], key: str) -> Query:
        """Entries that come after a key; keys are letters a to f and digits, so that they can stand in a query."""
        bounds = f"{{{key} TO *}}" if order[1] == Order.Asc else f"{{* TO {key}}}"
        return self.snapshot.index.parse_query(f"{order[0]}:{bounds}")

    def _nearest(self) -> list[dict[str, Any]]:
        """Where nothing fits: what does without filters, in a wider kind, with fewer words, else spelt otherwise."""
        parts = [part["text"] for part in self.meaning.understood if part["as"] not in ONLY_SAID]
        queries = [("without", self._without(parts))] if parts or self.chosen else []
        if 1 < len(parts) <= MOST_PARTS:
            queries += [("without", self._without([part])) for part in parts]
        for part in self.meaning.understood:
            if part["as"] == "wording":
                queries.append(("wider", self.text.replace(part["text"], WIDER[part["value"]], 1)))
        words = self.meaning.text.split()
        if 1 < len(words) <= MOST_PARTS:
            queries += [("part", word) for word in words if squeeze(word)]
        found = self._tried(queries)
        if not found and self.text:
            found = self._tried([("spelling", guess) for guess in mistakes.guesses(self.searcher, self.text)])
        return found

    def _without(self, parts: Sequence[str]) -> str:
        kept = self.text
        for part in parts:
            kept = kept.replace(part, " ", 1)
        return " ".join(kept.split())

    def _tried(self, queries: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        tried = [
            (way, query, Question(self.snapshot, query, self.kind, NO_FILTERS).total)
            for way, query in dict.fromkeys(queries)
            if query
        ]
        return [{"as": way, "query": query, "total": total} for way, query, total in tried if total]


def _source(kind: str, text: str) -> str:
    """Who says that a text is a name of something: a vocabulary, or the list of what people say that comes with us."""
    return OURS if kind == "condition" and is_lay(text) else VOCABULARIES[kind]


def _order(sort: str | None, kind: str | None) -> tuple[str, Order]:
    """The field and direction of an order; kinds that don't have it are ordered by name."""
    order = SORTS.get(sort or "", BY_RANK)
    has = {None: OF_MEDICINES, "medicine": OF_MEDICINES, "document": OF_DOCUMENTS}.get(kind, [])
    return order if order in has or order in (BY_RANK, SORTS["name"], SORTS["-name"]) else SORTS["name"]


def _chosen(snapshot: Snapshot, filters: Filters) -> dict[str, tuple[Sequence[str], Query]]:
    """The values and the query of each facet in which something is chosen. Raises UsageError for what is no value."""
    chosen: dict[str, tuple[Sequence[str], Query]] = {}
    for facet in (*FACETS, *YEARS):
        given = getattr(filters, facet)
        values = list(dict.fromkeys(one for value in given for one in _values(snapshot.searcher, facet, str(value))))
        if values:
            chosen[facet] = (values, having(facet, values))
    return chosen


def _values(searcher: tantivy.Searcher, facet: str, value: str) -> tuple[str, ...]:
    value = clean(value)
    if facet in ("status", "category", "flag"):
        codes = code_of(facet, value)
        if not codes and count(searcher, term(facet, value)) == 0 and value != "unknown":
            raise UsageError(f"There is no {facet} “{value[:40]}”.")
        return codes or (value,)
    if facet == "atc":
        code = atc.normal_code(value)
        if code is None:
            raise UsageError(f"“{value[:40]}” is no ATC code; codes look like L, L04, L04A, L04AC or L04AC05.")
        return (code,)
    if (facet == "year" or facet in YEARS) and not (value.isascii() and value.isdigit() and len(value) == 4):
        raise UsageError(f"“{value[:40]}” is no year.")
    return (value,)
