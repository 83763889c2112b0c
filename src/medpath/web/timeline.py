"""The life of a medicine as a small picture: where its days lie, in percent of the width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from medpath.model.steps import is_procedure

EDGE = 3.0  # percent left free at each end, so that marks are whole
MOST_TICKS = 5
STEPS = (1, 2, 5, 10, 20, 50)
# On which line an event stands: the procedure itself above, what is related below.
MARKS = {
    "opinion-adopted": "opinion",
    "marketing-authorisation": "start",
    "latest-european-commission-decision": "decision",
    "suspension": "end",
    "refusal": "end",
    "withdrawal-expiry-revocation-lapse": "end",
    "withdrawal-of-application": "end",
}


@dataclass(frozen=True)
class Mark:
    """One event: its place in percent, and how it is drawn."""

    x: str
    kind: str


@dataclass(frozen=True)
class Tick:
    """The first day of a year."""

    x: str
    year: int


@dataclass
class Timeline:
    """``held`` is the time of the authorisation as (from, width); ``open`` says that it goes on."""

    first: int
    last: int
    marks: list[Mark] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    held: tuple[str, str] | None = None
    open: bool = False


def timeline_of(events: Sequence[Mapping[str, Any]], status: str | None, data_day: str | None) -> Timeline | None:
    """The picture of these events up to the day of the data; None where fewer than two days are known.

    Procedures after authorisation are hundreds; they stand in the list only.
    The authorisation is drawn from its day to the day of its end, or to the day of the data while it
    goes on. Where the end has no day it is not drawn.
    """
    dated = [
        (day, event["kind"]) for event in events if not is_procedure(event) and (day := _day(event["date"])) is not None
    ]
    until = _day(data_day)
    days = [day for day, _ in dated] + ([until] if until is not None else [])
    if len(set(days)) < 2:
        return None
    first, last = min(days), max(days)
    made = Timeline(first.year, last.year)

    def x(day: date) -> float:
        return EDGE + (100 - 2 * EDGE) * (day - first).days / (last - first).days

    granted = min((day for day, kind in dated if kind == "marketing-authorisation"), default=None)
    ended = max((day for day, kind in dated if kind == "withdrawal-expiry-revocation-lapse"), default=None)
    if granted is not None:
        until_then = until if status == "authorised" else ended
        if until_then is not None and until_then > granted:
            made.held = (_percent(x(granted)), _percent(x(until_then) - x(granted)))
            made.open = status == "authorised"
    made.marks = [Mark(_percent(x(day)), MARKS.get(kind, "related")) for day, kind in dated]
    made.ticks = _ticks(first, last, x)
    return made


def _ticks(first: date, last: date, x: Any) -> list[Tick]:
    span = last.year - first.year
    step = next((step for step in STEPS if span / step <= MOST_TICKS), STEPS[-1])
    years = [year for year in range(first.year + 1, last.year + 1) if year % step == 0]
    return [Tick(_percent(place), year) for year in years if 4 <= (place := x(date(year, 1, 1))) <= 96]


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _day(text: str | None) -> date | None:
    """The day; None for none, and for days that can't be meant (the year 23)."""
    try:
        day = date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
    return day if day.year >= 1900 else None
