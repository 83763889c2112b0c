"""Writing source records with their history: one unit (a report, a page, a document) at a time.

A record whose body is the same is touched; a different one becomes a new version; one that a whole
report no longer has gets a version without a body. Medicines whose sources moved are noted as
pending in the same transaction and composed by `medpath.store.composing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath import __version__
from medpath.model.records import Report, SourceRecord
from medpath.model.times import now
from medpath.store.database import Database
from medpath.store.packing import digest, pack
from medpath.store.tables import (
    issue,
    pending,
    record_key,
    run,
    snapshot,
    source_record,
    source_version,
)

ABSENT = "absent"
CHUNK = 10_000

T = TypeVar("T")


@dataclass(frozen=True)
class Origin:
    """Where a unit's bytes came from, as it is kept in ``snapshot``. Instants are text."""

    dataset: str
    name: str
    url: str
    sha256: str
    size: int
    observed_at: str
    observed_precision: str = "second"
    archive: str | None = None
    member: str | None = None
    media_type: str = ""
    retrieved_at: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    licence: str = ""
    licence_url: str = ""
    attribution: str = ""
    reader_version: int = 1


@dataclass
class Unit:
    """One report, page or document, read: where from, what it says, and the records in it."""

    origin: Origin
    report: Report
    records: list[SourceRecord]
    whole: bool = False
    snapshot_id: int | None = None


@dataclass
class Counts:
    """What a run did."""

    rows: int = 0
    records: int = 0
    rejected: int = 0
    issues: int = 0
    changed: int = 0
    touched: dict[str, str] = field(default_factory=dict)

    def add(self, other: Counts) -> None:
        """Adds the counts of one more unit."""
        self.rows += other.rows
        self.records += other.records
        self.rejected += other.rejected
        self.issues += other.issues
        self.changed += other.changed


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    held: list[T] = []
    for item in items:
        held.append(item)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


def next_id(connection: Connection, column: sa.Column[int]) -> int:
    """The next free id; the writer is alone."""
    return int(connection.scalar(sa.select(sa.func.coalesce(sa.func.max(column), 0))) or 0) + 1


