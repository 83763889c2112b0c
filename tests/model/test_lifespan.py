"""The years that follow from a medicine's stated days, and the reasons where none do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.model.lifespan import authorisation_year, decision, held_years
from medpath.model.terms import STATUSES

START, END, OPINION = "marketing_authorisation", "withdrawal_expiry_revocation_lapse", "opinion_adopted"
DAYS = st.none() | st.dates().map(str)


@pytest.mark.parametrize(
    ("status", "start", "end", "years", "reason"),
    [
        ("authorised", "2023-12-31", None, ["2023", "2024", "2025"], None),
        ("suspended", "2025-01-01", None, ["2025"], None),
        ("authorised", "2026-02-01", None, ["2026"], None),  # from a page that is newer than the list
        ("withdrawn", "2018-03-23", "2024-12-13", ["2018", "2019", "2020", "2021", "2022", "2023"], None),
        ("lapsed", "2018-03-23", "2019-12-31", ["2018"], None),
        ("withdrawn", "2018-03-23", "2018-12-31", [], "ended-in-its-first-year"),
        ("withdrawn", "2018-03-23", None, [], "no-end-day"),
        ("revoked", "2018-03-23", "2017-03-23", [], "end-before-authorisation"),
        ("authorised", None, None, [], "no-authorisation-day"),
        ("refused", "2018-03-23", None, [], "never-authorised"),
        (None, "2018-03-23", None, [], "unknown-status"),
    ],
)
def test_years_at_whose_end_it_was_authorised(
    status: str | None, start: str | None, end: str | None, years: list[str], reason: str | None
) -> None:
    assert held_years(status, {START: start, END: end}, "2025-06-30T05:00:00Z") == (years, reason)


def test_a_day_of_authorisation_counts_only_where_there_was_one() -> None:
    days = {START: "2018-06-27"}
    assert authorisation_year("withdrawn", days) == authorisation_year(None, days) == "2018"
    assert authorisation_year("application-withdrawn", days) is None  # Graspa, in EMA's table
    assert authorisation_year("authorised", {START: None}) is None


@pytest.mark.parametrize(
    ("status", "opinion", "start", "found"),
    [
        ("authorised", "2020-12-21", "2020-12-21", (0, None)),
        ("withdrawn", "2017-12-14", "2018-03-23", (99, None)),
        ("authorised", "2003-06-26", "2006-04-12", (1021, None)),
        ("authorised", "2003-07-25", "2013-10-18", (None, "longer-than-three-years")),
        ("authorised", "2022-09-22", "2001-01-15", (None, "opinion-after-authorisation")),
        ("authorised", None, "2001-01-15", (None, "no-opinion-day")),
        ("authorised", "2001-01-15", None, (None, "no-authorisation-day")),
        ("opinion", "2001-01-15", None, (None, "never-authorised")),
    ],
)
def test_days_from_opinion_to_authorisation(
    status: str, opinion: str | None, start: str | None, found: tuple[int | None, str | None]
) -> None:
    assert decision(status, {OPINION: opinion, START: start}) == found


@given(st.none() | st.sampled_from(STATUSES), DAYS, DAYS, DAYS)
def test_there_are_years_or_a_reason_and_never_both(
    status: str | None, opinion: str | None, start: str | None, end: str | None
) -> None:
    days = {OPINION: opinion, START: start, END: end}
    years, reason = held_years(status, days, "2026-03-14T05:00:00Z")
    assert bool(years) == (reason is None)
    taken, why = decision(status, days)
    assert (taken is None) == (why is not None)
