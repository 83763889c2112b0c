"""Sections 7 to 10 of all documents in one file of JSON lines."""

import json
from typing import Any

import pytest

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.emamds import product_information_sections
from medpath.sources.reading import Report, SourceRecord
from tests.sources.emamds.test_sections import ADDRESS, SECTIONS

LINE = {
    "file": "alofisel-epar-product-information_en.md",
    "document_datetime": "2025-06-30 09:15:00",
    "text": SECTIONS,
}


def read(*lines: Any) -> tuple[list[SourceRecord], Report]:
    report = Report("emamds.product_information_sections")
    data = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines).encode()
    file = SourceFile("emamds.product_information_sections", "sections.jsonl", "", data)
    return list(product_information_sections.read(file, report)), report


def test_a_line_gives_the_record_that_its_document_gives() -> None:
    (record,), report = read(LINE)
    assert record.key == "/en/documents/product-information/alofisel-epar-product-information_en.pdf"
    assert (record.body["holder_text"], record.body["eu_numbers"]) == (ADDRESS, ["EU/1/17/1261"])
    assert (report.layout, report.rows, report.issues) == ("sections-7-to-10", 1, [])


def test_packs_of_a_text_that_was_cut_off_are_unknown() -> None:
    (record,), _ = read(LINE | {"text": SECTIONS + " " * 4000})
    assert (record.body["eu_numbers"], record.body["eu_pack_numbers"]) == (["EU/1/17/1261"], [])


def test_each_line_stands_for_itself() -> None:
    empty = LINE | {"file": "agamree-epar-product-information_en.md", "text": ""}
    strange = LINE | {"file": "../../etc/passwd"}
    novel = LINE | {"file": "b_en.md", "novel": 1}
    records, report = read(LINE, empty, "", "{broken", "[]", strange, LINE, novel)
    assert [record.key.rpartition("/")[2] for record in records] == [
        "alofisel-epar-product-information_en.pdf",
        "b_en.pdf",
    ]
    assert (report.rows, report.rejected) == (7, 5)
    assert [issue.code for issue in report.issues] == [
        "no-text",
        "not-a-record",
        "not-a-record",
        "no-identity",
        "doubled-record",
        "unknown-field",
    ]


def test_another_format_is_refused() -> None:
    with pytest.raises(SourceFailed, match="text"):
        read({"file": "a_en.md", "document_datetime": ""})
