"""EMA's "Steps taken after authorisation when a cut-off date has been used": the procedures until about 2004.

Most of these lists are one table: scope, number, type, day of the notification or opinion, day of the Commission's
decision. Its head stands on the first page alone. Days have two figures for the year; the centralised procedure
began in 1995, so these tell the century. Earlier lists are running text and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from medpath.documents.blocks import Block, Document, tidy
from medpath.documents.faults import Fault
from medpath.documents.procedural_steps import SCOPE_LENGTH, STEP_LIMIT, Step, Steps
from medpath.documents.procedure_numbers import KINDS, squashed
from medpath.documents.watermarks import without_watermark

COLUMNS = 5
FIRST_YEAR, LAST_YEAR = 1995, 2030

_HEAD = ("scope", "application", "type", "not", "commission")
_NUMBER = re.compile(r"(I/II|IA|IB|II|I|N|R|S|T|X)[/-]{1,2}\d{1,5}")
_FIGURES = re.compile(r"\d{2,5}")
_TYPES = frozenset(("I", "IA", "IB", "II", "N", "R", "S", "T", "X"))
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})[.\-*]?")
_WATERMARK = re.compile(r"(?:\s+(?:Medicinal|product|no|longer|authorised?))+$")  # its words at the end of other cells
_NONE = re.compile(r"(?:[-–_]+|n/?a\.?)?", re.IGNORECASE)


def is_cutoff_list(document: Document) -> bool:
    """Whether the document's first table is such a list."""
    first = next((block for block in document.blocks if block.rows), None)
    return first is not None and _is_head(first.rows[0])


def read_cutoff_steps(document: Document) -> Steps:
    """Reads the table. What a row does not say is an issue; a document without the table is one (``no-table``)."""
    found = Steps()
    columns = 0
    for block in without_watermark(document.blocks):
        for row in block.rows:
            cells = [tidy(cell) for cell in row]
            if _is_head(cells):
                columns = len(cells)
            elif columns == COLUMNS == len(cells):
                _take(cells, block, document.place(block), found)
            elif columns and any(cells):
                text = " ".join(dict.fromkeys(cells))
                message = f"The row has other columns than the list: “{text[:100]}”."
                found.issues.append(Fault("row-without-number", message, document.place(block)))
        if len(found.steps) > STEP_LIMIT:
            found.issues.append(Fault("too-many-rows", f"More than {STEP_LIMIT:,} rows; the rest was not read.", ""))
            break
    if not columns:
        found.issues.append(Fault("no-table", "No list of procedures was found in the document.", ""))
    return found


def _is_head(row: Sequence[str]) -> bool:
    names = [squashed(cell).casefold() for cell in row]
    return len(names) == COLUMNS and all(
        name.startswith(start) or (index == 1 and "application" in name) or (index == 4 and "commission" in name)
        for index, (name, start) in enumerate(zip(names, _HEAD, strict=True))
    )


def _take(cells: Sequence[str], block: Block, place: str, found: Steps) -> None:
    scope, number, kind, opinion, decision = cells[0], *(_WATERMARK.sub("", cell) for cell in cells[1:])
    if not any(cells[1:]):  # the end of the row before, on another page
        if found.steps and scope:
            last = found.steps[-1]
            whole = tidy(f"{last.scope or ''} {scope}")[:SCOPE_LENGTH]
            found.steps[-1] = last._replace(scope=whole, pages=(last.pages[0], block.page), raw=f"{last.raw} {scope}")
        elif scope:
            found.issues.append(Fault("row-without-number", f"Belongs to no procedure: “{scope[:100]}”.", place))
        return
    found.rows += 1
    given = squashed(number)
    match = _NUMBER.fullmatch(given)
    numbers = [given] if match or _FIGURES.fullmatch(given) else []
    shown = f"“{number[:60]}”" if number else f"“{scope[:60]}”"
    if not numbers:
        found.issues.append(Fault("no-number", f"No number of a procedure was found in {shown}.", place))
    code = squashed(kind)
    named = match[1] if match else code
    if code in _TYPES and named == code:
        of_kind = KINDS[code]
    else:
        of_kind = None
        found.issues.append(Fault("unknown-kind", f"What kind of procedure {shown} is, is not said.", place))
    days = {}
    for role, text in (("opinion", opinion), ("decision", decision)):
        day = _day(text)
        if day is not None:
            days[role] = day
        elif not _NONE.fullmatch(text):
            found.issues.append(Fault("odd-date", f"“{text[:80]}” is no day ({shown}); it is not used.", place))
    if not days:
        found.issues.append(Fault("no-date", f"No day was found in the row of {shown}.", place))
    if "opinion" in days and days.get("decision", "9") < days["opinion"]:
        message = f"The decision on {shown} ({days['decision']}) is older than the opinion ({days['opinion']})."
        found.issues.append(Fault("days-out-of-order", message, place))
    found.steps.append(
        Step(
            procedure_numbers=numbers,
            kind=of_kind,
            grouped=False,
            worksharing=False,
            scope=scope[:SCOPE_LENGTH] or None,
            opinion_date=days.get("opinion"),
            commission_decision_date=days.get("decision"),
            effect_date=None,
            product_information_affected=None,
            summary=None,
            place=place,
            pages=(block.page, block.page),
            raw=tidy(" ".join(cells)),
        )
    )


def _day(text: str) -> str | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    day, month, year = map(int, match.groups())
    if len(match[3]) == 2:
        year += 1900 if year >= FIRST_YEAR % 100 else 2000
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if FIRST_YEAR <= year < LAST_YEAR else None
