"""ATC codes: their levels, their ancestors, and the names of levels 1 and 2 in English and Chinese.

Terms of the anatomical main and therapeutic groups are WHO's. The Chinese ones follow the wording of
China's national reimbursement list (``zh_from`` is ``nrdl``) or of another public table (``other-table``);
where neither has the class, or the list means a narrower one, they are ours (``medpath``).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterable
from functools import cache
from pathlib import Path

from medpath.model.names import fold

LENGTHS = {1: 1, 3: 2, 4: 3, 5: 4, 7: 5}
_PARTS = re.compile(r"(Q?)([A-Z])(\d{2})?([A-Z])?([A-Z])?(\d{2})?")
_ACRONYMS = {"ACE", "ACTH", "ADHD", "ATC", "DNA", "GORD", "HIV", "RNA", "TNF", "UV"}
_ROMAN = re.compile(r"[IVX]+")
_NAMES_OF_PEOPLE = {"PARKINSON": "Parkinson"}


def level(code: str) -> int:
    """The level of a code, 1 to 5; 0 for what is no code. ATCvet codes count without their Q."""
    bare = code[1:] if is_veterinary(code) else code
    return LENGTHS.get(len(bare), 0)


def is_veterinary(code: str) -> bool:
    """Whether the code is one of ATCvet, which begins with Q and another letter."""
    return len(code) > 1 and code[0] == "Q" and code[1].isalpha()


def ancestors(code: str) -> list[str]:
    """The code's classes from level 1 down to itself: L, L04, L04A, L04AC, L04AC05."""
    offset = 1 if is_veterinary(code) else 0
    return [code[: length + offset] for length in LENGTHS if length + offset <= len(code)]


def normal_code(text: str) -> str | None:
    """A code in its usual spelling from any: ``l04 ac-05`` → ``L04AC05``; None for what is none."""
    code = re.sub(r"[\s.\-_/]", "", text).upper()
    return code if _PARTS.fullmatch(code) and level(code) else None


@cache
def _built_in() -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / "data" / "atc_levels_1_and_2.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


def built_in_names(code: str) -> dict[str, str]:
    """The names that the package has: ``{"en": …, "zh": …}`` for levels 1 and 2, else nothing."""
    row = _built_in().get(code)
    return {"en": row["en"], "zh": row["zh"]} if row else {}


def translated_by_us(code: str) -> bool:
    """Whether the Chinese name of a class is ours and not a source's."""
    row = _built_in().get(code)
    return bool(row and row["zh_from"] == "medpath")


def built_in_codes() -> list[str]:
    """The codes of levels 1 and 2."""
    return list(_built_in())


def sentence_case(name: str) -> str:
    """WHO prints the names of levels 1 to 3 in capitals: the name with only its first letter as one.

    Abbreviations, single letters (vitamin D), Roman numerals and words with digits keep their
    capitals. Names that are not all capitals stay as they are.
    """
    if name != name.upper():
        return name
    text = "".join(_lower(word) for word in re.split(r"(\W+)", name))
    return text[:1].upper() + text[1:]


def _lower(word: str) -> str:
    if word in _NAMES_OF_PEOPLE:
        return _NAMES_OF_PEOPLE[word]
    keeps = word in _ACRONYMS or len(word) == 1 or _ROMAN.fullmatch(word) or any(sign.isdigit() for sign in word)
    return word if keeps else word.lower()


def replacement(code: str, name: str, classes: Iterable[tuple[str, str]], before: Container[str] = ()) -> str | None:
    """The code that carries a retired substance's name today, by the basis ``same-name``.

    ``classes`` are (code, English name) of today's edition, ``before`` the codes that were listed
    together with the retired one: what stood beside it does not take its place. Only level 5 counts,
    since names of classes recur ("Monoclonal antibodies" in L01 and L04), and only where exactly one
    code has the name; else None.
    """
    wanted = fold(name)
    if level(code) != 5 or not wanted:
        return None
    found = {
        other
        for other, its_name in classes
        if other != code and other not in before and level(other) == 5 and fold(its_name) == wanted
    }
    return found.pop() if len(found) == 1 else None
