"""Both indexes brought to the state of the store: that of medicines and that of the texts of their documents."""

from __future__ import annotations

from pathlib import Path

from medpath.search.index import Index
from medpath.search.passages import PassageIndex
from medpath.store.database import Database


def follow_store(folder: Path, database: Database) -> None:
    """Brings both indexes up to date; the caller holds the writer's lock. Raises MedPathError where it can't."""
    Index(folder).follow(database)
    PassageIndex(folder).follow(database)
