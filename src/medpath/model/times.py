"""Instants as text: RFC 3339 in UTC with whole seconds, which sorts as it counts."""

from __future__ import annotations

from datetime import UTC, date, datetime


def instant(moment: datetime) -> str:
    """``2026-03-14T05:00:00Z`` for an aware datetime; parts of a second are dropped."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """The aware datetime of an instant as written by `instant`."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def now() -> str:
    """The present instant."""
    return instant(datetime.now(UTC))


def today() -> date:
    """The present day in UTC: what it brings is known until now, and of later days nothing."""
    return datetime.now(UTC).date()


def end_of(day: date) -> str:
    """The last instant of a day in UTC."""
    return f"{day.isoformat()}T23:59:59Z"
