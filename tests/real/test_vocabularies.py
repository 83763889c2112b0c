"""ATC and MeSH as they are: every row accounted for, and what they are needed for is in them."""

import csv
import time
from collections import Counter
from pathlib import Path

import pytest

from medpath.fetch.files import SourceFile
from medpath.fetch.folder import date_in, load
from medpath.model import atc
from medpath.model.names import fold
from medpath.sources import facts
from medpath.sources.ema import medicines
from medpath.sources.reading import Report, SourceRecord

FILES = [
    pytest.param("atc/who-atc-ddd-2021-12-03.csv.gz", "who_atc.classes", 6971, 6440, id="ATC of 2021"),
    pytest.param("atc/who-atc-ddd-2025-06-14.csv.gz", "who_atc.classes", 7437, 6897, id="ATC of 2025"),
    pytest.param("atc/who-atc-ddd-2026-04-25.csv", "who_atc.classes", 7536, 6996, id="ATC of 2026"),
    pytest.param("atc/atc-zh-nrdl-2026-04-22.csv", "who_atc.names_zh", 423, 422, id="Chinese names"),
    pytest.param("atc/atc-fr-2023-10-13.csv", "who_atc.names_fr", 884, 1241, id="French names"),
    pytest.param("mesh/mesh-2023-entry-terms.tsv.gz", "mesh.descriptors", 132_802, 30_764, id="MeSH headings"),
    pytest.param("mesh/mesh-2023-tree-numbers.tsv.gz", "mesh.tree_numbers", 64_342, 30_652, id="MeSH tree"),
]
SECONDS = 8.0


def read(shared: Path, path: str, dataset: str) -> tuple[list[SourceRecord], Report]:
    file = SourceFile(dataset, path, "", load(shared / "data" / path, path), observed_at=date_in(path))
    report = Report(dataset)
    return list(facts.reader_of(dataset)(file, report)), report


@pytest.mark.parametrize(("path", "dataset", "rows", "count"), FILES)
def test_every_row_is_accounted_for(shared: Path, path: str, dataset: str, rows: int, count: int) -> None:
    records, report = read(shared, path, dataset)
    rejected = 1 if dataset == "who_atc.names_zh" else 0  # N000, a class of the Chinese list alone
    assert (report.rows, report.rejected, len(records)) == (rows, rejected, count)
    assert [issue.code for issue in report.issues] == ["no-identity"] * rejected
    bounds = facts.datasets()[dataset].bounds
    assert bounds.minimum <= count <= bounds.maximum


def test_each_row_of_a_class_is_in_its_record(shared: Path) -> None:
    records, report = read(shared, "atc/who-atc-ddd-2026-04-25.csv", "who_atc.classes")
    without_dose = 2  # rows without a dose beside rows of the same class with one (B03AC, H03CA)
    assert sum(len(record.body["defined_daily_doses"]) or 1 for record in records) == report.rows - without_dose
    assert Counter(record.body["level"] for record in records) == {1: 14, 2: 94, 3: 271, 4: 939, 5: 5678}


def test_each_entry_term_and_place_is_in_its_heading(shared: Path) -> None:
    headings, report = read(shared, "mesh/mesh-2023-entry-terms.tsv.gz", "mesh.descriptors")
    assert sum(len(record.body["terms"]) + 1 for record in headings) == report.rows
    places, report = read(shared, "mesh/mesh-2023-tree-numbers.tsv.gz", "mesh.tree_numbers")
    assert sum(len(record.body["tree"]) for record in places) == report.rows
    assert {record.key for record in places} <= {record.key for record in headings}


def test_retired_codes_of_substances_find_their_code_of_today(shared: Path) -> None:
    before, today = (
        {record.key: record.body["names"]["en"] for record in read(shared, path, "who_atc.classes")[0]}
        for path in ("atc/who-atc-ddd-2021-12-03.csv.gz", "atc/who-atc-ddd-2026-04-25.csv")
    )
    retired = before.keys() - today.keys()
    found = {code: atc.replacement(code, before[code], today.items(), before) for code in retired}
    assert len(retired) == 83
    assert {code for code, other in found.items() if other is None} == {"L01XC", "L01XC07", "L01XC10", "L04AA10"}
    assert found["L01XC12"] == "L01FX05"


def test_the_packages_names_of_levels_1_and_2_agree_with_the_sources(shared: Path) -> None:
    english = {
        record.key: record.body["names"]["en"] for record in read(shared, FILES[2].values[0], "who_atc.classes")[0]
    }
    chinese = {
        record.key: record.body["names"]["zh"] for record in read(shared, FILES[3].values[0], "who_atc.names_zh")[0]
    }
    codes = atc.built_in_codes()
    assert set(codes) == {code for code in english if atc.level(code) <= 2}
    assert {code: atc.built_in_names(code)["en"] for code in codes} == {code: english[code] for code in codes}
    differing = {
        code
        for code in codes
        if atc.built_in_names(code)["zh"].replace("，", ",") != chinese.get(code, "").replace("，", ",")
    }
    # the list has no V06, V07, V10, V20, and its A08, D09 and V01 are other or narrower classes than WHO's
    assert differing == {"V06", "V07", "V10", "V20", "A08", "D09", "V01"}
    assert {code for code in codes if atc.translated_by_us(code)} == differing


def test_nearly_all_of_emas_therapeutic_areas_are_mesh_headings(shared: Path) -> None:
    headings, _ = read(shared, "mesh/mesh-2023-entry-terms.tsv.gz", "mesh.descriptors")
    names = {fold(record.body["name"]): record.key for record in headings}
    offered = {value for record in headings for _, value in record.offers}
    table = shared / "data" / "ema" / "tables" / "medicines_table_2026-03-14.xlsx"
    file = SourceFile("ema.medicines", table.name, "", table.read_bytes())
    areas = {
        area for record in medicines.read(file, Report("ema.medicines")) for area in record.body["therapeutic_areas"]
    }
    by_name = {area for area in areas if fold(area) in names}
    by_term = {area for area in areas - by_name if fold(area) in offered}
    assert (len(areas), len(by_name), len(by_term)) == (655, 642, 10)
    assert areas - by_name - by_term == {
        "Carcinomas, Hepatocellular",
        "Acid sphingomyelinase deficiency (ASMD) type A/B or type B",
        "Desmoid Tumors",
    }
    assert names[fold("Rectal Fistula")] == "D012003"


def test_all_vocabularies_are_read_in_seconds(shared: Path) -> None:
    began = time.process_time()
    for one in FILES:
        read(shared, one.values[0], one.values[1])
    assert time.process_time() - began < SECONDS


def test_the_combinations_are_doses_of_brands_and_no_classes(shared: Path) -> None:
    with (shared / "data" / "atc" / "who-atc-ddd-combinations-2026-04-25.csv").open(encoding="utf-8") as stream:
        assert next(csv.reader(stream)) == ["atc_code", "brand_name", "dosage_form", "ingredients", "ddd_comb"]
