"""The real tables of 2025-03-21: each row is a record or a rejected row with its issue."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from medpath.fetch.files import SourceFile
from medpath.sources.ema import (
    orphan_designations,
    paediatric_investigation_plans,
    periodic_safety_assessments,
    referrals,
    safety_communications,
    shortages,
)
from medpath.sources.reading import Report

TABLES = [
    pytest.param(orphan_designations, "orphan_designations", 3072, 0, id="orphan designations"),
    pytest.param(referrals, "referrals", 580, 0, id="referrals"),
    pytest.param(shortages, "shortages", 61, 0, id="shortages"),
    pytest.param(safety_communications, "dhpc", 145, 0, id="safety communications"),
    # one row is torn in two by an unescaped quotation mark
    pytest.param(
        periodic_safety_assessments, "periodic_safety_update_report_single_assessments", 2349, 2, id="assessments"
    ),
]


@pytest.mark.parametrize(("reader", "name", "rows", "rejected"), TABLES)
def test_every_row_is_accounted_for(shared: Path, reader: Any, name: str, rows: int, rejected: int) -> None:
    path = shared / "data" / "ema" / "tables" / f"{name}_table_2025-03-21.csv"
    report = Report(name)
    records = list(reader.read(SourceFile(name, path.name, "", path.read_bytes()), report))
    assert (report.rows, report.rejected, len(records)) == (rows, rejected, rows - rejected)
    assert len(report.issues) == rejected


def test_the_derived_table_of_paediatric_plans_is_a_layout_of_its_own(shared: Path) -> None:
    path = shared / "data" / "ema" / "tables" / "paediatric_investigation_plans_derived_2026-05-06.csv.gz"
    report = Report("paediatric_investigation_plans")
    file = SourceFile("ema.paediatric_investigation_plans", path.name, "", gzip.decompress(path.read_bytes()))
    records = list(paediatric_investigation_plans.read(file, report))
    assert (report.layout, report.rows, report.rejected, len(records)) == ("derived", 3281, 0, 3281)
    assert report.issues == []
    (alofisel,) = [record for record in records if record.body["decision_number"] == "P/26/2021"]
    assert alofisel.body["plan_number"] == "EMEA-001561-PIP01-13-M02"
