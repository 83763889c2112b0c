"""EMA's herbal report: repeated rows are one record, and its odd total does not cost the report."""

import json
from typing import Any

import pytest

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.ema import herbal_medicines
from medpath.sources.reading import Report, SourceRecord

SITE = "https://www.ema.europa.eu/en/medicines/herbal"
ROW = {
    "latin_name": "Valerianae radix",
    "combination": "No",
    "english_common_name": "Valerian root",
    "botanical_name": "Valeriana officinalisL.;Valeriana collina Wallr.",
    "therapeutic_area": "Sleep disorders and temporary insomnia",
    "status": "F: Assessment finalised",
    "outcome_of_european_assessment": "European Union herbal monograph;European Union list entry",
    "additional_information": "",
    "date_added_to_the_inventory": "30/10/2007",
    "date_added_to_the_priority_list": "",
    "first_published_date": "31/12/2009",
    "last_updated_date": "03/09/2026",
    "herbal_medicine_url": f"{SITE}/valerianae-radix",
}


def read(*rows: dict[str, Any], total: int | None = None) -> tuple[list[SourceRecord], Report]:
    meta = {"total_records": len(rows) if total is None else total, "timestamp": "2026-10-06T06:00:00Z"}
    report = Report("ema.herbal_medicines")
    data = json.dumps({"meta": meta, "data": rows}).encode()
    return list(herbal_medicines.read(SourceFile("ema.herbal_medicines", "herbal.json", "", data), report)), report


def test_a_substance_is_read_in_the_fields_terms() -> None:
    (record,), report = read(ROW)
    assert (record.key, record.medicine) == ("/en/medicines/herbal/valerianae-radix", None)
    assert record.offers == (("page", record.key),), "it is found by its page and by no name"
    assert record.body["status"] == {"code": "assessment-finalised", "source_value": "F: Assessment finalised"}
    assert record.body["combination"] is False
    assert record.body["outcomes"] == ["European Union herbal monograph", "European Union list entry"]
    assert (record.body["inventory_date"], record.body["priority_list_date"]) == ("2007-10-30", None)
    assert report.issues == []


def test_rows_that_repeat_are_one_record_and_count_once() -> None:
    records, report = read(ROW, ROW, ROW, ROW | {"herbal_medicine_url": f"{SITE}/other"}, total=2)
    assert len(records) == 2
    assert (report.rows, report.rejected, report.declared_total) == (2, 0, 2)
    assert [issue.code for issue in report.issues] == ["repeated-rows"]


def test_the_total_may_count_the_repeats_too() -> None:
    _, report = read(ROW, ROW)
    assert (report.rows, report.declared_total) == (1, 1)


def test_a_total_that_fits_neither_count_is_told() -> None:
    records, report = read(ROW, ROW, total=7)
    assert len(records) == 1
    assert report.declared_total is None
    assert [issue.code for issue in report.issues] == ["repeated-rows", "differing-total"]


def test_faults_are_issues() -> None:
    other = ROW | {"latin_name": "Another", "status": "X: Novel", "novel": "x"}
    records, report = read(ROW, other, ROW | {"herbal_medicine_url": "http://evil.example/a"})
    assert len(records) == 1
    assert (report.rows, report.rejected) == (3, 2)
    codes = [issue.code for issue in report.issues]
    assert codes == ["unknown-value", "unknown-field", "doubled-record", "unsafe-url", "no-identity"]


def test_a_report_without_a_known_field_is_refused() -> None:
    with pytest.raises(SourceFailed, match="latin_name"):
        read({name: value for name, value in ROW.items() if name != "latin_name"})
