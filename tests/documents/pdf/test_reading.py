"""Each PDF file is read in a process of its own: whatever it does there, the reader says why it has no text."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from medpath.documents.blocks import Block
from medpath.documents.faults import Fault
from medpath.documents.pdf import read_pdf, reading
from tests.documents.pdf.pdf_files import Pdf, forms_within_forms, product_information, too_much_to_unpack


def test_a_file_comes_back_as_blocks() -> None:
    pdf = Pdf(title="Of the test")
    pdf.page().text(71, 700, "One line.")
    document = read_pdf(pdf.bytes())
    assert document.blocks == [Block("paragraph", "One line.", 1, page=1)]
    assert (document.front, document.faults, document.pages) == ({"title": "Of the test"}, [], 1)


@pytest.mark.parametrize("make", [too_much_to_unpack, forms_within_forms])
def test_a_bomb_costs_no_more_than_its_process(make: Callable[[], bytes]) -> None:
    data = make()
    began = time.monotonic()
    document = read_pdf(data)
    assert [fault.code for fault in document.faults] == ["too-large"]
    assert document.blocks == []
    assert time.monotonic() - began < 60


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    document = read_pdf(product_information().pdf.bytes())
    assert [fault.code for fault in document.faults] == ["too-slow"]


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SIZE_LIMIT", 1 << 20)
    assert read_pdf(b"%PDF-1.4\n" + bytes(1 << 20)).faults == [
        Fault("too-large", "The PDF is larger than 1 MB and was not read.", "")
    ]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", bytes(10_000)])
def test_what_is_no_pdf_is_damaged(data: bytes) -> None:
    assert [fault.code for fault in read_pdf(data).faults] == ["damaged"]
