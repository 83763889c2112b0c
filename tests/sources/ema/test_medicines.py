"""EMA's list of medicines, from small reports in EMA's form to the whole real tables."""

import json
from typing import Any

import pytest

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.ema import medicines
from medpath.sources.reading import Report, SourceRecord

KEYS = [
    "category", "name_of_medicine", "ema_product_number", "medicine_status", "opinion_status",
    "latest_procedure_affecting_product_information", "international_non_proprietary_name_common_name",
    "active_substance", "therapeutic_area_mesh", "species_veterinary", "patient_safety", "atc_code_human",
    "atcvet_code_veterinary", "pharmacotherapeutic_group_human", "pharmacotherapeutic_group_veterinary",
    "therapeutic_indication", "accelerated_assessment", "additional_monitoring", "advanced_therapy", "biosimilar",
    "conditional_approval", "exceptional_circumstances", "generic", "orphan_medicine", "prime_priority_medicine",
    "marketing_authorisation_developer_applicant_holder", "european_commission_decision_date",
    "start_of_rolling_review_date", "start_of_evaluation_date", "opinion_adopted_date",
    "withdrawal_of_application_date", "marketing_authorisation_date", "refusal_of_marketing_authorisation_date",
    "withdrawal_expiry_revocation_lapse_of_marketing_authorisation_date",
    "suspension_of_marketing_authorisation_date", "revision_number", "first_published_date", "last_updated_date",
    "medicine_url",
]  # fmt: skip

ALOFISEL = dict.fromkeys(KEYS, "") | {
    "category": "Human",
    "name_of_medicine": "Alofisel",
    "ema_product_number": "EMEA/H/C/004258",
    "medicine_status": "Withdrawn",
    "active_substance": "darvadstrocel",
    "atc_code_human": "L04",
    "advanced_therapy": "Yes",
    "orphan_medicine": "No",
    "marketing_authorisation_developer_applicant_holder": "Takeda Pharma A/S\u00a0",
    "marketing_authorisation_date": "23/03/2018",
    "withdrawal_expiry_revocation_lapse_of_marketing_authorisation_date": "13/12/2024",
    "revision_number": "12",
    "medicine_url": "https://www.ema.europa.eu/en/medicines/human/EPAR/alofisel",
}


def read(data: bytes) -> tuple[list[SourceRecord], Report]:
    report = Report("ema.medicines")
    return list(medicines.read(SourceFile("ema.medicines", "report.json", "", data), report)), report


def envelope(*records: Any) -> bytes:
    meta = {"total_records": len(records), "timestamp": "2026-03-14T06:00:00Z"}
    return json.dumps({"meta": meta, "data": list(records)}).encode()


def read_one(**changed: Any) -> tuple[dict[str, Any], list[str]]:
    records, report = read(envelope(ALOFISEL | changed))
    return records[0].body, [issue.code for issue in report.issues]


def test_alofisel_is_read_with_its_own_days() -> None:
    body, issues = read_one()
    assert body["status"] == {"code": "withdrawn", "source_value": "Withdrawn"}
    assert body["dates"]["withdrawal_expiry_revocation_lapse"] == "2024-12-13"
    assert body["dates"]["marketing_authorisation"] == "2018-03-23"
    assert body["holder"] == "Takeda Pharma A/S"
    assert body["flags"]["advanced_therapy"] is True
    assert body["flags"]["biosimilar"] is None
    assert body["revision"] == 12
    assert issues == []


