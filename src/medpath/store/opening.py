"""Opening a store to read it: it must be there, and in the form that this software knows."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from medpath.errors import StoreUnusable
from medpath.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations" / "versions"


def newest_form() -> str:
    """The newest revision of the tables, by the numbers of the migrations' files."""
    return max(path.stem.partition("_")[0] for path in MIGRATIONS.glob("[0-9]*_*.py"))


def open_store(url: str) -> Database:
    """The database at an address, checked. Nothing is made or upgraded.

    Raises UsageError for an address that can't be understood and StoreUnusable for a store that
    is not there, is empty, or was written by an older or newer software.
    """
    database = Database(url)
    if database.file is not None and not database.file.is_file():
        raise StoreUnusable(f"There is no register at {database.file} yet; fill one with “medpath sync”.")
    with database.reading() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            raise StoreUnusable("The database holds no register yet; fill it with “medpath sync”.")
        form = str(connection.scalar(sa.text("select version_num from alembic_version")) or "")
    if form > newest_form():
        raise StoreUnusable(
            "The store was written by a newer MedPath; install that version, or use another data folder."
        )
    if form < newest_form():
        raise StoreUnusable("The store was written by an older MedPath; “medpath sync” brings it up to date.")
    return database