class UnitWriter:
    """Writes units within one transaction and one run; `finish` writes the run itself."""

    def __init__(self, database: Database, connection: Connection, cause: str = "source") -> None:
        self.database = database
        self.connection = connection
        self.cause = cause
        self.run_id = next_id(connection, run.c.id)
        self.started_at = now()
        self.counts = Counts()
        self.snapshot_id: int | None = None
        self._snapshot = next_id(connection, snapshot.c.id)
        self._record = next_id(connection, source_record.c.id)
        self._version = next_id(connection, source_version.c.id)
        self._issue = next_id(connection, issue.c.id)

    def write(self, unit: Unit) -> Counts:
        """Writes one unit; returns its counts."""
        origin = unit.origin
        counts = Counts(unit.report.rows, len(unit.records), unit.report.rejected, len(unit.report.issues))
        row = {
            **{name: getattr(origin, name) for name in origin.__dataclass_fields__},
            "observed_to": origin.observed_at,
            "layout": unit.report.layout,
            "columns": "{}",
        }
        if unit.snapshot_id is None:
            unit.snapshot_id, self._snapshot = self._snapshot, self._snapshot + 1
            self.connection.execute(snapshot.insert(), {"id": unit.snapshot_id, "dropped_at": None, **row})
        else:
            kept = {name: row[name] for name in ("observed_at", "observed_precision", "reader_version", "layout")}
            self.connection.execute(snapshot.update().where(snapshot.c.id == unit.snapshot_id).values(**kept))
        self.snapshot_id = unit.snapshot_id
        self._records(unit, counts)
        self._issues(unit)
        self.counts.add(counts)
        return counts

    def _records(self, unit: Unit, counts: Counts) -> None:
        connection, dataset, observed = self.connection, unit.origin.dataset, unit.origin.observed_at
        existing = self._existing(dataset, None if unit.whole else [record.key for record in unit.records])
        said: dict[str, list[list[str]]] = {}
        for one in unit.report.issues:
            if one.record is not None:
                said.setdefault(one.record, []).append([one.severity, one.code, one.message])
        new_records, new_versions, changed_records, touched_versions, keys = [], [], [], [], []
        moved: list[int] = []
        medicines: set[str] = set()
        for record in unit.records:
            issues = said.get(record.key, [])
            offers, seeks = sorted(set(record.offers)), sorted(set(record.seeks))
            hashed = digest(record.body, issues, offers, seeks)
            known = existing.pop(record.key, None)
            if known is not None and known.current_hash == hashed and known.medicine == record.medicine:
                touched_versions.append(known.current_version)
                continue
            version_id, self._version = self._version, self._version + 1
            if known is None:
                record_id, self._record = self._record, self._record + 1
                new_records.append(
                    {
                        "id": record_id,
                        "dataset": dataset,
                        "source_key": record.key,
                        "medicine": record.medicine,
                        "first_seen": observed,
                        "no_longer_listed_at": None,
                        "current_version": version_id,
                        "current_hash": hashed,
                    }
                )
            else:
                record_id = known.id
                changed_records.append(
                    {
                        "b_id": record_id,
                        "b_medicine": record.medicine,
                        "b_gone": None,
                        "b_version": version_id,
                        "b_hash": hashed,
                    }
                )
                if known.medicine:
                    medicines.add(known.medicine)
            said_by = self._new_version(version_id, record_id, unit, record.place, hashed, record.medicine)
            said_by |= {"offers": _text(offers), "seeks": _text(seeks), "issues": _text(issues)}
            new_versions.append(said_by | {"body": pack(record.body)})
            moved.append(record_id)
            if record.medicine:
                medicines.add(record.medicine)
                keys.append({"record_id": record_id, "role": "about", "kind": "medicine", "value": record.medicine})
            for role, pairs in (("offers", offers), ("seeks", seeks)):
                keys += [{"record_id": record_id, "role": role, "kind": kind, "value": value} for kind, value in pairs]
        if unit.whole:
            for known in existing.values():
                if known.current_hash == ABSENT:
                    continue
                version_id, self._version = self._version, self._version + 1
                new_versions.append(self._new_version(version_id, known.id, unit, "", ABSENT, known.medicine))
                changed_records.append(
                    {
                        "b_id": known.id,
                        "b_medicine": known.medicine,
                        "b_gone": observed,
                        "b_version": version_id,
                        "b_hash": ABSENT,
                    }
                )
                moved.append(known.id)
                if known.medicine:
                    medicines.add(known.medicine)
        if new_records:
            connection.execute(source_record.insert(), new_records)
        if new_versions:
            connection.execute(source_version.insert(), new_versions)
        if changed_records:
            connection.execute(
                source_record.update()
                .where(source_record.c.id == sa.bindparam("b_id"))
                .values(
                    medicine=sa.bindparam("b_medicine"),
                    no_longer_listed_at=sa.bindparam("b_gone"),
                    current_version=sa.bindparam("b_version"),
                    current_hash=sa.bindparam("b_hash"),
                ),
                changed_records,
            )
        self.database.insert_missing(connection, record_key, keys)
        for some in chunks(touched_versions):
            connection.execute(
                source_version.update().where(source_version.c.id.in_(some)).values(observed_to=observed)
            )
        counts.changed = len(moved)
        medicines |= self._finders(moved)
        counts.touched = dict.fromkeys(medicines, observed)
        note_pending(self.database, connection, counts.touched, self.cause)

    def _new_version(
        self, version_id: int, record_id: int, unit: Unit, place: str, hashed: str, medicine: str | None
    ) -> dict[str, Any]:
        return {
            "id": version_id,
            "record_id": record_id,
            "snapshot_id": unit.snapshot_id,
            "place": place,
            "hash": hashed,
            "medicine": medicine,
            "offers": None,
            "seeks": None,
            "body": None,
            "issues": None,
            "observed_from": unit.origin.observed_at,
            "observed_to": unit.origin.observed_at,
        }

    def _existing(self, dataset: str, keys: list[str] | None) -> dict[str, Any]:
        columns = source_record.c
        query = sa.select(
            columns.source_key, columns.id, columns.medicine, columns.current_version, columns.current_hash
        ).where(columns.dataset == dataset)
        if keys is None:
            return {row.source_key: row for row in self.connection.execute(query)}
        found: dict[str, Any] = {}
        for some in chunks(keys):
            rows = self.connection.execute(query.where(columns.source_key.in_(some)))
            found.update({row.source_key: row for row in rows})
        return found

    def _finders(self, records: Sequence[int]) -> set[str]:
        """The medicines that look for any of the records, or have looked."""
        offered, sought, about = (record_key.alias(name) for name in ("offered", "sought", "about"))
        found: set[str] = set()
        for some in chunks(records):
            query = (
                sa.select(about.c.value)
                .distinct()
                .select_from(
                    offered.join(
                        sought,
                        (offered.c.kind == sought.c.kind)
                        & (offered.c.value == sought.c.value)
                        & (sought.c.role == "seeks"),
                    ).join(about, (about.c.record_id == sought.c.record_id) & (about.c.role == "about"))
                )
                .where(offered.c.role == "offers", offered.c.record_id.in_(some))
            )
            found.update(str(number) for number in self.connection.scalars(query))
        return found

    def _issues(self, unit: Unit) -> None:
        retire_issues(self.connection, unit.origin.dataset, None if unit.whole else unit.origin.url)
        rows = []
        for one in unit.report.issues:
            rows.append(
                {
                    "id": self._issue,
                    "run_id": self.run_id,
                    "dataset": unit.origin.dataset,
                    "severity": one.severity,
                    "code": one.code,
                    "place": f"{unit.origin.name}: {one.place}" if one.place else unit.origin.name,
                    "record": one.record,
                    "message": one.message,
                    "unit": unit.origin.url,
                    "current": 1,
                }
            )
            self._issue += 1
        if rows:
            self.connection.execute(issue.insert(), rows)

    def finish(
        self,
        dataset: str,
        name: str,
        url: str,
        reader_version: int,
        result: str,
        *,
        reason: str | None = None,
        sha256: str | None = None,
        layout: str = "",
        observed_at: str | None = None,
    ) -> None:
        """Writes the run with what has been counted."""
        self.connection.execute(
            run.insert(),
            {
                "id": self.run_id,
                "dataset": dataset,
                "name": name,
                "url": url,
                "sha256": sha256,
                "snapshot_id": self.snapshot_id,
                "reader_version": reader_version,
                "software_version": __version__,
                "layout": layout,
                "started_at": self.started_at,
                "finished_at": now(),
                "observed_at": observed_at,
                "result": result,
                "reason": reason,
                "rows": self.counts.rows,
                "records": self.counts.records,
                "rejected": self.counts.rejected,
                "issues": self.counts.issues,
                "changed": self.counts.changed,
            },
        )


