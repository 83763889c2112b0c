"""ATC codes: their levels, their ancestors, and the names of levels 1 and 2 in English and Chinese.

Terms of the anatomical main and therapeutic groups are WHO's; the Chinese ones follow the wording of
China's national reimbursement list where it has the class and says the same, else they are ours
(``zh_from`` is ``medpath``).
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

LENGTHS = {1: 1, 3: 2, 4: 3, 5: 4, 7: 5}
_PARTS = re.compile(r"(Q?)([A-Z])(\d{2})?([A-Z])?([A-Z])?(\d{2})?")
_ACRONYMS = {
    "ACE", "ADP", "AIDS", "ATP", "BCG", "COX", "CYP", "DNA", "DPP", "EGFR", "FSH", "GLP", "GnRH", "GNRH", "HER",
    "HIV", "HMG", "IL", "LH", "MAO", "NSAID", "PARP", "PCSK", "PDGF", "RNA", "SGLT", "TNF", "TRH", "VEGF",
}  # fmt: skip


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

    Abbreviations, and words with digits, keep their capitals.
    """
    if name != name.upper():
        return name
    words = [word if _keeps(word) else word.lower() for word in re.split(r"(\W+)", name)]
    for number, word in enumerate(words):
        if number >= 2 and words[number - 2] == "vitamin":
            words[number] = word.upper()
    text = "".join(words)
    return text[:1].upper() + text[1:]


def _keeps(word: str) -> bool:
    return word in _ACRONYMS or any(sign.isdigit() for sign in word)
