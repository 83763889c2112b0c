"""Whole lists out of the register: CSV, JSON Lines, or an SQLite file with every list as a table.

Each row and line says its source and the date of its data. CSV cells can't be run as formulas.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from medpath import __version__, tabular
from medpath.errors import UsageError
from medpath.store.read import Register

COLUMNS = {
    "medicines": tabular.MEDICINE_COLUMNS,
    "documents": tabular.DOCUMENT_COLUMNS,
    "changes": tabular.CHANGE_COLUMNS,
    "issues": tabular.ISSUE_COLUMNS,
    "datasets": tabular.DATASET_COLUMNS,
}
PAGE = 2_000


class Export:
    """What is to be exported: everything, or what belongs to the medicines with ``numbers``; now or as of a day."""

    def __init__(self, register: Register, numbers: Sequence[str] | None = None, as_of: date | None = None) -> None:
        self.register = register
        self.numbers = numbers
        self.as_of = as_of
        self.data_date = register.data_date(as_of)
        self._sources: dict[str, str] = {one["name"]: one["attribution"] for one in register.datasets()}

    def csv(self, name: str) -> Iterator[str]:
        """A list as CSV, line by line."""
        return tabular.csv_lines(COLUMNS[name], self.rows(name))

    def jsonl(self, name: str) -> Iterator[str]:
        """A list as JSON Lines: the items of the contract, each with ``source`` and ``data_date``."""
        for item in self._items(name):
            yield msgspec.json.encode(item).decode() + "\n"

    def sqlite(self, file: Path) -> None:
        """Writes all lists as tables of a new SQLite file; ``about`` says source and date of the data."""
        connection = sqlite3.connect(file)
        try:
            connection.execute("pragma journal_mode = off")
            connection.execute("pragma synchronous = off")
            connection.execute("create table about (name text primary key, value text)")
            connection.executemany("insert into about values (?, ?)", self.about().items())
            lists = ["medicines", "documents", "changes"]
            for name in lists if self.numbers is not None else COLUMNS:
                _fill(connection, name, list(COLUMNS[name]), self.rows(name))
            for name in lists:
                connection.execute(f"create index {name}_by_{'medicine' if name == 'changes' else 'product_number'} "
                                   f"on {name} ({'medicine' if name == 'changes' else 'product_number'})")  # fmt: skip
            connection.commit()
        finally:
            connection.close()

    def about(self) -> dict[str, str]:
        """Where the data are from, and when the publisher stood so."""
        return {
            "source": "; ".join(sorted(set(self._sources.values()))),
            "data_date": self.data_date or "",
            "made_by": f"MedPath {__version__}",
            "sample": "yes" if self.register.is_sample() else "no",
        }

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a list as values by column."""
        if name == "medicines":
            yield from (tabular.medicine_values(one, self.data_date) for one in self._medicines())
        elif name == "documents":
            for one in self._medicines():
                yield from tabular.document_values(one, self.data_date)
        elif name == "changes":
            for one in self._changes():
                yield from tabular.change_values(one, self._source(one), self.data_date)
        elif name == "issues":
            yield from (tabular.issue_values(one, self._source(one), self.data_date) for one in self._issues())
        else:
            yield from map(tabular.dataset_values, self.register.datasets())

    def _items(self, name: str) -> Iterator[dict[str, Any]]:
        if name == "medicines":
            for one in self._medicines():
                yield {**one, "source": one["licence"]["attribution"], "data_date": self.data_date}
        elif name == "documents":
            for one in self._medicines():
                about = {"product_number": one["product_number"], "name": one["name"], "status": one["status"]["code"]}
                origin = {"source": one["licence"]["attribution"], "data_date": self.data_date}
                yield from ({**about, **document, **origin} for document in one["documents"])
        elif name in ("changes", "issues"):
            for one in self._changes() if name == "changes" else self._issues():
                yield {**one, "source": self._source(one), "data_date": self.data_date}
        else:
            for one in self.register.datasets():
                yield {**one, "source": one["attribution"], "data_date": one["observed_at"]}

    def _source(self, item: dict[str, Any]) -> str:
        return self._sources.get(str(item["dataset"]), "")

    def _medicines(self) -> Iterator[dict[str, Any]]:
        if self.as_of is not None:
            numbers = self.register.numbers() if self.numbers is None else self.numbers
            return self.register.medicines_of_then(numbers, self.as_of)
        return self.register.all_medicines() if self.numbers is None else self.register.medicines_of(self.numbers)

    def _changes(self) -> Iterator[dict[str, Any]]:
        wanted = None if self.numbers is None else {number.replace("/", "-") for number in self.numbers}
        after: int | None = 0
        while after is not None:
            found = self.register.changes(after=after, limit=PAGE)
            for one in found.items:
                if wanted is None or one["medicine"].rpartition(":")[2] in wanted:
                    yield one
            after = found.next

    def _issues(self) -> Iterator[dict[str, Any]]:
        after: int | None = 0
        while after is not None:
            found = self.register.issues(after=after, limit=PAGE)
            yield from found.items
            after = found.next


def _fill(connection: sqlite3.Connection, name: str, columns: list[str], rows: Iterable[dict[str, Any]]) -> None:
    quoted = ", ".join(f'"{column}"' for column in columns)
    connection.execute(f"create table {name} ({quoted})")
    marks = ", ".join("?" * len(columns))
    values = ([_stored(row[column]) for column in columns] for row in rows)
    connection.executemany(f"insert into {name} values ({marks})", values)


def _stored(value: Any) -> Any:
    """What SQLite keeps: numbers as numbers, nothing as null, everything else as text."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return tabular.as_text(value)


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A path to write to; it becomes ``target`` at the end of the block, or nothing where the block fails.

    Raises UsageError where the folder can't be written to, or the target is a device, pipe or folder.
    """
    if target.exists() and not target.is_file():
        raise UsageError(f"{target} is no file that could be replaced; choose another place.")
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
        os.close(handle)
    except OSError as problem:
        raise UsageError(f"{target} can't be written ({problem.strerror}); choose another place.") from problem
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
