"""Related records are joined by number, then by the publisher's link, then by name; the basis is stated."""

from typing import Any

from medpath.model.changes import Context, changes_between
from medpath.model.differences import Facts
from medpath.model.records import Key
from tests.model.sources import NUMBER, ROW, body_of, found, page_body, row_body, source

AT = "2026-01-06T00:00:00Z"
DESIGNATION = {
    "medicine_names": ["Alofisel"],
    "product_numbers": [NUMBER],
    "active_substance": "cells",
    "designation_number": "EU/3/09/667",
    "date": "2009-10-08",
    "intended_use": "Treatment of anal fistula",
    "status": {"code": "positive", "source_value": "Positive"},
    "url": "https://www.ema.europa.eu/en/medicines/human/orphan-designations/eu-3-09-667",
}
COMMUNICATION = {
    "medicine_names": ["Alofisel"],
    "type": "Lack of effect",
    "regulatory_outcome": "Withdrawal",
    "dissemination_date": "2024-12-19",
    "url": "https://www.ema.europa.eu/en/medicines/dhpc/alofisel",
}
PLAN = {
    "plan_number": "EMEA-001561-PIP01-13-M02",
    "decision_date": "2021-01-27",
    "invented_names": [],
    "url": "https://www.ema.europa.eu/en/medicines/human/paediatric-investigation-plans/emea-001561-pip01-13-m02",
}
PLAN_PATH = "/en/medicines/human/paediatric-investigation-plans/emea-001561-pip01-13-m02"


def related(kind: str, dataset: str, body: dict[str, Any], key: Key, path: str = "/x/y", *own: Any) -> list[Any]:
    record = source(dataset, (AT, body), key=path)
    items: list[Any] = body_of(*(own or (ROW,)), others=(found(record, key),))["related"][kind]
    return items


def test_a_designation_is_joined_by_number_and_is_past_once_the_medicine_lost_the_status() -> None:
    key = ("product-number", NUMBER)
    [item] = related("orphan_designations", "ema.orphan_designations", DESIGNATION, key)
    assert (item["basis"], item["current"], item["designation_number"]) == ("product-number", False, "EU/3/09/667")
    for code, current in (("authorised", True), ("suspended", True), ("expired", False), ("withdrawn", False)):
        status = {"code": code, "source_value": code}
        orphan = source("ema.medicines", (AT, row_body(flags={"orphan": True}, status=status)), key=NUMBER)
        [item] = related("orphan_designations", "ema.orphan_designations", DESIGNATION, key, "/x/y", orphan)
        assert item["current"] is current, code


def test_where_the_publisher_says_which_medicines_are_meant_no_name_joins_others() -> None:
    other = DESIGNATION | {"product_numbers": ["EMEA/H/C/000001"]}
    assert related("orphan_designations", "ema.orphan_designations", other, ("medicine-name", "alofisel")) == []


def test_a_plan_is_joined_by_the_pages_own_link() -> None:
    page = source("ema.epar_pages", (AT, page_body(links=[PLAN_PATH])))
    key = ("page", PLAN_PATH)
    [item] = related("paediatric_plans", "ema.paediatric_investigation_plans", PLAN, key, PLAN_PATH, ROW, page)
    assert (item["basis"], item["plan_number"]) == ("page-link", "EMEA-001561-PIP01-13-M02")
    assert related("paediatric_plans", "ema.paediatric_investigation_plans", PLAN, key, PLAN_PATH) == []


def test_a_communication_is_joined_by_name_and_says_so() -> None:
    key = ("medicine-name", "alofisel")
    [item] = related("safety_communications", "ema.safety_communications", COMMUNICATION, key)
    assert (item["basis"], item["title"], item["date"]) == ("name", "Lack of effect", "2024-12-19")


def test_a_former_name_joins_as_a_former_name() -> None:
    renamed = source("ema.medicines", (AT, row_body(name="New (previously Alofisel)")), key=NUMBER)
    key = ("medicine-name", "alofisel")
    [item] = related("safety_communications", "ema.safety_communications", COMMUNICATION, key, "/x/y", renamed)
    assert item["basis"] == "former-name"


def test_a_name_joins_no_application_that_never_was_authorised() -> None:
    refused = row_body(status={"code": "refused", "source_value": "Refused"}, dates={"refusal": "2010-01-01"})
    application = source("ema.medicines", (AT, refused), key=NUMBER)
    key = ("medicine-name", "alofisel")
    assert related("safety_communications", "ema.safety_communications", COMMUNICATION, key, "/x/y", application) == []


def test_a_substance_alone_joins_only_assessments_of_the_substance() -> None:
    assessment = {
        "active_substances": ["darvadstrocel"],
        "procedure_number": "PSUSA/00010676/202303",
        "regulatory_outcome": {"code": "maintenance", "source_value": "Maintenance"},
        "first_published": "2023-11-01",
        "related_medicines": [],
    }
    key = ("substance", "darvadstrocel")
    [item] = related("periodic_safety_assessments", "ema.periodic_safety_assessments", assessment, key)
    assert item["basis"] == "substance"
    assert related("shortages", "ema.shortages", {"medicine_name": "Other"}, key) == []


def test_a_change_says_what_of_a_record_changed() -> None:
    """The designation is as it was, but the medicine is no orphan medicine any more: that is the change."""
    record = found(
        source("ema.orphan_designations", (AT, DESIGNATION), key="/x/eu-3-09-667"), ("product-number", NUMBER)
    )
    flags = row_body()["flags"]
    rows = [
        source(
            "ema.medicines",
            (
                AT,
                row_body(status={"code": "authorised", "source_value": "Authorised"}, flags=flags | {"orphan": orphan}),
            ),
            key=NUMBER,
        )
        for orphan in (True, False)
    ]
    before, after = (body_of(row, others=(record,)) for row in rows)
    facts = Facts("2026", True, None, frozenset({"ema.medicines", "ema.orphan_designations"}))
    changes = changes_between(before, facts, after, facts, "2026-03-14T05:00:00Z", Context())
    (told,) = [change for change in changes if change.kind == "related-changed"]
    (field,) = told.fields
    assert {key for key in field["before"] if field["before"][key] != field["after"][key]} == {"current"}
    assert (field["before"]["current"], field["after"]["current"]) == (True, False)
