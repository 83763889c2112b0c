"""All lists of procedures after authorisation in the real data."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from medpath.documents.blocks import Document
from medpath.documents.markdown import read_markdown
from medpath.documents.procedural_steps import Step, Steps, read_steps
from medpath.fetch.snapshots import members
from medpath.sources.recognise import recognise

ARCHIVE = Path("data") / "ema" / "epar_documents" / "procedural_steps_after_md_2026-08-17.tar.gz"
# Procedures as EMA prints them at the beginning of a row; a check that shares nothing with the reader.
ROW = re.compile(r"(?:IA|IB|II|IAIN|IG|WS|N|T|R|S|X)/\d{4}(?:/G)?$")


def _read(path: Path) -> Iterator[tuple[Document, Steps]]:
    for name, data in members(path.read_bytes(), path.name):
        recognised = recognise(data, name)
        assert recognised is not None
        if recognised.dataset == "emamds.procedural_steps":
            document = read_markdown(data.decode("utf-8"))
            yield document, read_steps(document)


@pytest.fixture(scope="module")
def lists(shared: Path) -> list[tuple[Document, Steps]]:
    return list(_read(shared / ARCHIVE))


@pytest.fixture(scope="module")
def steps(lists: list[tuple[Document, Steps]]) -> list[Step]:
    return [step for _, found in lists for step in found.steps]


def test_every_document_gives_its_procedures_or_says_why_not(lists: list[tuple[Document, Steps]]) -> None:
    assert len(lists) == 2988
    assert sum(bool(found.steps) for _, found in lists) == 2974
    without = Counter(found.issues[-1].code for _, found in lists if not found.steps)
    assert without == Counter({"no-table": 12, "other-document": 2})


def test_nearly_every_row_gives_number_day_and_kind(lists: list[tuple[Document, Steps]], steps: list[Step]) -> None:
    rows = sum(found.rows for _, found in lists)
    assert rows == len(steps) == 88034
    shares = [
        sum(bool(step.procedure_numbers) for step in steps) / rows,
        sum(step.date is not None for step in steps) / rows,
        sum(step.kind is not None for step in steps) / rows,
        sum(bool(step.procedure_numbers and step.date and step.kind) for step in steps) / rows,
    ]
    assert [round(share * 100, 1) for share in shares] == [99.1, 99.3, 99.1, 98.4]


def test_what_rows_do_not_say_is_told(lists: list[tuple[Document, Steps]], steps: list[Step]) -> None:
    issues = Counter(fault.code for _, found in lists for fault in found.issues)
    assert issues["no-number"] == sum(not step.procedure_numbers for step in steps)
    assert issues["merged-rows"] == 14
    assert issues["no-date"] + 2 * issues["merged-rows"] == sum(step.date is None for step in steps)
    assert issues["unknown-kind"] == sum(step.kind is None and bool(step.procedure_numbers) for step in steps)


def test_no_day_and_no_number_is_invented(steps: list[Step]) -> None:
    for step in steps:
        plain = re.sub(r"\s", "", step.raw)
        assert all(number in plain for number in step.procedure_numbers)
        for day in (step.opinion_date, step.commission_decision_date, step.effect_date):
            if day is not None:
                year, month, number = day.split("-")
                assert re.search(rf"(?<!\d)0?{int(number)}/0?{int(month)}/{year}(?!\d)", step.raw)


def test_every_procedure_that_begins_a_row_is_a_step(lists: list[tuple[Document, Steps]]) -> None:
    missing: list[str] = []
    for document, found in lists:
        if any(fault.code == "other-document" for fault in found.issues):
            continue
        given = Counter(number for step in found.steps for number in step.procedure_numbers)
        printed = Counter(row[0] for block in document.blocks for row in block.rows if ROW.match(row[0]))
        missing += (printed - given).elements()
    assert missing == []
