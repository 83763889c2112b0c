"""One list of presentations in Markdown gives one record."""

from datetime import UTC, datetime

import pytest

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.emamds import authorised_presentations
from medpath.sources.reading import Report, SourceRecord

URL = "https://www.ema.europa.eu/en/documents/all-authorised-presentations/velmora-epar-all-authorised-presentations_en.pdf"
KEY = "/en/documents/all-authorised-presentations/velmora-epar-all-authorised-presentations_en.pdf"
FRONT = "---\ndocument_datetime: 2025-06-30 09:15:00\ndocument_pages: 1\n---\n"
HEAD = (
    "| EU Number | Invented name | Strength | Pharmaceutical Form | Route of administration | Packaging "
    "| Package size |\n"
    "|---|---|---|---|---|---|---|\n"
)
ROWS = (
    "| EU/1/21/9001/002 | Velmora | 10 mg | Tablet | Oral use | blister (alu/alu) | 28 tablets |\n"
    "| EU/1/21/9001/001 | Velmora | 5 mg | Tablet | Oral use | blister (alu/alu) | 28 tablets |\n"
)


def read(data: bytes) -> tuple[list[SourceRecord], Report]:
    report = Report("emamds.authorised_presentations")
    file = SourceFile("emamds.authorised_presentations", "velmora.md", URL, data)
    return list(authorised_presentations.read(file, report)), report


def test_a_list_is_one_record_under_its_address() -> None:
    (record,), report = read((FRONT + HEAD + ROWS).encode())
    assert (record.key, record.offers) == (KEY, (("document", KEY),))
    assert record.body["eu_numbers"] == ["EU/1/21/9001"]
    assert record.body["presentations"][0] == {
        "eu_number": "EU/1/21/9001/001",
        "name": "Velmora",
        "strength": "5 mg",
        "pharmaceutical_form": "Tablet",
        "route_of_administration": "Oral use",
        "packaging": "blister (alu/alu)",
        "content": None,
        "pack_size": "28 tablets",
        "text": None,
    }
    assert (record.body["rows_in_tables"], record.body["rows_read"], record.body["url"]) == (2, 2, URL)
    assert (report.rows, report.rejected, report.issues) == (1, 0, [])
    assert report.observed_at == datetime(2025, 6, 30, 9, 15, tzinfo=UTC)


def test_rows_of_running_text_keep_their_text() -> None:
    head = "MA (EU) number (Invented) name Strength Pharmaceutical Form Route of Administration Pack size\n\n"
    (record,), _ = read((FRONT + head + "EU/1/21/9001/001 Velmora 5 mg Tablet Oral use 28 tablets\n").encode())
    (pack,) = record.body["presentations"]
    assert pack["strength"] is None
    assert pack["text"] == "EU/1/21/9001/001 Velmora 5 mg Tablet Oral use 28 tablets"


def test_packs_of_several_products_are_told() -> None:
    _, report = read((FRONT + HEAD + ROWS + ROWS.replace("9001", "9002")).encode())
    assert [(issue.code, issue.severity) for issue in report.issues] == [("several-eu-numbers", "info")]


@pytest.mark.parametrize(
    ("text", "code"), [("<!-- image -->", "scanned"), (HEAD + ROWS.replace("EU/1/21", "EU/1"), "no-presentations")]
)
def test_a_document_without_packs_is_rejected(text: str, code: str) -> None:
    records, report = read((FRONT + text).encode())
    assert records == []
    assert report.rejected == 1
    assert (report.issues[-1].code, report.issues[-1].record) == (code, KEY)


def test_what_is_no_such_document_can_not_be_read() -> None:
    with pytest.raises(SourceFailed, match="front matter"):
        read(b"| EU Number |\n")
    with pytest.raises(SourceFailed, match="UTF-8"):
        read(b"\xff\xfe")
