"""EMA's opinions after authorisation: joined by product number, never by a guess."""

import json
from typing import Any

import pytest

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.ema import post_authorisation_opinions
from medpath.sources.reading import Report, SourceRecord

URL = "https://www.ema.europa.eu/en/medicines/human/variation/sampla"
ROW = {
    "category": "Human",
    "name_of_medicine": "Sampla",
    "ema_product_number": "EMEA/H/C/004258",
    "active_substance": "samplumab",
    "international_non_proprietary_name_common_name": "samplumab",
    "therapeutic_area_mesh": "Arthritis, Rheumatoid;Psoriasis",
    "atc_code_human": "L04AC05",
    "atcvet_code_veterinary": "",
    "species_veterinary": "",
    "accelerated_assessment": "No",
    "additional_monitoring": "Yes",
    "advanced_therapy": "No",
    "biosimilar": "No",
    "conditional_approval": "No",
    "exceptional_circumstances": "No",
    "generic": "No",
    "orphan_medicine": "No",
    "prime_priority_medicine": "No",
    "marketing_authorisation_developer_applicant_holder": "Sample Pharma B.V.  ",
    "post_authorisation_procedure_status": "Opinion",
    "post_authorisation_opinion_status": "Positive",
    "post_authorisation_opinion_date": "23/07/2026",
    "withdrawal_of_application_date": "",
    "marketing_authorisation_date": "01/02/2019",
    "first_published_date": "24/07/2026",
    "last_updated_date": "",
    "medicine_url": URL,
}


def read(*rows: dict[str, Any]) -> tuple[list[SourceRecord], Report]:
    meta = {"total_records": len(rows), "timestamp": "2026-10-06T06:00:00Z"}
    report = Report("ema.post_authorisation_opinions")
    file = SourceFile("ema.test", "post.json", "", json.dumps({"meta": meta, "data": rows}).encode())
    return list(post_authorisation_opinions.read(file, report)), report


def test_an_opinion_is_read_in_the_fields_terms() -> None:
    (record,), report = read(ROW)
    assert report.issues == []
    assert record.key == "/en/medicines/human/variation/sampla"
    assert record.offers == (("page", record.key), ("product-number", "EMEA/H/C/004258"))
    body = record.body
    assert (body["name"], body["holder"]) == ("Sampla", "Sample Pharma B.V.")
    assert body["product_numbers"] == ["EMEA/H/C/004258"]
    assert body["therapeutic_areas"] == ["Arthritis, Rheumatoid", "Psoriasis"]
    assert body["procedure_status"] == {"code": "opinion", "source_value": "Opinion"}
    assert (body["opinion_outcome"], body["opinion_date"]) == ("positive", "2026-07-23")
    assert body["flags"]["additional_monitoring"] is True
    assert body["flags"]["patient_safety"] is None, "the report says nothing of it"


def test_the_table_names_the_address_otherwise() -> None:
    row = {name: value for name, value in ROW.items() if name != "medicine_url"}
    (record,), report = read(row | {"medicine_post_authorisation_procedure_url": URL})
    assert (record.body["url"], report.issues) == (URL, [])


def test_an_address_under_a_new_name_is_found_where_it_is_the_only_one() -> None:
    row = {name: value for name, value in ROW.items() if name != "medicine_url"}
    (first, second), report = read(row | {"opinion_page_url": URL}, row | {"opinion_page_url": URL + "-0"})
    assert (first.body["url"], second.body["url"]) == (URL, URL + "-0")
    assert [issue.code for issue in report.issues] == ["renamed-field"]
    records, report = read(row | {"one_url": URL, "other_url": URL})
    assert records == []
    assert [issue.code for issue in report.issues] == ["no-identity"]


def test_without_its_number_an_opinion_is_offered_by_the_name() -> None:
    (record,), report = read(ROW | {"ema_product_number": "none"})
    assert record.body["product_numbers"] == []
    assert ("medicine-name", "sampla") in record.offers
    assert [issue.code for issue in report.issues] == ["bad-product-number"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"post_authorisation_procedure_status": "Novel"}, "unknown-value"),
        ({"post_authorisation_opinion_status": "Maybe"}, "unknown-value"),
        ({"post_authorisation_opinion_date": "yesterday"}, "bad-date"),
        ({"novel": "x"}, "unknown-field"),
    ],
)
def test_what_is_unknown_is_an_issue(changed: dict[str, str], code: str) -> None:
    (_,), report = read(ROW | changed)
    assert [issue.code for issue in report.issues] == [code]


def test_a_report_without_a_known_field_is_refused() -> None:
    with pytest.raises(SourceFailed, match="post_authorisation_opinion_date"):
        read({name: value for name, value in ROW.items() if name != "post_authorisation_opinion_date"})
