"""Estimates of protection: made where something speaks for them, else a reason."""

from dataclasses import replace
from typing import Any

import pytest

from medpath.model.protection import Estimates, Facts, orphan_exclusivity, years_after

NEW = Facts(
    number="EMEA/H/C/000001",
    name="New",
    category="human",
    status="authorised",
    authorised_on="2015-05-20",
    holders=frozenset({"ours"}),
    substances=frozenset({"newmab"}),
    all_names=frozenset({"newmab", "newmab sodium"}),
    vaccine=False,
    copy=False,
    special=False,
    monitored=True,
)


def another(number: int, **changed: Any) -> Facts:
    return replace(NEW, number=f"EMEA/H/C/{number:06}", name=f"Medicine {number}", **changed)


def test_the_first_with_its_substances_counts_from_its_own_authorisation() -> None:
    found = Estimates([NEW, another(2, authorised_on="2016-01-01")]).of(NEW.number)
    assert (found.basis, found.first) == ("own", NEW)
    assert (found.data_until, found.market_until, found.longest_until) == ("2023-05-20", "2025-05-20", "2026-05-20")


def test_another_one_of_the_holder_counts_from_the_first_even_when_that_has_ended() -> None:
    later = another(2, authorised_on="2019-01-01", monitored=False)
    found = Estimates([replace(NEW, status="withdrawn"), later]).of(later.number)
    assert (found.basis, found.market_until) == ("first-of-holder", "2025-05-20")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"category": "veterinary"}, "veterinary"),
        ({"status": "withdrawn"}, "not-authorised"),
        ({"status": "suspended"}, "not-authorised"),
        ({"copy": True}, "copy"),
        ({"vaccine": True}, "vaccine"),
        ({"authorised_on": None}, "no-authorisation-day"),
        ({"substances": frozenset()}, "no-substance"),
        ({"special": True}, "special-circumstances"),
        ({"monitored": False}, "no-sign"),
        ({"authorised_on": "2010-12-31"}, "before-2011"),
    ],
)
def test_what_is_said_of_itself_can_leave_no_estimate(changed: dict[str, Any], reason: str) -> None:
    one = replace(NEW, **changed)
    found = Estimates([one]).of(one.number)
    assert (found.basis, found.market_until, found.reason) == (None, None, reason)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (another(2, authorised_on="2012-01-01", holders=frozenset({"theirs"})), "other-holder"),
        (another(2, authorised_on="2012-01-01", copy=True), "reference-elsewhere"),
        (another(2, authorised_on="2020-01-01", copy=True), "copy-too-early"),
        (another(2, authorised_on="2012-01-01", substances=frozenset({"newmab", "old"})), "known-before"),
        (another(2, authorised_on="2024-01-01", copy=True), None),
        (another(2, authorised_on="2012-01-01", category="veterinary"), None),
        (another(2, authorised_on=None), None),
    ],
)
def test_what_other_medicines_say_can_leave_no_estimate(other: Facts, reason: str | None) -> None:
    assert Estimates([NEW, other]).of(NEW.number).reason == reason


def body(**changed: Any) -> dict[str, Any]:
    designations = changed.pop("designations", [])
    given = {
        "category": "human",
        "status": {"code": "authorised"},
        "flags": {"orphan": True},
        "dates": {"marketing_authorisation": "2020-05-20"},
        "related": {"orphan_designations": [{"current": True, "date": day} for day in designations]},
    }
    return given | changed


@pytest.mark.parametrize(
    ("medicine", "found"),
    [
        (body(), ("2030-05-20", None)),
        (body(designations=["2015-01-01", "2022-01-01"]), ("2030-05-20", None)),
        (body(designations=["2022-01-01"]), (None, "designated-later")),
        (body(dates={"marketing_authorisation": None}), (None, "no-authorisation-day")),
        (body(dates={"marketing_authorisation": "2016-03-14"}), (None, "ten-years-over")),
        (body(flags={"orphan": False}), (None, None)),
        (body(status={"code": "withdrawn"}), (None, None)),
    ],
)
def test_exclusivity_of_orphan_medicines(medicine: dict[str, Any], found: tuple[str | None, str | None]) -> None:
    assert orphan_exclusivity(medicine, "2026-03-14T05:00:00Z") == found


def test_a_period_ends_on_the_same_day_or_the_last_of_a_shorter_month() -> None:
    assert years_after("2016-02-29", 10) == "2026-02-28"
    assert years_after("2016-02-29", 8) == "2024-02-29"
    assert years_after("2092-02-29", 8) == "2100-02-28"
