"""Letting go of kept bytes that nothing is read from: by a setting, and never those that a version cites."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from medpath.model.times import instant, now
from medpath.store.database import Database
from medpath.store.tables import UNREAD, document_text, snapshot, source_version
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
        for some in chunks(list(connection.scalars(old))):
            connection.execute(snapshot.update().where(snapshot.c.id.in_(some)).values(dropped_at=now()))
    with database.reading() as connection:  # also what an earlier drop was stopped before
        kept = sa.select(stored).where(snapshot.c.dropped_at.is_(None))
        dropped = sa.select(stored).where(snapshot.c.dropped_at.is_not(None), stored.not_in(kept)).distinct()
        gone = [sha256 for sha256 in connection.scalars(dropped) if snapshots.has(sha256)]
    for sha256 in gone:
        snapshots.remove(sha256)
    return len(gone)
