"""Composing medicines whose sources moved: their timelines and their changes.

A medicine's history is the list of what `medpath.model.compose` makes of the source versions observed
by each instant. Only instants from ``pending.since`` on are made again. What was made before and still
holds stays; what does not is marked superseded, and the right version is appended: sequences only grow.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.changes import Change, Context, Table, changes_between
from medpath.model.columns import Columns
from medpath.model.compose import Composed, compose, medicine_id
from medpath.model.differences import Facts
from medpath.model.reversals import Earlier
from medpath.model.terms import MEDICINES
from medpath.model.times import now
from medpath.store.database import Database
from medpath.store.histories import Gathered, Histories
from medpath.store.lookups import write_lookups
from medpath.store.packing import digest, pack, unpack
from medpath.store.tables import change, identifier, medicine, medicine_version, pending, relation, snapshot
from medpath.store.versions import facts_of, hash_of, stored_form
from medpath.store.writing import chunks, next_id

BATCH = 150


@dataclass
class Work:
    """What composing did."""

    medicines: int = 0
    versions: int = 0
    changes: int = 0


@dataclass
class _Entry:
    """A version to be written. ``made`` is None where a stored one stands again."""

    at: str
    hash: str
    body: bytes
    inputs: bytes
    made: Composed | None = None
    facts: Facts = field(default_factory=Facts)


@dataclass
class _Rows:
    """What a batch writes."""

    versions: list[dict[str, Any]] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    superseded_changes: list[int] = field(default_factory=list)
    renumbered: list[dict[str, Any]] = field(default_factory=list)
    medicines: list[dict[str, Any]] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    composed: dict[str, Composed] = field(default_factory=dict)


def pending_count(connection: Connection) -> int:
    """How many medicines wait to be composed."""
    return int(connection.scalar(sa.select(sa.func.count()).select_from(pending)) or 0)


def compose_pending(
    database: Database, connection: Connection, progress: Callable[[int, int], None] | None = None
) -> Work:
    """Composes every pending medicine within the caller's transaction, and empties the list."""
    work = Work()
    numbers = connection.execute(sa.select(pending).order_by(pending.c.medicine)).all()
    if not numbers:
        return work
    writer = _Writer(database, connection)
    for some in chunks(numbers, BATCH):
        writer.write(some, work)
        if progress is not None:
            progress(work.medicines, len(numbers))
    connection.execute(pending.delete())
    return work


def context_of(connection: Connection) -> Context:
    """EMA's tables in the order of their observation, and since when each dataset is observed."""
    query = (
        sa.select(snapshot.c.observed_at, snapshot.c.layout, snapshot.c.columns)
        .where(snapshot.c.dataset == MEDICINES)
        .order_by(snapshot.c.observed_at)
    )
    tables = [
        Table(row.observed_at, row.layout, Columns.from_json(json.loads(row.columns)))
        for row in connection.execute(query)
    ]
    begun = dict(
        connection.execute(
            sa.select(snapshot.c.dataset, sa.func.min(snapshot.c.observed_at)).group_by(snapshot.c.dataset)
        ).all()
    )
    return Context(tables, begun)


