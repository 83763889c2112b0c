"""A store filled with the bundled sample through the real sync: what most tests of doors, search and store read.

The fixture ``sample_store`` (tests/conftest.py) makes one for the whole run of the tests, on SQLite; tests that
want both databases say ``@pytest.mark.parametrize("sample_store", ["sqlite", "postgresql"], indirect=True)``.
Nobody writes to it: a test that does makes its own with `fill`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from medpath.sample import editions
from medpath.settings import Settings
from medpath.store.database import Database
from medpath.sync import SyncResult, sync


@dataclass(frozen=True)
class SampleStore:
    """The settings and the database of a filled store, and what each sync said, oldest edition first."""

    settings: Settings
    database: Database
    results: list[SyncResult]


def fill(folder: Path, database_url: str = "") -> SampleStore:
    """Syncs the first edition, then the second, into an empty data folder and database (default: SQLite in it)."""
    settings = Settings(data=folder, database_url=database_url, sample=True)
    database = Database(settings.database)
    return SampleStore(settings, database, [sync(settings, database, origin=str(edition)) for edition in editions()])
