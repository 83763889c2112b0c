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


def revision(database: Database) -> str | None:
    """The revision of a database; None for an empty one."""
    with database.reading() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(sa.text("select version_num from alembic_version"))
        return str(found) if found else None


def open_store(url: str) -> Database:
    """The database at an address, checked. Nothing is made or upgraded.

    Raises UsageError for an address that can't be understood and StoreUnusable for a store that
    is not there, is empty, or was written by an older or newer software.
    """
    database = Database(url)
    if database.file is not None and not database.file.is_file():
        raise StoreUnusable(f"There is no register at {database.file} yet; fill one with “medpath sync”.")
    form = revision(database)
    if form is None:
        raise StoreUnusable("The database holds no register yet; fill it with “medpath sync”.")
    if form > newest_form():
        raise StoreUnusable(
            "The store was written by a newer MedPath; install that version, or use another data folder."
        )
    if form < newest_form():
        raise StoreUnusable("The store was written by an older MedPath; “medpath sync” brings it up to date.")
    return database
