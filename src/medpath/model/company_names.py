"""Names of companies as agencies write them: the same name with its legal form spelled out or cut short."""

from __future__ import annotations

import re

from medpath.model.names import fold

# Spelled out or cut short, the legal form is the same.
_SAME = (
    ("designated activity company", "dac"),
    ("unlimited company", "uc"),
    ("limited", "ltd"),
    ("and", ""),
)
_FORMS = frozenset({
    "ab", "ag", "ags", "aps", "as", "bv", "bvba", "dac", "dd", "doo", "eeig", "eesv", "ehf", "gmbh", "hf", "inc", "kft",
    "kg", "kgaa", "lda", "limited", "llc", "ltd", "mbh", "nv", "oy", "oyj", "plc", "publ", "sa", "sarl", "sas", "sau",
    "se", "sl", "slu", "snc", "spa", "sprl", "srl", "sro", "uc", "zrt",
})  # fmt: skip
_BEFORE = frozenset({"bv", "nv"})  # Dutch and Belgian forms stand before the name as well as after it
_BRANCH = re.compile(r"[\s,]*(?:\w+ )?branch\b[\s,]*", re.IGNORECASE)
_BETWEEN = " .,;)\n"
_LONGEST_SURPLUS = 60


# Letters that names lose or spell out.
_SPELLED_OUT = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"))
_SHORTENED = ((" companhia ", " c "), (" ca ", " c "), (" fratelli ", " f lli "))
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_COMPANY_WORDS = 10
_LINKING = frozenset({"", "co", "und", "and"})


def comparable(name: str) -> str:
    """The spelling-independent form of a company's name: ``Zentiva, k.s.`` and ``ZENTIVA KS`` give ``zentivaks``."""
    words = f" {fold(name)} "
    for long, short in _SAME:
        words = words.replace(f" {long} ", f" {short} ")
    return words.replace(" ", "")


def same_company(one: str | None, other: str | None) -> bool:
    """Whether two names are one name but for spelling and the form of "Limited" and the like; never by likeness.

    ``N.V. Organon`` is ``Organon N.V.``, whichever of the two ways it is written.
    """
    return bool(one and other) and _form_behind(one or "") == _form_behind(other or "")


def company_in(text: str) -> str | None:
    """The company's name that an address begins with, up to its legal form; None where it bears none."""
    words = text.replace(",", " ").split()[:_COMPANY_WORDS]
    end = next((place for place, word in enumerate(words) if _is_form(word)), None)
    if not end or any(word[0].isdigit() for word in words[:end]):
        return None
    last = end
    for place in range(end + 1, len(words)):
        if _is_form(words[place]):
            last = place
        elif _plain(words[place]) not in _LINKING:
            break
    return " ".join(words[: last + 1])


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one: as `same_company`, with umlauts spelled out, without brackets, or one cut off."""
    plain, full = (_shortened(name) for name in (one, other))
    if plain[0] == full[0] or plain[0] in full or full[0] in plain:
        return True
    short, long = sorted((plain[0], full[0]), key=len)
    return len(short) > 3 and long.startswith(short) and not _bears_form(one if short == plain[0] else other)


def _shortened(name: str) -> list[str]:
    """The spellings of a name as they are compared: without its brackets, and what stands in them."""
    for letter, letters in _SPELLED_OUT:
        name = name.replace(letter, letters)
    inner = [part.strip(" ()") for part in _IN_BRACKETS.findall(name)]
    spelled = []
    for one in (_IN_BRACKETS.sub("", name), *inner):
        words = f" {fold(one)} "
        for long, short in _SHORTENED:
            words = words.replace(long, short)
        spelled.append(_form_behind(words))
    return spelled


def _bears_form(name: str) -> bool:
    return any(_is_form(word) for word in name.split())


def _form_behind(name: str) -> str:
    """The name as it is compared, with a legal form that stands before it behind it."""
    words = name.split()
    if len(words) > 1 and _plain(words[0]) in _BEFORE and _plain(words[-1]) not in _FORMS:
        words = [*words[1:], words[0]]
    return comparable(" ".join(words))


def _plain(word: str) -> str:
    return fold(word).replace(" ", "")


def without_name(text: str, name: str) -> str | None:
    """The text without the company's name at the beginning of it or of one of its lines.

    The rest of the legal form after the name (``GmbH``, ``(publ)``, ``Ireland Branch``) goes with it.
    Returns None where the text does not name the company so, or names a longer one.
    """
    lines = text.strip(" \n").split("\n")
    for number in range(len(lines)):
        rest = _after_name("\n".join(lines[number:]), name)
        if rest is not None:
            return "\n".join([*lines[:number], rest]).strip(" ,;\n")
    return None


def _after_name(text: str, name: str) -> str | None:
    wanted = [comparable(name)]
    words = name.split()
    if len(words) > 1 and _plain(words[-1]) in _FORMS:
        wanted.append(comparable(" ".join([words[-1], *words[:-1]])))  # N.V. Organon
    if not wanted[0]:
        return None
    end = 0
    for place in range(1, min(len(text), len(name) + _LONGEST_SURPLUS) + 1):
        if not text[place : place + 1].isalnum() and comparable(text[:place]) in wanted:
            end = place
    if not end:
        return None
    rest = text[end:].lstrip(_BETWEEN)
    while rest:
        word = rest.split(maxsplit=1)[0]
        if _is_form(word):
            rest = rest[len(word) :].lstrip(_BETWEEN)
        elif branch := _BRANCH.match(rest):
            rest = rest[branch.end() :]
        else:
            break
    return None if _names_more(rest) else rest


def _is_form(word: str) -> bool:
    return _plain(word) in _FORMS and not any(sign.isdigit() for sign in word)


def _names_more(rest: str) -> bool:
    """Whether a legal form follows before any number, so that the company has a longer name."""
    for word in rest.split()[:6]:
        if any(sign.isdigit() for sign in word):
            return False
        if _is_form(word):
            return True
    return False
