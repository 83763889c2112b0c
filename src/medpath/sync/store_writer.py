"""Writing units in transactions of their own: what is known, what comes late, what failed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.fetch.snapshots import Snapshots, members
from medpath.model.records import Report
from medpath.model.times import moment, now
from medpath.sources.facts import Dataset, datasets
from medpath.store.composing import Work, compose_pending, pending_count
from medpath.store.database import Database
from medpath.store.tables import run, snapshot, source_record
from medpath.store.writing import (
    Counts,
    Unit,
    UnitWriter,
    drop_empty_records,
    forget,
    note_columns,
    note_pending,
    touch,
)
from medpath.sync.units import check_unit, read_unit

MEDICINES = "ema.medicines"


class StoreWriter:
    """All that a sync writes, each unit in one transaction."""

    def __init__(self, database: Database, snapshots: Snapshots, bounded: bool = True) -> None:
        self.database = database
        self.snapshots = snapshots
        self.bounded = bounded
        self._late: dict[str, set[str]] = {}

    # -- what is known

    def known(self, dataset: Dataset) -> dict[str, int]:
        """SHA-256 of the files of a dataset that were read, with the reader's version that read them."""
        with self.database.reading() as connection:
            query = sa.select(snapshot.c.sha256, snapshot.c.reader_version).where(snapshot.c.dataset == dataset.name)
            return {row.sha256: row.reader_version for row in connection.execute(query)}

    def archive_done(self, signature: str) -> bool:
        """Whether an archive was read to its end by these readers."""
        with self.database.reading() as connection:
            query = sa.select(run.c.id).where(run.c.sha256 == signature, run.c.result == "ok").limit(1)
            return connection.scalar(query) is not None

    def archive_had_members(self, signature: str) -> bool:
        """Whether an archive that was read holds anything that a reader knows."""
        with self.database.reading() as connection:
            query = sa.select(run.c.rows).where(run.c.sha256 == signature, run.c.result == "ok").limit(1)
            return bool(connection.scalar(query))

    # -- reports

    def write_report(self, file: SourceFile, dataset: Dataset) -> Counts:
        """Keeps, reads, checks and writes one report. Raises SourceFailed, having recorded the failed run."""
        started = now()
        try:
            unit = read_unit(file, dataset)
            with self.database.reading() as connection:
                check_unit(connection, unit, dataset, self.bounded)
                latest = connection.scalar(
                    sa.select(sa.func.max(snapshot.c.observed_at)).where(snapshot.c.dataset == dataset.name)
                )
        except SourceFailed as problem:
            self.failed(dataset.name, file.name, file.url, dataset.reader, str(problem), started)
            raise
        self.snapshots.put(file.data)
        self.snapshots.flush()
        with self.database.writing() as connection:
            writer = UnitWriter(self.database, connection)
            if latest is not None and unit.origin.observed_at < latest:
                self._late.setdefault(dataset.name, set())
                _keep_only(writer, unit)
            else:
                writer.write(unit)
                if dataset.name == MEDICINES and unit.snapshot_id is not None:
                    note_columns(connection, unit.snapshot_id)
            writer.finish(
                dataset.name,
                file.name,
                file.url,
                dataset.reader,
                "ok",
                sha256=file.sha256,
                layout=unit.report.layout,
                observed_at=unit.origin.observed_at,
            )
        return writer.counts

    def failed(self, dataset: str, name: str, url: str, reader: int, reason: str, started: str | None = None) -> None:
        """Records a run that failed; what was there before stays."""
        with self.database.writing() as connection:
            writer = UnitWriter(self.database, connection)
            writer.started_at = started or writer.started_at
            writer.finish(dataset, name, url, reader, "failed", reason=reason)

    def unchanged(self, dataset: Dataset, name: str, url: str, observed_at: str | None = None) -> None:
        """Records that the publisher still shows the last snapshot of an address."""
        with self.database.writing() as connection:
            row = connection.execute(
                sa.select(snapshot.c.id, snapshot.c.observed_at)
                .where(snapshot.c.dataset == dataset.name, snapshot.c.url == url)
                .order_by(snapshot.c.observed_at.desc(), snapshot.c.id.desc())
                .limit(1)
            ).first()
            if row is not None and observed_at is not None:
                touch(connection, dataset.name, row.id, observed_at, dataset.kind in ("report", "vocabulary"))
            writer = UnitWriter(self.database, connection)
            writer.snapshot_id = row.id if row is not None else None
            writer.finish(
                dataset.name, name, url, dataset.reader, "unchanged", observed_at=row.observed_at if row else None
            )

    # -- pages and documents

    def write_units(self, units: list[Unit], dataset: Dataset, name: str, writer_run: str | None = None) -> Counts:
        """Writes pages or documents, all in one transaction with one run."""
        self.snapshots.flush()
        with self.database.writing() as connection:
            writer = UnitWriter(self.database, connection)
            latest = dict(
                connection.execute(
                    sa.select(snapshot.c.url, sa.func.max(snapshot.c.observed_at))
                    .where(snapshot.c.dataset == dataset.name, snapshot.c.url.in_([unit.origin.url for unit in units]))
                    .group_by(snapshot.c.url)
                ).tuples().all()
            )
            for unit in units:
                if unit.origin.observed_at < latest.get(unit.origin.url, ""):
                    self._late.setdefault(dataset.name, set()).add(unit.origin.url)
                    _keep_only(writer, unit)
                else:
                    writer.write(unit)
                    latest[unit.origin.url] = unit.origin.observed_at
            writer.finish(
                dataset.name,
                name,
                units[0].origin.url if len(units) == 1 else "",
                dataset.reader,
                writer_run or "ok",
                sha256=units[0].origin.sha256 if len(units) == 1 else None,
                observed_at=max(unit.origin.observed_at for unit in units),
            )
        return writer.counts

    def finish_archive(self, dataset: str, name: str, signature: str, counts: Counts) -> None:
        """Records that an archive was read to its end."""
        with self.database.writing() as connection:
            writer = UnitWriter(self.database, connection)
            writer.counts = counts
            writer.finish(dataset, name, "", 0, "ok", sha256=signature)

    # -- reading again

    def replay_late(self) -> None:
        """Puts what came late into its place: the versions after it are made anew from the kept bytes."""
        late, self._late = self._late, {}
        for name, urls in late.items():
            addresses: list[str | None] = [*sorted(urls)] or [None]
            for url in addresses:
                self.replay(datasets()[name], url, cause="source")

    def replay(self, dataset: Dataset, url: str | None = None, cause: str = "reader") -> Counts:
        """Reads the kept bytes of a dataset (or of one address) again, oldest first, in one transaction."""
        where = (snapshot.c.dataset == dataset.name) & snapshot.c.dropped_at.is_(None)
        if url is not None:
            where &= snapshot.c.url == url
        with self.database.reading() as connection:
            kept = connection.execute(
                sa.select(snapshot).where(where).order_by(snapshot.c.observed_at, snapshot.c.id)
            ).all()
            medicines = set(
                connection.scalars(
                    sa.select(source_record.c.medicine).where(
                        source_record.c.dataset == dataset.name, source_record.c.medicine.is_not(None)
                    )
                )
            )
        if not kept:
            return Counts()
        with tempfile.TemporaryDirectory(prefix="medpath-") as folder, self.database.writing() as connection:
            get = self._getter(kept, Path(folder))
            forget(connection, dataset.name, url)
            writer = UnitWriter(self.database, connection, cause)
            layout = ""
            for row in kept:
                unit = read_unit(_file_of(row, get(row)), dataset, row.archive, row.member)
                unit.snapshot_id = row.id
                writer.write(unit)
                layout = unit.report.layout
                if dataset.name == MEDICINES:
                    note_columns(connection, row.id)
            if url is None:
                drop_empty_records(connection, dataset.name)
                note_pending(self.database, connection, dict.fromkeys(medicines, kept[0].observed_at), cause)
            writer.finish(
                dataset.name,
                "kept snapshots",
                url or dataset.url,
                dataset.reader,
                "ok",
                layout=layout,
                observed_at=kept[-1].observed_at if url is None else None,
            )
        return writer.counts

    def _getter(self, kept: Sequence[Any], folder: Path) -> Callable[[Any], bytes]:
        """How to get a snapshot's bytes: members are taken out of their archives once, into a folder."""
        wanted: dict[str, set[str]] = {}
        for row in kept:
            if row.archive is not None:
                wanted.setdefault(row.archive, set()).add(row.member)
        for archive, names in wanted.items():
            for member, data in members(self.snapshots.get(archive), "a kept archive"):
                if member in names:
                    target = folder / f"{archive[:16]}-{_safe(member)}"
                    target.write_bytes(data)

        def get(row: Any) -> bytes:
            if row.archive is None:
                return self.snapshots.get(row.sha256)
            try:
                return (folder / f"{row.archive[:16]}-{_safe(row.member)}").read_bytes()
            except FileNotFoundError as problem:
                raise SourceFailed(f"{row.member} is not in its kept archive; fetch the file again.") from problem

        return get

    # -- composing

    def compose(self, progress: Callable[[int, int], None] | None = None) -> Work:
        """Composes the medicines whose sources moved, all in one transaction: readers see all of it or nothing."""
        with self.database.reading() as connection:
            if not pending_count(connection):
                return Work()
        with self.database.writing() as connection:
            return compose_pending(self.database, connection, progress)


def _keep_only(writer: UnitWriter, unit: Unit) -> None:
    """Keeps the snapshot of a unit that came late; its records are written when the dataset is read again."""
    empty = Unit(unit.origin, Report(unit.report.dataset, layout=unit.report.layout), [], whole=False)
    writer.write(empty)


def _safe(member: str) -> str:
    return member.replace("/", "~")[-180:]


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
