"""The index as readers see it: one whole state, opened again when the index has moved."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import msgspec
import tantivy

from medpath.errors import StoreUnusable
from medpath.search.index import CURRENT, Damaged, current_folder, open_index, read_state, stored, tantivy_errors
from medpath.search.plan import term
from medpath.search.schema import SCHEMA

_ABSENT = "The search index is being made; try again in a moment, or run “medpath sync”."


class Snapshot:
    """One state of the index; its answers never change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = open_index(folder)
        self.searcher = self.index.searcher()
        self.state = read_state(self.searcher)
        self._labels: dict[tuple[str, str], dict[str, Any] | None] = {}

    def item(self, address: tantivy.DocAddress) -> dict[str, Any]:
        """What is shown of an entry."""
        item: dict[str, Any] = msgspec.json.decode(stored(self.searcher, address))
        return item

    def named(self, kind: str, slug: str) -> dict[str, Any] | None:
        """The item of a substance, condition, organisation or class by its slug or code; None where there is none."""
        key = (kind, slug)
        if key not in self._labels:
            if len(self._labels) > 50_000:
                self._labels.clear()
            hits = self.searcher.search(term("key", f"{kind}/{slug}"), 1, count=False).hits
            self._labels[key] = self.item(hits[0][1]) if hits else None
        return self._labels[key]

    def estimates(self, number: str) -> dict[str, Any] | None:
        """What is estimated of a medicine; None where nothing is, or where there is no such medicine."""
        hits = self.searcher.search(term("key", f"medicine/{number}"), 1, count=False).hits
        return self.estimates_at(hits[0][1]) if hits else None

    def estimates_at(self, address: tantivy.DocAddress) -> dict[str, Any] | None:
        """What is estimated of the medicine at a place of the index."""
        told = stored(self.searcher, address, "estimates")
        found: dict[str, Any] | None = msgspec.json.decode(told) if told else None
        return found


class Reader:
    """Gives the newest whole state of an index's folder; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._held: tuple[tuple[int, ...], Snapshot] | None = None

    def snapshot(self) -> Snapshot:
        """The state of now. Raises StoreUnusable while there is none that this software can read."""
        held = self._held
        if held is not None and held[0] == mark_of(self.folder, held[1].folder):
            return held[1]
        with self._lock:
            for _ in range(3):  # a writer may replace the folder between finding and opening it
                path = current_folder(self.folder)
                if path is None:
                    break
                mark = mark_of(self.folder, path)
                if self._held is not None and self._held[0] == mark:
                    return self._held[1]
                try:
                    with tantivy_errors():
                        snapshot = Snapshot(path)
                except Damaged:
                    continue
                if snapshot.state.schema != SCHEMA:
                    break
                self._held = (mark, snapshot)
                return snapshot
        raise StoreUnusable(_ABSENT)


def mark_of(folder: Path, path: Path, moves: str = "meta.json") -> tuple[int, ...]:
    """What changes whenever an index moves, told by the file that ``moves`` with it; two looks at the file system."""
    try:
        found = ((folder / CURRENT).stat(), (path / moves).stat())
    except OSError:
        return ()
    return tuple(value for one in found for value in (one.st_mtime_ns, one.st_ino))
