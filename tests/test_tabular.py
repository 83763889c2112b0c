import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.tabular import CHANGE_COLUMNS, change_rows, csv_cell, csv_lines


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "　@x"])
def test_what_a_spreadsheet_would_run_becomes_text(text: str):
    assert csv_cell(text) == "'" + text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (12, "12"),
        (-12, "-12"),
        ("Alofisel", "Alofisel"),
        ("2018-03-23", "2018-03-23"),
        (["a", "b"], "a; b"),
        ([], ""),
        (["=a", "b"], "'=a; b"),
        ("nul\x00", "nul"),
    ],
)
def test_values_as_cells(value: object, cell: str):
    assert csv_cell(value) == cell


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_every_text_comes_back_out_of_a_csv_file(values: list[list[str]]):
    rows = [dict(zip("ab", pair, strict=True)) for pair in values]
    written = "".join(csv_lines(["a", "b"], rows))
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read == [["a", "b"], *[[csv_cell(cell) for cell in pair] for pair in values]]


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str):
    assert not csv_cell(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_a_change_has_one_row_per_field_with_source_and_date():
    change = {
        "sequence": 7,
        "medicine": "ema:medicine:EMEA-H-C-004258",
        "name": "Alofisel",
        "kind": "status-changed",
        "cause": "source",
        "date": "2024-12-13",
        "observed_at": "2025-01-27T05:00:00Z",
        "fields": [
            {"field": "status.code", "before": "authorised", "after": "withdrawn"},
            {"field": "atc", "before": [], "after": [{"code": "L04", "name": {"en": "Immunosuppressants"}}]},
        ],
        "dataset": "ema.medicines",
    }
    first, second = change_rows(change, "Source: European Medicines Agency", "2025-01-28T05:00:00Z")
    assert list(first) == list(CHANGE_COLUMNS)
    assert (first["field"], first["before"], first["after"]) == ("status.code", "authorised", "withdrawn")
    assert (second["before"], second["after"]) == ("", "L04")
    assert (first["source"], first["data_date"]) == ("Source: European Medicines Agency", "2025-01-28T05:00:00Z")
