"""What a query means: filters said by name (``holder:Novartis``) or in words (``withdrawn``), phrases, and free text.

Whatever is taken for more than its words is reported, so that it can be seen and removed. Nothing here raises: what
can't be understood is searched as the words that it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from medpath.model.atc import level, normal_code
from medpath.search.spelling import has_han, normal, words_to_find
from medpath.search.vocabulary import (
    EMPTY_WORDS,
    FILTER_NAMES,
    HAN_EMPTY,
    HAN_ENDINGS,
    HAN_PHRASES,
    LONGEST_PHRASE,
    MEANS,
    PHRASES,
    VAGUE,
    WORDINGS,
    code_of,
)

LONGEST_QUERY = 400
MOST_WORDS = 16
MOST_VALUES_SHOWN = 50

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』＂", '"') | {"：": ":", "\u3000": " "})
_PARTS = re.compile(
    r'(?P<name>[^\W\d_]+):\s*(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"]+))|"(?P<phrase>[^"]+)"|(?P<word>[^\s"]+)'
)
_YEARS = re.compile(r"(\d{4})(?:\s*(?:-|–|\.\.)\s*(\d{4}))?")
_OF = re.compile(r"(.+?) (?:of|in|on) (?:the |a |an |your )?(.+)", re.IGNORECASE)
_HAN_YEAR = re.compile(r"(?<!\d)((?:199[5-9]|20[0-4]\d)年?)(?!\d)")
FIRST_YEAR, LAST_YEAR = 1995, 2049  # EMA began in 1995; what is no year of this span is taken for no year
LONGEST_YEARS = 5
_UNTIL = {"before": 0, "earlier than": 0, "until": 1, "up to": 1, "以前": 0, "之前": 0, "or earlier": 1}
_SINCE = {"since": 0, "from": 0, "after": 1, "later than": 1, "以来": 0, "以后": 0, "之后": 1, "起": 0, "or later": 0,
          "and later": 0, "onwards": 0}  # fmt: skip
_HAN_YEARS = tuple(word for word in (*_UNTIL, *_SINCE) if not word.isascii() and len(word) > 1)
_A_YEAR = r"(?:199[5-9]|20[0-4]\d)"
_SAID_YEARS = re.compile(
    rf"(?:between |from |从 )?(?P<first>{_A_YEAR}) (?P<to>and |to |until |till |through |至 |到 )?(?P<last>{_A_YEAR}) "
    rf"|(?P<before>in|{'|'.join(word for word in (*_UNTIL, *_SINCE) if word.isascii())}) (?P<year>{_A_YEAR}) "
    rf"|(?P<plain>{_A_YEAR}) (?:(?P<behind>{'|'.join((*_UNTIL, *_SINCE))}) )?"
)
_LONGEST = max(LONGEST_PHRASE, *(len(words) for words in WORDINGS))

Resolve = Callable[[str, str], list[tuple[str, str]]]
"""(facet, text) → the values (slug or code, name) that the text names in the register."""


@dataclass
class Meaning:
    """What a query was understood as."""

    text: str = ""  # free words, as written
    phrases: list[str] = field(default_factory=list)  # free words that must stand together
    filters: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)  # facet, values; each must hold
    wordings: list[str] = field(default_factory=list)
    understood: list[dict[str, Any]] = field(default_factory=list)
    in_words: bool = False  # whether plain words were taken for filters

    def say(self, text: str, facet: str, value: Any, **more: Any) -> None:
        """Reports how a part of the query was understood."""
        self.understood.append({"text": text, "as": facet, "value": value, **more})


def clean(query: str) -> str:
    """The query without signs that are none, and not longer than 400 characters."""
    text = query[: LONGEST_QUERY * 4].encode("utf-8", "ignore").decode("utf-8")
    text = "".join(sign if sign.isprintable() else " " for sign in text.translate(_QUOTES))
    return " ".join(text.split())[:LONGEST_QUERY].strip()


def understand(query: str, resolve: Resolve, words: bool = True) -> Meaning:
    """The meaning of a cleaned query; without ``words`` only filters by name and quoted phrases are understood."""
    meaning = Meaning()
    free: list[str] = []
    run: list[str] = []

    def end_of_run() -> None:
        free.extend(_in_words(run, meaning, resolve) if words else run)
        run.clear()

    for part in _PARTS.finditer(query):
        if part["phrase"] is not None:
            end_of_run()
            if normal(part["phrase"]):
                meaning.phrases.append(part["phrase"])
                free.append(part["phrase"])
                meaning.say(part[0], "phrase", part["phrase"])
        elif part["name"] is not None and normal(part["name"]) in FILTER_NAMES:
            end_of_run()
            value = part["quoted"] if part["quoted"] is not None else part["value"]
            if not _by_name(part[0], FILTER_NAMES[normal(part["name"])], value, meaning, resolve):
                meaning.say(part[0], "not-understood", value)
                free.append(value)
        else:
            run.extend(part[0].replace('"', " ").split())
    end_of_run()
    meaning.text = " ".join(free)
    if (meaning.filters or meaning.wordings) and VAGUE.issuperset(vague := _kept_words(meaning.text)):
        for word in vague:
            meaning.say(word, "left-out", word)
        meaning.text = ""  # “withdrawn medicines” are all that are withdrawn
    meaning.understood.sort(key=lambda part: query.find(part["text"]))
    return meaning


def _by_name(text: str, facet: str, value: str, meaning: Meaning, resolve: Resolve) -> bool:
    """Understands ``name:value``; False where the value means nothing for this filter."""
    if facet == "year":
        years = _years(value)
        if years:
            meaning.filters.append(("year", years))
            meaning.say(text, "year", value, values=list(years))
        return bool(years)
    values: list[tuple[str, str]] = []
    if facet in ("status", "flag", "category"):
        for one in value.split(","):
            values += [(code, code) for code in code_of(facet, one)]
        values = list(dict.fromkeys(values))
    else:
        values = resolve(facet, value)
    if not values:
        return False
    codes = tuple(code for code, _ in values)
    meaning.filters.append((facet, codes))
    if len(codes) == 1:
        meaning.say(text, facet, codes[0], name=values[0][1])
    else:
        meaning.say(text, facet, value, values=list(codes[:MOST_VALUES_SHOWN]), count=len(codes))
    return True


def _years(value: str) -> tuple[str, ...]:
    match = _YEARS.fullmatch(value.strip())
    if match is None:
        return ()
    first, last = int(match[1]), int(match[2] or match[1])
    return tuple(str(year) for year in range(first, last + 1)) if first <= last < first + 100 else ()


def _in_words(tokens: list[str], meaning: Meaning, resolve: Resolve) -> list[str]:
    """Takes out the words that mean a filter; returns the others as written."""
    pieces = [piece for token in tokens[: MOST_WORDS * 2] for piece in _han_pieces(token)]
    folded = [[word.removesuffix("年") for word in normal(piece).split()] for piece, _ in pieces]
    rest: list[str] = []
    statuses: dict[tuple[str, ...], str] = {}
    place = 0
    while place < len(pieces):
        taken = _longest(folded, place)
        if taken is None:
            rest.append(pieces[place][0])
            place += 1
            continue
        end, facet, values = taken
        if facet == "organisation" and not (named := [one for name in values for one in resolve(facet, name)]):
            rest += [piece for piece, _ in pieces[place:end]]
            place = end
            continue
        years: tuple[str, ...] = ()
        said = slice(place, end)
        if facet == "year" and (then := _longest(folded, end)) is not None and then[1] == "status":
            years, (end, facet, values) = values, then
        elif facet == "status" and (then := _years_at(folded, end)) is not None:
            said = slice(end, then[0])
            end, years = then[0], then[2]
        text = _as_written(pieces[place:end])
        if years:
            _in_years(text, values, _as_written(pieces[said]), years, meaning)
        elif facet == "wording":
            meaning.wordings.append(values[0])
            meaning.say(text, "wording", values[0], means=MEANS[values[0]])
        elif facet == "year":
            meaning.filters.append(("year", values))
            meaning.say(text, "year", values[0] if len(values) == 1 else text, **_several(values))
        elif facet == "organisation":
            codes = tuple(dict.fromkeys(code for code, _ in named))
            meaning.filters.append((facet, codes))
            more = (
                {"name": named[0][1]}
                if len(codes) == 1
                else {"values": list(codes[:MOST_VALUES_SHOWN]), "count": len(codes)}
            )
            meaning.say(text, facet, codes[0] if len(codes) == 1 else ", ".join(values), **more)
        elif facet == "status":
            statuses[values] = text
        elif facet == "atc":
            meaning.filters.append((facet, values))
            named = resolve("atc", values[0])
            meaning.say(text, facet, ", ".join(values), **({"name": named[0][1]} if named and len(values) == 1 else {}))
        else:
            meaning.filters.append((facet, values))
            meaning.say(text, facet, values[0])
        meaning.in_words = True
        place = end
    for values, text in statuses.items():
        meaning.say(text, "status", values[0] if len(values) == 1 else text, **_several(values))
    if statuses:
        meaning.filters.append(("status", tuple(code for values in statuses for code in values)))
    return _codes(rest, meaning, resolve)


def _in_years(text: str, values: tuple[str, ...], said: str, years: tuple[str, ...], meaning: Meaning) -> None:
    """A status in years: “authorised 2025” asks when it was granted, “refused 2019” since when it is refused."""
    day = years[0] if len(years) == 1 else said
    if values == ("authorised",):
        meaning.filters.append(("year", years))
        meaning.say(text, "year", day, **_several(years))
    else:
        meaning.filters += [("status", values), ("status_year", years)]
        meaning.say(
            text, "status-year", text if len(values) > 1 else f"{values[0]} {day}", values=list(values), year=day
        )


def _as_written(pieces: list[tuple[str, bool]]) -> str:
    """The pieces as they stand in the query: those of one run of Chinese have no blank between them."""
    return "".join(f" {piece}" if begins else piece for piece, begins in pieces).strip()


def _several(values: tuple[str, ...]) -> dict[str, Any]:
    return {"values": list(values)} if len(values) > 1 else {}


def _longest(folded: list[list[str]], place: int) -> tuple[int, str, tuple[str, ...]] | None:
    """(end, facet, values) of the longest phrase of whole tokens that begins here."""
    found: tuple[int, str, tuple[str, ...]] | None = None
    words: list[str] = []
    for end in range(place + 1, min(place + _LONGEST, len(folded)) + 1):
        words += folded[end - 1]
        key = tuple(words)
        if key in WORDINGS:
            found = (end, "wording", (WORDINGS[key],))
        elif key in PHRASES:
            found = (end, *PHRASES[key])
    return found or _years_at(folded, place)


def _years_at(folded: list[list[str]], place: int) -> tuple[int, str, tuple[str, ...]] | None:
    """(end, "year", years) of a year or of several that are said here: 2019, in 2019, since 2019, 2019 to 2021."""
    words: list[str] = []
    for end in range(place + 1, min(place + LONGEST_YEARS, len(folded)) + 1):
        words += folded[end - 1]
    said = _SAID_YEARS.match(" ".join(words) + " ")
    if said is None:
        return None
    length, end = len(said[0].split()), place
    while length > 0:
        length -= len(folded[end])
        end += 1
    if length < 0 or (said["first"] and not said["to"] and len(folded[end - 1]) == 1):
        return None  # a part of a word that is written together; two years that are no span
    years = range(0)
    if said["first"]:
        years = range(int(said["first"]), int(said["last"]) + 1)
    else:
        way, year = said["before"] or said["behind"] or "", int(said["year"] or said["plain"])
        if way in _UNTIL:
            years = range(FIRST_YEAR, year + _UNTIL[way])
        elif way in _SINCE:
            years = range(year + _SINCE[way], LAST_YEAR + 1)
        else:
            years = range(year, year + 1)
    return (end, "year", tuple(map(str, years))) if years else None


def _codes(rest: list[str], meaning: Meaning, resolve: Resolve) -> list[str]:
    """Takes out ATC codes that stand beside other words."""
    left = []
    for token in rest:
        code = normal_code(token) if len(token) >= 3 else None
        if code is not None and level(code) >= 2 and (found := resolve("atc", code)):
            meaning.filters.append(("atc", (found[0][0],)))
            meaning.say(token, "atc", found[0][0], name=found[0][1])
            meaning.in_words = True
        else:
            left.append(token)
    return left


def _han_pieces(token: str) -> list[tuple[str, bool]]:
    """(piece, whether it begins the token): words with a meaning are cut out of Chinese, which has no blanks."""
    if not has_han(token):
        return [(token, True)]
    pieces: list[str] = []
    for part in _HAN_YEAR.split(token):
        pieces += [part] if _HAN_YEAR.fullmatch(part) else _words_in_han(part)
    return [(piece, place == 0) for place, piece in enumerate(piece for piece in pieces if piece)]


def _words_in_han(rest: str) -> list[str]:
    pieces: list[str] = []
    while rest:
        low = rest.lower() if len(rest.lower()) == len(rest) else rest
        found = [(low.find(phrase), -len(phrase), phrase) for phrase in (*HAN_PHRASES, *_HAN_YEARS) if phrase in low]
        if not found:
            return [*pieces, rest]
        start, _, phrase = min(found)
        pieces += [rest[:start], rest[start : start + len(phrase)]]
        rest = rest[start + len(phrase) :]
    return pieces


def free_words(text: str) -> list[str]:
    """The words of free text, without those that carry nothing unless there are no others."""
    return (_kept_words(text) or words_to_find(text))[:MOST_WORDS]


def without_empty(text: str) -> str:
    """The text without words that carry nothing, unless there are no others: glucagon products are glucagon."""
    kept = [token for token in text.split() if not EMPTY_WORDS.issuperset(normal(token).split())]
    return " ".join(kept) or text


def turned(text: str) -> str:
    """What a text says the other way round: cancer of the bladder is bladder cancer."""
    match = _OF.fullmatch(" ".join(text.split()))
    return f"{match[2]} {match[1]}" if match else text


def _kept_words(text: str) -> list[str]:
    kept = words_to_find(" ".join(piece for token in text.split() for piece in _without_empty(token)))
    return [word for word in kept if word not in EMPTY_WORDS]


def _without_empty(token: str) -> list[str]:
    """The parts of a Chinese word that say something: 利尿药 and 利尿剂 are both 利尿."""
    if not has_han(token):
        return [token]
    return [HAN_ENDINGS.sub("", piece) for piece in HAN_EMPTY.split(token) if piece]
