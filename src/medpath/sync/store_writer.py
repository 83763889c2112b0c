"""Writing units in transactions of their own: what is known, what comes late, what failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.fetch.snapshots import Snapshots
from medpath.model.records import Report
from medpath.model.terms import MEDICINES
from medpath.model.times import now
from medpath.sources.facts import Dataset
from medpath.store.composing import Work, compose_pending, pending_count
from medpath.store.database import Database
from medpath.store.kept import note_columns, touch
from medpath.store.tables import UNREAD, issue, run, snapshot, store_fact
from medpath.store.writing import Counts, Unit, UnitWriter, next_id
from medpath.sync.asked import TROUBLES, Kept, Seen, Visits
from medpath.sync.facts import terms_of
from medpath.sync.refusals import forget_refusal, note_refusal
from medpath.sync.units import check_unit, is_whole, read_unit

WHENEVER = ""


class StoreWriter:
    """All that a sync writes, each unit in one transaction."""

    def __init__(self, database: Database, snapshots: Snapshots, bounded: bool = True, sample: bool = False) -> None:
        self.database = database
        self.snapshots = snapshots
        self.bounded = bounded
        self.sample = sample

    # -- what is known

    def known(self, dataset: Dataset) -> dict[str, set[str]]:
        """SHA-256 of the files that the dataset's present reader read, with the instants that their names gave them.

        ``WHENEVER`` is among these where the bytes say themselves when they were made, whatever they are called.
        """
        columns = snapshot.c
        query = sa.select(
            columns.sha256, columns.name, columns.archive, columns.observed_at, columns.observed_precision
        ).where(columns.dataset == dataset.name, columns.reader_version == dataset.reader)
        found: dict[str, set[str]] = {}
        with self.database.reading() as connection:
            for row in connection.execute(query):
                named = row.archive is not None or row.observed_at[:10] in row.name
                told = row.observed_precision == "day" and named
                found.setdefault(row.sha256, set()).add(row.observed_at if told else WHENEVER)
        return found

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

    def last(self, dataset: Dataset, url: str) -> Kept | None:
        """The newest snapshot of an address."""
        with self.database.reading() as connection:
            row = _newest(connection, dataset.name, url)
        return Kept(row.sha256, row.observed_at, row.reader_version, row.etag, row.last_modified) if row else None

    def _on_terms(self, unit: Unit, dataset: Dataset) -> Unit:
        """The unit on the terms of the bundled sample where that is written, else as it is."""
        if not self.sample:
            return unit
        terms: dict[str, Any] = terms_of(dataset, sample=True)
        return replace(unit, origin=replace(unit.origin, **terms))

    # -- reports

    def write_report(self, file: SourceFile, dataset: Dataset, *, live: bool = False) -> Counts:
        """Keeps, reads, checks and writes one report. Raises SourceFailed, having recorded the failed run.

        A report older than the newest kept one takes its place in the history when the dataset is
        read again (`medpath.sync.reading_again`); a ``live`` one, which the publisher shows now, is refused: the
        publisher's site fell back, and will come forward.
        """
        started = now()
        try:
            unit = self._on_terms(read_unit(file, dataset), dataset)
            with self.database.reading() as connection:
                check_unit(connection, unit, dataset, self.bounded)
                latest = connection.scalar(
                    sa.select(sa.func.max(snapshot.c.observed_at)).where(snapshot.c.dataset == dataset.name)
                )
            late = latest is not None and unit.origin.observed_at < latest
            if late and live:
                raise SourceFailed(
                    f"{file.name}: the publisher shows a report of {unit.origin.observed_at}, older than the one of "
                    f"{latest} that is kept; the newer data are kept."
                )
        except SourceFailed as problem:
            self.refused(dataset, file.name, str(problem), started)
            raise
        self.snapshots.put(file.data)
        self.snapshots.flush()
        with self.database.writing() as connection:
            writer = UnitWriter(self.database, connection)
            if late:
                _keep_only(writer, unit)
            else:
                write_unit(writer, unit)
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

    def refused(self, dataset: Dataset, name: str, reason: str, started: str | None = None) -> None:
        """Records a report that could not be used: the failed run, and an issue until a good one comes."""
        self.failed(dataset.name, name, dataset.url, dataset.reader, reason, started)
        with self.database.writing() as connection:
            note_refusal(connection, dataset, name, reason)

    def unchanged(self, dataset: Dataset, name: str, seen: Seen) -> None:
        """Records that the publisher still shows the newest snapshot of a report."""
        with self.database.writing() as connection:
            row = _see(connection, dataset, seen)
            forget_refusal(connection, dataset)
            writer = UnitWriter(self.database, connection)
            writer.snapshot_id = row.id if row is not None else None
            writer.finish(
                dataset.name, name, seen.url, dataset.reader, "unchanged", observed_at=row.observed_at if row else None
            )

    # -- pages and documents

    def write_units(self, units: list[Unit], dataset: Dataset, name: str, writer_run: str | None = None) -> Counts:
        """Writes pages or documents, all in one transaction with one run."""
        self.snapshots.flush()
        units = [self._on_terms(unit, dataset) for unit in units]
        with self.database.writing() as connection:
            writer = UnitWriter(self.database, connection)
            latest = dict(
                connection.execute(
                    sa.select(snapshot.c.url, sa.func.max(snapshot.c.observed_at))
                    .where(snapshot.c.dataset == dataset.name, snapshot.c.url.in_([unit.origin.url for unit in units]))
                    .group_by(snapshot.c.url)
                ).all()
            )
            for unit in units:
                if unit.origin.observed_at < latest.get(unit.origin.url, ""):
                    _keep_only(writer, unit)
                else:
                    write_unit(writer, unit)
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

    def write_visits(self, visits: Visits, dataset: Dataset, name: str) -> Counts:
        """Writes what became of some pages that were asked for, all in one transaction; no record goes away by it."""
        self.snapshots.flush()
        with self.database.writing() as connection:
            writer = UnitWriter(self.database, connection)
            for unit in visits.units:
                write_unit(writer, self._on_terms(unit, dataset))
            for seen in visits.seen:
                _see(connection, dataset, seen)
            for seen_url in {seen.url for seen in visits.seen} | {url for url, _ in visits.troubles}:
                connection.execute(
                    issue.update()
                    .where(issue.c.dataset == dataset.name, issue.c.unit == seen_url, issue.c.code.in_(TROUBLES))
                    .values(current=0)
                )
            for url, trouble in visits.troubles:
                row = {name: getattr(trouble, name) for name in ("severity", "code", "place", "record", "message")}
                ids = {"id": next_id(connection, issue.c.id), "run_id": writer.run_id}
                connection.execute(issue.insert(), ids | row | {"dataset": dataset.name, "unit": url, "current": 1})
            writer.counts.issues += len(visits.troubles)
            writer.finish(dataset.name, name, "", dataset.reader, "unfinished")
        return writer.counts

    def note_waiting(self, dataset: Dataset, waiting: int) -> None:
        """Keeps how many pages or files of a dataset a run did not come to."""
        with self.database.writing() as connection:
            row = {"name": f"waiting.{dataset.name}", "value": str(waiting)}
            self.database.upsert(connection, store_fact, [row], ["name"])

    def finish_visits(self, dataset: Dataset, name: str, counts: Counts, result: str, reason: str | None) -> None:
        """Records the whole of a run that asked for pages; ``result`` is ok, unchanged or failed."""
        with self.database.writing() as connection:
            writer = UnitWriter(self.database, connection)
            writer.counts = counts
            writer.finish(dataset.name, name, dataset.url, dataset.reader, result, reason=reason)

    # -- composing

    def compose(self, progress: Callable[[int, int], None] | None = None) -> Work:
        """Composes the medicines whose sources moved, all in one transaction: readers see all of it or nothing."""
        with self.database.reading() as connection:
            if not pending_count(connection):
                return Work()
        with self.database.writing() as connection:
            return compose_pending(self.database, connection, progress)


def write_unit(writer: UnitWriter, unit: Unit, observed_to: str = "") -> None:
    """Writes a unit, and until when the publisher was seen to show it: at least until we fetched it."""
    writer.write(unit)
    dataset, connection = unit.origin.dataset, writer.connection
    if unit.snapshot_id is None:
        return
    until = max(observed_to, unit.origin.retrieved_at or "")
    if until > unit.origin.observed_at:
        touch(connection, dataset, unit.snapshot_id, until, unit.whole)
    if dataset == MEDICINES:
        note_columns(connection, unit.snapshot_id)


def _keep_only(writer: UnitWriter, unit: Unit) -> None:
    """Keeps the snapshot of a unit that came late; its records are written when its dataset is read again."""
    report = unit.report
    kept = Unit(replace(unit.origin, reader_version=UNREAD), Report(report.dataset, layout=report.layout), [])
    writer.write(kept)
    writer.counts.add(Counts(report.rows, len(unit.records), report.rejected, len(report.issues)))


def _newest(connection: Connection, dataset: str, url: str) -> Any:
    return connection.execute(
        sa.select(snapshot)
        .where(snapshot.c.dataset == dataset, snapshot.c.url == url)
        .order_by(snapshot.c.observed_at.desc(), snapshot.c.id.desc())
        .limit(1)
    ).first()


def _see(connection: Connection, dataset: Dataset, seen: Seen) -> Any:
    """Touches the newest snapshot of an address and keeps the validators of today."""
    row = _newest(connection, dataset.name, seen.url)
    if row is None:
        return None
    if seen.etag or seen.last_modified:
        connection.execute(
            snapshot.update().where(snapshot.c.id == row.id).values(etag=seen.etag, last_modified=seen.last_modified)
        )
    touch(connection, dataset.name, row.id, seen.at, is_whole(dataset))
    return row