class _Writer:
    def __init__(self, database: Database, connection: Connection) -> None:
        self.database, self.connection = database, connection
        self.context = context_of(connection)
        self.histories = Histories(connection)
        self.written_at = now()
        self.sequence = next_id(connection, medicine_version.c.sequence)
        self.change = next_id(connection, change.c.sequence)

    def write(self, some: list[Any], work: Work) -> None:
        """Composes one batch of pending medicines and writes what came of it."""
        gathered = self.histories.gather([row.medicine for row in some])
        ids = [medicine_id(row.medicine) for row in some]
        live, live_changes = self._live(ids), self._live_changes(ids)
        rows = _Rows()
        for row, identity in zip(some, ids, strict=True):
            self._one(
                row, identity, gathered[row.medicine], live.get(identity, []), live_changes.get(identity, []), rows
            )
        self._store(rows)
        work.medicines += len(some)
        work.versions += len(rows.versions)
        work.changes += len(rows.changes)

    def _one(
        self, row: Any, identity: str, gathered: Gathered, versions: list[Any], old_changes: list[Any], rows: _Rows
    ) -> None:
        kept = [one for one in versions if one.observed_from < row.since]
        later = [one for one in versions if one.observed_from >= row.since]
        timeline = self._timeline(row.medicine, row.since, gathered, kept[-1].hash if kept else None)
        same = 0
        for held, entry in zip(later, timeline, strict=False):
            if (held.observed_from, held.hash) != (entry.at, entry.hash) or not self._is_from(held.sequence, entry):
                break
            same += 1
        gone, new = later[same:], timeline[same:]
        changes = self._changes(identity, kept, timeline, _earlier(old_changes, row.since))
        if gone or new:
            rows.superseded += [one.sequence for one in gone]
            if not self._add_versions(row, identity, [*kept, *later[:same]], new, rows):
                rows.vanished.append(identity)
            elif row.cause == "reader" and versions and new:
                changes += self._reader_changes(identity, versions[-1], new[-1], len(kept) + len(timeline))
            made = timeline[-1].made if timeline else compose(gathered.inputs(row.medicine, row.since))
            if made is not None:
                rows.composed[identity] = made
        self._reconcile(changes, [one for one in old_changes if one.observed_at >= row.since], rows)

    def _add_versions(self, row: Any, identity: str, standing: list[Any], new: list[_Entry], rows: _Rows) -> bool:
        """Adds the new versions, numbered on from those that stand; False where the medicine has none any more."""
        if not new:
            if not standing:
                return False
            # What stood last no longer does: the version before it stands again, under a new sequence.
            last = standing.pop()
            rows.superseded.append(last.sequence)
            body, inputs = self._packed(last.sequence)
            new = [_Entry(last.observed_from, last.hash, body, inputs)]
        for number, entry in enumerate(new, start=len(standing) + 1):
            rows.versions.append(
                {
                    "sequence": self.sequence,
                    "medicine": identity,
                    "number": number,
                    "hash": entry.hash,
                    "inputs": entry.inputs,
                    "body": entry.body,
                    "observed_from": entry.at,
                    "written_at": self.written_at,
                    "superseded_at": None,
                }
            )
            self.sequence += 1
        rows.medicines.append(
            {
                "id": identity,
                "product_number": row.medicine,
                "sequence": self.sequence - 1,
                "changed_at": self.written_at,
            }
        )
        return True

    def _timeline(self, number: str, since: str, gathered: Gathered, last: str | None) -> list[_Entry]:
        """What the medicine is at each instant from ``since`` on, where it differs from the instant before."""
        timeline = []
        for at in sorted({since} | gathered.instants_from(since)):
            made = compose(gathered.inputs(number, at))
            if made is None:
                continue
            hashed = hash_of(made)
            if hashed == last:
                continue
            last = hashed
            body, inputs, facts = stored_form(made)
            timeline.append(_Entry(at, hashed, pack(body), pack(inputs), made, facts))
        return timeline

    def _changes(
        self, identity: str, kept: list[Any], timeline: list[_Entry], earlier: Earlier
    ) -> list[dict[str, Any]]:
        """The changes that lead to each version of the timeline; they depend on the lists around, not on it alone."""
        before: dict[str, Any] | None = None
        was, number = Facts(), len(kept)
        if kept and timeline:
            packed, inputs = self._packed(kept[-1].sequence)
            before, was = unpack(packed), facts_of(unpack(inputs))
        changes: list[dict[str, Any]] = []
        for entry in timeline:
            assert entry.made is not None
            body = entry.made.body
            found = changes_between(before, was, body, entry.facts, entry.at, self.context, earlier)
            for one in found:
                earlier.add(entry.at, one.fields)
            changes += [
                self._change(identity, body["name"], one, entry.at, number or None, number + 1) for one in found
            ]
            before, was = body, entry.facts
            number += 1
        return changes

    def _reader_changes(self, identity: str, old: Any, new: _Entry, number: int) -> list[dict[str, Any]]:
        """What a better reading of the same bytes changed in the last version."""
        assert new.made is not None
        body, inputs = self._packed(old.sequence)
        facts = facts_of(unpack(inputs))
        found = changes_between(unpack(body), facts, new.made.body, replace(facts, gave=new.facts.gave), "", Context())
        for one in found:
            one.cause = "reader"
        return [self._change(identity, new.made.body["name"], one, new.at, old.number, number) for one in found]

    def _reconcile(self, changes: list[dict[str, Any]], old_changes: list[Any], rows: _Rows) -> None:
        """Changes that were told before and still hold keep their sequence; the others are superseded."""
        held = {
            _told_as(one.kind, one.cause, one.date, one.observed_at, one.fields_hash): one
            for one in old_changes
            if one.cause != "reader"  # what a reader once mended stays told
        }
        for made in changes:
            same = held.pop(
                _told_as(made["kind"], made["cause"], made["date"], made["observed_at"], made["fields_hash"]), None
            )
            if same is not None:
                now = {"b_before": made["before_number"], "b_after": made["after_number"], "b_name": made["name"]}
                rows.renumbered.append({"b_sequence": same.sequence, **now})
                continue
            made["sequence"] = self.change
            self.change += 1
            rows.changes.append(made)
        rows.superseded_changes += [one.sequence for one in held.values()]

    def _change(self, identity: str, name: str, one: Change, at: str, before: int | None, after: int) -> dict[str, Any]:
        return {
            "medicine": identity,
            "name": name,
            "kind": one.kind,
            "cause": one.cause,
            "date": one.date,
            "observed_at": at,
            "fields": pack(one.fields),
            "fields_hash": digest(one.fields),
            "before_number": before,
            "after_number": after,
            "dataset": one.dataset,
            "superseded_at": None,
        }

    # -- what there is, and what is written

    def _live(self, identities: list[str]) -> dict[str, list[Any]]:
        columns = medicine_version.c
        found: dict[str, list[Any]] = {}
        for row in self.connection.execute(
            sa.select(columns.medicine, columns.sequence, columns.number, columns.hash, columns.observed_from)
            .where(columns.medicine.in_(identities), columns.superseded_at.is_(None))
            .order_by(columns.observed_from, columns.sequence)
        ):
            found.setdefault(row.medicine, []).append(row)
        return found

    def _live_changes(self, identities: list[str]) -> dict[str, list[Any]]:
        columns = change.c
        names = (
            columns.sequence,
            columns.medicine,
            columns.kind,
            columns.cause,
            columns.observed_at,
            columns.date,
            columns.fields_hash,
            columns.fields,
        )
        found: dict[str, list[Any]] = {}
        for row in self.connection.execute(
            sa.select(*names).where(columns.medicine.in_(identities), columns.superseded_at.is_(None))
        ):
            found.setdefault(row.medicine, []).append(row)
        return found

    def _is_from(self, sequence: int, entry: _Entry) -> bool:
        """Whether a version names the same files as the source of what it says."""
        inputs = self._packed(sequence)[1]
        return inputs == entry.inputs or bool(unpack(inputs) == unpack(entry.inputs))

    def _packed(self, sequence: int) -> tuple[bytes, bytes]:
        columns = medicine_version.c
        row = self.connection.execute(sa.select(columns.body, columns.inputs).where(columns.sequence == sequence)).one()
        return row.body, row.inputs

    def _store(self, rows: _Rows) -> None:
        connection = self.connection
        for table, sequences in ((medicine_version, rows.superseded), (change, rows.superseded_changes)):
            for some in chunks(sequences):
                connection.execute(
                    table.update().where(table.c.sequence.in_(some)).values(superseded_at=self.written_at)
                )
        if rows.renumbered:
            connection.execute(
                change.update()
                .where(change.c.sequence == sa.bindparam("b_sequence"))
                .values(
                    before_number=sa.bindparam("b_before"),
                    after_number=sa.bindparam("b_after"),
                    name=sa.bindparam("b_name"),
                ),
                rows.renumbered,
            )
        if rows.versions:
            connection.execute(medicine_version.insert(), rows.versions)
        if rows.changes:
            connection.execute(change.insert(), rows.changes)
        self.database.upsert(connection, medicine, rows.medicines, ["id"])
        for identity in rows.vanished:
            for column in (medicine.c.id, identifier.c.medicine, relation.c.medicine):
                connection.execute(sa.delete(column.table).where(column == identity))
        write_lookups(self.database, connection, rows.composed)


def _earlier(told: list[Any], since: str) -> Earlier:
    """What the changes observed before an instant say that fields had been."""
    earlier = Earlier()
    for one in told:
        if one.observed_at < since and one.cause != "reader":
            earlier.add(one.observed_at, unpack(one.fields))
    return earlier


def _told_as(kind: str, cause: str, day: str | None, observed_at: str, fields_hash: str) -> tuple[str | None, ...]:
    """What two changes have in common that are one."""
    return (kind, cause, day, observed_at, fields_hash)
