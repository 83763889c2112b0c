"""Lists of presentations in every form that EMA's documents have after their conversion."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.documents.markdown import read_markdown
from medpath.documents.presentations import Presentations, pack_numbers, read_presentations

HEAD = (
    "| MA (EU) number | (Invented) name | Strength | Pharmaceutical Form | Route of Administration "
    "| Immediate Packaging | Content (concentration) | Pack size |\n|---|---|---|---|---|---|---|---|\n"
)
VALUES = "Velmora | 5 mg/ml | Solution for injection | Subcutaneous use | vial (glass) | 2 ml"
FIRST = f"| EU/1/21/9001/001 | {VALUES} | 1 vial |\n"
SECOND = f"| EU/1/21/9001/002 | {VALUES} | 6 vials |\n"
BREAK = '\n<div style=\\"page-break-after: always\\"></div>\n\n'


def read(text: str) -> Presentations:
    return read_presentations(read_markdown(text))


def codes(found: Presentations) -> list[str]:
    return [fault.code for fault in found.issues]


def test_each_row_of_the_table_is_a_pack() -> None:
    found = read(HEAD + FIRST + SECOND)
    assert [row.eu_number for row in found.rows] == ["EU/1/21/9001/001", "EU/1/21/9001/002"]
    first = found.rows[0]
    assert first.values == (
        "Velmora",
        "5 mg/ml",
        "Solution for injection",
        "Subcutaneous use",
        "vial (glass)",
        "2 ml",
        "1 vial",
    )
    assert (first.place, first.from_table) == ("line 1", True)
    assert (found.rows_in_tables, found.rows_read, found.issues) == (2, 2, [])


def test_a_list_without_the_column_of_contents_has_none() -> None:
    found = read(
        "| EU Number | Invented name | Strength | Pharmaceutical Form | Route of administration | Packaging "
        "| Package size |\n|---|---|---|---|---|---|---|\n"
        "| EU/1/21/9002/001 | Ostrava | 10 mg | Tablet | Oral use | blister (alu/alu) | 28 tablets |\n"
    )
    (row,) = found.rows
    assert (row.packaging, row.content, row.pack_size) == ("blister (alu/alu)", None, "28 tablets")


def test_a_table_goes_on_over_pages_with_and_without_its_head() -> None:
    third = SECOND.replace("/002", "/003")
    found = read(HEAD + FIRST + BREAK + SECOND + "|---|---|---|---|---|---|---|---|\n" + BREAK + HEAD + third)
    assert [(row.eu_number[-3:], row.pack_size) for row in found.rows] == [
        ("001", "1 vial"),
        ("002", "6 vials"),
        ("003", "6 vials"),
    ]
    assert found.issues == []


def test_a_head_in_two_lines_is_one_head() -> None:
    found = read(
        "| MA (EU) number | (Invented) | Strength | Pharmaceutical | Route of | Immediate | Pack size |\n"
        "|---|---|---|---|---|---|---|\n"
        "| | name | | Form | Administration | Packaging | |\n"
        "| EU/1/21/9002/001 | Ostrava | 10 mg | Tablet | Oral use | blister | 28 tablets |\n"
    )
    assert found.rows[0].values == ("Ostrava", "10 mg", "Tablet", "Oral use", "blister", None, "28 tablets")


def test_the_second_line_of_a_head_is_taken_off_the_first_row() -> None:
    found = read(
        "| MA (EU) number | (Invented) | Strength | Pharmaceutical | Route of | Packaging | Pack size |\n"
        "|---|---|---|---|---|---|---|\n"
        "| EU/1/21/9002/001 | name Ostrava | 10 mg | Form Tablet | Oral use | blister | 28 tablets |\n"
    )
    assert (found.rows[0].name, found.rows[0].pharmaceutical_form) == ("Ostrava", "Tablet")


def test_a_head_in_the_text_before_the_table_counts() -> None:
    head = "## MA (EU) number (Invented) name Strength Pharmaceutical Form Route of Administration Immediate Packaging"
    found = read(
        f"{head} Pack size\n\n| EU/1/21/9002/001 | Ostrava | 10 mg | Tablet | Oral use | blister | 28 tablets |\n"
    )
    assert found.rows[0].pack_size == "28 tablets"
    assert found.issues == []


def test_without_any_head_only_the_number_and_the_text_are_known() -> None:
    found = read("| EU/1/21/9002/001 | Ostrava | 10 mg | Tablet | Oral use | blister | 28 tablets |\n|---|\n")
    (row,) = found.rows
    assert row.eu_number == "EU/1/21/9002/001"
    assert row.values == (None,) * 7
    assert row.text == "EU/1/21/9002/001 Ostrava 10 mg Tablet Oral use blister 28 tablets"
    assert codes(found) == ["no-head"]


def test_a_row_that_goes_on_below_is_put_together() -> None:
    found = read(HEAD + FIRST.replace("vial (glass)", "vial") + "| | | | | | (glass) | | |\n")
    assert found.rows[0].packaging == "vial (glass)"
    assert (found.rows_in_tables, found.rows_read) == (1, 1)


def test_rows_run_together_are_parted_where_their_parts_are_alike() -> None:
    found = read(
        HEAD + "| EU/1/21/9001/001 EU/1/21/9001/002 | Velmora Velmora | 5 mg 10 mg | Tablet Tablet | Oral use Oral use "
        "| blister | | 28 tablets 56 tablets |\n"
    )
    assert [(row.name, row.strength, row.packaging, row.pack_size) for row in found.rows] == [
        ("Velmora", "5 mg", None, "28 tablets"),
        ("Velmora", "10 mg", None, "56 tablets"),
    ]
    assert (found.rows_in_tables, found.rows_read) == (1, 1)


def test_cells_that_conversion_tore_are_not_used() -> None:
    found = read(HEAD + FIRST.replace("Subcutaneous use", "use Subcutaneous use").replace("5 mg/ml", "mg/ml"))
    assert found.rows[0].route_of_administration is None
    assert found.rows[0].strength is None
    assert codes(found) == ["torn-cell", "torn-cell"]


def test_a_row_without_number_and_one_with_a_wrong_number_are_told() -> None:
    found = read(HEAD + FIRST + "| | Velmora | 9 mg | Tablet | Oral use | blister | 1 | 28 tablets |\n" + (
        SECOND.replace("EU/1/21/9001/002", "EU/1/9001/002")
    ))  # fmt: skip
    assert [row.eu_number for row in found.rows] == ["EU/1/21/9001/001"]
    assert codes(found) == ["row-without-number", "bad-number"]
    assert (found.rows_in_tables, found.rows_read) == (2, 1)


def test_running_text_gives_numbers_and_the_text_of_rows() -> None:
    found = read(
        "## MA (EU) number (Invented) name Strength Pharmaceutical Form Route of Administration Pack size\n\n"
        "EU/1/21/9002/001 Ostrava 10 mg Tablet Oral use 28 tablets EU/1/21/9002/002 Ostrava 10 mg Tablet Oral use 56\n"
    )
    assert [(row.eu_number, row.text) for row in found.rows] == [
        ("EU/1/21/9002/001", "EU/1/21/9002/001 Ostrava 10 mg Tablet Oral use 28 tablets"),
        ("EU/1/21/9002/002", "EU/1/21/9002/002 Ostrava 10 mg Tablet Oral use 56"),
    ]
    assert all(row.values == (None,) * 7 and not row.from_table for row in found.rows)


def test_the_watermark_of_ended_authorisations_is_no_value() -> None:
    found = read(HEAD + FIRST.replace("| 2 ml", "longer | 2 ml product").replace("injection", "injection authorised"))
    assert found.rows[0].pharmaceutical_form == "Solution for injection"
    assert (found.rows[0].packaging, found.rows[0].content) == ("vial (glass)", "2 ml")


def test_a_pack_that_stands_twice_is_one_and_a_difference_is_told() -> None:
    assert len(read(HEAD + FIRST + FIRST).rows) == 1
    found = read(HEAD + FIRST + FIRST.replace("1 vial |", "9 vials |"))
    assert [row.pack_size for row in found.rows] == ["1 vial"]
    assert codes(found) == ["doubled-number"]


def test_documents_of_pictures_and_other_documents_are_told() -> None:
    assert codes(read("<!-- image -->\n")) == ["scanned"]
    assert codes(read("| EMA number | Name |\n|---|---|\n| EMEA/H/C/009001/001 | Velmora |\n")) == ["no-eu-number"]
    other = read("## 1. NAME OF THE MEDICINAL PRODUCT\n\nVelmora\n\nEU/1/21/9001/001\n")
    assert (other.rows, codes(other)) == ([], ["other-document"])


def test_numbers_are_put_right_only_where_nothing_else_stands() -> None:
    assert pack_numbers("EU/1/15/100 1/001") == ["EU/1/15/1001/001"]
    assert pack_numbers("EU/1/00/129/01") == ["EU/1/00/129/001"]
    assert pack_numbers("EU/1/04/276/001-003") == ["EU/1/04/276/001", "EU/1/04/276/002", "EU/1/04/276/003"]
    assert pack_numbers("EU/1/04/276/001 - 100 mg/4 ml") == ["EU/1/04/276/001"]
    assert pack_numbers("EU/1/1205/001") == []
    assert pack_numbers("Velmora EU/1/21/9001/001") == ["EU/1/21/9001/001"]


@pytest.mark.parametrize("cell", ["no " * 60_000 + "x", "EU/1/" * 40_000, "EU/1/21/9001/001 " * 8_000, "for " * 50_000])
def test_hostile_cells_take_no_long_time(cell: str) -> None:
    began = time.process_time()
    read(HEAD + f"| {cell} | {cell} | {cell} | {cell} | {cell} | longer | authorised | {cell} |\n\n{cell}\n")
    assert time.process_time() - began < 4


@given(st.text(alphabet="|EU/120 3-\nab#<>", max_size=400))
def test_no_text_breaks_the_reader_and_no_number_is_invented(text: str) -> None:
    found = read(text)
    assert found.rows_read <= found.rows_in_tables
    for row in found.rows:
        assert re.fullmatch(r"EU/[12]/\d{2}/\d{3,4}/\d{3}", row.eu_number)
        assert "EU" in row.text


@given(st.lists(st.tuples(st.integers(1, 999), st.integers(1, 500)), min_size=1, max_size=20, unique_by=lambda p: p[0]))
def test_what_was_written_is_read(packs: list[tuple[int, int]]) -> None:
    rows = "".join(
        FIRST.replace("/001 ", f"/{pack:03d} ").replace("1 vial |", f"{size} vials |") for pack, size in packs
    )
    found = read(HEAD + rows)
    assert [(row.eu_number, row.pack_size) for row in found.rows] == [
        (f"EU/1/21/9001/{pack:03d}", f"{size} vials") for pack, size in packs
    ]
