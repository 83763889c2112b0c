"""EMA's "Procedural steps taken and scientific information after the authorisation": one row for each procedure.

Conversion splits rows over pages (the rest of a row is the first row of the next page's table, without a
head), drops columns that are empty on a page, and leaves the number of a procedure on two lines. So the
columns of a table are known by its head, or by the head before it where it is as wide, or else by what
stands in them: dates are dates, and their order is EMA's. Where only one column has dates, it is that of
the opinion: among 62,000 rows of whole tables 8 have a decision without an opinion.

Lists before 2010 part major from minor changes; the minor ones have the day of entry into force alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from medpath.documents.blocks import Block, Document, tidy
from medpath.documents.faults import Fault
from medpath.documents.procedure_numbers import (
    begins_procedure,
    is_of_iris,
    kind_of,
    numbers_in,
    safety_report_numbers,
    squashed,
)
from medpath.documents.watermarks import without_watermark

SCOPE_LENGTH = 4_000
SUMMARY_LENGTH = 8_000
STEP_LIMIT = 5_000
FIRST_YEAR, LAST_YEAR = 1994, 2100

Roles = tuple[str, ...]
_SIX: Roles = ("number", "scope", "opinion", "decision", "information", "summary")
_DATE_ROLES = ("opinion", "decision", "effect")
_HEADS = (
    ("number", re.compile(r"^(?:applicationnumber|applicationno|no|number|procedurenumber)\W*$")),
    ("scope", re.compile(r"^scope")),
    ("opinion", re.compile(r"^opinion|notification")),
    ("decision", re.compile(r"commission|decision")),
    ("information", re.compile(r"information|^pi")),
    ("effect", re.compile(r"^date")),
    ("summary", re.compile(r"^summary")),
)
_DATE = r"\d{1,2}/\d{1,2}/\d{4}"
_NONE = r"[Nn]\.?/?\s?[Aa]\.?|[Nn]ot applicable|-+"
_DATES = re.compile(rf"(?:on )?({_DATE}|{_NONE})(?:\s+(?:on )?({_DATE}|{_NONE}))?(?:\s+(\D.*))?$")
_ONE_DATE = re.compile(_DATE)
_NOTHING = re.compile(rf"(?:{_NONE})$")
_INFORMATION = re.compile(r"smpc|spc|annex(?:es)?|i|ii[ab]?|iii|labell?ing|pi?l|package|leaflet|and|n/a|na")
_BETWEEN = re.compile(r"[\s,&;.+-]+|/(?!a)")
_GROUP = re.compile(r"application ?for ?a ?group ?of ?variations", re.IGNORECASE)
_WORKSHARING = re.compile(r"work-?sharing ?procedure", re.IGNORECASE)
_OTHER_DOCUMENT = re.compile(
    r"^(?:1\.? )?NAME OF THE MEDICINAL PRODUCT|^\d?\.? ?Background information on the procedure"
)
_REST_OF_NUMBER = re.compile(r"/?\d{1,10}(?:/\d{6}|/G)?$")


class Step(NamedTuple):
    """One procedure. Days are ISO, None where the row states none; ``place`` is where its table begins.

    ``kind`` is None where neither number nor words say it. ``opinion_date`` is the day of the opinion or the
    notification, ``effect_date`` that of entry into force (old lists of minor changes). ``pages`` are the first
    and the last page of the row. ``raw`` is all text of the row.
    """

    procedure_numbers: list[str]
    kind: str | None
    grouped: bool
    worksharing: bool
    scope: str | None
    opinion_date: str | None
    commission_decision_date: str | None
    effect_date: str | None
    product_information_affected: str | None
    summary: str | None
    place: str
    pages: tuple[int, int]
    raw: str

    @property
    def date(self) -> str | None:
        """The day of the step: of the opinion or notification, else of the entry into force or the decision."""
        return self.opinion_date or self.effect_date or self.commission_decision_date


@dataclass
class Steps:
    """The procedures of a document; ``rows`` counts the rows of the list, whatever could be read of them."""

    steps: list[Step] = field(default_factory=list)
    rows: int = 0
    issues: list[Fault] = field(default_factory=list)


@dataclass
class _Row:
    """The cells of a row under way, by role, each a list of what its pages give."""

    place: str
    page: int
    last_page: int
    cells: dict[str, list[str]] = field(default_factory=dict)
    raw: list[str] = field(default_factory=list)
    has_date: bool = False

    def add(self, role: str, cell: str) -> None:
        if cell:
            self.cells.setdefault(role, []).append(cell)
            self.has_date = self.has_date or (role in _DATE_ROLES and _ONE_DATE.search(cell) is not None)

    def text(self, role: str) -> str:
        return tidy(" ".join(self.cells.get(role, ())))


def read_steps(document: Document) -> Steps:
    """Reads the list. A document without such a table is an issue (``scanned``, ``no-table``, ``other-document``)."""
    found = Steps()
    blocks = without_watermark(document.blocks)
    if any(_OTHER_DOCUMENT.search(block.text) for block in blocks if not block.rows):
        found.issues.append(Fault("other-document", "The document has the headings of another kind of document.", ""))
        return found
    roles: Roles = ()
    pending: _Row | None = None
    for block in blocks:
        if block.kind != "table":
            continue
        rows = _filled(block.rows)
        head = next((roles for roles in map(_roles_by_head, rows[:2]) if roles), ())
        if head:
            roles = head
        columns = roles if len(roles) == len(rows[0]) else _roles_by_content(rows, roles)
        for row in rows:
            if _roles_by_head(row):
                continue
            pending = _take(row, columns, pending, block, document.place(block), found)
        if len(found.steps) > STEP_LIMIT:
            found.issues.append(Fault("too-many-rows", f"More than {STEP_LIMIT:,} rows; the rest was not read.", ""))
            pending = None
            break
    _finish(pending, found)
    if not found.steps:
        text = any(block.text for block in blocks)
        code = "no-table" if text or any(block.rows for block in blocks) else "scanned"
        found.issues.append(Fault(code, "No list of procedures was found in the document.", ""))
    return found


def is_list(document: Document) -> bool:
    """Whether a table of the document has the head of a list of procedures."""
    return any(_roles_by_head(row) for block in document.blocks for row in block.rows[:2])


def _filled(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    width = max(len(row) for row in rows)
    return [tuple(tidy(cell) if "\n" in cell else cell for cell in row) + ("",) * (width - len(row)) for row in rows]


def _roles_by_head(row: Sequence[str]) -> Roles:
    """The roles that a head names; nothing for a row that is no head."""
    if not _HEADS[0][1].search(squashed(row[0][:40]).casefold()):
        return ()
    roles = []
    for cell in row:
        text = squashed(cell).casefold()[:80]
        roles.append(next((role for role, pattern in _HEADS if pattern.search(text)), ""))
    return tuple(roles) if "scope" in roles and roles[0] == "number" and len(set(roles)) >= 4 else ()


def _roles_by_content(rows: Sequence[tuple[str, ...]], before: Roles) -> Roles:
    """The roles of columns by what stands in them, in EMA's order; the head before says what a lone day is."""
    columns = list(zip(*rows, strict=True))
    roles: list[str] = []
    numbered = not any(columns[0]) or any(
        begins_procedure(cell) or _REST_OF_NUMBER.match(squashed(cell)) for cell in columns[0] if cell
    )
    dates = ["effect"] if "effect" in before else ["opinion", "decision"]
    for index, cells in enumerate(columns):
        filled = [cell for cell in cells if cell]
        if index == 0 and numbered:
            roles.append("number")
        elif "scope" not in roles and not (filled and all(_DATES.match(cell) for cell in filled)):
            roles.append("scope")
        elif dates and filled and sum(_DATES.match(cell) is not None for cell in filled) * 2 > len(filled):
            roles.append(dates.pop(0))
        elif filled and "information" not in roles and sum(map(_is_information, filled)) * 2 > len(filled):
            roles.append("information")
        else:
            roles.append("summary" if filled else "")
    return tuple(roles)


