"""Loading the histories of source records that medicines are composed from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.histories import Found, History, Inputs, Source, Version
from medpath.model.records import Key
from medpath.model.terms import MEDICINES, PAGES
from medpath.store.packing import unpack
from medpath.store.tables import record_key, snapshot, source_record, source_version
from medpath.store.writing import chunks

VOCABULARIES = ("who_atc.", "mesh.")

_KEYS = msgspec.json.Decoder(frozenset[Key])


@dataclass
class Gathered:
    """All source records about one medicine, its own and those that it finds by a key."""

    own: list[History] = field(default_factory=list)
    found: list[tuple[History, Key]] = field(default_factory=list)

    def instants_from(self, since: str) -> set[str]:
        """The instants from ``since`` on at which any of the records got a version."""
        histories = [*self.own, *(history for history, _ in self.found)]
        return {at for history in histories for at in history.instants if at >= since}

    def inputs(self, number: str, at: str) -> Inputs:
        """What had been observed by an instant, as far as it spoke about the medicine or was found by it then."""
        own = [source for history in self.own if (source := _source(history, at)) is not None]
        own = [source for source in own if source.medicine == number]
        sought: frozenset[Key] = frozenset().union(
            *(source.version.seeks for source in own), *(source.versions[-1].linked for source in own)
        )
        found: dict[int, Found] = {}
        for history, key in self.found:
            if key not in sought:
                continue
            known = found.get(id(history))
            source = known.source if known is not None else _source(history, at)
            if source is None or key not in source.version.offers:
                continue
            if known is not None:
                known.keys.append(key)
            else:
                found[id(history)] = Found(source, [key])
        return Inputs(number, at, own, list(found.values()))


def _source(history: History, at: str) -> Source | None:
    versions = history.until(at)
    if not any(version.body is not None for version in versions):
        return None
    return Source(history.dataset, history.key, versions[-1].medicine, versions)


class Histories:
    """Loads medicines in batches; records of vocabularies, which many medicines find, are loaded once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._vocabulary: dict[int, History] = {}

    def gather(self, numbers: Sequence[str]) -> dict[str, Gathered]:
        """The records about each of the medicines."""
        about, sought, offered = (record_key.alias(name) for name in ("about", "sought", "offered"))
        is_about = (about.c.role == "about") & (about.c.kind == "medicine") & about.c.value.in_(numbers)
        own = self.connection.execute(
            sa.select(
                about.c.value.label("number"), source_record.c.id, source_record.c.dataset, source_record.c.source_key
            )
            .join(source_record, source_record.c.id == about.c.record_id)
            .where(is_about)
            .order_by(source_record.c.dataset, source_record.c.source_key)
        ).all()
        target = source_record.alias("target")
        pairs = self.connection.execute(
            sa.select(
                about.c.value.label("number"),
                target.c.id,
                target.c.dataset,
                target.c.source_key,
                offered.c.kind,
                offered.c.value,
            )
            .distinct()
            .select_from(
                about.join(sought, (sought.c.record_id == about.c.record_id) & (sought.c.role == "seeks"))
                .join(
                    offered,
                    (offered.c.kind == sought.c.kind)
                    & (offered.c.value == sought.c.value)
                    & (offered.c.role == "offers"),
                )
                .join(target, target.c.id == offered.c.record_id)
            )
            .where(
                is_about,
                target.c.dataset != PAGES,
                (target.c.dataset != MEDICINES) | target.c.medicine.is_(None),
            )
            .order_by(target.c.dataset, target.c.source_key, offered.c.kind, offered.c.value)
        ).all()
        wanted: dict[int, History] = {}
        for row in [*own, *pairs]:
            if row.id not in wanted:
                wanted[row.id] = self._vocabulary.get(row.id) or History(row.dataset, row.source_key)
        self._load({identity: history for identity, history in wanted.items() if not history.versions})
        for identity, history in wanted.items():
            if history.dataset.startswith(VOCABULARIES):
                self._vocabulary[identity] = history
        gathered = {number: Gathered() for number in numbers}
        for row in own:
            gathered[row.number].own.append(wanted[row.id])
        for row in pairs:
            gathered[row.number].found.append((wanted[row.id], (row.kind, row.value)))
        return gathered

    def _load(self, wanted: dict[int, History]) -> None:
        columns = source_version.c
        names = (
            columns.record_id,
            columns.medicine,
            columns.offers,
            columns.seeks,
            columns.body,
            columns.place,
            columns.issues,
            columns.observed_from,
            columns.observed_to,
            snapshot.c.sha256,
            snapshot.c.name,
            snapshot.c.url,
            snapshot.c.retrieved_at,
            snapshot.c.attribution,
            snapshot.c.licence_url,
        )
        for some in chunks(wanted):
            rows = self.connection.execute(
                sa.select(*names)
                .join(snapshot, snapshot.c.id == columns.snapshot_id)
                .where(columns.record_id.in_(some))
                .order_by(columns.record_id, columns.observed_from, columns.id)
            )
            for row in rows:
                history, seeks = wanted[row.record_id], _keys(row.seeks)
                before = history.versions[-1] if history.versions else None
                linked = before.linked if before is not None and before.medicine == row.medicine else frozenset()
                if new := {key for key in seeks if key[0] == "document"} - linked:
                    linked |= new
                history.add(
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
                        row.attribution,
                        row.licence_url,
                        row.medicine,
                        _keys(row.offers),
                        seeks,
                        linked,
                    )
                )


def _keys(text: str | None) -> frozenset[Key]:
    return _KEYS.decode(text) if text is not None else frozenset()
