"""Reading the history of medicines: their versions, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath import urls
from medpath.errors import NotFound, UsageError
from medpath.model.changes import CAUSES, KINDS
from medpath.model.compose import medicine_id
from medpath.model.times import end_of
from medpath.store.packing import unpack
from medpath.store.tables import change, medicine_version
from medpath.store.writing import chunks

# The newest of one cause of one medicine, which every medicine's page asks for.
_LAST_OF_MEDICINE = (
    sa.select(change)
    .where(
        change.c.superseded_at.is_(None),
        change.c.medicine == sa.bindparam("medicine"),
        change.c.cause == sa.bindparam("cause"),
    )
    .order_by(change.c.observed_at.desc(), change.c.sequence.desc())
    .limit(sa.bindparam("limit"))
)


@dataclass
class ChangeList:
    """Changes as the contract has them; ``next`` is the sequence to continue after, None at the end."""

    items: list[dict[str, Any]]
    total: int
    next: int | None


@dataclass(frozen=True)
class Wanted:
    """Which changes are asked for; days are those of observation in UTC, both included.

    Raises UsageError for an unknown kind or cause.
    """

    since: date | None = None
    until: date | None = None
    medicine: str | None = None
    kind: str | None = None
    cause: str | None = None

    def __post_init__(self) -> None:
        for title, value, known in (("kind of change", self.kind, KINDS), ("cause", self.cause, CAUSES)):
            if value is not None and value not in known:
                raise UsageError(f"There is no {title} “{value[:40]}”; there are {', '.join(known)}.")

    def condition(self) -> sa.ColumnElement[bool]:
        """The condition on changes that still hold."""
        where: sa.ColumnElement[bool] = change.c.superseded_at.is_(None)
        for column, value in ((change.c.kind, self.kind), (change.c.cause, self.cause)):
            if value is not None:
                where &= column == value
        if self.medicine is not None:
            where &= change.c.medicine == medicine_id(self.medicine)
        if self.since is not None:
            where &= change.c.observed_at >= self.since.isoformat()
        if self.until is not None:
            where &= change.c.observed_at <= end_of(self.until)
        return where


def history(connection: Connection, number: str, as_of: date | None = None) -> dict[str, Any]:
    """A medicine's versions with their inputs, and its changes, oldest first; all, or what was observed by a day's end.

    Raises NotFound for an unknown number, and where nothing had been observed by then.
    """
    held = (medicine_version.c.medicine == medicine_id(number)) & medicine_version.c.superseded_at.is_(None)
    if as_of is not None:
        held &= medicine_version.c.observed_from <= end_of(as_of)
    rows = connection.execute(
        sa.select(
            medicine_version.c.sequence,
            medicine_version.c.number,
            medicine_version.c.observed_from,
            medicine_version.c.written_at,
            medicine_version.c.inputs,
        )
        .where(held)
        .order_by(medicine_version.c.observed_from, medicine_version.c.sequence)
    ).all()
    if not rows:
        raise NotFound(
            f"No medicine has the product number {number}."
            if as_of is None
            else f"By {as_of.isoformat()} nothing had been observed of {number}."
        )
    where = Wanted(medicine=number, until=as_of).condition()
    told = connection.execute(sa.select(change).where(where).order_by(change.c.observed_at, change.c.sequence))
    versions = [
        {
            "version": row.number,
            "sequence": row.sequence,
            "observed_from": row.observed_from,
            "written_at": row.written_at,
            "inputs": unpack(row.inputs)["inputs"],
        }
        for row in rows
    ]
    return {
        "id": medicine_id(number),
        "product_number": number,
        "versions": versions,
        "changes": [as_contract(row) for row in told],
    }


def changes(connection: Connection, wanted: Wanted, after: int, limit: int, newest_first: bool) -> ChangeList:
    """Changes by sequence, continued after one (below it where the newest come first)."""
    where = wanted.condition()
    total = int(connection.scalar(sa.select(sa.func.count()).select_from(change).where(where)) or 0)
    if after:
        where &= change.c.sequence < after if newest_first else change.c.sequence > after
    order = change.c.sequence.desc() if newest_first else change.c.sequence
    rows = connection.execute(sa.select(change).where(where).order_by(order).limit(limit + 1)).all()
    items = [as_contract(row) for row in rows[:limit]]
    return ChangeList(items, total, items[-1]["sequence"] if len(rows) > limit and items else None)


def last_changes(connection: Connection, wanted: Wanted, limit: int) -> list[dict[str, Any]]:
    """The changes that were observed last, newest first."""
    query = sa.select(change).where(wanted.condition()).order_by(change.c.observed_at.desc(), change.c.sequence.desc())
    return [as_contract(row) for row in connection.execute(query.limit(limit))]


def last_changes_of(connection: Connection, number: str, cause: str, limit: int) -> list[dict[str, Any]]:
    """The changes of one cause of a medicine that were observed last, newest first."""
    asked = {"medicine": medicine_id(number), "cause": cause, "limit": limit}
    return [as_contract(row) for row in connection.execute(_LAST_OF_MEDICINE, asked)]


def change_days(connection: Connection, wanted: Wanted) -> list[tuple[str, int]]:
    """(day of observation in UTC, number of changes), the newest first."""
    day = sa.func.substr(change.c.observed_at, sa.literal_column("1"), sa.literal_column("10")).label("day")
    query = sa.select(day, sa.func.count().label("number")).where(wanted.condition()).group_by(day).order_by(day.desc())
    return [(row.day, row.number) for row in connection.execute(query)]


def change_places(connection: Connection, wanted: Wanted) -> list[dict[str, Any]]:
    """sequence, medicine, name, kind and observed_at of the changes, in no order: what they are grouped by."""
    columns = (change.c.sequence, change.c.medicine, change.c.name, change.c.kind, change.c.observed_at)
    return [dict(row) for row in connection.execute(sa.select(*columns).where(wanted.condition())).mappings()]


@dataclass(frozen=True, slots=True)
class ChangeKey:
    """Where a change stands in history: a register that is filled anew from the same files has the same order."""

    observed_at: str
    medicine: str
    kind: str
    cause: str
    sequence: int


def change_keys(connection: Connection) -> list[ChangeKey]:
    """The keys of all changes that still hold, oldest observation first."""
    columns = (change.c.observed_at, change.c.medicine, change.c.kind, change.c.cause, change.c.sequence)
    rows = connection.execute(sa.select(*columns).where(change.c.superseded_at.is_(None)))
    return sorted(
        (ChangeKey(*row) for row in rows), key=lambda one: (one.observed_at, one.medicine, one.kind, one.sequence)
    )


def told_changes(connection: Connection, sequences: Sequence[int]) -> list[tuple[dict[str, Any], str]]:
    """The changes with these sequences, in their order, each with the hash of its fields."""
    found: dict[int, tuple[dict[str, Any], str]] = {}
    for some in chunks(sequences, 500):
        rows = connection.execute(sa.select(change).where(change.c.sequence.in_(some)))
        found.update({row.sequence: (as_contract(row), row.fields_hash) for row in rows})
    return [found[one] for one in sequences if one in found]


def field_steps(connection: Connection, kinds: Sequence[str], field: str) -> dict[str, list[tuple[str, Any, Any]]]:
    """(observed at, before, after) of every change of a field among changes of these kinds, by medicine, oldest first.

    Every cause counts: what a medicine was does not depend on whose doing it was that it is so no more.
    """
    columns = (change.c.medicine, change.c.observed_at, change.c.fields)
    query = sa.select(*columns).where(change.c.superseded_at.is_(None), change.c.kind.in_(kinds))
    found: dict[str, list[tuple[str, Any, Any]]] = {}
    for row in connection.execute(query.order_by(change.c.medicine, change.c.observed_at, change.c.sequence)):
        for one in unpack(row.fields):
            if one["field"] == field:
                found.setdefault(row.medicine, []).append((row.observed_at, one["before"], one["after"]))
    return found


def as_contract(row: Any) -> dict[str, Any]:
    """A row of ``change`` as in chapter 3b of the contract."""
    number = row.medicine.rpartition(":")[2].replace("-", "/")
    versions = [row.after_number] if row.before_number is None else [row.before_number, row.after_number]
    return {
        "sequence": row.sequence,
        "medicine": row.medicine,
        "name": row.name,
        "kind": row.kind,
        "cause": row.cause,
        "date": row.date,
        "observed_at": row.observed_at,
        "fields": unpack(row.fields),
        "versions": versions,
        "dataset": row.dataset,
        "url": urls.history(number, row.after_number),
    }
