"""Spreadsheets from outside: bounded before they are opened."""

import io
import zipfile

import pytest

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.tables import UNPACKED_LIMIT, read_table, slug_heading


def workbook(content: bytes, times: int = 1) -> SourceFile:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream,
    ):
        for _ in range(times):
            stream.write(content)
    return SourceFile("ema.medicines", "table.xlsx", "", packed.getvalue())


def test_a_bomb_is_refused_by_what_it_unpacks_to() -> None:
    bomb = workbook(bytes(1 << 20), (UNPACKED_LIMIT >> 20) + 1)
    assert len(bomb.data) < 2_000_000
    with pytest.raises(SourceFailed, match="unpacks to more than 300 MB"):
        read_table(bomb, ["category"], {})


def test_a_document_type_declaration_is_refused() -> None:
    with pytest.raises(SourceFailed, match="document type declaration"):
        read_table(workbook(b'<?xml version="1.0"?><!DOCTYPE lolz><worksheet/>'), ["category"], {})


def test_the_header_is_found_by_what_it_says() -> None:
    text = b"Content type:,Medicine\n\nCategory,\"Species\n(veterinary)\"\nHuman,\n"
    table = read_table(SourceFile("x.y", "t.csv", "", text), ["category"], {"species_veterinary": "species"})
    assert table.headings == ["category", "species"]
    assert table.rows == [(4, ["Human", ""])]
    assert slug_heading("PRIME: priority medicine") == "prime_priority_medicine"
