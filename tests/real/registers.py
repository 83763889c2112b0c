"""Registers filled with files of the shared folder, for tests that search them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from medpath.search.searching import Search
from medpath.settings import Settings
from medpath.store.database import Database
from medpath.sync import sync

NEWEST_TABLE = "ema/tables/medicines_table_2026-03-14.xlsx"
WITH_VOCABULARIES = (
    NEWEST_TABLE,
    "atc/who-atc-ddd-2026-04-25.csv",
    "atc/atc-zh-nrdl-2026-04-22.csv",
    "mesh/mesh-2023-entry-terms.tsv.gz",
    "mesh/mesh-2023-tree-numbers.tsv.gz",
    "substances/drugbank-open-vocabulary.csv.gz",
)


@contextmanager
def searching(shared: Path, factory: pytest.TempPathFactory, files: Sequence[str]) -> Iterator[Search]:
    """The search over a new register that was filled with these files of ``shared/data`` alone."""
    origin = factory.mktemp("origin")
    for file in files:
        (origin / Path(file).name).symlink_to(shared / "data" / file)
    settings = Settings(data=factory.mktemp("register"))
    database = Database(settings.database)
    assert not sync(settings, database, origin=str(origin)).failures
    yield Search(settings.index)
    database.dispose()
