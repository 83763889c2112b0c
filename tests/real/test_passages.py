"""Searching in the texts of the agencies' documents: known facts stand where they are found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from medpath.search.reading_passages import Passages
from medpath.search.searching import Search
from medpath.settings import load_settings
from medpath.store.database import Database
from medpath.sync import sync

NAMES = (
    "alofisel",
    "trodelvy",
    "revlimid",
    "minjuvi",
    "enerzair-breezhaler",
    "perjeta",
    "plenadren",
    "avonex",
    "kadcyla",
)


@pytest.fixture(scope="module")
def texts(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Passages]:
    """The newest list of medicines, the pages and the product information of nine medicines."""
    import tarfile

    data = tmp_path_factory.mktemp("texts")
    folder = shared / "data" / "ema"
    files = data / "files"
    files.mkdir()
    for archive in (
        folder / "epar_pages" / "epar_pages_md_2026-08-17.tar.gz",
        folder / "epar_documents" / "product_information_md_2026-08-17.tar.xz",
    ):
        with tarfile.open(archive) as opened:
            for member in opened:
                name = Path(member.name).name
                stem = name.removesuffix(".md").partition("-epar-product-information")[0].rpartition("__")[2]
                if member.isfile() and (stem in NAMES or stem.removesuffix(".html") in NAMES):
                    source = opened.extractfile(member)
                    assert source is not None
                    (files / f"{archive.name[:4]}-{name}").write_bytes(source.read())
    settings = load_settings(data=data / "data", database_url="")
    database = Database(settings.database)
    sync(settings, database, ["ema.medicines"], origin=str(folder / "tables" / "medicines_table_2026-03-14.xlsx"))
    sync(settings, database, origin=str(files))
    yield Passages(settings.index, Search(settings.index))
    database.dispose()


@pytest.mark.parametrize(
    ("query", "name", "section"),
    [
        ("section:4.8 neutropenia", "Trodelvy", "4.8"),
        ("section:4.8 neutropenia L-MIND", "Minjuvi", "4.8"),
        ("section:4.1 asthma maintenance", "Enerzair Breezhaler", "4.1"),
        ('section:4.1 "HER2-positive" breast cancer', "Perjeta", "4.1"),
        ("section:4.8 proctalgia", "Alofisel", "4.8"),
        ("section:4.6 teratogenic thalidomide", "Revlimid", "4.6"),
        ('section:leaflet "do not drive"', "Avonex", "2"),
        ("status:withdrawn section:4.1 fistulas", "Alofisel", "4.1"),
        ("section:5.1 multiple sclerosis relapsing", "Avonex", "5.1"),
        ("section:4.2 adrenal insufficiency hydrocortisone", "Plenadren", "4.2"),
    ],
)
def test_a_fact_is_found_in_its_section(texts: Passages, query: str, name: str, section: str) -> None:
    found = texts.search(query, limit=10)
    assert (name, section) in [(item["name"], item["section"]) for item in found.items]
    assert found.items[0]["page"] >= 1
    assert any(run["marked"] for run in found.items[0]["passage"])
