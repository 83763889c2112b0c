"""Making the texts of kept documents: what has no text of the present conversion gets one, newest first.

Nothing but the kept bytes is needed, so it goes on after any stop, and a new conversion needs no network.
The slow work is done in processes beside the one that writes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from medpath.documents.conversion import CONVERSION, ConvertedText, convert
from medpath.documents.faults import Fault
from medpath.errors import SourceFailed
from medpath.fetch.snapshots import Snapshots, take_out
from medpath.sources.facts import datasets
from medpath.store.database import Database
from medpath.store.texts import LOST, Kept, PackedText, packed, without_text, write_texts
from medpath.store.writing import UnitWriter
from medpath.sync.workers import Workers

RUN = "texts"  # the dataset of the runs that make texts


def make_texts(
    database: Database,
    snapshots: Snapshots,
    wanted: set[str],
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Converts the documents of the wanted datasets that have no text of the present conversion; returns how many.

    Each batch is written when it is ready, so that a stop loses no more than the documents in hand.
    """
    names = [name for name in datasets() if name in wanted and datasets()[name].kind == "documents"]
    with database.reading() as connection:
        todo = without_text(connection, names, CONVERSION)
    if not todo:
        return 0
    done = 0
    with tempfile.TemporaryDirectory(prefix="medpath-texts-") as name, Workers() as workers:
        folder = Path(name)
        for archive, batch in _by_archive(todo):
            here = folder / (archive or "loose")[:64]
            here.mkdir()
            if archive is not None:
                take_out(snapshots, archive, {kept.sha256 for kept in batch}, here)
            for texts in workers.stream(partial(_convert, snapshots.folder, here), batch):
                _write(database, texts)
                done += len(texts)
                if progress is not None:
                    progress(done, len(todo))
            for path in here.iterdir():
                path.unlink()
    return done


def _by_archive(todo: Sequence[Kept]) -> list[tuple[str | None, list[Kept]]]:
    found: dict[str | None, list[Kept]] = {}
    for kept in todo:
        found.setdefault(kept.archive, []).append(kept)
    return list(found.items())


def _convert(snapshots: Path, folder: Path, batch: list[Kept]) -> list[PackedText]:
    return [packed(kept, _text(Snapshots(snapshots), folder, kept)) for kept in batch]


def _text(snapshots: Snapshots, folder: Path, kept: Kept) -> ConvertedText:
    try:
        data = (folder / kept.sha256).read_bytes() if kept.archive is not None else snapshots.get(kept.sha256)
    except FileNotFoundError:
        return _lost("unreadable", "The document is not in its kept archive; fetch the file again.")
    except SourceFailed as problem:
        return _lost("unreadable", str(problem))
    try:
        return convert(data, kept.media_type, kept.type)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError) as problem:
        said = f"{type(problem).__name__}: {str(problem)[:100]}"
        return _lost(
            "not-converted", f"The conversion stopped at something unforeseen ({said}); the document has no text."
        )


def _lost(code: str, message: str) -> ConvertedText:
    return ConvertedText(None, 0, "no-text", [], [Fault(code, message, "")])


def _write(database: Database, texts: list[PackedText]) -> None:
    with database.writing() as connection:
        writer = UnitWriter(database, connection)
        write_texts(connection, texts, CONVERSION, writer.run_id)
        writer.counts.rows = len(texts)
        writer.counts.records = sum(not any(fault.code in LOST for fault in text.faults) for text in texts)
        writer.counts.rejected = writer.counts.rows - writer.counts.records
        writer.counts.issues = sum(len(text.faults) for text in texts)
        writer.finish(RUN, f"{len(texts)} documents", "", CONVERSION, "ok")
