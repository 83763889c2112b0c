"""Holder, EU numbers and dates in product information, however its headings were converted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.sources.emamds.sections import plain_lines, read_statements

SECTIONS = """7. MARKETING AUTHORISATION HOLDER

Takeda Pharma A/S Delta Park 45 2665 Vallensbaek Strand Denmark

## 8. MARKETING AUTHORISATION NUMBER(S)

EU/1/17/1261/001

## 9. DATE OF FIRST AUTHORISATION/RENEWAL OF THE AUTHORISATION

Date of first authorisation: 23 March 2018

Date of latest renewal: 12 January 2023

## 10. DATE OF REVISION OF THE TEXT
"""
ADDRESS = "Takeda Pharma A/S Delta Park 45 2665 Vallensbaek Strand Denmark"
NUMBERS = "MARKETING AUTHORISATION NUMBER(S)"


def test_sections_in_their_usual_form() -> None:
    found = read_statements(SECTIONS)
    assert (found.holder, found.holder_section) == (ADDRESS, "smpc-7")
    assert (found.eu_numbers, found.pack_numbers, found.numbers_section) == (
        ["EU/1/17/1261"],
        ["EU/1/17/1261/001"],
        "smpc-8",
    )
    assert (found.first_authorisation, found.renewal) == ("2018-03-23", "2023-01-12")
    assert found.faults == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"local requirements. 7. MARKETING AUTHORISATION HOLDER {ADDRESS} 8. {NUMBERS}", id="mid-paragraph"
        ),
        pytest.param(f"7.\n\nMARKETING AUTHORISATION HOLDER\n\n{ADDRESS}\n\n8.\n\n{NUMBERS}", id="parted"),
        pytest.param(f"requirements. MARKETING AUTHORIZATION HOLDER(S) {ADDRESS} EU/1/17/1261/001", id="no numbers"),
        pytest.param(
            f"7. MARKETING AUTHORISATION HOLDER Medicinal product no longer authorised\n\n{ADDRESS}\n\n"
            '<div style=\\"page-break-after: always\\"></div>\n\n## 8. MARKETING AUTHORISATION NUMBER(S)',
            id="watermark",
        ),
        pytest.param(
            f"| 7.   | MARKETING AUTHORISATION HOLDER   |\n|------|------|\n| {ADDRESS} |  |\n\n"
            "## 8. MARKETING AUTHORISATION NUMBER(S)",
            id="in a table",
        ),
        pytest.param(f"7. MARKETING AUTHORISATION HOLDER\n\n{ADDRESS} Tel: +45 1\n\n## 8. {NUMBERS}", id="telephone"),
        pytest.param(f"7. MARKETING AUTHORISATION HOLDER {ADDRESS}\n\n10. DATE OF REVISION", id="numbers lost"),
    ],
)
def test_the_holder_is_found_however_the_heading_was_converted(text: str) -> None:
    found = read_statements(text)
    assert (found.holder, found.holder_section) == (ADDRESS, "smpc-7")


def test_a_sentence_about_the_holder_is_no_heading() -> None:
    found = read_statements("CONDITIONS OF THE MARKETING AUTHORISATION HOLDER Somebody, Denmark")
    assert found.holder is None


def test_the_labelling_helps_where_the_address_is_lost_in_the_characteristics() -> None:
    text = (
        "7. MARKETING AUTHORISATION HOLDER Teva B.V. Swensweg 5\n\n8. MARKETING AUTHORISATION NUMBER(S)\n\n"
        "9. DATE OF\n\n11. NAME AND ADDRESS OF THE MARKETING AUTHORISATION HOLDER\n\nTeva B.V.\n\nSwensweg 5\n\n"
        "2031 GA Haarlem\n\nThe Netherlands\n\n"
        "12. MARKETING AUTHORISATION NUMBER(S)\n\nEU/1/10/642/001\n\n13. BATCH NUMBER\n"
    )
    found = read_statements(text)
    assert found.holder == "Teva B.V.\nSwensweg 5\n2031 GA Haarlem\nThe Netherlands"
    assert (found.holder_section, found.numbers_section) == ("labelling-11", "labelling-12")
    assert found.eu_numbers == ["EU/1/10/642"]


def test_numbers_of_every_summary_in_the_file_each_once() -> None:
    second = SECTIONS.replace("EU/1/17/1261/001", "EU/1/17/1261/002 EU/1/97/43/001-003, EU/l/96/026/007a 28 tablets")
    found = read_statements(SECTIONS + second)
    assert found.eu_numbers == ["EU/1/17/1261", "EU/1/97/043", "EU/1/96/026"]
    assert found.pack_numbers == [
        "EU/1/17/1261/001",
        "EU/1/17/1261/002",
        "EU/1/97/043/001",
        "EU/1/97/043/002",
        "EU/1/97/043/003",
        "EU/1/96/026/007a",
    ]
    assert [code for code, _ in found.faults] == ["several-eu-numbers"]


@pytest.mark.parametrize(
    ("stated", "packs"),
    [
        ("EU/1/17/1261/001 - 003", ["001", "002", "003"]),
        ("EU/1/17/1261/001-002 EU/1/17/1261/005", ["001", "002", "005"]),
        ("EU/1/17/1261/001 - 100 mg/4 ml vial", ["001"]),
        ("EU/1/17/1261/001 - 100 tablets", ["001"]),
    ],
)
def test_a_strength_behind_a_dash_is_no_end_of_a_range(stated: str, packs: list[str]) -> None:
    found = read_statements(SECTIONS.replace("EU/1/17/1261/001", stated))
    assert found.pack_numbers == [f"EU/1/17/1261/{pack}" for pack in packs]


def test_numbers_beyond_the_section_do_not_count() -> None:
    found = read_statements(SECTIONS + "\n\nSee also EU/1/99/100/001.")
    assert found.eu_numbers == ["EU/1/17/1261"]


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Date of first authorisation: 9 September 2014", "2014-09-09"),
        ("Date of first authorization: 28-July-2006", "2006-07-28"),
        ("Date of first authorisation: 24.04.2006", "2006-04-24"),
        ("Date of first authorisation: 02/02/2001", "2001-02-02"),
        ("Date of first authorisation: 18 Apr 2021", "2021-04-18"),
        ("Date of f irst authorisation: 07 May 1999", "1999-05-07"),
        ("Date of first authorisation: April 2015", None),
        ("Date of first authorisation: 31 February 2015", None),
        ("Date of first authorisation:", None),
        ("28 August 2015", None),
    ],
)
def test_only_a_labelled_whole_day_is_a_date(stated: str, day: str | None) -> None:
    text = SECTIONS.replace("Date of first authorisation: 23 March 2018", stated)
    assert read_statements(text).first_authorisation == day


def test_two_days_of_first_authorisation_are_told_and_none_is_picked() -> None:
    found = read_statements(SECTIONS + SECTIONS.replace("2018", "2019"))
    assert found.first_authorisation is None
    assert [code for code, _ in found.faults] == ["several-dates"]


def test_what_is_not_there_is_told() -> None:
    found = read_statements("Nothing of it.")
    assert [code for code, _ in found.faults] == ["no-holder", "no-eu-number"]
    cut = read_statements(SECTIONS.replace(" Denmark", ""))
    assert [code for code, _ in cut.faults] == ["no-country"]


def test_marks_furniture_and_look_alike_letters_are_cleaned() -> None:
    text = (
        "## 3 rd Floor\n\n<!-- image -->\n\n- Dublin 2 Ιreland\n\nGSK &amp; Co.\n\n© ACME (2025) CONFIDENTIAL\n\nΕλλάδα"
    )
    assert plain_lines(text) == "3rd Floor\nDublin 2 Ireland\nGSK & Co.\nΕλλάδα"


PIECES = [
    *("\n\n", " ", "7. ", "8. ", "12. ", "| ", "## ", "\ue000", "Ιreland", "Tel: +45", ADDRESS),
    *("MARKETING AUTHORISATION HOLDER", NUMBERS, "NAME AND ADDRESS OF THE ", "DATE OF FIRST AUTHORISATION"),
    *("Date of first authorisation: ", "3 May 2001", "31/31/2001", "EU/1/17/1261/001-900", "EU/1/00/0"),
    "Medicinal product no longer authorised",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_headings_and_values_in_any_order_can_be_read(text: str) -> None:
    found = read_statements(text)
    assert len(found.eu_numbers) == len(set(found.eu_numbers))
    assert len(found.pack_numbers) == len(set(found.pack_numbers))
    assert all(number.startswith("EU/1/") for number in found.eu_numbers)
    assert found.first_authorisation in (None, "2001-05-03")
    assert "no longer" not in (found.holder or "")
