"""Where the days of a medicine lie in its picture."""

from typing import Any

import pytest

from medpath.web.timeline import timeline_of


def event(date: str | None, kind: str) -> dict[str, Any]:
    return {"date": date, "kind": kind, "title": kind}


def test_an_authorisation_that_goes_on_is_drawn_to_the_day_of_the_data() -> None:
    drawn = timeline_of([event("2016-01-01", "marketing-authorisation")], "authorised", "2026-01-01T05:00:00Z")
    assert drawn is not None
    assert (drawn.held, drawn.open) == (("3.00%", "94.00%"), True)
    assert [(mark.x, mark.kind) for mark in drawn.marks] == [("3.00%", "start")]


def test_one_that_ended_is_drawn_to_its_end_alone() -> None:
    events = [
        event("2016-01-01", "marketing-authorisation"),
        event("2021-01-01", "withdrawal-expiry-revocation-lapse"),
    ]
    drawn = timeline_of(events, "withdrawn", "2026-01-01")
    assert drawn is not None
    assert drawn.held == ("3.00%", "47.01%")
    assert [mark.kind for mark in drawn.marks] == ["start", "end"]


def test_an_end_without_a_day_is_not_drawn() -> None:
    drawn = timeline_of([event("2016-01-01", "marketing-authorisation")], "withdrawn", "2026-01-01")
    assert drawn is not None
    assert drawn.held is None


def test_years_are_few_and_round() -> None:
    drawn = timeline_of([event("1995-06-01", "opinion-adopted")], "authorised", "2026-01-01")
    assert drawn is not None
    assert [tick.year for tick in drawn.ticks] == [2000, 2010, 2020]


@pytest.mark.parametrize("day", [None, "", "0023-01-01", "soon", "2016-13-01"])
def test_days_that_are_none_are_left_out(day: str | None) -> None:
    assert timeline_of([event(day, "referral")], None, "2026-01-01") is None


def test_one_day_alone_is_no_picture() -> None:
    assert timeline_of([event("2026-01-01", "referral")], None, "2026-01-01") is None
    assert timeline_of([], None, None) is None