def _text(items: list[Any]) -> str | None:
    """A list as JSON, None for one that holds nothing."""
    return msgspec.json.encode(items).decode() if items else None


def retire_issues(connection: Connection, dataset: str, unit: str | None) -> None:
    """Marks the issues of a unit (of the whole dataset where None) as no longer current."""
    where = (issue.c.dataset == dataset) & (issue.c.current == 1)
    if unit is not None:
        where &= issue.c.unit == unit
    connection.execute(issue.update().where(where).values(current=0))


def note_pending(database: Database, connection: Connection, touched: dict[str, str], cause: str) -> None:
    """Notes medicines to be composed anew from an instant on; an earlier instant and the cause ``reader`` prevail."""
    if not touched:
        return
    held: dict[str, tuple[str, str]] = {}
    for some in chunks(touched):
        for row in connection.execute(sa.select(pending).where(pending.c.medicine.in_(some))):
            held[row.medicine] = (row.since, row.cause)
    rows = []
    for number, since in touched.items():
        before_since, before_cause = held.get(number, (since, cause))
        causes = {cause, before_cause}
        rows.append(
            {
                "medicine": number,
                "since": min(since, before_since),
                "cause": "reader" if "reader" in causes else "source",
            }
        )
    database.upsert(connection, pending, rows, ["medicine"])
