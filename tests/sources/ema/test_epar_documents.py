"""EMA's list of documents: days, groups, medicines and translations."""

from typing import Any

import pytest

from medpath.sources.ema import epar_documents
from tests.sources.ema.test_page_reports import read

URL = "https://www.ema.europa.eu/en/documents/overview/alofisel-epar-summary-public_en.pdf"
OVERVIEW: dict[str, Any] = {
    "id": "1",
    "name": "Alofisel : EPAR - Summary for the public",
    "type": "overview",
    "medicine_name": "Alofisel",
    "ema_product_number": "EMEA/H/C/004258",
    "status": "unknown",
    "consultation_date": "",
    "first_published_date": "2018-04-04T02:00:00Z",
    "last_updated_date": "2025-01-21T17:00:00Z",
    "reference_number": "EMA/1380/2018 ",
    "document_url": URL,
    "translations": {"bg": URL.replace("_en", "_bg").replace("/en/", "/bg/")},
}


def test_days_are_the_date_part_as_it_stands() -> None:
    (record,), report = read(epar_documents, OVERVIEW)
    assert (record.body["first_published"], record.body["last_updated"]) == ("2018-04-04", "2025-01-21")
    assert (record.body["group"], record.medicine) == ("overview", "EMEA/H/C/004258")
    assert record.body["reference_number"] == "EMA/1380/2018"
    assert list(record.body["translations"]) == ["bg"]
    assert report.issues == []


def test_a_suffix_of_the_file_is_part_of_its_identity() -> None:
    records, _ = read(epar_documents, OVERVIEW, OVERVIEW | {"document_url": URL + "-0"})
    assert len({record.key for record in records}) == 2


@pytest.mark.parametrize(
    ("changed", "issue"),
    [
        ({"last_updated_date": "0023-12-21T00:00:00Z"}, "bad-date"),
        ({"last_updated_date": "2017-01-26T01:00:00Z"}, "updated-before-published"),
        ({"ema_product_number": ""}, "no-product-number"),
        ({"ema_product_number": "R/0023"}, "bad-product-number"),
        ({"translations": {"bg": "javascript:alert(1)"}}, "unsafe-url"),
        ({"translations": {"../x": URL}}, "unsafe-url"),
        ({"translations": ["bg"]}, "unknown-value"),
        ({"status": "novel"}, "unknown-value"),
    ],
)
def test_a_fault_costs_its_field_alone(changed: dict[str, Any], issue: str) -> None:
    records, report = read(epar_documents, OVERVIEW | changed)
    assert len(records) == 1
    assert [found.code for found in report.issues] == [issue]


def test_a_type_that_stands_in_several_sections_has_no_group() -> None:
    (record,), _ = read(epar_documents, OVERVIEW | {"type": "medicine-qa"})
    assert record.body["group"] is None
