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


def sheet(cells: bytes, strings: bytes = b"") -> SourceFile:
    """A workbook of one sheet that spreadsheets would open."""
    main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org"
    types = f"{office}/officeDocument/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships">'
        f'<Relationship Id="a" Type="{types}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{types}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{office}/package/2006/relationships">'
        f'<Relationship Id="a" Type="{types}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="b" Type="{types}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>{strings.decode()}</t></si></sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells.decode()}</sheetData></worksheet>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return SourceFile("ema.medicines", "table.xlsx", "", packed.getvalue())


def test_a_sheet_is_read_with_its_cells_in_their_places() -> None:
    cells = b'<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="3"><c r="B3"><v>7</v></c></row>'
    assert read_table(sheet(cells, b"Category"), ["category"], {}).rows == [(3, ["", 7.0])]


@pytest.mark.parametrize(
    ("cells", "string"),
    [
        (b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', b""),
        (b'<row r="1">' + b'<c t="s"><v>0</v></c>' * 16_000 + b"</row>", b"x" * 1_000_000),
    ],
    ids=["two cells far apart", "one long text in many cells"],
)
def test_a_sheet_that_takes_all_memory_ends_neither_the_program_nor_the_machine(cells: bytes, string: bytes) -> None:
    bomb = sheet(cells, string)
    assert len(bomb.data) < 10_000
    with pytest.raises(SourceFailed, match="takes more memory to open than any report does"):
        read_table(bomb, ["category"], {})


def test_a_damaged_workbook_is_one_sentence() -> None:
    with pytest.raises(SourceFailed, match=r"^table.xlsx: the file is damaged and was not read \("):
        read_table(workbook(b"<worksheet/>"), ["category"], {})


def test_a_document_type_declaration_is_refused() -> None:
    with pytest.raises(SourceFailed, match="document type declaration"):
        read_table(workbook(b'<?xml version="1.0"?><!DOCTYPE lolz><worksheet/>'), ["category"], {})


def test_the_header_is_found_by_what_it_says() -> None:
    text = b'Content type:,Medicine\n\nCategory,"Species\n(veterinary)"\nHuman,\n'
    table = read_table(SourceFile("x.y", "t.csv", "", text), ["category"], {"species_veterinary": "species"})
    assert table.headings == ["category", "species"]
    assert table.rows == [(4, ["Human", ""])]
    assert slug_heading("PRIME: priority medicine") == "prime_priority_medicine"
