"""What happens to records that are kept already: seen again, compared by columns, forgotten before a reading anew."""

from __future__ import annotations

import json
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.columns import MANY_LOSSES, compare_columns
from medpath.store.packing import unpack
from medpath.store.tables import record_key, snapshot, source_record, source_version
from medpath.store.writing import chunks


def forget(connection: Connection, dataset: str, url: str | None = None) -> None:
    """Takes a dataset's versions away (or those of one unit) before its snapshots are read again in their order."""
    records = sa.select(source_record.c.id).where(source_record.c.dataset == dataset)
    if url is not None:
        cited = sa.select(snapshot.c.id).where(snapshot.c.dataset == dataset, snapshot.c.url == url)
        records = records.where(
            source_record.c.id.in_(sa.select(source_version.c.record_id).where(source_version.c.snapshot_id.in_(cited)))
        )
    ids = list(connection.scalars(records))
    for some in chunks(ids):
        connection.execute(record_key.delete().where(record_key.c.record_id.in_(some)))
        connection.execute(source_version.delete().where(source_version.c.record_id.in_(some)))
        connection.execute(
            source_record.update()
            .where(source_record.c.id.in_(some))
            .values(current_version=0, current_hash="", no_longer_listed_at=None)
        )


def drop_empty_records(connection: Connection, dataset: str) -> None:
    """Takes away records that no snapshot holds any more after a reading anew."""
    connection.execute(
        source_record.delete().where(source_record.c.dataset == dataset, source_record.c.current_version == 0)
    )


def touch(connection: Connection, dataset: str, snapshot_id: int, observed_at: str, whole: bool) -> None:
    """Notes that the publisher still shows a snapshot's bytes at a later instant.

    Touched are the current versions of the dataset where it is ``whole``, else of the records that
    any snapshot of the same address gave: a page that says the same with other bytes made no version.
    """
    connection.execute(
        snapshot.update()
        .where(snapshot.c.id == snapshot_id, snapshot.c.observed_to < observed_at)
        .values(observed_to=observed_at)
    )
    where = source_record.c.dataset == dataset
    if not whole:
        url = sa.select(snapshot.c.url).where(snapshot.c.id == snapshot_id).scalar_subquery()
        shown = sa.select(snapshot.c.id).where(snapshot.c.dataset == dataset, snapshot.c.url == url)
        cited = sa.select(source_version.c.record_id).where(source_version.c.snapshot_id.in_(shown))
        where &= source_record.c.id.in_(cited)
    current = sa.select(source_record.c.current_version).where(where)
    connection.execute(
        source_version.update()
        .where(source_version.c.id.in_(current), source_version.c.observed_to < observed_at)
        .values(observed_to=observed_at)
    )


def note_columns(connection: Connection, snapshot_id: int) -> None:
    """Keeps with a list of medicines what happened to its whole columns since the list before."""
    columns = source_version.c
    report = connection.execute(
        sa.select(snapshot.c.dataset, snapshot.c.observed_at).where(snapshot.c.id == snapshot_id)
    ).one()
    latest = (
        sa.select(columns.record_id, sa.func.max(columns.id).label("id"))
        .join(source_record, source_record.c.id == columns.record_id)
        .where(
            source_record.c.dataset == report.dataset,
            columns.observed_from < report.observed_at,
            columns.body.is_not(None),
        )
        .group_by(columns.record_id)
        .subquery()
    )
    older = connection.execute(sa.select(columns.record_id, columns.body).join(latest, latest.c.id == columns.id)).all()
    fresh = connection.execute(
        sa.select(columns.record_id, columns.body).where(columns.snapshot_id == snapshot_id, columns.body.is_not(None))
    ).all()
    after = {row.record_id: unpack(row.body) for row in fresh}
    before = {row.record_id: unpack(row.body) for row in older}
    # Records that the list leaves as they were have no version of it.
    found = compare_columns(before, {**before, **after})
    if _rows_gone_back(connection, snapshot_id, report.observed_at) >= MANY_LOSSES:
        found = replace(found, back=True)
    connection.execute(
        snapshot.update().where(snapshot.c.id == snapshot_id).values(columns=json.dumps(found.as_json()))
    )


def _rows_gone_back(connection: Connection, snapshot_id: int, observed_at: str) -> int:
    """How many records say in a list exactly what they had said before, and meanwhile not."""
    new, old = source_version.alias("new"), source_version.alias("old")
    query = (
        sa.select(sa.func.count(sa.distinct(new.c.record_id)))
        .join(old, (old.c.record_id == new.c.record_id) & (old.c.hash == new.c.hash))
        .where(new.c.snapshot_id == snapshot_id, new.c.body.is_not(None), old.c.observed_from < observed_at)
    )
    return int(connection.scalar(query) or 0)
