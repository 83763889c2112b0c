"""A change reads as what happened."""

from typing import Any

import pytest

from medpath.model.related import REFERRAL_DATES
from medpath.model.terms import STATUSES
from medpath.translations import news
from medpath.translations.language import language
from medpath.translations.news import kind_in_words
from medpath.translations.vocabulary.medicines import REFERRAL_STEPS

ENGLISH, CHINESE = language("en"), language("zh")


def change(kind: str, *fields: tuple[str, Any, Any], cause: str = "source") -> dict[str, Any]:
    told = [{"field": field, "before": before, "after": after} for field, before, after in fields]
    return {"kind": kind, "cause": cause, "fields": told}


def designation(status: str | None) -> tuple[str, Any, Any]:
    return "related.orphan_designations", None, {"title": "Gout", "status": status}


def procedure(kind: str) -> tuple[str, Any, Any]:
    return "events", None, {"title": "A scope", "kind": kind}


def referral(before: dict[str, str] | None, after: dict[str, str]) -> tuple[str, Any, Any]:
    was = None if before is None else {"title": "A", "steps": before}
    return "related.referrals", was, {"title": "A", "steps": after}


STATUS = "status.code"
START = {"procedure_start": "2025-09-25"}
PRAC = START | {"prac_recommendation": "2026-03-05"}


@pytest.mark.parametrize(
    ("told", "english"),
    [
        (change("status-changed", (STATUS, "opinion", "authorised")), "Authorised"),
        (change("status-changed", (STATUS, "suspended", "authorised")), "Authorised again"),
        (change("status-changed", (STATUS, "authorised", "withdrawn")), "Marketing authorisation withdrawn"),
        (change("status-changed", (STATUS, "opinion-under-re-examination", "opinion")), "Opinion adopted"),
        (change("status-changed", (STATUS, "opinion", "Brand new")), "Status changed"),
        (change("status-changed", (STATUS, "opinion", "authorised"), cause="layout"), "Status changed"),
        (change("newly-listed", (STATUS, None, "opinion")), "Newly listed: Opinion adopted"),
        (change("newly-listed", (STATUS, None, None)), "Newly listed"),
        (change("atc-changed", ("atc", [], ["L04"])), "ATC code assigned"),
        (change("atc-changed", ("atc", ["L04"], ["L04AA01"])), "ATC code changed"),
        (change("flag-changed", ("flags.orphan", False, True)), "Flag set: Orphan medicine"),
        (change("flag-changed", ("flags.orphan", True, False)), "Flag dropped: Orphan medicine"),
        (change("flag-changed", ("flags.orphan", False, True), ("flags.prime", None, True)), "Flag set"),
        (change("flag-changed", ("flags.orphan", False, True), ("flags.prime", True, False)), "Flag changed"),
        (change("orphan-designation", designation("positive")), "Orphan designation granted"),
        (change("orphan-designation", designation("negative")), "Orphan designation refused"),
        (change("orphan-designation", designation("positive"), designation("expired")), "Orphan designation"),
        (change("orphan-designation", designation(None)), "Orphan designation"),
        (change("procedure-added", procedure("variation-ib"), procedure("group")), "New variation"),
        (change("procedure-added", procedure("renewal")), "New procedure"),
        (change("procedure-added", procedure("renewal"), procedure("variation-ii")), "New procedure"),
        (change("referral-step", referral(None, START)), "Referral started"),
        (change("referral-step", referral(START, PRAC)), "Referral: recommendation of the PRAC"),
        (change("referral-step", referral(PRAC, PRAC)), "Referral step"),
        (change("shortage-resolved", ("related.shortages", None, {"title": "A"})), "Shortage resolved"),
        (
            change("related-changed", ("related.shortages", {"title": "A"}, {"no_longer_listed_at": "2026"})),
            "Related record no longer listed",
        ),
        (change("brand-new", ("name", "a", "b")), "brand-new"),
        (change("other-changed"), "Other change"),
    ],
)
def test_a_change_reads_as_the_event_that_it_is(told: dict[str, Any], english: str) -> None:
    assert kind_in_words(ENGLISH, told) == english
    chinese = kind_in_words(CHINESE, told)
    assert chinese != english or english == "brand-new"
    assert ": " not in chinese


def test_every_status_and_step_has_an_event() -> None:
    assert set(news.STATUSES) == set(STATUSES)
    assert list(news.STEPS) == list(REFERRAL_STEPS)
    assert set(REFERRAL_STEPS) == set(REFERRAL_DATES)
