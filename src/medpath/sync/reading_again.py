"""Reading kept bytes again: what came late takes its place in the history, and a better reader reads everything anew.

All bytes are read before the first is written, and what they say waits in a temporary file: reading
takes minutes where a dataset has thousands of pages, writing is one transaction.
"""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

import sqlalchemy as sa

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.fetch.snapshots import Snapshots, members
from medpath.model.times import moment
from medpath.sources.facts import Dataset, datasets
from medpath.store.database import Database
from medpath.store.kept import drop_empty_records, forget
from medpath.store.tables import UNREAD, record_key, snapshot, source_record
from medpath.store.writing import Counts, Unit, UnitWriter, note_pending
from medpath.sync.store_writer import StoreWriter, write_unit
from medpath.sync.units import is_whole, read_or_explain
from medpath.sync.workers import Workers

BATCH = 200
BATCH_SIZE = 32 * 1024 * 1024


def to_read_again(database: Database, wanted: Collection[str]) -> list[tuple[Dataset, str | None, str]]:
    """What of the kept bytes must be read in its place: (dataset, one address or None for all, cause).

    That is what came late, and datasets whose reader is a newer one than that which read them.
    It is found in the store, so that a stop at any time leaves nothing unread.
    """
    query = (
        sa.select(snapshot.c.dataset, snapshot.c.url, snapshot.c.reader_version)
        .distinct()
        .where(snapshot.c.dropped_at.is_(None))
    )
    with database.reading() as connection:
        rows = connection.execute(query).all()
    found: list[tuple[Dataset, str | None, str]] = []
    for name, dataset in datasets().items():
        if name not in wanted:
            continue
        mine = [row for row in rows if row.dataset == name and row.reader_version != dataset.reader]
        if any(row.reader_version != UNREAD for row in mine):
            found.append((dataset, None, "reader"))
        elif mine and is_whole(dataset):
            found.append((dataset, None, "source"))
        else:
            found += [(dataset, url, "source") for url in sorted({row.url for row in mine})]
    return found


def read_again(writer: StoreWriter, dataset: Dataset, url: str | None = None, cause: str = "reader") -> Counts:
    """Reads the kept bytes of a dataset (or of one address) again, and writes them, oldest first, in one transaction.

    Raises SourceFailed where bytes are not kept or damaged; then nothing is written.
    """
    database = writer.database
    where = (snapshot.c.dataset == dataset.name) & snapshot.c.dropped_at.is_(None)
    if url is not None:
        where &= snapshot.c.url == url
    with database.reading() as connection:
        kept = connection.execute(sa.select(snapshot).where(where).order_by(snapshot.c.id)).all()
        medicines = set(
            connection.scalars(
                sa.select(record_key.c.value)
                .join(source_record, source_record.c.id == record_key.c.record_id)
                .where(source_record.c.dataset == dataset.name, record_key.c.role == "about")
            )
        )
    if not kept:
        return Counts()
    since = min(row.observed_at for row in kept)
    with _all_read(kept, dataset, writer.snapshots) as units, database.writing() as connection:
        forget(connection, dataset.name, url)
        written = UnitWriter(database, connection, cause)
        layout, newest = "", ""
        seen_to = {row.id: row.observed_to for row in kept if row.observed_to > row.observed_at}
        for unit in units:
            write_unit(written, unit, seen_to.get(unit.snapshot_id, ""))
            layout, newest = unit.report.layout, unit.origin.observed_at
        if url is None:
            drop_empty_records(connection, dataset.name)
            note_pending(database, connection, dict.fromkeys(medicines, since), cause)
        written.finish(
            dataset.name,
            "kept snapshots",
            url or dataset.url,
            dataset.reader,
            "ok",
            layout=layout,
            observed_at=newest if url is None else None,
        )
    return written.counts


@contextmanager
def _all_read(kept: Sequence[Any], dataset: Dataset, snapshots: Snapshots) -> Iterator[Iterator[Unit]]:
    """All units, read, in the order of observation as the reader has it now.

    They wait in a file without a name beside the kept bytes, where there is room for them: a
    system's folder for temporary files can be memory.
    """
    places: list[tuple[str, int, int]] = []
    snapshots.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=snapshots.folder) as spill:
        with Workers() as workers:
            for batch in _batches(_files(kept, snapshots), 1 if is_whole(dataset) else BATCH):
                for unit in workers.share(partial(_read_many, dataset), batch):
                    places.append((unit.origin.observed_at, unit.snapshot_id or 0, spill.tell()))
                    pickle.dump(unit, spill, pickle.HIGHEST_PROTOCOL)
        yield (_at(spill, place) for _, _, place in sorted(places))


def _at(spill: IO[bytes], place: int) -> Unit:
    spill.seek(place)
    unit: Unit = pickle.load(spill)  # this process wrote it, into a file that has no name for others
    return unit


@dataclass(frozen=True)
class _Kept:
    """A file as it was kept."""

    snapshot: int
    archive: str | None
    member: str | None
    file: SourceFile


def _read_many(dataset: Dataset, batch: list[_Kept]) -> list[Unit]:
    units = []
    for one in batch:
        unit = read_or_explain(one.file, dataset, one.archive, one.member)
        unit.snapshot_id = one.snapshot
        units.append(unit)
    return units


def _batches(files: Iterator[_Kept], length: int) -> Iterator[list[_Kept]]:
    """The files in lists that are bounded in length and in bytes."""
    batch: list[_Kept] = []
    size = 0
    for one in files:
        batch.append(one)
        size += len(one.file.data)
        if len(batch) >= length or size >= BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _files(kept: Sequence[Any], snapshots: Snapshots) -> Iterator[_Kept]:
    """The files of snapshots; an archive is gone through once, for all that it holds."""
    archives: dict[str, dict[str, list[Any]]] = {}
    for row in kept:
        if row.archive is None:
            yield _Kept(row.id, None, None, _file_of(row, snapshots.get(row.sha256)))
        else:
            archives.setdefault(row.archive, {}).setdefault(row.sha256, []).append(row)
    for archive, wanted in archives.items():
        for _, data in members(snapshots.get(archive), "a kept archive"):
            for row in wanted.pop(hashlib.sha256(data).hexdigest(), ()):
                yield _Kept(row.id, row.archive, row.member, _file_of(row, data))
        for row in (row for rows in wanted.values() for row in rows):
            raise SourceFailed(f"{row.member} is not in its kept archive; fetch the file again.")


def _file_of(row: Any, data: bytes) -> SourceFile:
    return SourceFile(
        dataset=row.dataset,
        name=row.name,
        url=row.url,
        data=data,
        media_type=row.media_type,
        retrieved_at=moment(row.retrieved_at) if row.retrieved_at else None,
        observed_at=moment(row.observed_at),
        observed_precision=row.observed_precision,
        etag=row.etag,
        last_modified=row.last_modified,
    )
