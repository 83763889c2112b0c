"""Shortages, referrals, communications, designations and decisions, from EMA's lists of two days to changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from medpath.model.compose import COMPOSITION
from medpath.sample import editions
from medpath.store.tables import change, store_fact
from tests.lists import Store, authorised, write_report

NUMBER = "EMEA/H/C/004258"
SHORTAGES, COMMUNICATIONS, REFERRALS, DESIGNATIONS, PLANS = (
    "shortages-output-json-report_en",
    "dhpc-output-json-report_en",
    "referrals-output-json-report_en",
    "medicines-output-orphan_designations-json-report_en",
    "medicines-output-paediatric_investigation_plans-output-json-report_en",
)
NAMES = {
    SHORTAGES: "medicine_affected",
    COMMUNICATIONS: "name_of_medicine",
    REFERRALS: "associated_names_centrally_authorised_medicines",
    DESIGNATIONS: "medicine_name",
    PLANS: "invented_name",
}


def record(report: str, slug: str, **changed: str) -> dict[str, str]:
    """A record of Alofisel in a report, in EMA's own form."""
    form = json.loads((editions()[0] / f"{report}.json").read_text(encoding="utf-8"))["data"][0]
    address = next(key for key in form if key.endswith("_url"))
    blank: dict[str, str] = dict.fromkeys(form, "")
    own = {NAMES[report]: "Alofisel", address: f"https://www.ema.europa.eu/en/medicines/{slug}"}
    return blank | {key: form[key] for key in ("category",) if key in form} | own | changed


def shortage(slug: str, **changed: str) -> dict[str, str]:
    given = {"supply_shortage_status": "Ongoing", "start_of_shortage_date": "02/01/2026"}
    return record(SHORTAGES, f"human/shortages/{slug}", **given | changed)


def referral(**changed: str) -> dict[str, str]:
    given = {
        "referral_name": "Alofisel",
        "referral_type": "Article 20 procedures",
        "current_status": "Under evaluation",
    }
    return record(REFERRALS, "human/referrals/alofisel", procedure_start_date="25/09/2025", **given | changed)


def write(folder: Path, day: str, lists: dict[str, list[dict[str, str]]]) -> Path:
    """The reports of a day, with that of medicines."""
    write_report(folder, day, [authorised(), *(authorised(number) for number in range(10, 13))])
    for report, records in lists.items():
        meta = {"total_records": len(records), "timestamp": f"{day}T06:00:00Z"}
        text = json.dumps({"meta": meta, "data": records})
        (folder / f"{report}_{day}.json").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def days(tmp_path: Path) -> list[Path]:
    """The lists of three days; on the third nothing but days, order and spelling differ, and one shortage is gone."""
    others = [record(DESIGNATIONS, f"human/orphan-designations/{one}", medicine_name="Other") for one in range(30)]
    plan = {
        "pip_number": "EMEA-001561-PIP01",
        "decision_number": "P/0001/2026",
        "decision_date": "02/03/2026",
        "decision_type": "P: agreed",
    }
    letter = record(COMMUNICATIONS, "dhpc/alofisel", dhpc_type="Lack of effect", dissemination_date="03/03/2026")
    other_letter = record(COMMUNICATIONS, "dhpc/other", name_of_medicine="Other")
    other_plan = record(PLANS, "human/paediatric-investigation-plans/1", invented_name="Other")
    designated = {"status": "Positive", "date_of_designation_or_refusal": "08/10/2009", "intended_use": "A thing"}
    designation = record(DESIGNATIONS, "human/orphan-designations/667", **designated)
    known = shortage("first"), shortage("second", strengths_affected="5 mg;10 mg"), shortage("third")
    later = (
        shortage("first", supply_shortage_status="Resolved"),
        shortage("second", strengths_affected="5 mg;10 mg", expected_resolution="End of June 2026"),
        shortage("third"),
        shortage("fourth", start_of_shortage_date="01/03/2026"),
    )
    same = [one | {"last_updated_date": "14/03/2026"} for one in later if not one["shortage_url"].endswith("third")]
    same[1] |= {"strengths_affected": "10 MG; 5 mg"}
    step = referral(prac_recommendation_date="05/03/2026")
    last = {SHORTAGES: same[::-1], REFERRALS: [step], COMMUNICATIONS: [letter, other_letter]}
    return [
        write(tmp_path / "1", "2026-02-01", {
            SHORTAGES: [*known], REFERRALS: [referral()], COMMUNICATIONS: [other_letter], PLANS: [other_plan],
            DESIGNATIONS: [*others, designation],
        }),
        write(tmp_path / "2", "2026-03-10", {
            SHORTAGES: [*later], REFERRALS: [step], COMMUNICATIONS: [other_letter, letter],
            PLANS: [other_plan, record(PLANS, "human/paediatric-investigation-plans/1561", **plan)],
            DESIGNATIONS: [designation | {"status": "Withdrawn"}, *others],
        }),
        write(tmp_path / "3", "2026-03-20", last),
    ]  # fmt: skip


def told(store: Store, day: str) -> list[tuple[str, str | None, str]]:
    return [(one["kind"], one["date"], one["cause"]) for one in store.told() if one["observed_at"].startswith(day)]


EVENTS = [
    ("orphan-designation", None, "source"),
    ("paediatric-decision", "2026-03-02", "source"),
    ("referral-step", "2026-03-05", "source"),
    ("safety-communication", "2026-03-03", "source"),
    ("shortage-changed", None, "source"),
    ("shortage-opened", "2026-03-01", "source"),
    ("shortage-resolved", None, "source"),
]


def test_what_lists_say_anew_are_events_and_what_they_drop_is_none(
    tmp_path: Path, database_url: str, days: list[Path]
) -> None:
    store = Store(tmp_path, database_url)
    for folder in days:
        assert not store.sync(folder).failures
    assert [one["medicine"] for one in store.told()] == [f"ema:medicine:{NUMBER.replace('/', '-')}"] * 8
    assert told(store, "2026-03-10") == EVENTS
    assert told(store, "2026-03-20") == [("related-changed", None, "source")]
    (field,) = store.told()[-1]["fields"]
    assert (field["after"]["id"], field["after"]["status"]) == ("ema:shortage:third", "ongoing")
    assert field["after"]["no_longer_listed_at"] == "2026-03-20T05:00:00Z"
    assert len(told(store, "2026-02-01")) == 0  # the first lists
    store.replay()
    assert told(store, "2026-03-10") == EVENTS


def test_the_order_of_the_days_does_not_matter(tmp_path: Path, days: list[Path]) -> None:
    straight, other = Store(tmp_path / "straight"), Store(tmp_path / "other")
    for folder in days:
        straight.sync(folder)
    for folder in (days[2], days[0], days[1]):
        other.sync(folder)
    assert other.told() == straight.told()


def test_a_store_of_an_older_version_tells_its_changes_anew(tmp_path: Path, days: list[Path]) -> None:
    """Its related records had one kind for all; what holds now stands in its place, and nothing is told twice."""
    store = Store(tmp_path)
    for folder in days[:2]:
        store.sync(folder)
    right: list[dict[str, Any]] = store.told()
    with store.database.writing() as connection:
        connection.execute(
            change.update().where(change.c.kind == "shortage-opened").values(kind="related-changed", fields_hash="-")
        )
        old = sa.update(store_fact).where(store_fact.c.name == "composition")
        connection.execute(old.values(value=str(COMPOSITION - 1)))
    assert store.told() != right
    before = store.register.sequence()
    store.sync(days[1])
    assert store.told() == right
    assert store.register.sequence() == before
