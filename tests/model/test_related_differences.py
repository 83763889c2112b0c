"""What EMA's other lists say of a medicine becomes events: shortages, communications, decisions, steps, procedures."""

from typing import Any

import pytest

from medpath.model.changes import Change, Context, Table, changes_between
from medpath.model.differences import Facts
from tests.model.sources import NUMBER, body_of, found, page_body, row_body, source
from tests.model.test_related import COMMUNICATION, DESIGNATION, PLAN
from tests.model.test_steps import STEP, listed

BEFORE, AT = "2026-01-29T05:00:00Z", "2026-03-14T05:00:00Z"
ROW = source("ema.medicines", (BEFORE, row_body()), key=NUMBER)
NAME = ("medicine-name", "alofisel")
STEPS = "emamds.procedural_steps"
SHORTAGE = {
    "medicine_name": "Alofisel",
    "status": {"code": "ongoing", "source_value": "Ongoing"},
    "pharmaceutical_forms": ["Suspension for injection"],
    "strengths": ["5 million cells/mL", "10 million cells/mL"],
    "alternatives_available": False,
    "start_date": "2026-02-20",
    "expected_resolution_date": None,
    "expected_resolution": "End of June 2026",
    "first_published": "2026-02-21",
    "last_updated": None,
    "url": "https://www.ema.europa.eu/en/medicines/human/shortages/alofisel",
}
RESOLVED = {"status": {"code": "resolved", "source_value": "Resolved"}}
REFERRAL = {
    "name": "Alofisel",
    "type": "Article 20 procedures",
    "status": {"code": "under-evaluation", "source_value": "Under evaluation"},
    "safety_referral": True,
    "centrally_authorised_names": ["Alofisel"],
    "dates": {"procedure_start": "2025-09-25"},
    "url": "https://www.ema.europa.eu/en/medicines/human/referrals/alofisel",
}
SHORTAGES, REFERRALS, COMMUNICATIONS, DESIGNATIONS, PLANS = (
    ("ema.shortages", SHORTAGE),
    ("ema.referrals", REFERRAL),
    ("ema.safety_communications", COMMUNICATION),
    ("ema.orphan_designations", DESIGNATION),
    ("ema.paediatric_investigation_plans", PLAN | {"invented_names": ["Alofisel"]}),
)


def body(dataset: str, *records: Any) -> dict[str, Any]:
    """The medicine with the records of one list: a body, or the versions of one that is no longer listed."""
    others = []
    for place, one in enumerate(records):
        versions = one if isinstance(one, tuple) else ((BEFORE, one),)
        others.append(found(source(dataset, *versions, key=f"/list/{place}"), NAME))
    return body_of(ROW, others=tuple(others))


def told(before: dict[str, Any], after: dict[str, Any], begun: dict[str, str] | None = None) -> list[Change]:
    facts = Facts("2026", True, None, frozenset({"ema.medicines", STEPS}))
    return changes_between(before, facts, after, facts, AT, Context([Table(BEFORE, "2026")], begun or {}))


def told_of(dataset: str, before: list[Any], after: list[Any]) -> list[tuple[str, str | None]]:
    changes = told(body(dataset, *before), body(dataset, *after))
    assert {change.cause for change in changes} <= {"source"}
    assert {change.dataset for change in changes} <= {dataset}
    return [(change.kind, change.date) for change in changes]


@pytest.mark.parametrize(
    ("given", "changed", "kind", "day"),
    [
        (SHORTAGES, {}, "shortage-opened", "2026-02-20"),
        (SHORTAGES, {"start_date": "2024-02-20"}, "shortage-opened", "2024-02-20"),
        (SHORTAGES, RESOLVED, "shortage-resolved", "2026-02-20"),
        (REFERRALS, {}, "referral-step", "2025-09-25"),
        (COMMUNICATIONS, {"dissemination_date": "2026-03-02"}, "safety-communication", "2026-03-02"),
        (DESIGNATIONS, {"date": "2026-01-12"}, "orphan-designation", "2026-01-12"),
        (PLANS, {"decision_date": "2026-02-27"}, "paediatric-decision", "2026-02-27"),
        # what is told years after its day is found anew, and did not just happen
        (SHORTAGES, {**RESOLVED, "start_date": "2024-02-20"}, "related-changed", "2024-02-20"),
        (REFERRALS, {"dates": {"procedure_start": "2019-01-01"}}, "related-changed", "2019-01-01"),
        (COMMUNICATIONS, {}, "related-changed", "2024-12-19"),
        (COMMUNICATIONS, {"dissemination_date": None}, "related-changed", None),
        (DESIGNATIONS, {}, "related-changed", "2009-10-08"),
        (PLANS, {}, "related-changed", "2021-01-27"),
        (SHORTAGES, {"status": {"code": None, "source_value": "Feared"}}, "related-changed", "2026-02-20"),
    ],
)
def test_a_record_that_comes_is_an_event(given: Any, changed: dict[str, Any], kind: str, day: str | None) -> None:
    dataset, one = given
    assert told_of(dataset, [], [one | changed]) == [(kind, day)]


