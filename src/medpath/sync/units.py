"""From bytes to a unit that can be written: read by the dataset's reader, dated, checked against its bounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.model.columns import emptied
from medpath.model.records import Precision, Report
from medpath.model.related import KINDS
from medpath.model.terms import MEDICINES
from medpath.model.times import instant
from medpath.sources.facts import Dataset, reader_of, source_of
from medpath.store.packing import unpack
from medpath.store.tables import UNREAD, run, snapshot, source_record, source_version
from medpath.store.writing import Origin, Unit

FUTURE = timedelta(days=2)
TOLD_OF = {MEDICINES, *(dataset for dataset, _describe in KINDS.values())}  # lists whose fields make changes


def read_unit(file: SourceFile, dataset: Dataset, archive: str | None = None, member: str | None = None) -> Unit:
    """Reads a file. Raises SourceFailed where it can't be read at all.

    The time of observation is what the content states, else what the transport or the file's name
    says, else when we fetched it. A time in the future is no time of observation.
    """
    report = Report(dataset.name)
    try:
        records = list(reader_of(dataset.name)(file, report))
    except SourceFailed:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError) as problem:
        raise SourceFailed(
            f"{file.name}: the reader stopped at something unforeseen "
            f"({type(problem).__name__}: {str(problem)[:100]}); the file was not read. Please report it."
        ) from problem
    limit = datetime.now(UTC) + FUTURE
    observed, precision = report.observed_at, report.observed_precision
    if observed is not None and observed > limit:
        report.issue("future-time", f"The file says that it was made on {observed.date()}, which lies in the future.")
        observed = None
    if observed is None:
        observed, precision = file.observed_at, file.observed_precision
    if observed is None:
        observed, precision = file.retrieved_at or datetime.now(UTC), "second"
    origin = origin_of(file, dataset, instant(observed), precision, archive, member)
    return Unit(origin, report, records, is_whole(dataset))


def read_or_explain(file: SourceFile, dataset: Dataset, archive: str | None = None, member: str | None = None) -> Unit:
    """Reads a file; one that can't be read becomes a unit without records and with an issue that says why."""
    try:
        return read_unit(file, dataset, archive, member)
    except SourceFailed as problem:
        return unreadable_unit(file, dataset, str(problem), archive, member)


def is_whole(dataset: Dataset) -> bool:
    """Whether a file of the dataset has all of its records, so that one it lacks is no longer listed."""
    return dataset.kind in ("report", "vocabulary")


def unreadable_unit(file: SourceFile, dataset: Dataset, reason: str, archive: str | None, member: str | None) -> Unit:
    """A page or document that can't be read: a unit without records, with an issue that says why."""
    report = Report(dataset.name, rows=1)
    report.reject("unreadable", reason, "")
    observed = file.observed_at or file.retrieved_at or datetime.now(UTC)
    return Unit(origin_of(file, dataset, instant(observed), "day", archive, member), report, [])


def origin_of(
    file: SourceFile, dataset: Dataset, observed_at: str, precision: Precision, archive: str | None, member: str | None
) -> Origin:
    """Where a file came from, with the licence as of now."""
    source = source_of(dataset.name)
    return Origin(
        dataset=dataset.name,
        name=file.name,
        url=file.url,
        sha256=file.sha256,
        size=len(file.data),
        observed_at=observed_at,
        observed_precision=precision,
        archive=archive,
        member=member,
        media_type=file.media_type,
        retrieved_at=instant(file.retrieved_at) if file.retrieved_at else None,
        etag=file.etag,
        last_modified=file.last_modified,
        licence=source.licence,
        licence_url=source.licence_url,
        attribution=source.attribution,
        reader_version=dataset.reader,
    )


def check_unit(connection: Connection, unit: Unit, dataset: Dataset, bounded: bool = True) -> None:
    """Raises SourceFailed where a report can't be whole: too few or too many rows, a wrong count, a great loss.

    ``bounded`` False leaves the absolute bounds aside (the bundled sample is small on purpose).
    """
    if not unit.whole:
        return
    report, name = unit.report, unit.origin.name
    count = len(unit.records)
    kept = "the report was not used and the old data are kept"
    if report.declared_total is not None and report.declared_total != report.rows:
        raise SourceFailed(
            f"{name}: has {report.rows} records where it states {report.declared_total} (meta.total_records); {kept}."
        )
    if bounded and not dataset.bounds.minimum <= count <= dataset.bounds.maximum:
        raise SourceFailed(
            f"{name}: {count} usable records are outside the bounds of {dataset.bounds.minimum} to "
            f"{dataset.bounds.maximum}; {kept}."
        )
    if not count:
        raise SourceFailed(f"{name}: holds no usable record; {kept}.")
    last = connection.scalar(
        sa.select(run.c.records)
        .where(
            run.c.dataset == dataset.name,
            run.c.result == "ok",
            run.c.sha256.is_not(None),  # of one report; a reading again counts many
            run.c.observed_at <= unit.origin.observed_at,
        )
        .order_by(run.c.observed_at.desc(), run.c.id.desc())
        .limit(1)
    )
    if last and count < last * (1 - dataset.bounds.loss):
        raise SourceFailed(
            f"{name}: {count} records where the last good report had {last}, a loss of more than "
            f"{dataset.bounds.loss:.0%}; {kept}."
        )
    if dataset.name in TOLD_OF and (lost := _emptied_columns(connection, unit)):
        raise SourceFailed(f"{name}: the field “{lost[0]}” is empty in every record, where most had it before; {kept}.")


def _emptied_columns(connection: Connection, unit: Unit) -> list[str]:
    """The columns that a list lost since the newest one of the same layout (layouts have columns of their own)."""
    newest = (
        sa.select(snapshot.c.layout, snapshot.c.observed_at)
        .where(snapshot.c.dataset == unit.origin.dataset, snapshot.c.reader_version != UNREAD)
        .order_by(snapshot.c.observed_at.desc(), snapshot.c.id.desc())
        .limit(1)
    )
    last = connection.execute(newest).first()
    if last is None or last.layout != unit.report.layout or last.observed_at > unit.origin.observed_at:
        return []
    held = connection.scalars(
        sa.select(source_version.c.body)
        .join(source_record, source_record.c.current_version == source_version.c.id)
        .where(source_record.c.dataset == unit.origin.dataset, source_version.c.body.is_not(None))
    )
    return emptied([unpack(body) for body in held], [record.body for record in unit.records])
