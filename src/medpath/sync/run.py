"""One sync from beginning to end, under the writer's lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from medpath.errors import MedPathError, SourceFailed, StoreUnusable, UsageError
from medpath.fetch.snapshots import Snapshots
from medpath.settings import Settings
from medpath.sources.facts import datasets, sources
from medpath.store.database import Database
from medpath.store.migrate import upgrade
from medpath.store.retention import drop_uncited
from medpath.sync.converting import make_texts
from medpath.sync.facts import note_newer_composition, write_facts
from medpath.sync.folder import sync_folder
from medpath.sync.outcome import Outcome, SyncResult
from medpath.sync.reading_again import read_again, to_read_again
from medpath.sync.site import sync_site
from medpath.sync.store_writer import StoreWriter

ASKED = ("http://", "https://")


def wanted_datasets(names: Sequence[str]) -> set[str]:
    """The datasets that ``SOURCE`` and ``SOURCE.DATASET`` name; all where nothing is named. Raises UsageError."""
    if not names:
        return set(datasets())
    wanted: set[str] = set()
    for name in names:
        if name in sources():
            wanted |= {f"{name}.{dataset}" for dataset in sources()[name].datasets}
        elif name in datasets():
            wanted.add(name)
        else:
            known = ", ".join(sorted([*sources(), *datasets()]))
            raise UsageError(f"There is no source or dataset “{name}”; there are {known}.")
    return wanted


def sync(
    settings: Settings,
    database: Database,
    names: Sequence[str] = (),
    *,
    origin: str | None = None,
    from_snapshots: bool = False,
    pages: bool = True,
    texts: bool = True,
    say: Callable[[str], None] = lambda _text: None,
    progress: Callable[[str, int, int], None] | None = None,
) -> SyncResult:
    """Brings the store up to date and returns what happened.

    ``origin`` is a folder or a base URL; without it EMA's site is used. ``pages`` False leaves out
    pages and documents of a site, ``texts`` False the texts of the documents. Raises UsageError for a
    wrong name or origin and StoreUnusable where another process writes or the store can't be used;
    failures of sources are in the result.
    """
    wanted = wanted_datasets(names)
    if origin is not None and "://" in origin and not origin.startswith(ASKED):
        raise UsageError(f"{origin[:200]} can't be asked; give a path, or a base URL with http or https.")
    result = SyncResult(say=say)
    with database.lock(settings.data):
        upgrade(database)
        write_facts(database, settings.sample)
        note_newer_composition(database)
        snapshots = Snapshots(settings.snapshots)
        writer = StoreWriter(database, snapshots, bounded=not settings.sample, sample=settings.sample)
        composing = (lambda done, total: progress("composing", done, total)) if progress else None

        def settle() -> None:
            """Readers see what was written: it is put in its place in the history, composed, and found."""
            _read_again(wanted, writer, result)
            _finish(writer, result, composing)
            _index(settings, database, say)

        if from_snapshots:
            _finish(writer, result, composing)  # what an earlier stop left pending
            _replay(wanted, writer, result)
        else:
            _read_again(wanted, writer, result)  # what an earlier stop or reader left
            _finish(writer, result, composing)
            if origin is not None and not origin.startswith(ASKED):
                sync_folder(Path(origin), wanted, writer, result)
            else:
                sync_site(origin, wanted, settings, writer, result, pages=pages, settle=settle, progress=progress)
        settle()
        if texts:
            _make_texts(wanted, database, snapshots, result, progress)
            _index(settings, database, say, texts=True)
        if dropped := drop_uncited(database, snapshots, settings.keep_snapshots_days):
            say(f"{dropped:,} kept files that nothing cites were dropped.")
    return result


def _make_texts(
    wanted: set[str],
    database: Database,
    snapshots: Snapshots,
    result: SyncResult,
    progress: Callable[[str, int, int], None] | None,
) -> None:
    """The register stands without the texts, so they come last."""
    converting = (lambda done, total: progress("texts of documents", done, total)) if progress else None
    try:
        result.texts = make_texts(database, snapshots, wanted, converting)
    except SourceFailed as problem:
        result.say_failed("", "texts of documents", str(problem))


def _finish(writer: StoreWriter, result: SyncResult, composing: Callable[[int, int], None] | None) -> None:
    work = writer.compose(composing)
    result.medicines += work.medicines
    result.versions += work.versions
    result.changes += work.changes


def _read_again(wanted: set[str], writer: StoreWriter, result: SyncResult) -> None:
    for dataset, url, cause in to_read_again(writer.database, wanted):
        try:
            read_again(writer, dataset, url, cause)
        except SourceFailed as problem:
            result.say_failed(dataset.name, "kept snapshots", str(problem))


def _replay(wanted: set[str], writer: StoreWriter, result: SyncResult) -> None:
    for name in datasets():
        if name in wanted:
            try:
                counts = read_again(writer, datasets()[name])
            except SourceFailed as problem:
                result.say_failed(name, "kept snapshots", str(problem))
                continue
            if counts.rows:
                result.add(Outcome.of(name, "kept snapshots", counts))


def _index(settings: Settings, database: Database, say: Callable[[str], None], texts: bool = False) -> None:
    """The index follows the store; where it can't, the data are safe and the next sync or server makes it."""
    from medpath.search.index import Index
    from medpath.search.passages import PassageIndex

    try:
        if texts:
            PassageIndex(settings.index).follow(database)
        else:
            Index(settings.index).follow(database)
    except StoreUnusable:
        raise
    except (MedPathError, OSError, ValueError) as problem:
        say(f"The search index could not be brought up to date ({problem}); it is made again by the next sync.")
