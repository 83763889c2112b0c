"""Bringing a database to the form that this software knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from medpath.errors import StoreUnusable
from medpath.store.database import Database, unusable
from medpath.store.opening import revision
from medpath.store.tables import store_fact

FOLDER = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


@cache
def head() -> str:
    """The newest revision."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def upgrade(database: Database) -> None:
    """Makes or upgrades the tables, in one transaction. Raises StoreUnusable for a database newer than the software."""
    present = revision(database)
    if present == head():
        return
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if present is not None and present not in known:
        raise StoreUnusable(
            "The store was written by a newer MedPath; install that version, or use another data folder."
        )
    config = _config()
    try:
        with database.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            database.insert_missing(connection, store_fact, [{"name": "store_id", "value": uuid4().hex}])
    except sa.exc.DBAPIError as problem:
        raise unusable(problem) from problem
