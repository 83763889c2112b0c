"""In which order things are found: a query's steps, from exact identity to words anywhere.

Entries that an earlier step finds are left out of later ones, so each has one place; within a step the order is the
one of ``by_rank``: medicines first, the authorised before others, then by name. No scores: the order is explainable and
the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy
from tantivy import Occur, Query

from medpath.model import atc
from medpath.model.mesh import is_place
from medpath.search.query import free_words, turned, without_empty
from medpath.search.schema import schema
from medpath.search.spelling import has_han, normal, number_keys, squeeze, stem, whole_keys, words_to_find
from medpath.search.vocabulary import ACTING, PLAIN_WORDS, SALTS

WHOLE = (
    ("name", "name"),
    ("former_name", "former-name"),
    ("substance_name", "substance"),
    ("condition_name", "condition"),
    ("class_name", "atc"),
    ("holder_name", "holder"),
)
BEGINNINGS = (("name", "name"), ("former_name", "former-name"))
IN_ONE = (
    ("name_words", "name"),
    ("synonym_words", "synonym"),
    ("substance_words", "substance"),
    ("condition_words", "condition"),
    ("class_words", "atc"),
    ("holder_words", "holder"),
)
THINGS = {
    "substance_words": ("substance", "substance"),
    "condition_words": ("condition", "area"),
    "class_words": ("atc-class", "atc"),
    "holder_words": ("organisation", "organisation"),
}
MOST_THINGS = 1_000
FEW = 50
LONGEST_NAME = 200
LONGEST_BEGINNING = 120  # bytes; comparing takes longer than in proportion
FEWEST_FOR_SOME = 4
SHORTEST_ENDING = 5
SHORTEST_STEM = 3
LONGEST_ABBREVIATION = 3


@dataclass(frozen=True)
class Step:
    """One way in which entries are found, and what was matched."""

    matched: str | None
    query: Query


def term(field: str, value: str) -> Query:
    """Entries with exactly this value."""
    return Query.term_query(schema(), field, value, "basic")


def beginning(field: str, value: str) -> Query:
    """Entries with a value that begins so; a beginning beyond all measure fits none."""
    if len(value.encode()) > LONGEST_BEGINNING:
        return Query.empty_query()
    return Query.fuzzy_term_query(schema(), field, value, distance=0, prefix=True)


def any_of(queries: Sequence[Query]) -> Query:
    """Entries that fit one of the queries."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(queries: Sequence[Query], without: Sequence[Query] = ()) -> Query:
    """Entries that fit all of the queries and none of the others."""
    if len(queries) == 1 and not without:
        return queries[0]
    clauses = [(Occur.Must, query) for query in queries] + [(Occur.MustNot, query) for query in without]
    return Query.boolean_query(clauses)


def one_of(field: str, values: Sequence[str]) -> Query:
    """Entries with one of these values."""
    if len(values) <= FEW:  # quicker one by one
        return any_of([term(field, value) for value in values])
    return Query.term_set_query(schema(), field, list(values))


def having(facet: str, values: Sequence[str]) -> Query:
    """Entries with one of these values of a facet; a place in MeSH's tree is an area with all below it."""
    places = [value for value in values if facet == "area" and is_place(value)]
    if not places:
        return one_of(facet, values)
    others = [value for value in values if value not in places]
    return any_of([one_of("mesh", places), *([one_of(facet, others)] if others else [])])


def phrase(field: str, words: Sequence[str]) -> Query:
    """Entries with these words one after the other."""
    if len(words) == 1:
        return term(field, words[0])
    return Query.phrase_query(schema(), field, list(words))


def identities(text: str) -> list[Step]:
    """The steps by which a text is exactly a number, a name or the name of something."""
    steps = [Step("number", any_of([term("number", key) for key in keys]))] if (keys := number_keys(text)) else []
    whole = [key[:LONGEST_NAME] for key in whole_keys(text) if key]
    if whole:
        steps += [Step(matched, any_of([term(field, key) for key in whole])) for field, matched in WHOLE]
    return steps