def _is_information(cell: str) -> bool:
    """Whether a cell names parts of the product information and nothing else ("SmPC, Annex II and PL")."""
    return len(cell) < 200 and all(_INFORMATION.fullmatch(word) for word in _BETWEEN.split(cell.casefold()) if word)


def _take(
    row: tuple[str, ...], columns: Roles, pending: _Row | None, block: Block, place: str, found: Steps
) -> _Row | None:
    """Puts one row of a table to the row under way, or finishes that and begins a new one."""
    number = row[0] if columns[0] == "number" else ""
    if number and pending is not None and _completes(pending, number):
        pass
    elif (number and begins_procedure(number)) or (
        (pending is None or pending.has_date) and _has_opinion(row, columns)
    ):
        _finish(pending, found)
        pending = _Row(place, block.page, block.page)
    if pending is None:
        text = tidy(" ".join(row))
        if text:
            found.issues.append(Fault("row-without-number", f"Belongs to no procedure: “{text[:100]}”.", place))
        return None
    pending.last_page = block.page
    pending.raw += dict.fromkeys(cell for cell in row if cell)
    known = pending.text("number")
    for role, cell in zip(columns, row, strict=True):
        if role == "number" and known and not _completes(pending, cell):
            role = "scope"
        elif role not in ("number", "scope") and _is_displaced(pending, cell):
            role = "number"  # conversion put the number, or a line of it, into another column
            if _REST_OF_NUMBER.match(squashed(pending.text("number"))):
                pending.cells["number"].insert(0, cell)
                continue
        pending.add(role or "rest", cell)
    return pending


def _is_displaced(pending: _Row, cell: str) -> bool:
    """Whether a cell of another column is the number that the row under way lacks so far."""
    return numbers_in(cell) == [squashed(cell)] and not numbers_in(pending.text("number"))


