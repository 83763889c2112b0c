"""Searching in the texts of documents: passages with the words marked, the medicine, the section and the page.

    section:4.8 neutropenia         in a section of the SmPC; also section:smpc/4.8, section:leaflet, section:annex-ii/D
    type:assessment-report "progression-free survival"
    status:withdrawn medicine:alofisel fistula -pain

Every word must stand in the passage, words between quotation marks one after the other, none that has a minus before
it. Filters of medicines (``status:``, ``atc:``, ``holder:``, …) are those of the search for medicines. The best
passages come first, among near equals those of authorised medicines; a section comes once, by its best passage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import tantivy
from tantivy import Occur, Query

from medpath import urls
from medpath.errors import StoreUnusable, UsageError
from medpath.search.asked import NO_FILTERS, Filters, Results
from medpath.search.cursors import question_mark
from medpath.search.index import Damaged, current_folder, tantivy_errors
from medpath.search.passages import COUNTED, FOLDER, SCHEMA, STATE, opened, read_state, schema, words
from medpath.search.plan import count
from medpath.search.query import clean
from medpath.search.reader import mark_of
from medpath.search.searching import LARGEST_LIMIT, Search

PARTS = {
    "smpc": "smpc", "spc": "smpc", "annex-ii": "annex-ii", "annexii": "annex-ii", "labelling": "labelling",
    "label": "labelling", "leaflet": "package-leaflet", "package-leaflet": "package-leaflet", "pil": "package-leaflet",
}  # fmt: skip
HELD = ("status", "atc")  # what a passage says of its medicine itself
MOST_WORDS = 16
WINDOW = 320  # signs of a passage that are shown
BEFORE = 80  # of them before the first word that was asked for
AT_ONCE = 4  # so many passages are looked at for each section that is shown
BETTER = 0.6  # what being authorised counts among near equals
_PARTS = re.compile(
    r'(?P<not>-(?=["a-z]))?(?:(?P<name>[a-z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<word>[^\s"]+))', re.IGNORECASE
)
_SECTION = re.compile(r"(?:(?P<part>[a-z-]+)/?)?(?P<number>\d{1,2}(?:\.\d{1,2})*|[a-f])?", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_CURSOR = re.compile(r"(\d{1,9})-([0-9a-f]{8})")
_ABSENT = "Texts can't be searched yet: their index is made by the next “medpath sync”."


@dataclass
class _Asked:
    """A query in its parts."""

    must: list[Query] = field(default_factory=list)
    must_be: list[Query] = field(default_factory=list)  # of the medicine; counts nothing
    must_not: list[Query] = field(default_factory=list)
    stems: set[str] = field(default_factory=set)
    medicines: list[str] = field(default_factory=list)  # what the search for medicines is asked
    named: list[str] = field(default_factory=list)  # medicines by name or number
    understood: list[dict[str, Any]] = field(default_factory=list)


class Passages:
    """The index of passages as doors use it; it follows the index by itself.

    Raises StoreUnusable while there is no index that can be read, and UsageError for a limit or cursor that makes no
    sense; no query raises.
    """

    def __init__(self, folder: Path, search: Search) -> None:
        self.folder = folder / FOLDER
        self.medicines = search
        self._held: tuple[tuple[int, ...], tantivy.Index, tantivy.Searcher] | None = None

    def ready(self) -> bool:
        """Whether there is an index to look in."""
        try:
            self._searcher()
        except StoreUnusable:
            return False
        return True

    def search(
        self,
        query: str,
        *,
        filters: Filters = NO_FILTERS,
        limit: int = 20,
        cursor: str | None = None,
        counts: bool = True,
    ) -> Results:
        """The sections that fit; ``total`` counts passages. Items are as in chapter 3c of the contract."""
        if not 1 <= limit <= LARGEST_LIMIT:
            raise UsageError(f"The limit must be from 1 to {LARGEST_LIMIT:,}.")
        text = clean(" ".join(part for part in (query, filters.q) if part))
        mark = question_mark(text, "section", vars(filters) | {"q": ""})
        start = _place(cursor, mark) if cursor else 0
        try:
            with tantivy_errors():
                searcher = self._searcher()
                asked = self._understood(text)
                numbers = self._numbers(asked, filters)
                found = _query(asked, numbers)
                if found is None:
                    return Results([], 0, None, {}, asked.understood)
                items, total, following = _sections(searcher, found, asked.stems, start, limit)
                facets = _facets(searcher, found) if counts else {}
        except Damaged as problem:
            raise StoreUnusable("The index of texts is damaged; run “medpath sync”, which makes it again.") from problem
        after = f"{following}-{mark}" if following is not None else None
        results = Results(items, total, after, facets, asked.understood)
        if not total and len(asked.must) > 1:
            results.nearest = self._nearest(searcher, text)
        return results

    def _searcher(self) -> tantivy.Searcher:
        path = current_folder(self.folder)
        mark = mark_of(self.folder, path, STATE) if path is not None else ()
        if self._held is not None and mark and self._held[0] == mark:
            return self._held[2]
        state = read_state(path) if path is not None else None
        if path is None or state is None or state.schema != SCHEMA:
            raise StoreUnusable(_ABSENT)
        try:
            index = opened(path)
        except Damaged as problem:
            raise StoreUnusable(_ABSENT) from problem
        self._held = (mark, index, index.searcher())
        return self._held[2]

    def _understood(self, text: str) -> _Asked:
        asked = _Asked()
        for number, part in enumerate(_PARTS.finditer(text)):
            if number >= 2 * MOST_WORDS:
                break
            name, value = (part["name"] or "").lower(), part["quoted"] if part["quoted"] is not None else part["word"]
            if name == "section" and (query := _section(value, asked, part[0])) is not None:
                asked.must.append(query)
            elif name == "type" and value:
                asked.must.append(Query.term_query(schema(), "type", value.lower(), "basic"))
                asked.understood.append({"text": part[0], "as": "document-type", "value": value.lower()})
            elif name == "medicine" and value:
                asked.named.append(value)
                asked.understood.append({"text": part[0], "as": "medicine", "value": value})
            elif name and value and not part["not"]:
                asked.medicines.append(part[0])
            else:
                _take_words(asked, f"{name}:{value}" if name else value, part)
        return asked

    def _numbers(self, asked: _Asked, filters: Filters) -> Collection[str] | None:
        """The product numbers that are left by what is asked of medicines; None where nothing is."""
        found: set[str] | None = None
        for name in asked.named:
            items = self.medicines.search(name, kind="medicine", limit=50, facet_values=0).items
            exact = [one for one in items if one.get("matched") in ("number", "name", "former-name")]
            numbers = {one["product_number"] for one in exact or items[:1]}
            found = numbers if found is None else found | numbers
        for text in asked.medicines:
            first = self.medicines.search(text, kind="medicine", limit=1, facet_values=0)
            taken = [one for one in first.understood if one["as"] not in ("not-understood", "spelling", "some-words")]
            if not taken:
                _take_words(asked, text.replace(":", " "), None)
                continue
            asked.understood += taken
            if all(one["as"] in HELD for one in taken):
                for one in taken:
                    values = [str(value) for value in one.get("values") or [one["value"]]]
                    asked.must_be.append(Query.term_set_query(schema(), one["as"], values))
                continue
            numbers = set(self._all(lambda cursor, text=text: self.medicines.search(  # type: ignore[misc]
                text, kind="medicine", limit=LARGEST_LIMIT, cursor=cursor, facet_values=0)))  # fmt: skip
            found = numbers if found is None else found & numbers
        chosen = Filters(**{key: value for key, value in vars(filters).items() if key != "q"})
        if chosen != NO_FILTERS:
            chosen = self.medicines.settled(chosen)
            for name in HELD:
                if values := getattr(chosen, name):
                    asked.must_be.append(Query.term_set_query(schema(), name, list(values)))
            chosen = replace(chosen, status=(), atc=())
        if chosen != NO_FILTERS:
            numbers = set(self._all(lambda cursor: self.medicines.medicines(
                chosen, limit=LARGEST_LIMIT, cursor=cursor, facet_values=0)))  # fmt: skip
            found = numbers if found is None else found & numbers
        return found

    def _all(self, ask: Callable[[str | None], Results]) -> Iterator[str]:
        cursor = None
        while True:
            part = ask(cursor)
            yield from (one["product_number"] for one in part.items)
            cursor = part.next
            if cursor is None:
                return

    def _nearest(self, searcher: tantivy.Searcher, text: str) -> list[dict[str, Any]]:
        """Where nothing was found: what is found without one part of the question."""
        parts = [part[0] for part in _PARTS.finditer(text)][:6]
        found = []
        for place in range(len(parts)):
            rest = " ".join(parts[:place] + parts[place + 1 :])
            asked = self._understood(rest)
            query = _query(asked, self._numbers(asked, NO_FILTERS))
            total = count(searcher, query) if query is not None else 0
            if total:
                found.append({"as": "without", "query": rest, "total": total})
        return found


def _take_words(asked: _Asked, text: str, part: re.Match[str] | None) -> None:
    stems = words().analyze(text)[:MOST_WORDS]
    if not stems:
        return
    if part is not None and part["not"]:
        asked.must_not.append(_phrase(stems))
        asked.understood.append({"text": part[0], "as": "without", "value": text})
        return
    if part is not None and part["quoted"] is not None:
        asked.understood.append({"text": part[0], "as": "phrase", "value": text})
    if stems[0] in asked.stems and len(stems) == 1:
        return  # said before
    asked.must.append(_phrase(stems))
    asked.stems.update(stems)


def _phrase(stems: Sequence[str]) -> Query:
    if len(stems) == 1:
        return Query.term_query(schema(), "words", stems[0])
    return Query.phrase_query(schema(), "words", list(stems))


def _section(value: str, asked: _Asked, text: str) -> Query | None:
    """The sections that ``section:`` names; None for what names none."""
    match = _SECTION.fullmatch(value)
    if match is None or not value:
        return None
    named = (match["part"] or "").strip("-").lower()
    part = PARTS.get(named, "smpc" if not named else "")
    if not part:
        return None
    number = (match["number"] or "").upper()
    said = f"{part}/{number}" if number else part
    asked.understood.append({"text": text, "as": "section", "value": said})
    if not number:
        return Query.term_query(schema(), "part", part, "basic")
    if part == "smpc" and "." not in number:  # with all that stands below it
        below = [f"{said}.{place}" for place in range(1, 10)]
        return Query.term_set_query(schema(), "section", [said, *below])
    return Query.term_query(schema(), "section", said, "basic")


def _query(asked: _Asked, numbers: Collection[str] | None) -> Query | None:
    """What is looked for; None where nothing is asked or no medicine is left."""
    if not asked.must or (numbers is not None and not numbers):
        return None
    clauses = [(Occur.Must, query) for query in asked.must] + [(Occur.MustNot, query) for query in asked.must_not]
    clauses += [(Occur.Must, Query.const_score_query(query, 0.0)) for query in asked.must_be]
    if numbers is not None:
        only = Query.term_set_query(schema(), "number", sorted(numbers))
        clauses.append((Occur.Must, Query.const_score_query(only, 0.0)))
    authorised = Query.term_query(schema(), "status", "authorised", "basic")
    clauses.append((Occur.Should, Query.const_score_query(authorised, BETTER)))
    return Query.boolean_query(clauses)


def _sections(
    searcher: tantivy.Searcher, query: Query, stems: set[str], start: int, limit: int
) -> tuple[list[dict[str, Any]], int, int | None]:
    """(sections by their best passages, number of passages, place of the list at which it goes on)."""
    most = start + limit * AT_ONCE
    result: Any = searcher.search(query, most, count=True)
    seen: set[tuple[Any, ...]] = set()
    items: list[dict[str, Any]] = []
    for place, (_score, address) in enumerate(result.hits):
        stored: Any = searcher.doc(address).get_first("item")
        held = msgspec.json.decode(bytes(stored))
        key = (held["number"], held["document"]["id"], held["place"])
        if key in seen:
            continue
        seen.add(key)
        if place < start:
            continue
        if len(items) == limit:
            return items, int(result.count), place
        items.append(_item(held, stems))
    following = most if len(result.hits) == most < int(result.count) else None
    return items, int(result.count), following


def _item(held: dict[str, Any], stems: set[str]) -> dict[str, Any]:
    number, document = held["number"], held["document"]
    in_template = bool(held["part"])
    if in_template:
        url = urls.section(number, held["part"], held["section"], held["unit"])
    else:
        url = f"{urls.document_text(number, urls.file_name(document['url']))}?place={held['place']}#s{held['place']}"
    is_pdf = ".pdf" in urls.file_name(document["url"]).lower()
    return {
        "kind": "section" if in_template else "document",
        "id": f"{document['id']}#{held['place']}",
        "product_number": number,
        "name": held["name"],
        "status": held["status"],
        "document": document,
        "part": held["part"] or None,
        "section": held["section"] or None,
        "title": held["title"] or None,
        "product": held["product"],
        "page": held["page"],
        "passage": marked(held["text"] or held["title"], stems),
        "url": url,
        "source_url": f"{document['url']}#page={held['page']}" if is_pdf else document["url"],
    }


def marked(text: str, stems: Collection[str]) -> list[dict[str, Any]]:
    """The part of a passage in which the words stand, as runs ``{"text", "marked"}``."""
    places = [
        (match.start(), match.end()) for match in _WORD.finditer(text) if not stems.isdisjoint(_stems(match[0].lower()))
    ] if (stems := frozenset(stems)) else []  # fmt: skip
    start = max(0, places[0][0] - BEFORE) if places else 0
    if start:
        start = text.rfind(" ", 0, start) + 1
    end = min(len(text), start + WINDOW)
    if end < len(text):
        end = max(text.rfind(" ", start, end), places[0][1] if places else start) or end
    runs: list[dict[str, Any]] = [{"text": "… ", "marked": False}] if start else []
    at = start
    for first, last in places:
        if last > end:
            break
        if first > at:
            runs.append({"text": text[at:first], "marked": False})
        runs.append({"text": text[first:last], "marked": True})
        at = last
    if at < end:
        runs.append({"text": text[at:end], "marked": False})
    if end < len(text):
        runs.append({"text": " …", "marked": False})
    return runs


@lru_cache(maxsize=1 << 16)
def _stems(word: str) -> frozenset[str]:
    return frozenset(words().analyze(word))


def _facets(searcher: tantivy.Searcher, query: Query) -> dict[str, list[dict[str, Any]]]:
    answer = searcher.aggregate(query, {name: {"terms": {"field": name, "size": 60}} for name in COUNTED})
    return {
        {"type": "document_type", "atc_top": "atc"}.get(name, name): [
            {"value": bucket["key"], "count": bucket["doc_count"]} for bucket in answer[name]["buckets"]
        ]
        for name in COUNTED
        if name in answer
    }


def _place(cursor: str, mark: str) -> int:
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise UsageError("The cursor is not one of this list; start again without it.")
    if match[2] != mark:
        raise UsageError("The cursor belongs to another question or order; start again without it.")
    return int(match[1])
