"""EMA's opinions on medicines for use outside the EU: listed, and joined to no medicine."""

import json
from typing import Any

import pytest

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.ema import medicines_outside_eu
from medpath.sources.reading import Report, SourceRecord

URL = "https://www.ema.europa.eu/en/opinion-medicine-use-outside-EU/human/sampla"
ROW = {
    "name_of_medicine": "Sampla",
    "ema_opinion_number": "EMEA/H/W/002300",
    "ema_opinion_status": "Positive",
    "active_substance": "samplumab",
    "international_non_proprietary_name_inn_common_name": "samplumab",
    "therapeutic_area_mesh": "Malaria, Falciparum",
    "atc_code_human": "P01BX",
    "latest_procedure_affecting_product_information": "II/0067",
    "opinion_holder": "Sample Pharma B.V.",
    "pharmacotherapeutic_group_human": "Antiprotozoals",
    "therapeutic_indication": "Sample text with &lt;entities&gt;.",
    "date_of_opinion": "23/07/2015",
    "date_of_outcome": "",
    "first_published_date": "24/07/2018",
    "last_updated_date": "01/02/2026",
    "opinion_on_medicines_for_use_outside_eu_url": URL,
}


def read(*rows: dict[str, Any]) -> tuple[list[SourceRecord], Report]:
    meta = {"total_records": len(rows), "timestamp": "2026-10-06T06:00:00Z"}
    report = Report("ema.medicines_outside_eu")
    file = SourceFile("ema.test", "outside.json", "", json.dumps({"meta": meta, "data": rows}).encode())
    return list(medicines_outside_eu.read(file, report)), report


def test_an_opinion_is_read_and_found_by_its_page_alone() -> None:
    (record,), report = read(ROW)
    assert report.issues == []
    assert (record.medicine, record.seeks) == (None, ())
    assert record.offers == (("page", record.key),)
    body = record.body
    assert (body["opinion_number"], body["status"]["code"]) == ("EMEA/H/W/002300", "positive")
    assert body["therapeutic_indication"] == "Sample text with <entities>."
    assert (body["opinion_date"], body["outcome_date"]) == ("2015-07-23", None)


def test_unknown_fields_and_values_are_issues() -> None:
    (record,), report = read(ROW | {"ema_opinion_status": "Novel", "novel": "x"})
    assert record.body["status"] == {"code": None, "source_value": "Novel"}
    assert [issue.code for issue in report.issues] == ["unknown-value", "unknown-field"]


def test_the_address_may_stand_in_a_field_of_another_name() -> None:
    row = {name: value for name, value in ROW.items() if not name.endswith("_url")} | {"medicine_url": URL}
    (record,), report = read(row)
    assert record.body["url"] == URL
    assert [issue.code for issue in report.issues] == ["renamed-field"]


def test_a_report_without_a_known_field_is_refused() -> None:
    with pytest.raises(SourceFailed, match="ema_opinion_number"):
        read({name: value for name, value in ROW.items() if name != "ema_opinion_number"})
