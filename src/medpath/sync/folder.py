"""A sync from a folder: reports under EMA's names, dated tables, pages and documents, loose or in archives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.fetch.folder import Entry, Listing, Pattern, list_folder, load
from medpath.fetch.snapshots import members
from medpath.model.times import instant
from medpath.sources.facts import Dataset, datasets
from medpath.sources.recognise import recognise
from medpath.store.packing import digest
from medpath.store.writing import Counts, Unit
from medpath.sync.outcome import Outcome, SyncResult
from medpath.sync.store_writer import WHENEVER, StoreWriter
from medpath.sync.units import is_whole, read_or_explain
from medpath.sync.workers import Workers

BATCH = 200


def list_sources(folder: Path) -> Listing:
    """What of a folder can be read."""
    return list_folder(folder, [Pattern(dataset.name, dataset.files) for dataset in datasets().values()])


def sync_folder(folder: Path, wanted: set[str], writer: StoreWriter, result: SyncResult) -> None:
    """Reads everything wanted in a folder, in the order of observation; failures are single and recorded."""
    listing = list_sources(folder)
    unrecognised = list(listing.unrecognised)
    known = {name: writer.known(datasets()[name]) for name in wanted}
    with Workers() as workers:
        for entry in listing.entries:
            if entry.dataset and entry.dataset not in wanted:
                continue
            try:
                if entry.archive:
                    found = _archive(entry, wanted, writer, known, result, workers)
                    if not found:
                        unrecognised.append(entry.name)
                    continue
                data = _load(entry, writer)
                dataset = entry.dataset
                url = datasets()[dataset].url if dataset else ""
                if not dataset:
                    one = recognise(data, entry.name)
                    if one is None:
                        unrecognised.append(entry.name)
                        continue
                    dataset, url = one.dataset, one.url
                if dataset in wanted:
                    _file(entry, data, datasets()[dataset], url, writer, known[dataset], result)
            except SourceFailed as problem:
                result.say_failed(entry.dataset, entry.name, str(problem))
    result.unrecognised = sorted(unrecognised)


def _load(entry: Entry, writer: StoreWriter) -> bytes:
    """The bytes of a file. Raises SourceFailed, having recorded the failed run of its dataset."""
    try:
        return load(entry.path, entry.name)
    except SourceFailed as problem:
        if entry.dataset:
            writer.refused(datasets()[entry.dataset], entry.name, str(problem))
        raise


def _file(
    entry: Entry,
    data: bytes,
    dataset: Dataset,
    url: str,
    writer: StoreWriter,
    known: dict[str, set[str]],
    result: SyncResult,
) -> None:
    file = SourceFile(
        dataset.name, entry.name, url or entry.name, data, observed_at=entry.observed_at, observed_precision="day"
    )
    if _is_known(file, known):
        result.add(Outcome(dataset.name, entry.name, "unchanged"))
        return
    if is_whole(dataset):
        counts = writer.write_report(file, dataset)
    else:
        writer.snapshots.put(data)
        counts = writer.write_units([read_or_explain(file, dataset)], dataset, entry.name)
    _note(file, known)
    result.add(Outcome.of(dataset.name, entry.name, counts))


def _is_known(file: SourceFile, known: dict[str, set[str]]) -> bool:
    """Whether these bytes were read as of their day: what was so before and is so again has another day."""
    days = known.get(file.sha256)
    return days is not None and (file.observed_at is None or WHENEVER in days or instant(file.observed_at) in days)


def _note(file: SourceFile, known: dict[str, set[str]]) -> None:
    known.setdefault(file.sha256, set()).add(instant(file.observed_at) if file.observed_at else WHENEVER)


def _archive(
    entry: Entry,
    wanted: set[str],
    writer: StoreWriter,
    known: dict[str, dict[str, set[str]]],
    result: SyncResult,
    workers: Workers,
) -> bool:
    """Reads the pages and documents of an archive; False where none of its members is known to a reader."""
    data = load(entry.path, entry.name)
    archive = SourceFile("", entry.name, "", data).sha256
    single = {
        name: datasets()[name].reader for name in sorted(wanted) if datasets()[name].kind in ("pages", "documents")
    }
    signature = digest(archive, single)
    if writer.archive_done(signature):
        result.add(Outcome("", entry.name, "unchanged"))
        return writer.archive_had_members(signature)
    totals: dict[str, Counts] = {}
    kept = False
    batches: dict[str, list[SourceFile]] = {}
    seen = False

    def write(name: str) -> None:
        files, dataset = batches.pop(name, []), datasets()[name]
        units = workers.share(partial(_read_many, dataset, archive), files)
        if units:
            totals.setdefault(name, Counts()).add(writer.write_units(units, dataset, entry.name, "unfinished"))
            for file in files:
                _note(file, known[name])

    for file in _members(entry, data):
        seen = True
        if file.dataset not in wanted or _is_known(file, known[file.dataset]):
            continue
        if not kept:
            writer.snapshots.put(data)
            kept = True
        batches.setdefault(file.dataset, []).append(file)
        if len(batches[file.dataset]) >= BATCH:
            write(file.dataset)
    for name in list(batches):
        write(name)
    for name, counts in totals.items():
        result.add(Outcome.of(name, entry.name, counts))
    main = max(totals, key=lambda name: totals[name].rows, default="")
    writer.finish_archive(main, entry.name, signature, totals.get(main, Counts(rows=int(seen))))
    return seen


def _members(entry: Entry, data: bytes) -> Iterator[SourceFile]:
    for member, content in members(data, entry.name):
        one = recognise(content, member)
        if one is not None:
            yield SourceFile(
                one.dataset, member, one.url, content, observed_at=entry.observed_at, observed_precision="day"
            )


def _read_many(dataset: Dataset, archive: str, files: list[SourceFile]) -> list[Unit]:
    return [read_or_explain(file, dataset, archive, file.name) for file in files]