def test_the_reports_time_is_amsterdams_whatever_its_z_says() -> None:
    _, report = read(envelope(ALOFISEL))
    assert report.observed_at is not None
    assert report.observed_at.isoformat() == "2026-03-14T05:00:00+00:00"
    assert (report.rows, report.declared_total) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "issue"),
    [
        ({"medicine_status": "On holiday"}, "unknown-value"),
        ({"marketing_authorisation_date": "31/02/2018"}, "bad-date"),
        ({"biosimilar": "perhaps"}, "unknown-value"),
        ({"revision_number": "-3"}, "bad-number"),
        ({"medicine_url": "javascript:alert(1)"}, "unsafe-url"),
        ({"atc_code_human": "L99999"}, "bad-atc-code"),
        ({"ema_product_number": "EMEA/H/C004258"}, "repaired-number"),
        ({"a_new_column": "news"}, "unknown-field"),
        ({"medicine_status": ""}, "no-status"),
        ({"therapeutic_indication": "x" * 10_000_000}, "long-text"),
    ],
)
def test_what_is_not_understood_is_an_issue_and_costs_only_its_field(changed: dict[str, str], issue: str) -> None:
    body, issues = read_one(**changed)
    assert issues == [issue]
    assert body["name"] == "Alofisel"


def many(**changed: str) -> list[dict[str, str]]:
    return [ALOFISEL | changed | {"ema_product_number": f"EMEA/H/C/{number:06}"} for number in range(1, 51)]


def test_a_renamed_column_is_no_column_without_values() -> None:
    renamed = [{name.replace("_holder", "_owner"): value for name, value in row.items()} for row in many()]
    with pytest.raises(SourceFailed, match=r"_holder” is missing from every record .*_owner” stands in each"):
        read(envelope(*renamed))
    records, report = read(envelope(*many(a_new_column="news")))
    assert len(records) == 50
    assert {issue.code for issue in report.issues} == {"unknown-field"}


def test_a_list_that_lost_its_statuses_is_refused() -> None:
    with pytest.raises(SourceFailed, match="100% of the records state no status"):
        read(envelope(*many(medicine_status="")))
    records, _ = read(envelope(*many()[1:], ALOFISEL | {"medicine_status": ""}))
    assert len(records) == 50


def test_an_unknown_status_keeps_the_publishers_words() -> None:
    body, _ = read_one(medicine_status="On holiday")
    assert body["status"] == {"code": None, "source_value": "On holiday"}


def test_a_row_without_identity_and_a_doubled_row_are_rejected_and_counted() -> None:
    nameless = ALOFISEL | {"name_of_medicine": "", "ema_product_number": "EMEA/H/C/000001"}
    records, report = read(envelope(ALOFISEL, nameless, ALOFISEL, "no object"))
    assert len(records) == 1
    assert (report.rows, report.rejected) == (4, 3)
    assert [issue.code for issue in report.issues] == ["no-identity", "doubled-record", "not-a-record"]


def test_a_row_with_something_else_in_place_of_its_number_is_known_by_its_page() -> None:
    body, codes = read_one(ema_product_number="R/0023")
    assert (body["product_number"], body["source_product_number"]) == (None, "R/0023")
    assert codes == ["no-product-number"]
    records, _ = read(envelope(ALOFISEL | {"ema_product_number": "R/0023"}))
    assert (records[0].key, records[0].medicine) == ("/en/medicines/human/EPAR/alofisel", None)


def test_a_missing_comma_is_mended_and_told() -> None:
    text = envelope(ALOFISEL, ALOFISEL | {"ema_product_number": "EMEA/H/C/000001"}).replace(b"}, {", b"} {")
    records, report = read(text)
    assert len(records) == 2
    assert [issue.code for issue in report.issues] == ["broken-json"]


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html><body>maintenance</body></html>",
        envelope(ALOFISEL)[:-200],
        b'{"data": {}}',
        b"[" * 100_000,
        b"\xff\xfe\x00",
        b"PK\x03\x04 not a workbook",
        b"\xd0\xcf\x11\xe0 not a workbook",
        b"Category,Name\nHuman,Alofisel\n",
        b'{"meta": {}, "data": [NaN]}',
    ],
)
def test_what_is_no_report_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(SourceFailed) as refusal:
        read(data)
    assert str(refusal.value).startswith("report.json: ")
    assert "\n" not in str(refusal.value)


def test_a_renamed_key_is_a_changed_format_and_no_empty_column() -> None:
    renamed = {("status_of_medicine" if key == "medicine_status" else key): value for key, value in ALOFISEL.items()}
    with pytest.raises(SourceFailed, match="medicine_status"):
        read(envelope(renamed))