def steps_for(
    searcher: tantivy.Searcher, text: str, of_parts: tuple[Sequence[Step], Sequence[Step]] = ((), ())
) -> list[Step]:
    """All steps for free text, in their order; none for a text without words.

    ``of_parts`` are those for its parts, before and after those for mere words. Where a text is the whole name of
    something, what has its words elsewhere (acne inversa is another condition than acne) or begins so is something
    else: it only comes last, as what has the words in a text.
    """
    words = free_words(text)
    if not words:
        return []
    stems = [stem(word) for word in words]
    steps = _as_whole(text)
    is_name = _find(searcher, steps)
    for other in (without_empty(text), turned(text)):
        if not is_name and other != text and _find(searcher, whole := _as_whole(other)):
            steps, is_name, text = whole, True, other
    key = squeeze(text)[:LONGEST_NAME]
    if base := _without_salts(words):
        steps.append(Step("substance", term("substance_name", squeeze(base)[:LONGEST_NAME])))
    for field, matched in IN_ONE:
        if is_name and field == "condition_words":
            found = _of_things(searcher, field, [term("name_words", one) for one in stems])
            steps += [Step(matched, query) for query in found]
        elif field != "class_words" or not _is_substance(searcher, text):  # glucagon is none of what is like glucagon
            steps += _steps_in_one(searcher, matched, field, words, stems)
    if any(word in ACTING for word in stems):
        found = _of_things(searcher, "class_words", [one_of("class_words", ACTING.get(one, [one])) for one in stems])
        steps += [Step("atc", query) for query in found]
    steps += of_parts[0]
    if any(word in PLAIN_WORDS for word in stems):
        found = _of_things(searcher, "condition_words", map(_in_other_words, stems))
        steps += [Step("condition", query) for query in found]
    if not is_name:
        steps.append(Step("words", _words("key_words", stems, begun=False)))
    if ending := _ending(text, words):
        steps.append(Step("substance", Query.regex_query(schema(), "substance_words", f".+{ending}")))
    steps += [Step(matched, beginning(field, key)) for field, matched in BEGINNINGS]
    steps.append(Step("text", _words("text_words", stems, begun=False)))
    steps += of_parts[1]
    if is_name:
        return [*steps, Step("document", _words("document_words", stems, begun=True))]
    if len(key) <= LONGEST_ABBREVIATION and count(searcher, any_of([step.query for step in steps])):
        return steps  # what begins with an abbreviation is something else
    steps += [Step(matched, _begun(field, words, stems)) for field, matched in IN_ONE]
    steps.append(Step("words", _words("key_words", stems, begun=True)))
    steps.append(Step("document", _words("document_words", stems, begun=True)))
    return steps


def _as_whole(text: str) -> list[Step]:
    return [*identities(text), Step("condition", broader(text))]


def _is_substance(searcher: tantivy.Searcher, text: str) -> bool:
    return count(searcher, any_of([term("substance_name", key[:LONGEST_NAME]) for key in whole_keys(text)])) > 0


def _find(searcher: tantivy.Searcher, steps: Sequence[Step]) -> bool:
    return count(searcher, any_of([step.query for step in steps])) > 0


def _without_salts(words: Sequence[str]) -> str:
    """The words without those for a salt, where there are others: sunitinib malate is sunitinib."""
    kept = [word for word in words if word not in SALTS]
    return " ".join(kept) if 0 < len(kept) < len(words) else ""


def _ending(text: str, words: Sequence[str]) -> str:
    """The ending of names that a plural or a hyphen may mean: gliptins and -gliptin are what is called …gliptin."""
    if len(words) != 1 or not (words[0].isascii() and words[0].isalpha()):
        return ""
    if text[:1] in "-–*…" and len(words[0]) >= SHORTEST_STEM:
        return words[0]
    return words[0][:-1] if words[0].endswith("s") and len(words[0]) > SHORTEST_ENDING else ""


def broader(text: str) -> Query:
    """Entries of a condition that MeSH has below the heading that a text names."""
    return any_of([term("broader_name", key[:LONGEST_NAME]) for key in whole_keys(text)])


def in_one_name(text: str) -> list[Query]:
    """Entries with a name in which the words of a text stand together, two at least."""
    words = normal(text).split()
    stems = [stem(word) for word in words]
    if len(words) < 2 or has_han(text):
        return []
    return [phrase(field, words if field == "name_words" else stems) for field, _ in IN_ONE]