@pytest.mark.parametrize(
    ("given", "changed", "kind", "day"),
    [
        (SHORTAGES, RESOLVED, "shortage-resolved", None),
        (SHORTAGES, {"expected_resolution": "July 2026"}, "shortage-changed", None),
        (SHORTAGES, {"strengths": ["5 million cells/mL"]}, "shortage-changed", None),
        (SHORTAGES, {"alternatives_available": True}, "shortage-changed", None),
        (SHORTAGES, {"status": {"code": None, "source_value": "Feared"}}, "shortage-changed", None),
        (
            REFERRALS,
            {"dates": {"procedure_start": "2025-09-25", "prac_recommendation": "2026-03-05"}},
            "referral-step",
            "2026-03-05",
        ),
        (REFERRALS, {"status": {"code": "chmp-opinion", "source_value": "CHMP opinion"}}, "referral-step", None),
        (REFERRALS, {"dates": {"procedure_start": "2025-09-26"}}, "referral-step", "2025-09-26"),
        (REFERRALS, {"dates": {}}, "related-changed", None),
        (DESIGNATIONS, {"status": {"code": "withdrawn", "source_value": "Withdrawn"}}, "orphan-designation", None),
    ],
)
def test_a_record_that_changes_is_told(given: Any, changed: dict[str, Any], kind: str, day: str | None) -> None:
    dataset, one = given
    assert told_of(dataset, [one], [one | changed]) == [(kind, day)]


def test_a_shortage_that_comes_back_is_opened_again() -> None:
    again = SHORTAGE | {"start_date": "2026-03-10"}
    assert told_of("ema.shortages", [SHORTAGE | RESOLVED], [again]) == [("shortage-opened", "2026-03-10")]


def test_another_decision_on_a_plan_is_one_and_what_another_layout_fills_is_none() -> None:
    dataset, plan = PLANS
    agreed = plan | {"decision_number": "P/0001/2021", "decision_type": {"code": "p", "source_value": "P: agreed"}}
    changed = {"decision_number": "P/0090/2026", "decision_type": {"code": "pm", "source_value": "PM: changed"}}
    later = agreed | changed | {"decision_date": "2026-03-02"}
    assert told_of(dataset, [agreed], [later]) == [("paediatric-decision", "2026-03-02")]
    assert told_of(dataset, [plan], [agreed]) == [("related-changed", None)]


@pytest.mark.parametrize(
    ("given", "changed"),
    [
        (SHORTAGES, {"last_updated": "2026-03-01", "first_published": "2026-03-01"}),
        (SHORTAGES, {"strengths": ["10 MILLION cells/mL", "5 million  cells/mL"]}),
        (SHORTAGES, {"expected_resolution": "end of June, 2026"}),
        (REFERRALS, {"last_updated": "2026-03-01"}),
        (COMMUNICATIONS, {"last_updated": "2026-03-01", "first_published": "2026-03-01"}),
        (PLANS, {"last_updated": "2026-03-01"}),
    ],
)
def test_days_of_publication_order_and_spelling_are_no_change(given: Any, changed: dict[str, Any]) -> None:
    dataset, one = given
    assert told_of(dataset, [one], [one | changed]) == []


@pytest.mark.parametrize("given", [SHORTAGES, REFERRALS, COMMUNICATIONS, DESIGNATIONS, PLANS])
def test_a_record_that_a_list_drops_is_told_as_that_alone(given: Any) -> None:
    """A shortage that is dropped is not resolved: who drops it does not say so."""
    dataset, one = given
    gone = ((BEFORE, one), (AT, None))
    assert told_of(dataset, [one], [gone]) == [("related-changed", None)]
    assert told_of(dataset, [gone], [one]) == [("related-changed", None)]
    [change] = told(body(dataset, one), body(dataset, gone))
    assert "no_longer_listed_at" not in change.fields[0]["before"]
    assert change.fields[0]["after"]["no_longer_listed_at"] == AT


def test_a_record_whose_page_has_moved_is_the_same() -> None:
    gone = ((BEFORE, SHORTAGE), (AT, None))
    assert told_of("ema.shortages", [SHORTAGE], [gone, SHORTAGE]) == []
    assert told_of("ema.shortages", [SHORTAGE], [gone, SHORTAGE | RESOLVED]) == [("shortage-resolved", None)]


