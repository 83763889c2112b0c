"""What a medicine's stated days say of its years: when it was authorised, how long the decision took.

A reason, told as a code, stands for a year that the days do not give; nothing is supposed in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from medpath.model.terms import APPLICATIONS, ENDED, HAD_AUTHORISATION

LONGEST_DECISION = 3 * 365
"""Days from opinion to decision; the longest that EMA's list is right about took 1,021 (Omnitrope)."""

Days = Mapping[str, str | None]


def never_had(code: str | None) -> str | None:
    """Why a medicine of this status never had an authorisation that could be counted; None where it had one."""
    if code in HAD_AUTHORISATION:
        return None
    return "never-authorised" if code in APPLICATIONS else "unknown-status"


def authorisation_year(code: str | None, days: Days) -> str | None:
    """The year of the authorisation; None without one, whatever day EMA states for what was never granted."""
    granted = days.get("marketing_authorisation")
    return granted[:4] if granted is not None and never_had(code) != "never-authorised" else None


def held_years(code: str | None, days: Days, data_day: str | None) -> tuple[list[str], str | None]:
    """(the years at whose end the authorisation was in force, why there are none).

    An authorisation that is in force counts up to the year of the data, which is not over then. What was suspended
    and for how long, EMA's list does not say: a suspended authorisation is in force.
    """
    if (reason := never_had(code)) is not None:
        return [], reason
    start, end = days.get("marketing_authorisation"), days.get("withdrawal_expiry_revocation_lapse")
    if start is None:
        return [], "no-authorisation-day"
    first = int(start[:4])
    if code not in ENDED:
        return _years(first, max(first, int((data_day or start)[:4]))), None
    if end is None:
        return [], "no-end-day"
    if end < start:
        return [], "end-before-authorisation"
    years = _years(first, int(end[:4]) - 1)
    return years, None if years else "ended-in-its-first-year"


def decision(code: str | None, days: Days) -> tuple[int | None, str | None]:
    """(days from the committee's opinion to the authorisation, why they are not counted)."""
    if (reason := never_had(code)) is not None:
        return None, reason
    opinion, granted = days.get("opinion_adopted"), days.get("marketing_authorisation")
    if granted is None:
        return None, "no-authorisation-day"
    if opinion is None:
        return None, "no-opinion-day"
    taken = (date.fromisoformat(granted) - date.fromisoformat(opinion)).days
    if taken < 0:
        return None, "opinion-after-authorisation"
    if taken > LONGEST_DECISION:
        return None, "longer-than-three-years"
    return taken, None


def _years(first: int, last: int) -> list[str]:
    return [str(year) for year in range(first, last + 1)]
