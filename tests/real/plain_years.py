"""Counts by year from EMA's table as a spreadsheet has it, without any code of ours."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

ENDED = ("Withdrawn", "Lapsed", "Expired", "Revoked")
IN_FORCE = ("Authorised", "Suspended")
STATUS = "Medicine status"
GRANTED = "Marketing authorisation date"
ENDED_ON = "Withdrawal / expiry / revocation / lapse of marketing authorisation date"
OPINION = "Opinion adopted date"


class Years:
    """The counts: ``granted`` and ``held`` by year, ``ends`` by (year, status), ``decisions`` as days by year."""

    def __init__(self, table: Path, last: int) -> None:
        self.granted: Counter[str] = Counter()
        self.held: Counter[str] = Counter()
        self.ends: Counter[tuple[str, str]] = Counter()
        self.decisions: dict[str, list[int]] = defaultdict(list)
        for row in _rows(table):
            self._count(row[STATUS], _day(row[GRANTED]), _day(row[ENDED_ON]), _day(row[OPINION]), last)

    def _count(self, status: str, start: date | None, end: date | None, opinion: date | None, last: int) -> None:
        if start and status in (*ENDED, *IN_FORCE):
            self.granted[str(start.year)] += 1
        if status in ENDED and end:
            self.ends[str(end.year), status.lower()] += 1
        if start and status in IN_FORCE:
            self.held.update(str(year) for year in range(start.year, last + 1))
        if start and end and status in ENDED:
            self.held.update(str(year) for year in range(start.year, end.year))
        if start and opinion and status in (*ENDED, *IN_FORCE) and 0 <= (start - opinion).days <= 3 * 365:
            self.decisions[str(start.year)].append((start - opinion).days)

    def quartiles(self, year: str) -> list[float]:
        """Lower quartile, median and upper quartile of the days of a year."""
        days = self.decisions[year]
        return statistics.quantiles(days, n=4, method="inclusive") if len(days) > 1 else [float(days[0])] * 3


def _rows(table: Path) -> list[dict[str, Any]]:
    lines = CalamineWorkbook.from_path(table).get_sheet_by_index(0).to_python()
    head = next(number for number, line in enumerate(lines) if line[0] == "Category")
    return [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :] if line[0]]


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    return datetime.strptime(value, "%d/%m/%Y").date() if value else None