def test_a_list_that_is_read_for_the_first_time_brings_no_news() -> None:
    before, after = body("ema.shortages"), body("ema.shortages", SHORTAGE)
    assert told(before, after, {"ema.shortages": AT}) == []
    assert [change.kind for change in told(before, after, {"ema.shortages": BEFORE})] == ["shortage-opened"]


def test_what_the_first_page_links_is_no_news() -> None:
    dataset, plan = PLANS
    recent = source(dataset, (BEFORE, plan | {"invented_names": [], "decision_date": "2026-02-27"}), key="/list/0")
    page = source("ema.epar_pages", (AT, page_body(links=["/list/0"])))
    before, after = (body_of(*own, others=(found(recent, ("page", "/list/0")),)) for own in ((ROW,), (ROW, page)))
    assert after["related"]["paediatric_plans"]
    was = Facts("2026", True, None, frozenset({"ema.medicines"}))
    now = Facts("2026", True, "html", frozenset({"ema.medicines", "ema.epar_pages"}))
    assert changes_between(before, was, after, now, AT, Context([Table(BEFORE, "2026")])) == []


def test_several_events_of_one_day_are_told_each_in_its_kind_the_weightiest_first() -> None:
    others = (
        found(source("ema.shortages", (BEFORE, SHORTAGE), key="/s/0"), NAME),
        found(source("ema.shortages", (BEFORE, SHORTAGE | RESOLVED), key="/s/1"), NAME),
        found(source("ema.referrals", (BEFORE, REFERRAL), key="/r/0"), NAME),
    )
    changes = told(body_of(ROW), body_of(ROW, others=others))
    assert [change.kind for change in changes] == ["referral-step", "shortage-opened", "shortage-resolved"]


# -- procedures after authorisation


def medicine(*steps: Any, document: str = "", more: tuple[Any, ...] = ()) -> dict[str, Any]:
    lists = [listed(*steps, **({"document": document} if document else {}))] if steps else []
    return body_of(ROW, others=(*(found(one) for one in lists), *more))


NEW = STEP | {"procedure_numbers": ["IB/0045"], "kind": "variation-ib", "opinion_date": "2024-02-01"}


def test_a_procedure_that_the_list_has_anew_is_told_with_its_day_and_numbers() -> None:
    [change] = told(medicine(STEP), medicine(STEP, NEW))
    assert (change.kind, change.cause, change.date, change.dataset) == (
        "procedure-added",
        "source",
        "2024-02-01",
        STEPS,
    )
    assert change.fields == [
        {
            "field": "events",
            "before": None,
            "after": {
                "title": "This was an application for a group of variations.",
                "date": "2024-02-01",
                "kind": "variation-ib",
                "procedure_numbers": ["IB/0045"],
            },
        }
    ]
    [change] = told(medicine(STEP), medicine(STEP, NEW, NEW | {"procedure_numbers": [], "opinion_date": "2025-02-01"}))
    assert (len(change.fields), change.date) == (2, "2025-02-01")


@pytest.mark.parametrize(
    "after",
    [
        [STEP | {"scope": "Other words", "commission_decision_date": "2023-10-14"}],
        [STEP | {"procedure_numbers": ["II-44"], "opinion_date": "2023-07-27"}],
        [STEP, NEW | {"opinion_date": "2021-02-01"}],
        [],
    ],
    ids=["decided since", "written otherwise", "found late in an old part", "gone"],
)
def test_what_is_no_new_procedure_is_not_told(after: list[Any]) -> None:
    assert told(medicine(STEP), medicine(*after)) == []


def test_the_first_list_that_is_read_and_another_of_older_procedures_bring_no_news() -> None:
    facts = [Facts("2026", True, None, frozenset({"ema.medicines", *more})) for more in ((), (STEPS,))]
    begun = changes_between(medicine(), facts[0], medicine(STEP, NEW), facts[1], AT, Context([Table(BEFORE, "2026")]))
    assert begun == []
    archive = found(listed(STEP | {"procedure_numbers": ["II/0001"], "opinion_date": "2019-01-01"}, document="archive"))
    assert told(medicine(STEP), medicine(STEP, more=(archive,))) == []


def test_a_referral_that_both_lists_have_is_told_once() -> None:
    """While EMA's list of referrals names the medicine, the procedure of that day is no event of its own."""
    step = STEP | {"kind": "referral", "procedure_numbers": ["A20/0047"], "opinion_date": "2025-09-25"}
    referral = found(source("ema.referrals", (BEFORE, REFERRAL), key="/r/0"), NAME)
    with_record, without = medicine(STEP, step, more=(referral,)), medicine(STEP, step)
    assert [change.kind for change in told(with_record, without)] == ["related-changed"]
    assert [change.kind for change in told(medicine(STEP), with_record)] == ["referral-step"]
