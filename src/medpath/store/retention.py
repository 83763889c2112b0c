"""Letting go of kept bytes that nothing is read from: by a setting, and never those that a version cites."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.times import instant, now
from medpath.store.database import Database
from medpath.store.tables import UNREAD, dataset, document_text, snapshot, source_version
from medpath.store.writing import chunks

if TYPE_CHECKING:
    from medpath.fetch.snapshots import Snapshots


def drop_uncited(database: Database, snapshots: Snapshots, days: int) -> int:
    """Drops bytes that have been uncited and unseen for ``days`` days (0: never); returns how many files went.

    Kept are: what a version of a record cites, and what the text of a document was made from; the newest
    snapshot of each address, in which the current issues stand; what waits to be read in its place; an archive
    as long as one of its members is kept. The row of a snapshot stays, with ``dropped_at``. The caller holds the
    writer's lock.
    """
    if not days:
        return 0
    limit = instant(datetime.now(UTC) - timedelta(days=days))
    stored = sa.func.coalesce(snapshot.c.archive, snapshot.c.sha256)
    with database.writing() as connection:
        newest = sa.select(
            snapshot.c.id,
            sa.func.row_number()
            .over(
                partition_by=(snapshot.c.dataset, snapshot.c.url),
                order_by=(snapshot.c.observed_at.desc(), snapshot.c.id.desc()),
            )
            .label("place"),
        ).subquery()
        old = sa.select(snapshot.c.id).where(
            snapshot.c.dropped_at.is_(None),
            snapshot.c.reader_version != UNREAD,
            snapshot.c.observed_to < limit,
            sa.func.coalesce(snapshot.c.retrieved_at, "") < limit,
            ~sa.exists().where(source_version.c.snapshot_id == snapshot.c.id),
            ~sa.exists().where(document_text.c.sha256 == snapshot.c.sha256),
            snapshot.c.id.not_in(sa.select(newest.c.id).where(newest.c.place == 1)),
        )
        dropping = list(connection.scalars(old))
        _note_seen(connection, set(dropping))
        for some in chunks(dropping):
            connection.execute(snapshot.update().where(snapshot.c.id.in_(some)).values(dropped_at=now()))
    with database.reading() as connection:  # also what an earlier drop was stopped before
        kept = sa.select(stored).where(snapshot.c.dropped_at.is_(None))
        dropped = sa.select(stored).where(snapshot.c.dropped_at.is_not(None), stored.not_in(kept)).distinct()
        gone = [sha256 for sha256 in connection.scalars(dropped) if snapshots.has(sha256)]
    for sha256 in gone:
        snapshots.remove(sha256)
    return len(gone)


def _note_seen(connection: Connection, dropping: set[int]) -> None:
    """Notes with the snapshots that stay until when those that go showed the same, for a reading again to know it."""
    if not dropping:
        return
    rows = connection.execute(
        sa.select(
            snapshot.c.id, snapshot.c.dataset, snapshot.c.url, snapshot.c.observed_at, snapshot.c.observed_to,
            dataset.c.kind,
        )
        .join(dataset, dataset.c.name == snapshot.c.dataset)
        .where(snapshot.c.dropped_at.is_(None), snapshot.c.reader_version != UNREAD)
        .order_by(snapshot.c.observed_at, snapshot.c.id)
    ).all()  # fmt: skip
    stays: dict[tuple[str, str], int] = {}
    for row in rows:
        unit = (row.dataset, "" if row.kind in ("report", "vocabulary") else row.url)
        if row.id not in dropping:
            stays[unit] = row.id
        elif unit in stays and connection.scalar(_seen_at(*unit, row.observed_at)):
            connection.execute(
                snapshot.update()
                .where(snapshot.c.id == stays[unit], snapshot.c.observed_to < row.observed_to)
                .values(observed_to=row.observed_to)
            )


def _seen_at(name: str, url: str, instant: str) -> sa.Select[tuple[bool]]:
    """Whether a version of a dataset (of one address) was seen at an instant: one that could not be read shows none."""
    where = snapshot.c.dataset == name
    if url:
        where &= snapshot.c.url == url
    return sa.select(
        sa.exists()
        .where(source_version.c.snapshot_id == snapshot.c.id, where)
        .where(source_version.c.observed_from <= instant, source_version.c.observed_to >= instant)
    )
