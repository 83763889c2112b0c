"""Every real table of medicines: each row is a record or a rejected row with its issue."""

import gzip
from pathlib import Path

import pytest

from medpath.fetch.files import SourceFile
from medpath.sources.ema import medicines
from medpath.sources.reading import Report

TABLES = {
    "epar_table_2017-02-13.xls": ("2017", 1149, 0),
    "epar_table_2018-12-23.xlsx": ("2018", 1562, 0),
    "epar_table_2020-04-23.xlsx": ("2018", 1687, 0),
    "epar_table_2022-11-17.xlsx": ("2018", 1959, 0),
    "epar_table_2023-03-12.xlsx": ("2018", 1988, 0),
    "epar_table_2023-06-12.xlsx": ("2018", 2005, 0),
    "medicines_table_2024-08-15.xlsx": ("2024", 2433, 0),
    "medicines_table_2024-08-22.xlsx": ("2024", 2433, 0),
    "medicines_table_2025-01-27.xlsx": ("2024", 2492, 0),
    "medicines_table_2025-03-21.csv.gz": ("2024", 2515, 0),
    "medicines_table_2025-03-24.xlsx": ("2024", 2515, 0),
    "medicines_table_2025-07-15.xlsx": ("2024", 2576, 0),
    "medicines_table_2026-01-29.xlsx": ("2024", 2650, 0),
    "medicines_table_2026-03-14.xlsx": ("2026", 2673, 0),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_accounted_for(shared: Path, name: str) -> None:
    layout, rows, rejected = TABLES[name]
    data = (shared / "data" / "ema" / "tables" / name).read_bytes()
    report = Report("ema.medicines")
    file = SourceFile("ema.medicines", name, "", gzip.decompress(data) if name.endswith(".gz") else data)
    records = list(medicines.read(file, report))
    assert (report.layout, report.rows, report.rejected) == (layout, rows, rejected)
    assert len(records) == rows - rejected
    known = {"bad-atc-code", "no-product-number", "repaired-number", "no-status"}
    assert {issue.code for issue in report.issues} <= known
    assert sum(issue.code == "no-status" for issue in report.issues) <= 1
    assert all(record.body["status"] is None or record.body["status"]["code"] for record in records)
