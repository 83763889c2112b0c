"""The reports whose records are known by their page: one row in EMA's wire form each, and its faults."""

import json
from typing import Any

import pytest

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.ema import (
    orphan_designations,
    periodic_safety_assessments,
    referrals,
    safety_communications,
    shortages,
)
from medpath.sources.reading import Report, SourceRecord

SITE = "https://www.ema.europa.eu/en/medicines"
ORPHAN = {
    "medicine_name": "Vijoice; Vijoice",
    "related_ema_product_number": "EMEA/H/C/005468; EMEA/H/C/005468",
    "active_substance": "alpelisib",
    "date_of_designation_or_refusal": "25/05/2018",
    "intended_use": "sample text",
    "eu_designation_number": "-",
    "status": "Withdrawn",
    "first_published_date": "23/07/2018",
    "last_updated_date": "",
    "orphan_designation_url": f"{SITE}/human/orphan-designations/eu-3-18-2020",
}
SHORTAGE = {
    "category": "Human",
    "medicine_affected": "Quetiapine",
    "supply_shortage_status": "Ongoing",
    "international_non_proprietary_name_inn_or_common_name": "quetiapine",
    "therapeutic_area_mesh": "Schizophrenia;Bipolar Disorder",
    "pharmaceutical_forms_affected": "Tablet",
    "strengths_affected": "50 mg;300 mg",
    "availability_of_alternatives": "no",
    "start_of_shortage_date": "11/03/2025",
    "expected_resolution_date": "",
    "expected_resolution": "End of June 2025",
    "first_published_date": "11/03/2025",
    "last_updated_date": "",
    "shortage_url": f"{SITE}/human/shortages/quetiapine",
}
COMMUNICATION = {
    "category": "Human",
    "name_of_medicine": "Alofisel",
    "dhpc_type": "Lack of effect",
    "regulatory_outcome": "Withdrawal",
    "dissemination_date": "19/12/2024",
    "dhpc_url": f"{SITE}/dhpc/alofisel",
}
REFERRAL = {
    "category": "Human",
    "referral_name": "Progesterone",
    "current_status": "Under evaluation",
    "safety_referral": "Yes",
    "referral_type": "Article 31 referrals",
    "associated_names_centrally_authorised_medicines": "Lentogest  ;Progesterone Retard Pharlon  ;",
    "procedure_start_date": "03/10/2024",
    "referral_url": f"{SITE}/human/referrals/progesterone",
}
ASSESSMENT = {
    "category": "",
    "active_substance": "benperidol",
    "procedure_number": "PSUSA/00000329/202407",
    "regulatory_outcome": "Maintenance",
    "psusa_url": f"{SITE}/psusa/psusa-00000329-202407",
}
REPORTS = [
    pytest.param(orphan_designations, ORPHAN, "status", id="orphan designations"),
    pytest.param(shortages, SHORTAGE, "supply_shortage_status", id="shortages"),
    pytest.param(safety_communications, COMMUNICATION, "category", id="safety communications"),
    pytest.param(referrals, REFERRAL, "current_status", id="referrals"),
    pytest.param(periodic_safety_assessments, ASSESSMENT, "regulatory_outcome", id="periodic safety assessments"),
]


def read(reader: Any, *rows: dict[str, str]) -> tuple[list[SourceRecord], Report]:
    meta = {"total_records": len(rows), "timestamp": "2026-03-14T06:00:00Z"}
    report = Report("ema.test")
    data = json.dumps({"meta": meta, "data": rows}).encode()
    return list(reader.read(SourceFile("ema.test", "report.json", "", data), report)), report


@pytest.mark.parametrize(("reader", "row", "coded"), REPORTS)
def test_a_good_row_gives_a_record_and_no_issue(reader: Any, row: dict[str, str], coded: str) -> None:
    (record,), report = read(reader, row)
    url = next(value for name, value in row.items() if name.endswith("_url"))
    assert record.body["url"] == url
    assert ("page", record.key) in record.offers
    assert report.issues == []
    assert "" not in record.body.values()


@pytest.mark.parametrize(("reader", "row", "coded"), REPORTS)
def test_an_unknown_code_a_new_field_and_a_bad_address_are_issues(reader: Any, row: dict[str, str], coded: str) -> None:
    url_field = next(name for name in row if name.endswith("_url"))
    other = row | {url_field: row[url_field] + "-2", "novel": "x"}
    faulty = [row | {coded: "Novel"}, row, row | {url_field: "javascript:alert(1)"}, other]
    records, report = read(reader, *faulty)
    assert len(records) == 2
    assert report.rejected == 2
    codes = [issue.code for issue in report.issues]
    assert codes == ["unknown-value", "doubled-record", "unsafe-url", "no-identity", "unknown-field"]


@pytest.mark.parametrize(("reader", "row", "coded"), REPORTS)
def test_a_report_without_its_address_field_is_refused(reader: Any, row: dict[str, str], coded: str) -> None:
    with pytest.raises(SourceFailed, match="_url"):
        read(reader, {name: value for name, value in row.items() if not name.endswith("_url")})


def test_values_are_read_in_the_fields_terms() -> None:
    (orphan,), _ = read(orphan_designations, ORPHAN)
    assert orphan.body["product_numbers"] == ["EMEA/H/C/005468"]
    assert orphan.body["designation_number"] is None
    assert orphan.body["status"] == {"code": "withdrawn", "source_value": "Withdrawn"}
    (shortage,), _ = read(shortages, SHORTAGE)
    assert shortage.body["alternatives_available"] is False
    assert shortage.body["expected_resolution"] == "End of June 2025"
    (referral,), _ = read(referrals, REFERRAL)
    assert referral.body["centrally_authorised_names"] == ["Lentogest", "Progesterone Retard Pharlon"]
    assert ("medicine-name", "lentogest") in referral.offers
