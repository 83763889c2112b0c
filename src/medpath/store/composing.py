"""Composing medicines whose sources moved: their timelines, their changes, and what is looked up by.

A medicine's history is the list of what `medpath.model.compose` makes of the source versions observed
by each instant. Only instants from ``pending.since`` on are made again. What was made before and still
holds stays; what does not is marked superseded, and the right version is appended: sequences only grow.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.changes import Change, Context, Facts, Table, changes_between
from medpath.model.compose import MEDICINES, PAGES, Composed, compose, medicine_id
from medpath.model.histories import Found, History, Inputs, Source, Version
from medpath.model.records import Key
from medpath.model.times import now
from medpath.store.database import Database
from medpath.store.packing import digest, pack, unpack
from medpath.store.tables import (
    change,
    entity,
    entity_name,
    identifier,
    medicine,
    medicine_version,
    pending,
    record_key,
    relation,
    snapshot,
    source_record,
    source_version,
)
from medpath.store.writing import chunks, next_id

BATCH = 150


@dataclass
class Work:
    """What composing did."""

    medicines: int = 0
    versions: int = 0
    changes: int = 0


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
        sa.select(snapshot.c.observed_at, snapshot.c.layout, snapshot.c.quiet_fields)
        .where(snapshot.c.dataset == MEDICINES)
        .order_by(snapshot.c.observed_at)
    )
    tables = [
        Table(row.observed_at, row.layout, frozenset(json.loads(row.quiet_fields))) for row in connection.execute(query)
    ]
    begun = dict(
        connection.execute(
            sa.select(snapshot.c.dataset, sa.func.min(snapshot.c.observed_at)).group_by(snapshot.c.dataset)
        ).tuples()
    )
    return Context(tables, begun)


class _Writer:
    def __init__(self, database: Database, connection: Connection) -> None:
        self.database, self.connection = database, connection
        self.context = context_of(connection)
        self.written_at = now()
        self.sequence = next_id(connection, medicine_version.c.sequence)
        self.change = next_id(connection, change.c.sequence)
        self._shared: dict[int, History] = {}  # vocabulary records, which many medicines find

    def write(self, some: list[Any], work: Work) -> None:
        numbers = [row.medicine for row in some]
        own, found = self._histories(numbers)
        ids = {number: medicine_id(number) for number in numbers}
        live = self._live(list(ids.values()))
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("version", "change", "medicine")}
        superseded: list[int] = []
        superseded_changes: list[int] = []
        lookups: dict[str, Composed] = {}
        renumbered: list[dict[str, Any]] = []
        bodies = self._bodies(
            [
                kept[-1].sequence
                for row in some
                if (kept := [one for one in live.get(ids[row.medicine], []) if one.observed_from < row.since])
            ]
        )
        ends = self._bodies([versions[-1].sequence for versions in live.values() if versions])
        live_changes = self._changes(list(ids.values()))
        for row in some:
            identity = ids[row.medicine]
            versions = live.get(identity, [])
            kept = [one for one in versions if one.observed_from < row.since]
            later = [one for one in versions if one.observed_from >= row.since]
            timeline, composed = self._timeline(row, own.get(row.medicine, []), found.get(row.medicine, []), kept)
            prefix = 0
            while (
                prefix < len(later)
                and prefix < len(timeline)
                and (later[prefix].observed_from, later[prefix].hash) == timeline[prefix][:2]
            ):
                prefix += 1
            superseded += [one.sequence for one in later[prefix:]]
            new = timeline[prefix:]
            if composed is not None:
                lookups[identity] = composed
            if not new and prefix < len(later):  # what stood last no longer does: the one before it stands again
                last = later[prefix - 1] if prefix else kept[-1] if kept else None
                if last is not None:
                    superseded.append(last.sequence)
                    again = self._stored(last.sequence)
                    new = [(last.observed_from, last.hash, again.body, again.inputs, None)]
            if not new:
                continue
            number = max((one.number for one in versions), default=0)
            previous = later[prefix - 1] if prefix else kept[-1] if kept else None
            if previous is None:
                before, was, before_number = None, Facts(), None
            else:
                held = bodies.get(previous.sequence) or self._bodies([previous.sequence])[previous.sequence]
                before, was, before_number = held[0], _facts(held[1]), previous.number
            first = new[0][0]
            fresh: list[dict[str, Any]] = []
            for at, hashed, body_bytes, inputs_bytes, result in new:
                number += 1
                rows["version"].append(
                    {
                        "sequence": self.sequence,
                        "medicine": identity,
                        "number": number,
                        "hash": hashed,
                        "inputs": inputs_bytes,
                        "body": body_bytes,
                        "observed_from": at,
                        "written_at": self.written_at,
                        "superseded_at": None,
                    }
                )
                if result is not None:
                    body, facts, gave = result
                    for one in changes_between(before, was, body, facts, at, self.context, gave):
                        fresh.append(self._change(identity, body["name"], one, at, before_number, number))
                    before, was, before_number = body, facts, number
                self.sequence += 1
            if row.cause == "reader" and versions and new[-1][4] is not None:
                old_body, old_inputs = ends[versions[-1].sequence]
                old = _facts(old_inputs)
                for one in changes_between(old_body, old, new[-1][4][0], old, "", Context(), new[-1][4][2]):
                    one.cause = "reader"
                    fresh.append(
                        self._change(identity, new[-1][4][0]["name"], one, new[-1][0], versions[-1].number, number)
                    )
            old_changes = {
                (one.kind, one.cause, one.observed_at, one.fields_hash): one
                for one in live_changes.get(identity, [])
                if one.observed_at >= first and (one.cause != "reader")
            }
            for made in fresh:
                same = old_changes.pop((made["kind"], made["cause"], made["observed_at"], made["fields_hash"]), None)
                if same is not None:
                    renumbered.append(
                        {
                            "b_sequence": same.sequence,
                            "b_before": made["before_number"],
                            "b_after": made["after_number"],
                        }
                    )
                    continue
                made["sequence"] = self.change
                self.change += 1
                rows["change"].append(made)
            superseded_changes += [one.sequence for one in old_changes.values()]
            rows["medicine"].append(
                {
                    "id": identity,
                    "product_number": row.medicine,
                    "sequence": self.sequence - 1,
                    "changed_at": self.written_at,
                }
            )
        connection = self.connection
        for some_sequences in chunks(superseded):
            connection.execute(
                medicine_version.update()
                .where(medicine_version.c.sequence.in_(some_sequences))
                .values(superseded_at=self.written_at)
            )
        for some_sequences in chunks(superseded_changes):
            connection.execute(
                change.update().where(change.c.sequence.in_(some_sequences)).values(superseded_at=self.written_at)
            )
        if renumbered:
            connection.execute(
                change.update()
                .where(change.c.sequence == sa.bindparam("b_sequence"))
                .values(before_number=sa.bindparam("b_before"), after_number=sa.bindparam("b_after")),
                renumbered,
            )
        if rows["version"]:
            connection.execute(medicine_version.insert(), rows["version"])
        if rows["change"]:
            connection.execute(change.insert(), rows["change"])
        self.database.upsert(connection, medicine, rows["medicine"], ["id"])
        self._lookups(lookups)
        work.medicines += len(some)
        work.versions += len(rows["version"])
        work.changes += len(rows["change"])

    # -- reading what there is

    def _histories(self, numbers: list[str]) -> tuple[dict[str, list[History]], dict[str, list[tuple[History, Key]]]]:
        connection = self.connection
        own_rows = connection.execute(
            sa.select(source_record.c.id, source_record.c.dataset, source_record.c.source_key, source_record.c.medicine)
            .where(source_record.c.medicine.in_(numbers))
            .order_by(source_record.c.dataset, source_record.c.source_key)
        ).all()
        sought, offered = record_key.alias("sought"), record_key.alias("offered")
        seeker, target = source_record.alias("seeker"), source_record.alias("target")
        pairs = connection.execute(
            sa.select(
                seeker.c.medicine.label("number"),
                target.c.id,
                target.c.dataset,
                target.c.source_key,
                target.c.medicine,
                offered.c.kind,
                offered.c.value,
            )
            .distinct()
            .select_from(
                seeker.join(sought, (sought.c.record_id == seeker.c.id) & (sought.c.role == "seeks"))
                .join(
                    offered,
                    (offered.c.kind == sought.c.kind)
                    & (offered.c.value == sought.c.value)
                    & (offered.c.role == "offers"),
                )
                .join(target, target.c.id == offered.c.record_id)
            )
            .where(seeker.c.medicine.in_(numbers), target.c.dataset.not_in([MEDICINES, PAGES]))
            .order_by(target.c.dataset, target.c.source_key, offered.c.kind)
        ).all()
        wanted: dict[int, History] = {}
        for row in [*own_rows, *pairs]:
            if row.id not in wanted:
                wanted[row.id] = self._shared.get(row.id) or History(row.dataset, row.source_key, row.medicine)
        self._versions({identity: held for identity, held in wanted.items() if not held.versions})
        for identity, held in wanted.items():
            if held.dataset.startswith(("who_atc.", "mesh.")):
                self._shared[identity] = held
        own: dict[str, list[History]] = {}
        for row in own_rows:
            own.setdefault(row.medicine, []).append(wanted[row.id])
        found: dict[str, list[tuple[History, Key]]] = {}
        for row in pairs:
            found.setdefault(row.number, []).append((wanted[row.id], (row.kind, row.value)))
        return own, found

    def _versions(self, wanted: dict[int, History]) -> None:
        columns = source_version.c
        for some in chunks(wanted):
            rows = self.connection.execute(
                sa.select(
                    columns.record_id,
                    columns.body,
                    columns.place,
                    columns.issues,
                    columns.observed_from,
                    columns.observed_to,
                    snapshot.c.sha256,
                    snapshot.c.name,
                    snapshot.c.url,
                    snapshot.c.retrieved_at,
                )
                .join(snapshot, snapshot.c.id == columns.snapshot_id)
                .where(columns.record_id.in_(some))
                .order_by(columns.record_id, columns.observed_from, columns.id)
            )
            for row in rows:
                wanted[row.record_id].add(
                    Version(
                        unpack(row.body) if row.body is not None else None,
                        row.place,
                        row.sha256,
                        row.name,
                        row.url,
                        row.retrieved_at,
                        row.observed_from,
                        row.observed_to,
                        json.loads(row.issues) if row.issues else [],
                    )
                )

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

    def _bodies(self, sequences: list[int]) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
        columns = medicine_version.c
        found = {}
        for some in chunks(sequences):
            for row in self.connection.execute(
                sa.select(columns.sequence, columns.body, columns.inputs).where(columns.sequence.in_(some))
            ):
                found[row.sequence] = (unpack(row.body), unpack(row.inputs))
        return found

    def _stored(self, sequence: int) -> Any:
        columns = medicine_version.c
        return self.connection.execute(
            sa.select(columns.body, columns.inputs).where(columns.sequence == sequence)
        ).one()

    def _changes(self, identities: list[str]) -> dict[str, list[Any]]:
        columns = change.c
        found: dict[str, list[Any]] = {}
        for row in self.connection.execute(
            sa.select(
                columns.sequence,
                columns.medicine,
                columns.kind,
                columns.cause,
                columns.observed_at,
                columns.fields_hash,
            ).where(columns.medicine.in_(identities), columns.superseded_at.is_(None))
        ):
            found.setdefault(row.medicine, []).append(row)
        return found

    # -- making what shall be

    def _timeline(
        self, row: Any, own: list[History], found: list[tuple[History, Key]], kept: list[Any]
    ) -> tuple[list[tuple[str, str, bytes, bytes, Any]], Composed | None]:
        instants = {row.since}
        for history in [*own, *(history for history, _ in found)]:
            instants.update(at for at in history.instants if at >= row.since)
        timeline: list[tuple[str, str, bytes, bytes, Any]] = []
        last = kept[-1].hash if kept else None
        composed = None
        for at in sorted(instants):
            made = compose(_inputs(row.medicine, at, own, found))
            if made is None:
                continue
            composed = made
            hashed = _hash(made)
            if hashed == last:
                continue
            last = hashed
            body, inputs, facts, gave = _stored_form(made)
            timeline.append((at, hashed, pack(body), pack(inputs), (made.body, facts, gave)))
        return timeline, composed

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

    def _lookups(self, composed: dict[str, Composed]) -> None:
        """Identifiers, relations and entities of the medicines as they are now."""
        if not composed:
            return
        connection = self.connection
        entities: dict[str, dict[str, str]] = {}
        names: list[dict[str, str]] = []
        identifiers: list[dict[str, str]] = []
        relations: list[dict[str, str]] = []
        for identity, made in composed.items():
            body = made.body
            for kind, item in _entities(body):
                entities.setdefault(
                    item["id"], {"id": item["id"], "kind": kind, "slug": item["slug"], "name": item["name"]}
                )
                names.append({"entity_id": item["id"], "name": item["name"], "basis": "same-spelling"})
            identifiers.append({"system": "ema-product-number", "value": body["product_number"], "medicine": identity})
            for authorisation in body["authorisations"]:
                for number in authorisation["eu_numbers"]:
                    identifiers.append({"system": "eu-number", "value": number, "medicine": identity})
            for one in made.relations:
                relations.append({"medicine": identity, **one})
        for some in chunks(list(composed)):
            connection.execute(identifier.delete().where(identifier.c.medicine.in_(some)))
            connection.execute(relation.delete().where(relation.c.medicine.in_(some)))
        self.database.insert_missing(connection, entity, list(entities.values()))
        self.database.insert_missing(connection, entity_name, names)
        self.database.insert_missing(connection, identifier, identifiers)
        self.database.insert_missing(connection, relation, relations)


def _entities(body: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    found = [("substance", item) for item in body["active_substances"]]
    found += [("condition", item) for item in body["therapeutic_areas"]]
    holders = [authorisation["holder"] for authorisation in body["authorisations"]] + [body["applicant"]]
    found += [("organisation", holder) for holder in holders if holder]
    return found


def _inputs(number: str, at: str, own: list[History], found: list[tuple[History, Key]]) -> Inputs:
    def source(history: History) -> Source | None:
        versions = history.until(at)
        if not any(version.body is not None for version in versions):
            return None
        return Source(history.dataset, history.key, history.medicine, versions)

    ours = [one for one in map(source, own) if one is not None]
    theirs: dict[int, Found] = {}
    for history, key in found:
        known = theirs.get(id(history))
        if known is not None:
            known.keys.append(key)
        elif (one := source(history)) is not None:
            theirs[id(history)] = Found(one, [key])
    return Inputs(number, at, ours, list(theirs.values()))


def _hash(made: Composed) -> str:
    places = {name: (source.dataset, source.key) for name, source in made.provenance.items()}
    return digest(made.body, places)


def _stored_form(made: Composed) -> tuple[dict[str, Any], dict[str, Any], Facts, dict[str, str]]:
    numbers = {(source.dataset, source.key): number for number, source in enumerate(made.sources)}
    body = {
        **made.body,
        "provenance": {name: numbers[(source.dataset, source.key)] for name, source in sorted(made.provenance.items())},
    }
    row = next((source for source in made.sources if source.dataset == MEDICINES), None)
    page = next((source for source in made.sources if source.dataset == PAGES), None)
    facts = Facts(
        row.body["layout"] if row is not None else None,
        row is not None and row.no_longer_listed_at is None,
        page.body["layout"] if page is not None else None,
        frozenset(source.dataset for source in made.sources),
    )
    inputs = {
        "facts": {
            "row_layout": facts.row_layout,
            "row_listed": facts.row_listed,
            "page_layout": facts.page_layout,
            "datasets": sorted(facts.datasets),
        },
        "inputs": [
            {
                "dataset": source.dataset,
                "key": source.key,
                "url": source.version.url,
                "file": source.version.name,
                "retrieved_at": source.version.retrieved_at,
                "published_at": source.version.observed_from,
                "sha256": source.version.sha256,
                "place": source.version.place,
            }
            for source in made.sources
        ],
    }
    gave = {name: source.dataset for name, source in made.provenance.items()}
    return body, inputs, facts, gave


def _facts(inputs: dict[str, Any]) -> Facts:
    held = inputs["facts"]
    return Facts(held["row_layout"], held["row_listed"], held["page_layout"], frozenset(held["datasets"]))
