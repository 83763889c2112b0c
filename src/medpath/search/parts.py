"""Questions of several parts: names that stand beside other words, as in “relapsing MS” or “skin infections Pfizer”.

The longest runs of words that are the whole name of a condition, substance, class or company are taken as that; words
that only say for whom or in what form a condition is treated are left out beside one; what remains are words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import tantivy
from tantivy import Query

from medpath.search.lay_words import CHINESE
from medpath.search.plan import LONGEST_NAME, MOST_THINGS, Step, all_of, any_of, count, one_of, term
from medpath.search.schema import schema
from medpath.search.spelling import has_han, normal, stem, whole_keys, words_to_find
from medpath.search.vocabulary import (
    ABNORMAL,
    BESIDE_CONDITIONS,
    BODY,
    EMPTY_WORDS,
    FORMS,
    HAN_BESIDE_CONDITIONS,
    ROOTS,
    SPECIES,
    TOO_LITTLE,
    TOO_MUCH,
)

LONGEST_RUN = 6
MOST_WORDS = 12
NAMED = {
    "condition": ("condition_name", "broader_name"),
    "substance": ("substance_name",),
    "atc": ("class_name",),
    "holder": ("holder_name",),
}
CALLED = ("name", "former_name")  # of conditions: what they are called, apart from what is above them
SHORTEST_ROOT = 4
SHORTEST_OF_HEADING = 5
_AMOUNTS = {"hyper": TOO_MUCH, "hypo": TOO_LITTLE, "dys": ABNORMAL}
_LEVELS = {"level", "blood", "too", "very"}


@dataclass(frozen=True)
class Part:
    """A run of words of a question: a name of one or more kinds, a word beside a condition, or a word."""

    text: str
    kinds: tuple[str, ...] = ()
    left_out: bool = False
    by_word: bool = False

    @property
    def keys(self) -> list[str]:
        """The keys of the run as a whole name."""
        return [key[:LONGEST_NAME] for key in whole_keys(self.text) if key]

    def words(self, field: str) -> Query:
        """Entries with the words of the run in a field, or with other words for a kind of animal."""
        return all_of([one_of(field, [word, *SPECIES.get(word, ())]) for word in map(stem, words_to_find(self.text))])

    def in_body(self) -> Query | None:
        """Conditions of the part of the body that the run names; None where it names none."""
        places = BODY.get(stem(self.text), "").split()
        return one_of("branch", places) if places else None

    def of_medicines(self, field: str) -> Query:
        """Medicines that the run names, or that have it in a field where it is one word."""
        if self.by_word:
            return self.words("condition_words")
        named = [term(name, key) for kind in self.kinds for name in NAMED[kind] for key in self.keys]
        if named and len(self.text.split()) > 1:
            return any_of(named)
        return any_of([*named, self.words(field)])

    def of_conditions(self, *names: str) -> Query:
        """Conditions that the run names (in these fields), that are of its part of the body, or that have its words."""
        if self.by_word:
            return self.words("name_words")
        if "condition" in self.kinds:
            return any_of([term(name, key) for name in names for key in self.keys])
        body = self.in_body()
        words = self.words("condition_words")
        return words if body is None else any_of([body, words])


def parts_of(searcher: tantivy.Searcher, text: str) -> list[Part]:
    """The parts of a text, from left to right."""
    words = [word for token in text.split() for word in _pieces(token)][:MOST_WORDS]
    found: list[Part] = []
    place = 0
    while place < len(words):
        part, length = _longest(searcher, words, place)
        place += length
        if part.kinds or part.text not in EMPTY_WORDS:
            found.append(part)
    if len(found) > 1 and not any("condition" in part.kinds for part in found):
        found = [_of_a_heading(searcher, part) for part in found]
    if any("condition" in part.kinds for part in found):
        found = [
            replace(one, kinds=(), left_out=True) if _is_beside(one.text) and not _carries(one, found) else one
            for one in found
        ]
    return found


def _of_a_heading(searcher: tantivy.Searcher, part: Part) -> Part:
    """A word that stands in headings of conditions as a name of all of these: diabetes is each that is called so."""
    if part.kinds or _is_beside(part.text) or part.in_body() is not None or len(part.text) < SHORTEST_OF_HEADING:
        return part
    if not count(searcher, all_of([term("kind", "condition"), part.words("name_words")])):
        return part
    return Part(part.text, ("condition",), by_word=True)


def _longest(searcher: tantivy.Searcher, words: Sequence[str], place: int) -> tuple[Part, int]:
    for length in range(min(LONGEST_RUN, len(words) - place), 0, -1):
        run = words[place : place + length]
        if run[0] in EMPTY_WORDS or run[-1] in EMPTY_WORDS:
            continue
        if kinds := _kinds(searcher, " ".join(run)):
            return Part(" ".join(run), kinds), length
    word = words[place]
    other = FORMS.get(word, word)
    return Part(other, _kinds(searcher, other) if other != word else ()), 1


def _kinds(searcher: tantivy.Searcher, text: str) -> tuple[str, ...]:
    """The kinds of things that are called so."""
    return tuple(kind for kind in NAMED if count(searcher, _named(Part(text), kind)))


def _named(part: Part, kind: str) -> Query:
    return all_of([term("kind", "medicine"), any_of([term(name, key) for name in NAMED[kind] for key in part.keys])])


def _is_beside(word: str) -> bool:
    return word in BESIDE_CONDITIONS or (has_han(word) and not HAN_BESIDE_CONDITIONS.sub("", word))


def _carries(part: Part, among: Sequence[Part]) -> bool:
    """Whether a word beside conditions is all that names one."""
    return "condition" in part.kinds and not any("condition" in one.kinds for one in among if one is not part)


def _pieces(token: str) -> Iterator[str]:
    """The words of a token; of Chinese, which has no blanks, the names of conditions and what stands between them."""
    for word in normal(token).split():
        if not has_han(word):
            yield word
            continue
        rest = word
        while rest:
            found = [(rest.find(name), -len(name), name) for name in CHINESE if name in rest]
            if not found:
                yield rest
                break
            start, _, name = min(found)
            if start:
                yield rest[:start]
            yield name
            rest = rest[start + len(name) :]


def amount(text: str) -> Query | None:
    """Conditions of too much, too little or a wrong amount of something: low sodium is what is called hyponatr…."""
    words = [stem(word) for word in normal(text).split() if word not in EMPTY_WORDS]
    prefix = next((prefix for prefix, said in _AMOUNTS.items() if said.intersection(words)), "")
    things = [word for word in words if not any(word in said for said in (*_AMOUNTS.values(), _LEVELS))]
    if not prefix or len(things) != 1 or not (things[0].isascii() and things[0].isalpha()):
        return None
    root = ROOTS.get(things[0], things[0][: max(SHORTEST_ROOT, len(things[0]) - 3)])
    return Query.regex_query(schema(), "name_words", f"{prefix}{root}.*")


@dataclass
class Ways:
    """The steps for a text of several parts, before and after those that look for mere words; what may be missing."""

    before: list[Step] = field(default_factory=list)
    after: list[Step] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def ways_of(searcher: tantivy.Searcher, text: str, parts: Sequence[Part]) -> Ways:
    """How a text of several parts is looked for."""
    ways = Ways()
    if (query := amount(text)) is not None:
        ways.before += _of_areas(searcher, [query])
    kept = [part for part in parts if not part.left_out]
    if len(parts) < 2 or not any(part.kinds or stem(part.text) in SPECIES for part in kept):
        return ways
    ways.left_out = [part.text for part in parts if part.left_out]
    medicine = term("kind", "medicine")
    conditions = [part for part in kept if "condition" in part.kinds]
    if conditions:
        if ways.left_out:
            ways.before += _of_conditions(searcher, [replace(part, left_out=False) for part in parts])
        ways.before += _of_conditions(searcher, kept)
    label = "condition" if conditions == kept else "words"
    ways.before.append(Step(label, all_of([medicine, *(part.of_medicines("key_words") for part in kept)])))
    ways.after.append(Step("text", all_of([medicine, *(part.of_medicines("text_words") for part in kept)])))
    other = [part for part in kept if not part.kinds and part.in_body() is None]
    if conditions and other and all(_is_description(searcher, part) for part in other) and not _find(searcher, ways):
        ways.after += _of_conditions(searcher, [part for part in kept if part not in other])
        ways.left_out += [part.text for part in other]
    return ways


def _find(searcher: tantivy.Searcher, ways: Ways) -> bool:
    return count(searcher, any_of([step.query for step in ways.before])) > 0


def _is_description(searcher: tantivy.Searcher, part: Part) -> bool:
    """Whether a word stands in texts, and in no name of a medicine, substance, class or company that must be found.

    What stands nowhere may be mistyped.
    """
    fields = ("name_words", "substance_words", "class_words", "holder_words")
    medicine = term("kind", "medicine")
    return count(searcher, part.words("text_words")) > 0 and not count(
        searcher, all_of([medicine, any_of([part.words(name) for name in fields])])
    )


def _of_conditions(searcher: tantivy.Searcher, parts: Sequence[Part]) -> list[Step]:
    """What has a condition that all parts name; first what they call so, then what is below it."""
    return [
        step
        for names in (CALLED, (*CALLED, "broader_name"))
        for step in _of_areas(searcher, _all_conditions(parts, names))
    ]


def _all_conditions(parts: Sequence[Part], names: Sequence[str]) -> list[Query]:
    """What a condition must be that all parts name or describe; of several parts of the body, one."""
    bodies = [part for part in parts if not part.kinds and part.in_body() is not None]
    queries = [part.of_conditions(*names) for part in parts if part not in bodies]
    return queries + ([any_of([part.of_conditions(*names) for part in bodies])] if bodies else [])


def _of_areas(searcher: tantivy.Searcher, queries: Sequence[Query]) -> list[Step]:
    """The conditions that fit all queries, and the medicines that have one of them as an area."""
    query = all_of([term("kind", "condition"), *queries])
    counted: Any = searcher.aggregate(query, {"slugs": {"terms": {"field": "slug", "size": MOST_THINGS}}})
    areas = [bucket["key"] for bucket in counted["slugs"]["buckets"]]
    if not areas:
        return []
    named = all_of([term("kind", "condition"), one_of("slug", areas)])
    return [Step("condition", any_of([named, all_of([term("kind", "medicine"), one_of("area", areas)])]))]
