"""The search index: a folder beside the store, derived from it, made again whenever it is not to be trusted.

    index/
      current                 the name of the folder in force, replaced in one step
      4021-3f2a…/             a tantivy index (4021: number of the schema) …
        contents.json         … and the length and checksum of each of its files

A new index is made in a folder of its own and then named in ``current``; changes to the present one become visible
with tantivy's commit. So readers see a whole index or none, wherever a writer stops. After a stop between a commit
and ``contents.json`` the folder counts as damaged, and the next writer makes the index again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import tantivy

from medpath.errors import MedPathError
from medpath.search.entries import Entry
from medpath.search.filling import entries, fill
from medpath.search.schema import SCHEMA, schema
from medpath.store.database import Database
from medpath.store.read import Register

STATE = "state/state"
CURRENT = "current"
CONTENTS = "contents.json"
HEAP = 200_000_000  # so that an index is made in one piece, which answers quickest
MOST_SEGMENTS = 6  # with more pieces than these, deleted entries weigh more than making the index again
LARGEST_UPDATE = 0.25  # with more news than this share of the medicines, making the index again is quicker
_FOLDER = re.compile(r"\d+-[0-9a-f]{32}")


class Damaged(MedPathError):
    """The index can't be read or written: files are missing, cut or changed, or the disk is full."""


@dataclass(frozen=True)
class State:
    """How far an index has come, for which store and with which schema."""

    store: str
    sequence: int
    schema: int
    vocabularies: str = ""  # they and the day of the data can move without any medicine


class Index:
    """The index as its one writer sees it; only the holder of the data folder's lock may use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def follow(self, database: Database) -> int:
        """Brings the index to the sequence of the store and returns the number of entries written.

        An index that is missing, damaged, of another store, of another schema or ahead of the store is made again.
        Raises MedPathError where it can't be written.
        """
        register = Register(database)
        wanted = State(register.store_id(), register.sequence(), SCHEMA, _vocabularies(register))
        present = self._whole()
        if present is not None:
            path, state, segments = present
            if state == wanted:
                return 0
            ours = (state.store, state.schema) == (wanted.store, wanted.schema)
            news = wanted.sequence - state.sequence
            if ours and 0 <= news <= register.count() * LARGEST_UPDATE and segments < MOST_SEGMENTS:
                try:
                    return self._update(path, register, wanted)
                except Damaged:
                    pass  # it is made again
        return self._make(register, wanted)

    def _whole(self) -> tuple[Path, State, int] | None:
        """(folder, state, number of segments) of the index in force, where all of it is as it was written."""
        path = current_folder(self.folder)
        if path is None or not as_written(path):
            return None
        try:
            with tantivy_errors():
                searcher = open_index(path).searcher()
                return path, read_state(searcher), searcher.num_segments
        except Damaged:
            return None

    def _update(self, path: Path, register: Register, state: State) -> int:
        with tantivy_errors():
            index = open_index(path)
            held = _held(index.searcher())
            written = _write(index, register, held, state)
        note_contents(path)
        return written

    def _make(self, register: Register, state: State) -> int:
        with new_folder(self.folder, SCHEMA, "search index") as path:
            with tantivy_errors():
                written = _write(tantivy.Index(schema(), str(path), reuse=False), register, {}, state)
            note_contents(path)
        return written


@contextmanager
def new_folder(folder: Path, schema: int, what: str) -> Iterator[Path]:
    """A folder for an index that is made anew: in force when it is whole, gone when it fails. Raises Damaged."""
    path = folder / f"{schema}-{uuid4().hex}"
    try:
        path.mkdir(parents=True)
        yield path
        replace_file(folder / CURRENT, path.name)
    except OSError as problem:
        shutil.rmtree(path, ignore_errors=True)
        raise Damaged(f"The {what} can't be written to {folder}: {problem.strerror}.") from problem
    except Damaged:
        shutil.rmtree(path, ignore_errors=True)
        raise
    for other in folder.iterdir():
        if other != path and _FOLDER.fullmatch(other.name):
            shutil.rmtree(other, ignore_errors=True)


def current_folder(folder: Path) -> Path | None:
    """The folder of the index in force; None where there is none."""
    try:
        name = (folder / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    path = folder / name
    return path if _FOLDER.fullmatch(name) and path.is_dir() else None


def open_index(path: Path) -> tantivy.Index:
    """Opens an index; its reader moves only when it is opened anew."""
    index = tantivy.Index.open(str(path))
    index.config_reader("manual")
    index.reload()
    return index


def read_state(searcher: tantivy.Searcher) -> State:
    """How far an index has come. Raises Damaged where it doesn't say."""
    try:
        query = tantivy.Query.term_query(schema(), "key", STATE)
        _, address = searcher.search(query, 1).hits[0]
        return msgspec.json.decode(stored(searcher, address), type=State)
    except (IndexError, TypeError, ValueError) as problem:
        raise Damaged("The search index does not say which store it belongs to.") from problem


def stored(searcher: tantivy.Searcher, address: tantivy.DocAddress, name: str = "item") -> bytes:
    """The bytes that the index keeps of an entry."""
    value: Any = searcher.doc(address).get_first(name)
    return bytes(value or b"")


@contextmanager
def tantivy_errors() -> Iterator[None]:
    """Turns what tantivy raises over broken files or a full disk into Damaged; its panics are no Exceptions."""
    try:
        yield
    except (ValueError, OSError) as problem:
        raise Damaged(f"The search index can't be used: {str(problem)[:200]}.") from problem
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":
            raise
        raise Damaged("The search index is damaged.") from problem


def _write(index: tantivy.Index, register: Register, held: dict[str, str], state: State) -> int:
    writer = index.writer(HEAP, 1)
    try:
        wanted = chain(entries(register), [Entry("state", "state", asdict(state))])
        written = fill(writer, wanted, held)
    except BaseException:
        writer.rollback()
        raise
    writer.wait_merging_threads()
    return written


def _held(searcher: tantivy.Searcher) -> dict[str, str]:
    """The entries that an index holds: id → mark."""
    held = {}
    for _, address in searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1), count=False).hits:
        mark, _, identity = stored(searcher, address, "mark").decode().partition(" ")
        held[identity] = mark
    return held


def _vocabularies(register: Register) -> str:
    """The day of the data and the state of the vocabularies, by which the index notices that one has moved."""
    found = [one for one in register.datasets() if one["kind"] == "vocabulary"]
    data_day = (register.data_date() or "")[:10]
    return " ".join([data_day, *(f"{one['name']}={one['records']}@{one['observed_at']}" for one in found)])


def _files(path: Path) -> dict[str, list[int]]:
    """The length and checksum of every file of an index."""
    found = {}
    for file in sorted(path.iterdir()):
        if file.name != CONTENTS and not file.name.startswith(".") and file.is_file():
            data = file.read_bytes()
            found[file.name] = [len(data), zlib.crc32(data)]
    return found


def note_contents(path: Path) -> None:
    """Notes the files of an index as they are, so that damage is seen."""
    replace_file(path / CONTENTS, json.dumps(_files(path)))


def as_written(path: Path) -> bool:
    """Whether every file of an index is as it was noted."""
    try:
        noted = json.loads((path / CONTENTS).read_bytes())
        present = _files(path)
    except (OSError, ValueError):
        return False
    return isinstance(noted, dict) and all(present.get(name) == value for name, value in noted.items())


def replace_file(path: Path, text: str) -> None:
    """Writes a small file in one step, so that it is there as it was or as it shall be."""
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
