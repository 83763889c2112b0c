"""Vocabularies in the store: what became of retired codes, headings with their terms and places."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from medpath.fetch.files import SourceFile
from medpath.fetch.snapshots import Snapshots
from medpath.sources.facts import datasets
from medpath.store import vocabularies
from medpath.store.database import Database
from medpath.store.migrate import upgrade
from medpath.sync.facts import write_facts
from medpath.sync.store_writer import StoreWriter

BEFORE = """atc_code,atc_name,ddd,uom,adm_r,note
L,ANTINEOPLASTIC AND IMMUNOMODULATING AGENTS,NA,NA,NA,NA
L01,ANTINEOPLASTIC AGENTS,NA,NA,NA,NA
L01X,OTHER ANTINEOPLASTIC AGENTS,NA,NA,NA,NA
L01XC,Monoclonal antibodies,NA,NA,NA,NA
L01XC12,brentuximab vedotin,NA,NA,NA,NA
L01XC07,bevacizumab,NA,NA,NA,NA
L04AA18,everolimus,1.5,mg,O,NA
L01EG02,everolimus,10,mg,O,NA
"""
TODAY = """atc_code,atc_name,ddd,uom,adm_r,note
L,ANTINEOPLASTIC AND IMMUNOMODULATING AGENTS,NA,NA,NA,NA
L01,ANTINEOPLASTIC AGENTS,NA,NA,NA,NA
L01X,OTHER ANTINEOPLASTIC AGENTS,NA,NA,NA,NA
L01EG02,everolimus,10,mg,O,NA
L01FX05,brentuximab vedotin,NA,NA,NA,NA
L01FG01,bevacizumab,NA,NA,NA,NA
S01LA08,bevacizumab,NA,NA,NA,NA
L04AG,Monoclonal antibodies,NA,NA,NA,NA
L04AH02,everolimus,1.5,mg,O,NA
"""
TERMS = """DescriptorUI\tDescriptorName\tTermName\tRecordPreferredTermYN
D012003\tRectal Fistula\tRectal Fistula\tY
D012003\tRectal Fistula\tAnal Fistula\tN
"""
TREE = """DescriptorUI\tDescriptorName\ttree_location
D012003\tRectal Fistula\tC06.405.469.471.600
D012003\tRectal Fistula\tC23.300.575.185.550.600
"""


@pytest.fixture
def database(database_url: str, tmp_path: Path):
    opened = Database(database_url)
    upgrade(opened)
    write_facts(opened, sample=True)
    writer = StoreWriter(opened, Snapshots(tmp_path / "snapshots"), bounded=False)
    for dataset, year, text in (
        ("who_atc.classes", 2021, BEFORE),
        ("who_atc.classes", 2026, TODAY),
        ("mesh.descriptors", 2023, TERMS),
        ("mesh.tree_numbers", 2023, TREE),
    ):
        observed = datetime(year, 1, 1, tzinfo=UTC)
        file = SourceFile(dataset, f"{year}.csv", "", text.encode(), observed_at=observed, observed_precision="day")
        writer.write_report(file, datasets()[dataset])
    yield opened
    opened.dispose()


@pytest.mark.parametrize(
    ("code", "retired", "replaced_by"),
    [
        ("L01XC12", True, ["L01FX05"]),
        ("L04AA18", True, ["L04AH02"]),  # L01EG02 stood beside it
        ("L01XC07", True, []),  # two codes have the name
        ("L01XC", True, []),  # the same name elsewhere is another class
        ("L01EG02", False, []),
    ],
)
def test_a_retired_code_names_its_successor_where_there_is_one(
    database: Database, code: str, retired: bool, replaced_by: list[str]
) -> None:
    with database.reading() as connection:
        found = vocabularies.atc_class(connection, code)
    assert found is not None
    assert (found["retired_at"] is not None, found["replaced_by"]) == (retired, replaced_by)


def test_a_heading_has_its_terms_and_its_places_under_any_of_its_names(database: Database) -> None:
    with database.reading() as connection:
        found = vocabularies.mesh_terms(connection, ["Rectal Fistula", "Desmoid Tumors"])
        by_term = vocabularies.mesh_terms(connection, ["ANAL FISTULA"])
    heading = {
        "id": "D012003",
        "name": "Rectal Fistula",
        "terms": ["Anal Fistula"],
        "tree": ["C06.405.469.471.600", "C23.300.575.185.550.600"],
    }
    assert found == {"Rectal Fistula": heading}
    assert by_term == {"ANAL FISTULA": heading}
