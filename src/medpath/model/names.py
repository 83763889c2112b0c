"""Names: their spelling-independent form, their slugs, and the names that a medicine's name holds."""

from __future__ import annotations

import hashlib
import re
import unicodedata

SLUG_LENGTH = 100

_APART = re.compile(r"[\W_]+", re.UNICODE)
_DROPPED = str.maketrans("", "", ".'’`´")
_FORMER = re.compile(r"\((?:previously|formerly)(?: known as)?\s+([^()]+)\)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_AND = re.compile(r",|\band\b")


def fold(name: str) -> str:
    """The spelling-independent form of a name: case, accents, dots and punctuation do not count.

    ``fold("UCB Pharma S.A.") == fold("UCB PHARMA SA") == "ucb pharma sa"``. Letters of other
    scripts stay as they are.
    """
    if name.isascii():
        return _APART.sub(" ", name.lower().translate(_DROPPED)).strip()
    plain = name
    for _ in range(2):  # folding case can bring signs that decompose, and the other way round
        plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _APART.sub(" ", plain.translate(_DROPPED)).strip()


def slug(name: str) -> str:
    """The folded name with hyphens, for addresses; long names end in a mark of the whole."""
    folded = fold(name).replace(" ", "-") or "-"
    if len(folded) <= SLUG_LENGTH:
        return folded
    return f"{folded[:SLUG_LENGTH]}-{hashlib.sha256(folded.encode()).hexdigest()[:8]}"


def entity_id(kind: str, name: str) -> str:
    """The opaque id of a substance, organisation or condition: spellings that fold alike share it."""
    return hashlib.sha256(f"{kind}:{fold(name)}".encode()).hexdigest()[:16]


def names_in(name: str) -> tuple[list[str], list[str]]:
    """The names that a medicine's name holds: those of today, and the former ones.

    ``"Aerius (previously Azomyr)"`` gives ``(["Aerius (previously Azomyr)", "Aerius"], ["Azomyr"])``.
    """
    today = [name]
    base = _BRACKETS.sub("", name).strip()
    if base and base != name:
        today.append(base)
    former = [part.strip() for found in _FORMER.findall(name) for part in _AND.split(found) if part.strip()]
    return today, former