def _steps_in_one(
    searcher: tantivy.Searcher, matched: str, field: str, words: Sequence[str], stems: Sequence[str]
) -> list[Step]:
    """Entries that have all words in a field; those of conditions, classes, … in the names of one of them."""
    if field in THINGS and (len(words) > 1 or field == "class_words"):
        found = _of_things(searcher, field, [term(field, one) for one in stems])
        return [Step(matched, query) for query in found]
    return [Step(matched, _words(field, words if field == "name_words" else stems, begun=False))]


def _of_things(searcher: tantivy.Searcher, field: str, queries: Iterable[Query]) -> list[Query]:
    """The substances, conditions, classes or companies that fit all queries, and the medicines of one of them.

    Of classes the main groups of ATC, whose names join what is unlike, come after all others.
    """
    kind, facet = THINGS[field]
    things = all_of([term("kind", kind), *queries])
    counted: Any = searcher.aggregate(things, {"slugs": {"terms": {"field": "slug", "size": MOST_THINGS}}})
    slugs = [bucket["key"] for bucket in counted["slugs"]["buckets"]]
    main = [slug for slug in slugs if field == "class_words" and atc.level(slug) == 1]
    groups = [[slug for slug in slugs if slug not in main], main]
    return [any_of([all_of([things, one_of("slug", some)]), one_of(facet, some)]) for some in groups if some]


def _in_other_words(word: str) -> Query:
    """A word of a condition, or what MeSH may say for it: kidney or renal."""
    others = [stem(one) for one in PLAIN_WORDS.get(word, "").split()]
    return one_of("condition_words", [word, *others])


def _begun(field: str, words: Sequence[str], stems: Sequence[str]) -> Query:
    """Entries that have the words or longer ones in a field."""
    return _words(field, words if field == "name_words" else stems, begun=True)


def some_words(text: str) -> list[Step]:
    """The steps for entries that have most of the words, those with the most first; none for fewer than four words."""
    clauses = [(Occur.Should, term("text_words", stem(word))) for word in free_words(text)]
    if len(clauses) < FEWEST_FOR_SOME:
        return []
    fewest = (2 * len(clauses) + 2) // 3
    return [
        Step("some-words", Query.boolean_query(clauses, minimum_number_should_match=number))
        for number in range(len(clauses) - 1, fewest - 1, -1)
    ]


def together(text: str) -> Query:
    """Entries in which the words of a phrase stand together; of Chinese, its pairs of characters."""
    fields = ("text_words", "document_words")
    if has_han(text):
        return any_of([_words(field, words_to_find(text), begun=False) for field in fields])
    stems = [stem(word) for word in normal(text).split()]
    return any_of([phrase(field, stems) for field in fields])


def wording(name: str) -> Query:
    """Entries of a kind of medicine that has no code of its own; see ``vocabulary.WORDINGS``."""
    if name == "antibody":
        named = Query.regex_query(schema(), "substance_words", ".*mab")
        return any_of([named, phrase("substance_words", ["monoclonal", "antibody"])])
    if name != "car-t":
        return Query.empty_query()
    described = any_of(
        [
            phrase("text_words", ["car", "t"]),
            phrase("text_words", [stem(word) for word in ("chimeric", "antigen", "receptor")]),
        ]
    )
    return any_of(
        [
            Query.regex_query(schema(), "substance_words", ".*cabtagene"),
            term("substance_words", stem("tisagenlecleucel")),
            all_of([term("flag", "advanced_therapy"), described]),
        ]
    )


def _words(field: str, words: Sequence[str], *, begun: bool) -> Query:
    """Entries that have all the words in a field; ``begun`` takes beginnings, too.

    The last word, which may still be typed, can be a beginning from two letters on, those before it from four: ACE
    inhibitors are none of acetylsalicylic acid.
    """
    last = len(words) - 1
    return all_of(
        [
            beginning(field, word) if begun and len(word) >= (2 if place == last else 4) else term(field, word)
            for place, word in enumerate(words)
        ]
    )


def count(searcher: tantivy.Searcher, query: Query) -> int:
    """How many entries fit."""
    result: Any = searcher.search(query, 1, count=True)  # its count is not in the stubs
    return int(result.count)
