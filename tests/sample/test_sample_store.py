"""The sample in a store: what happened between the editions is news, what only looks so is none."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from medpath import sample
from medpath.errors import NotFound
from medpath.store.read import Register
from tests.sample_store import SampleStore

pytestmark = pytest.mark.parametrize("sample_store", ["sqlite", "postgresql"], indirect=True)

EXPECTED = Path(__file__).parent / "expected"
DEPENDS_ON_THE_RUN = {"retrieved_at", "sequence"}


def news(store: SampleStore, name: str) -> dict[str, dict[str, Any]]:
    """The changes of a medicine by their kind."""
    register = Register(store.database)
    found = [change for change in register.changes(limit=1000).items if change["name"] == name]
    kinds = {change["kind"]: change for change in found}
    assert {change["cause"] for change in found} <= {"source"}
    return kinds


def medicine(store: SampleStore, name: str, as_of: date | None = None) -> dict[str, Any]:
    register = Register(store.database)
    body = register.medicine(register.resolve(name), as_of)
    assert body is not None
    return body


def test_both_editions_are_read_whole(sample_store: SampleStore) -> None:
    for result in sample_store.results:
        assert {outcome.result for outcome in result.outcomes} == {"ok"}, result.outcomes
        assert result.unrecognised == []
    register = Register(sample_store.database)
    assert register.is_sample()
    assert len(register.numbers()) == 66
    assert register.data_date() == "2026-03-14T05:00:00Z"


@pytest.mark.parametrize(
    ("name", "kind", "day", "field", "before", "after"),
    [
        ("Aqneursa", "status-changed", "2026-01-19", "status.code", "opinion", "authorised"),
        ("Lumark", "status-changed", "2026-01-16", "status.code", "authorised", "withdrawn"),
        ("Spevigo", "holder-changed", None, "holder", "Boehringer Ingelheim International GmbH", "LEO Pharma A/S"),
        ("Aqneursa", "atc-changed", None, "atc", [], ["N07XX27"]),
        ("Anktiva", "atc-changed", None, "atc", ["L03AC"], ["L03AC03"]),
        ("Tibsovo", "atc-changed", None, "atc", ["L01XX62"], ["L01XM02"]),
        ("Daybu", "newly-listed", "2026-02-26", "status.code", None, "opinion"),
        ("Yuflyma", "flag-changed", None, "flags.additional_monitoring", True, False),
        ("Rezurock", "other-changed", None, "opinion.outcome", "negative", "positive"),
        (
            "Kisunla",
            "holder-changed",
            None,
            "authorisations.holder.address",
            ["Papendorpseweg 83", "3528 BJ Utrecht", "The Netherlands"],
            ["Orteliuslaan 1000", "3528 BD Utrecht", "Netherlands"],
        ),
    ],
)
def test_what_happened_is_news(
    sample_store: SampleStore, name: str, kind: str, day: str | None, field: str, before: Any, after: Any
) -> None:
    change = news(sample_store, name)[kind]
    assert change["date"] == day
    assert {"field": field, "before": before, "after": after} in change["fields"]


def test_an_indication_that_changed_is_news(sample_store: SampleStore) -> None:
    (field,) = news(sample_store, "Arexvy")["indication-changed"]["fields"]
    assert "some younger ones at risk" in field["before"]
    assert "some younger ones at risk" not in field["after"]


def test_documents_are_added_and_updated(sample_store: SampleStore) -> None:
    added = news(sample_store, "Aqneursa")["document-added"]
    assert "Aqneursa : EPAR - Medicine overview" in [field["after"]["title"] for field in added["fields"]]
    updated = news(sample_store, "Kisunla")["document-updated"]
    assert updated["date"] == "2026-02-26"


def test_the_steps_of_a_referral_are_news_of_their_day(sample_store: SampleStore) -> None:
    change = news(sample_store, "Mysimba")["referral-step"]
    (field,) = change["fields"]
    steps = {"chmp_cvmp_opinion": "2025-03-27", "european_commission_decision": "2025-05-22"}
    assert (change["date"], field["after"]["steps"]) == ("2025-05-22", steps)
    assert (field["before"]["steps"], field["before"]["status"]) == ({}, "under-evaluation")


def test_a_resolved_shortage_is_news(sample_store: SampleStore) -> None:
    (field,) = news(sample_store, "Rybelsus")["shortage-resolved"]["fields"]
    assert (field["before"]["status"], field["after"]["status"]) == ("ongoing", "resolved")


@pytest.mark.parametrize(
    "name", ["Vyvgart", "Hefiya", "Zypadhera", "EMEA/H/C/006252", "EMEA/H/C/000975", "Alofisel", "Humira"]
)
def test_letter_case_and_days_of_update_are_no_news(sample_store: SampleStore, name: str) -> None:
    assert news(sample_store, medicine(sample_store, name)["name"]) == {}


def test_questions_that_the_page_dropped_are_archived(sample_store: SampleStore) -> None:
    before = medicine(sample_store, "Lumark", date(2026, 1, 31))["overview"]
    after = medicine(sample_store, "Lumark")["overview"]
    assert len(before["questions"]) == len(after["questions"]) == 7
    assert {question["archived"] for question in before["questions"]} == {False}
    assert {question["archived"] for question in after["questions"]} == {True}
    assert after["archived_at"] == "2026-01-30T00:00:00Z"


def test_alofisel_is_complete(sample_store: SampleStore) -> None:
    body = medicine(sample_store, "EU/1/17/1261")
    assert body["name"] == "Alofisel"
    assert (body["status"]["code"], body["status"]["date"]) == ("withdrawn", "2024-12-13")
    assert body["revision"] == 12
    assert body["flags"]["advanced_therapy"] is True
    assert body["flags"]["orphan"] is False
    (authorisation,) = body["authorisations"]
    assert authorisation["eu_numbers"] == ["EU/1/17/1261"]
    assert authorisation["holder"]["address"] == ["Delta Park 45", "2665 Vallensbaek Strand", "Denmark"]
    assert authorisation["holder"]["country"] == "DK"
    assert [(item["type"], item["first_published"], item["last_updated"]) for item in body["documents"]] == [
        ("overview", "2018-04-04", "2025-01-21"),
        ("rmp-summary", "2019-07-29", "2025-01-21"),
        ("product-information", "2018-04-04", "2025-01-21"),
        ("all-authorised-presentations", "2018-04-04", "2025-01-21"),
        ("assessment-report", "2018-04-04", "2025-01-21"),
        ("orphan-maintenance-report", "2018-04-04", "2025-01-21"),
        ("smop-initial", "2017-12-15", "2025-01-21"),
        ("variation-report", "2025-03-26", None),
        ("procedural-steps-after", "2018-05-30", "2025-01-21"),
    ]
    related = body["related"]
    assert [item["designation_number"] for item in related["orphan_designations"]] == ["EU/3/09/667"]
    assert [item["current"] for item in related["orphan_designations"]] == [False]
    assert [item["plan_number"] for item in related["paediatric_plans"]] == ["EMEA-001561-PIP01-13-M02"]
    assert [(item["type"], item["date"]) for item in related["safety_communications"]] == [
        ("Lack of effect", "2024-12-19")
    ]
    assert body["overview"]["no_longer_shown"] is True


def test_the_texts_are_attributed_to_nobody_and_vocabularies_to_theirs(sample_store: SampleStore) -> None:
    body = medicine(sample_store, "Alofisel")
    assert (body["licence"]["attribution"], body["licence"]["url"]) == (sample.NOTE, sample.LICENCE_URL)
    assert {one["attribution"] for one in body["provenance"].values()} == {sample.NOTE}
    assert [one["attribution"].partition(",")[0] for one in body["licence"]["all"]] == [
        "ATC/DDD Index",
        "Sample data: facts as published",
        "Source: Medical Subject Headings",
    ]


def test_names_that_fit_several_are_told(sample_store: SampleStore) -> None:
    with pytest.raises(NotFound) as problem:
        Register(sample_store.database).resolve("Tibsovo")
    assert [one["product_number"] for one in problem.value.candidates] == ["EMEA/H/C/005056", "EMEA/H/C/005936"]


@pytest.mark.parametrize("slug", ["alofisel", "aqneursa", "lumark", "cimzia-0", "rezurock", "kexxtone"])
def test_the_whole_record_is_as_reviewed(sample_store: SampleStore, slug: str) -> None:
    """A record that has no reviewed file is written, and the test fails until somebody has read it."""
    numbers = {body["url"].rsplit("/", 1)[1]: body["product_number"]
               for body in Register(sample_store.database).all_medicines()}  # fmt: skip
    found = _without_the_run(Register(sample_store.database).medicine(numbers[slug]))
    path = EXPECTED / f"{slug}.expected.json"
    if not path.exists():
        EXPECTED.mkdir(exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{path.name} was missing and has been written; review it before committing")
    assert found == json.loads(path.read_text(encoding="utf-8"))


def _without_the_run(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_the_run(item) for name, item in value.items() if name not in DEPENDS_ON_THE_RUN}
    if isinstance(value, list):
        return [_without_the_run(item) for item in value]
    return value
