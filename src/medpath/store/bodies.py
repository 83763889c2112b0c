"""Parts of the bodies of many versions, read from the store once and remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Any, Generic, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.store.packing import unpack_as
from medpath.store.tables import medicine_version
from medpath.store.writing import chunks

MOST_KEPT = 12_000  # versions

T = TypeVar("T")


class Bodies(Generic[T]):
    """The bodies of versions as ``shape`` has them.

    They are remembered by their hash, which says what stands in them whatever store they come from.
    """

    def __init__(self, shape: type[T]) -> None:
        self._decoder = msgspec.json.Decoder(shape)
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def read(self, connection: Connection, sequences: sa.Select[Any]) -> list[T]:
        """Each version of those that a query gives the sequences of, in no order."""
        columns = medicine_version.c
        rows = connection.execute(sa.select(columns.sequence, columns.hash).where(columns.sequence.in_(sequences)))
        wanted = {row.sequence: row.hash for row in rows}
        with self._lock:
            found = {one: self._kept[one] for one in wanted.values() if one in self._kept}
        found.update(self._unpacked(connection, [one for one, hashed in wanted.items() if hashed not in found]))
        with self._lock:
            for hashed, one in found.items():
                self._kept[hashed] = one
                self._kept.move_to_end(hashed)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return [found[hashed] for hashed in wanted.values() if hashed in found]

    def _unpacked(self, connection: Connection, sequences: Iterable[int]) -> dict[str, T]:
        columns = medicine_version.c
        found: dict[str, T] = {}
        for some in chunks(sequences, 500):
            rows = connection.execute(sa.select(columns.hash, columns.body).where(columns.sequence.in_(some)))
            found.update({row.hash: unpack_as(self._decoder, row.body) for row in rows})
        return found
