"""One document in Markdown gives one record, dated by what it says about itself."""

from datetime import UTC, datetime

import pytest

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.emamds import product_information
from medpath.sources.reading import Report, SourceRecord
from tests.sources.emamds.test_sections import ADDRESS, SECTIONS

URL = "https://www.ema.europa.eu/en/documents/product-information/alofisel-epar-product-information_en.pdf"
FRONT = "---\ndocument_datetime: 2025-06-30 09:15:00\ndocument_pages: 27\n---\n"


def read(text: str) -> tuple[list[SourceRecord], Report]:
    report = Report("emamds.product_information")
    file = SourceFile("emamds.product_information", "alofisel.md", URL, text.encode())
    return list(product_information.read(file, report)), report


def test_a_document_is_one_record_under_its_address() -> None:
    (record,), report = read(FRONT + SECTIONS)
    assert record.key == "/en/documents/product-information/alofisel-epar-product-information_en.pdf"
    assert record.offers == (("document", record.key),)
    assert record.body == {
        "holder_text": ADDRESS,
        "holder_lines": [],
        "holder_section": "smpc-7",
        "eu_numbers": ["EU/1/17/1261"],
        "eu_pack_numbers": ["EU/1/17/1261/001"],
        "numbers_section": "smpc-8",
        "first_authorisation_date": "2018-03-23",
        "renewal_date": "2023-01-12",
        "url": URL,
    }
    assert (report.rows, report.rejected, report.issues) == (1, 0, [])
    assert report.observed_at == datetime(2025, 6, 30, 9, 15, tzinfo=UTC)


def test_lines_are_kept_where_the_document_has_them() -> None:
    (record,), _ = read(FRONT + SECTIONS.replace(" Delta Park 45 ", "\n\nDelta Park 45\n\n"))
    assert record.body["holder_lines"] == ["Takeda Pharma A/S", "Delta Park 45", "2665 Vallensbaek Strand Denmark"]


def test_faults_are_issues_of_the_document() -> None:
    (record,), report = read(FRONT + SECTIONS.replace("EU/1/17", "EU/9/17"))
    assert record.body["eu_numbers"] == []
    assert [(issue.code, issue.record) for issue in report.issues] == [("no-eu-number", record.key)]


def test_a_document_in_which_nothing_is_found_is_rejected() -> None:
    records, report = read(FRONT + "Some text.")
    assert records == []
    assert (report.rows, report.rejected) == (1, 1)
    assert [issue.code for issue in report.issues] == ["nothing-found"]


def test_a_document_without_its_time_is_told() -> None:
    (_,), report = read("---\ndocument_pages: 2\n---\n" + SECTIONS)
    assert [issue.code for issue in report.issues] == ["no-timestamp"]


def test_what_does_not_say_what_it_is_is_refused() -> None:
    with pytest.raises(SourceFailed, match="front matter"):
        read(SECTIONS)
    with pytest.raises(SourceFailed, match="UTF-8"):
        list(product_information.read(SourceFile("x", "x.md", URL, b"---\n\xff\n---\n"), Report("x")))
