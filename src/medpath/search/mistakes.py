"""What a mistyped word may have meant: the nearest names and words that the register has."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import msgspec
import tantivy
from tantivy import Query

from medpath.search.index import stored
from medpath.search.plan import count, term
from medpath.search.query import free_words
from medpath.search.schema import schema
from medpath.search.spelling import allowed_errors, distance, has_han, squeeze, stem

LONGEST = 60
MOST_CANDIDATES = 300
MOST_NAMES = 8
SHORTEST_FOR_TWO = 6
SHORTEST_FOR_GUESS = 4


@dataclass(frozen=True, order=True)
class Candidate:
    """A spelling that the register has; the nearest sorts first."""

    errors: int
    no_medicine: bool
    unlike: int  # minus the number of pairs of letters that both have
    other_letter: bool  # people seldom mistype the first letter
    rank: int  # medicines, then substances, then conditions …
    not_authorised: bool
    text: str
    key: str


def nearest(
    searcher: tantivy.Searcher, key: str, *, words: bool, errors: int | None = None, begun: bool = False
) -> list[Candidate]:
    """The nearest spellings of a squeezed name, or of a word; none where too few letters are right.

    ``errors`` is how many typing errors are allowed instead of what the length allows; ``begun`` compares with the
    beginnings of spellings.
    """
    allowed = allowed_errors(key) if errors is None else errors
    if not allowed or len(key.encode()) > LONGEST:
        return []
    query = Query.fuzzy_term_query(schema(), "spelling", key, distance=allowed, prefix=begun)
    found = []
    for _, address in searcher.search(query, MOST_CANDIDATES, count=False).hits:
        held = msgspec.json.decode(stored(searcher, address))
        if not held["word" if words else "whole"]:
            continue
        other = held["key"]
        wrong = _errors_at_beginning(key, other) if begun else distance(key, other)
        found.append(
            Candidate(
                wrong,
                held["rank"] > 0,
                -len(_pairs(key) & _pairs(other)),
                other[:1] != key[:1],
                held["rank"],
                not held["authorised"],
                held["text"],
                other,
            )
        )
    return sorted(found)


def _errors_at_beginning(key: str, other: str) -> int:
    return min(distance(key, other[:length]) for length in range(max(len(key) - 2, 1), len(key) + 3))


def _pairs(word: str) -> set[str]:
    return {first + second for first, second in pairwise(f"^{word}$")}


def meant(searcher: tantivy.Searcher, key: str, *, words: bool) -> list[Candidate]:
    """What a mistyped name or word may have meant: all with the fewest errors.

    Where nothing is as near as the length allows, words of six and seven letters may hold a second error: two slips
    in a name of eight letters can leave six of them.
    """
    found = nearest(searcher, key, words=words)
    if not found and len(key) >= SHORTEST_FOR_TWO:
        found = nearest(searcher, key, words=words, errors=2)
    return [one for one in found if one.errors == found[0].errors][:MOST_NAMES]


def names_meant(searcher: tantivy.Searcher, text: str) -> list[Candidate]:
    """The whole names that a text may have meant; none where a word of a name comes nearer."""
    found = meant(searcher, squeeze(text), words=False)
    if found and len(text.split()) == 1:
        words = meant(searcher, squeeze(text), words=True)
        if words and words[0].errors < found[0].errors:
            return []
    return found


def corrected(searcher: tantivy.Searcher, text: str) -> str | None:
    """The text with each word that stands nowhere replaced by the nearest that does; None where one has none."""
    changed, words = False, []
    for word in free_words(text):
        if has_han(word) or _known(searcher, word):
            words.append(word)
            continue
        found = meant(searcher, word, words=True)
        if not found:
            return None
        words.append(found[0].key)
        changed = True
    return " ".join(words) if changed else None


def _known(searcher: tantivy.Searcher, word: str) -> bool:
    return any(
        count(searcher, term(field, one)) > 0
        for field, one in (("name_words", word), ("key_words", stem(word)), ("text_words", stem(word)))
    )


def guesses(searcher: tantivy.Searcher, text: str) -> list[str]:
    """Up to five names that come nearest to a text that fits nothing, further off than would be taken for meant."""
    key = squeeze(text)
    if len(key) < SHORTEST_FOR_GUESS:
        return []
    found = nearest(searcher, key, words=False, errors=2)
    found = found or nearest(searcher, key, words=False, begun=True)
    return list(dict.fromkeys(one.text for one in found))[:5]
