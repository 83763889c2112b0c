"""Holders, EU numbers and dates in the real product information, whole and as sections."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from medpath.fetch.files import SourceFile
from medpath.fetch.folder import load
from medpath.fetch.snapshots import members
from medpath.model.addresses import country_of, lines_of
from medpath.sources.emamds import product_information, product_information_sections
from medpath.sources.reading import Report, SourceRecord
from medpath.sources.recognise import recognise

FOLDER = Path("data") / "ema" / "epar_documents"
KEY = "/en/documents/product-information/alofisel-epar-product-information_en.pdf"


def _whole(records: dict[str, SourceRecord]) -> int:
    return sum(country_of((record.body["holder_text"] or "").split("\n")) is not None for record in records.values())


@pytest.fixture(scope="module")
def sections(shared: Path) -> tuple[dict[str, SourceRecord], Report]:
    path = shared / FOLDER / "product_information_sections_7_to_10_2026-08-17.jsonl.gz"
    report = Report("emamds.product_information_sections")
    file = SourceFile(report.dataset, path.name, "", load(path, path.name))
    return {record.key: record for record in product_information_sections.read(file, report)}, report


@pytest.fixture(scope="module")
def documents(shared: Path) -> tuple[dict[str, SourceRecord], Report]:
    """All documents of the newest archive, read one by one; the report adds up what was said of them."""
    total = Report("emamds.product_information")
    records: dict[str, SourceRecord] = {}
    for file in _files(shared / FOLDER / "product_information_md_2026-08-17.tar.xz"):
        report = Report(total.dataset)
        records |= {record.key: record for record in product_information.read(file, report)}
        total.rows += report.rows
        total.rejected += report.rejected
        total.issues += report.issues
    return records, total


def _files(path: Path) -> Iterator[SourceFile]:
    for name, data in members(path.read_bytes(), path.name):
        found = recognise(data, name)
        assert found is not None
        assert found.dataset == "emamds.product_information"
        yield SourceFile(found.dataset, name, found.url, data)


def test_every_line_of_the_sections_is_accounted_for(sections: tuple[dict[str, SourceRecord], Report]) -> None:
    records, report = sections
    assert (report.rows, report.rejected, len(records)) == (1927, 27, 1900)
    rejected = [issue.code for issue in report.issues if issue.severity == "error"]
    assert sorted(set(rejected)) == ["no-text", "nothing-found"]
    assert rejected.count("no-text") == 26


def test_nearly_every_text_gives_a_whole_address(sections: tuple[dict[str, SourceRecord], Report]) -> None:
    records, report = sections
    assert _whole(records) == 1874
    told = {issue.record for issue in report.issues if issue.code in ("no-country", "no-holder")}
    assert len(records) - len(told) == 1874, "each that does not is told"


def test_every_document_is_accounted_for(documents: tuple[dict[str, SourceRecord], Report]) -> None:
    records, report = documents
    assert (report.rows, report.rejected, len(records)) == (1847, 2, 1845)
    assert _whole(records) == 1842
    assert sum(bool(record.body["eu_numbers"]) for record in records.values()) == 1837
    assert sum(record.body["first_authorisation_date"] is not None for record in records.values()) == 1658


def test_the_whole_documents_say_what_their_sections_say(
    sections: tuple[dict[str, SourceRecord], Report], documents: tuple[dict[str, SourceRecord], Report]
) -> None:
    part, whole = sections[0], documents[0]
    both = part.keys() & whole.keys()
    differing = [key for key in both if part[key].body["eu_numbers"] not in ([], whole[key].body["eu_numbers"])]
    # that document holds the summary of another product as well
    assert differing == [KEY.replace("alofisel", "clopidogrel-hcs")]


def test_alofisel(documents: tuple[dict[str, SourceRecord], Report], shared: Path) -> None:
    record = documents[0].get(KEY)
    if record is None:  # the archive is a selection
        path = shared / FOLDER / "alofisel" / "product-information__alofisel-epar-product-information_en.md"
        found = recognise(path.read_bytes(), path.name)
        assert found is not None
        file = SourceFile(found.dataset, path.name, found.url, path.read_bytes())
        (record,) = product_information.read(file, Report(found.dataset))
    assert record.key == KEY
    assert record.body["eu_numbers"] == ["EU/1/17/1261"]
    assert record.body["first_authorisation_date"] == "2018-03-23"
    assert lines_of(record.body["holder_text"], "Takeda Pharma A/S") == [
        "Delta Park 45",
        "2665 Vallensbaek Strand",
        "Denmark",
    ]