def _completes(pending: _Row, cell: str) -> bool:
    """Whether a cell is the rest of the number of the row under way."""
    known = squashed(pending.text("number"))
    text = squashed(cell)
    numbers = numbers_in(known)
    if numbers:  # of assessments of safety reports the month can stand on a line of its own
        return (
            numbers[0].startswith("PSUSA/") and numbers[0].count("/") == 1 and _REST_OF_NUMBER.match(text) is not None
        )
    return bool(known) and (is_of_iris(text) or text.startswith("Transfer-") or _REST_OF_NUMBER.match(text) is not None)


def _has_opinion(row: tuple[str, ...], columns: Roles) -> bool:
    return any(
        role in ("opinion", "effect") and _DATES.match(cell) and _ONE_DATE.search(cell)
        for role, cell in zip(columns, row, strict=True)
    )


# --- a whole row


def _finish(row: _Row | None, found: Steps) -> None:
    """Makes the step, or the steps where conversion ran rows together."""
    if row is None:
        return
    cell = row.text("number")
    numbers = numbers_in(cell)
    scope = row.text("scope")
    given = {role: row.text(role) for role in _DATE_ROLES}
    dates = {role: _ONE_DATE.findall(text) for role, text in given.items()}
    several = len(numbers) > 1 and max(map(len, dates.values())) == len(numbers)
    if several:
        found.rows += len(numbers)
        message = f"The rows of {', '.join(numbers[:5])} were run together; their days and scopes can't be told apart."
        found.issues.append(Fault("merged-rows", message, row.place))
        for number in numbers:
            found.steps.append(_step(row, [number], kind_of("", [number], ""), "", {}, whole=False))
        return
    found.rows += 1
    days, odd = _days_of(row, given)
    numbers += [number for number in safety_report_numbers(scope) if is_of_iris(cell) or "EMA/PSUR" in squashed(cell)]
    step = _step(row, numbers, kind_of(cell, numbers, scope), scope, days, whole=True)
    _tell_missing(step, cell, odd, found)
    found.steps.append(step)


def _step(
    row: _Row, numbers: list[str], kind: str | None, scope: str, days: dict[str, str | None], *, whole: bool
) -> Step:
    information, summary = row.text("information"), row.text("summary")
    if information and not _is_information(information) and not summary:
        information, summary = "", information
    if _NOTHING.match(information):
        information = ""
    return Step(
        numbers,
        kind,
        any(number.endswith("/G") for number in numbers) or _GROUP.search(scope) is not None,
        kind == "worksharing" or _WORKSHARING.search(scope[:400]) is not None,
        (scope[:SCOPE_LENGTH] or None) if whole else None,
        days.get("opinion"),
        days.get("decision"),
        days.get("effect"),
        (information[:200] or None) if whole else None,
        (summary[:SUMMARY_LENGTH] or None) if whole else None,
        row.place,
        (row.page, row.last_page),
        tidy(" ".join([row.text("number"), *row.raw])),
    )


def _days_of(row: _Row, given: dict[str, str]) -> tuple[dict[str, str | None], str | None]:
    """(the days by role, a cell that holds something else than a day)."""
    days: dict[str, str | None] = {}
    odd = None
    for role, text in given.items():
        if not text or _NOTHING.match(text):
            continue
        match = _DATES.match(text)
        if match is None:
            odd = odd or text
            continue
        first, later = _day(match[1]), _day(match[2])
        if first is not None:
            days[role] = first
        if role == "opinion" and first and later and first <= later and not _ONE_DATE.search(given["decision"]):
            days["decision"] = later  # the cells of both columns run together
        if match[3] and not row.text("information") and _is_information(match[3]):
            row.add("information", match[3])
    if not days:
        loose = [
            cell for cell in (*row.cells.get("information", ()), *row.cells.get("summary", ())) if _DATES.match(cell)
        ]
        if loose and (day := _day(_ONE_DATE.findall(loose[0] + " ")[0]) if _ONE_DATE.search(loose[0]) else None):
            days["opinion"] = day
    return days, odd


def _day(text: str | None) -> str | None:
    if text is None or not _ONE_DATE.fullmatch(text):
        return None
    day, month, year = map(int, text.split("/"))
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if FIRST_YEAR <= year < LAST_YEAR else None


def _tell_missing(step: Step, cell: str, odd: str | None, found: Steps) -> None:
    shown = f"“{cell[:60]}”" if cell else f"“{step.raw[:60]}”"
    if not step.procedure_numbers:
        found.issues.append(Fault("no-number", f"No number of a procedure was found in {shown}.", step.place))
    elif step.kind is None:
        found.issues.append(Fault("unknown-kind", f"What kind of procedure {shown} is, is not said.", step.place))
    opinion, decision = step.opinion_date, step.commission_decision_date
    if opinion and decision and decision < opinion:
        message = f"The decision on {shown} ({decision}) is older than the opinion ({opinion})."
        found.issues.append(Fault("days-out-of-order", message, step.place))
    if step.date is None:
        found.issues.append(Fault("no-date", f"No day was found in the row of {shown}.", step.place))
    elif odd is not None:
        found.issues.append(Fault("odd-date", f"“{odd[:80]}” is no day ({shown}); it is not used.", step.place))
