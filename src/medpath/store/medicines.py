"""Medicines as they are, and as they were: rows of their versions, which `medpath.store.versions` tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.compose import medicine_id
from medpath.model.times import end_of
from medpath.store.tables import medicine, medicine_version
from medpath.store.versions import TOLD

_NOW = sa.select(*TOLD).join(medicine, medicine.c.sequence == medicine_version.c.sequence)
_ONE_NOW = _NOW.where(medicine.c.id == sa.bindparam("id"))


def now(connection: Connection, number: str) -> Any:
    """The medicine as it is; None where it is unknown."""
    return connection.execute(_ONE_NOW, {"id": medicine_id(number)}).first()


def as_of(connection: Connection, number: str, day: date) -> Any:
    """The medicine at the end of a day (UTC); None where nothing had been observed of it by then."""
    query = (
        _live(number)
        .where(medicine_version.c.observed_from <= end_of(day))
        .order_by(medicine_version.c.observed_from.desc(), medicine_version.c.sequence.desc())
        .limit(1)
    )
    return connection.execute(query).first()


def version(connection: Connection, number: str, version: int) -> Any:
    """One version of a medicine; None where there is none of that number."""
    return connection.execute(_live(number).where(medicine_version.c.number == version)).first()


def after(connection: Connection, sequence: int, until: int | None, limit: int) -> Sequence[Any]:
    """Medicines whose version of now is newer than a sequence, in the order of sequences."""
    query = _NOW.where(medicine.c.sequence > sequence).order_by(medicine.c.sequence).limit(limit)
    if until is not None:
        query = query.where(medicine.c.sequence <= until)
    return connection.execute(query).all()


def by_number(connection: Connection, numbers: Sequence[str]) -> dict[str, Any]:
    """Medicines as they are, by product number."""
    query = _NOW.add_columns(medicine.c.product_number).where(medicine.c.product_number.in_(numbers))
    return {row.product_number: row for row in connection.execute(query)}


def by_sequence(connection: Connection, sequences: Sequence[int]) -> dict[int, Any]:
    """Versions by their sequence."""
    query = sa.select(*TOLD).where(medicine_version.c.sequence.in_(sequences))
    return {row.sequence: row for row in connection.execute(query)}


def _live(number: str) -> sa.Select[Any]:
    return sa.select(*TOLD).where(
        medicine_version.c.medicine == medicine_id(number), medicine_version.c.superseded_at.is_(None)
    )
