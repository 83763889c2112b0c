"""The days in EMA's "Procedural steps taken before authorisation": running text of the years before 2010.

Four sentences come in nearly all of these documents in nearly the same words: when the application was submitted or
received, when the procedure started, when the committee gave its opinion, when the European Commission decided.
A day counts where its sentence is that sentence, and where the document gives only one such day; documents whose
days are not in the order of the procedure have a wrong one among them, and none of them counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from medpath.documents.blocks import Block, Document, tidy
from medpath.documents.faults import Fault
from medpath.documents.furniture import clear

FIRST_YEAR, LAST_YEAR = 1990, 2100
QUOTE = 300  # signs of the sentence that are kept

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAY = rf"(\d{{1,2}})(?:\s?(?:st|nd|rd|th))?\s+({'|'.join(_MONTHS)})\s*,?\s+(\d{{4}})"
_SENTENCES = (
    (
        "application-submitted",
        rf"\b(?:applicant|company|sponsor)\b[^·]{{0,120}}?\bsubmitted on {_DAY},?\s+an? (?:full )?applications? for\b",
    ),
    ("application-received", rf"\bapplication was received by the (?:EMEA|EMA) on {_DAY}"),
    ("start-of-evaluation", rf"\b(?:the )?(?:centralised )?procedure started on {_DAY}"),
    (
        "opinion-adopted",
        r"\b(?:issued|adopted|gave) an? (?:(?:unanimous|final) )?(?:positive|favourable) opinion\b"
        rf"[^·;]{{0,250}}?\bon {_DAY}",
    ),
    (
        "commission-decision",
        r"\bEuropean Commission,? (?:which|that|who) (?:adopted|issued) (?:the|a) (?:corresponding )?Decisions? on "
        rf"{_DAY}",
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _SENTENCES)
_OTHER_DOCUMENT = re.compile(
    r"scientific information after the authori[sz]ation|after (?:granting )?the marketing authori[sz]ation",
    re.IGNORECASE,
)


class Milestone(NamedTuple):
    """A day (ISO) on the way to the authorisation, the sentence that states it, and where that stands."""

    kind: str
    date: str
    text: str
    place: str
    page: int


@dataclass
class Milestones:
    """The days that a document states, each kind once.

    Codes of ``issues``: ``other-document``, ``several-days``, ``days-out-of-order``, ``no-steps``.
    """

    milestones: list[Milestone] = field(default_factory=list)
    issues: list[Fault] = field(default_factory=list)


def read_milestones(document: Document) -> Milestones:
    """The days on the way to the authorisation. A document that tells what came after it gives none."""
    found = Milestones()
    blocks = clear(document.blocks).blocks
    if any(_OTHER_DOCUMENT.search(block.text) for block in blocks[:4]):
        found.issues.append(Fault("other-document", "The document tells the steps after the authorisation.", ""))
        return found
    stated: dict[str, dict[str, Milestone]] = {}
    for block in blocks:
        for text in _statements(block):
            for kind, pattern in _PATTERNS:
                for match in pattern.finditer(text):
                    day = _day(match)
                    if day is not None:
                        one = Milestone(kind, day, text[:QUOTE], document.place(block), block.page)
                        stated.setdefault(kind, {}).setdefault(day, one)
    for kind, days in stated.items():
        if len(days) == 1:
            found.milestones += days.values()
        else:
            message = (
                f"The document states several days ({', '.join(sorted(days)[:5])}) for one step ({kind}); none is used."
            )
            found.issues.append(Fault("several-days", message, next(iter(days.values())).place))
    order = [one.date for kind, _ in _SENTENCES for one in found.milestones if one.kind == kind]
    if order != sorted(order):
        message = f"The days ({', '.join(order)}) are not in the order of the procedure; none is used."
        found.issues.append(Fault("days-out-of-order", message, found.milestones[0].place))
        found.milestones = []
    if not stated:
        found.issues.append(Fault("no-steps", "None of the sentences that state days of the procedure was found.", ""))
    return found


def _statements(block: Block) -> Iterator[str]:
    """The items of a block: conversion can run a list together, with its bullets between."""
    for part in re.split(r"[•·]|\n", block.text):
        if text := tidy(part):
            yield text


def _day(match: re.Match[str]) -> str | None:
    day, month, year = match.groups()
    try:
        found = date(int(year), _MONTHS.index(month.casefold()) + 1, int(day))
    except ValueError:
        return None
    return found.isoformat() if FIRST_YEAR <= found.year < LAST_YEAR else None
