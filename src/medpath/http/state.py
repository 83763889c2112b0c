"""What the handlers need of the running application, and in which state its data are."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import anyio.to_thread
from starlette.requests import Request

from medpath.errors import StoreUnusable
from medpath.http.kept import KeptAnswers
from medpath.search.index import State as IndexState
from medpath.search.reading_passages import Passages
from medpath.search.searching import Search
from medpath.settings import Settings
from medpath.store.database import Database
from medpath.store.read import Register
from medpath.store.stamp import StoreStamp

STAMP_SECONDS = 0.5  # for so long an answer may be older than the store

T = TypeVar("T")


@dataclass(frozen=True)
class Stamp:
    """The state of the store and how far the index has come; ``index`` is None while it can't be read."""

    store: StoreStamp
    index: IndexState | None


class State:
    """Settings, register, search and the answers kept in memory, one of each per process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings.database)
        self.register = Register(self.database)
        self.search = Search(settings.index)
        self.passages = Passages(settings.index, self.search)
        self.kept = KeptAnswers()
        self._attributions: dict[str, str] = {}
        self._once: tuple[Stamp | None, dict[tuple[str, ...], Any]] = (None, {})
        self._stamp: Stamp | None = None
        self._stamp_until = 0.0

    async def read(self, function: Callable[..., T], *given: Any, **named: Any) -> T:
        """Calls what reads the store or the index: on the event loop with SQLite, in a thread with PostgreSQL."""
        if self.database.dialect == "sqlite":
            return function(*given, **named)
        return await anyio.to_thread.run_sync(lambda: function(*given, **named))

    async def write(self, function: Callable[..., T], *given: Any) -> T:
        """Calls what writes to the store, in a thread: it may have to wait for another writer."""
        return await anyio.to_thread.run_sync(function, *given)

    def once(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """What many pages need of the store or the index is read once for each state of them.

        There must not be more keys than the data have values: none may be of a reader's choice.
        """
        if self._once[0] != self._stamp:
            self._once = (self._stamp, {})
        known = self._once[1]
        if key not in known:
            known[key] = make()
        return cast(T, known[key])

    def recent_stamp(self) -> Stamp | None:
        """The stamp where it is still recent, without reading anything."""
        return self._stamp if time.monotonic() < self._stamp_until else None

    def last_stamp(self) -> Stamp | None:
        """The stamp that was read last, of whatever age: what an answer that took long was made from."""
        return self._stamp

    async def stamp(self) -> Stamp:
        """The state of the data, at most half a second old. Raises StoreUnusable."""
        recent = self.recent_stamp()
        if recent is not None:
            return recent
        if self._stamp is not None:
            self._stamp_until = time.monotonic() + STAMP_SECONDS  # others go on with the old one while this one reads
        try:
            self._stamp = await self.read(self._read_stamp)
        except BaseException:
            self._stamp, self._stamp_until = None, 0.0
            raise
        self._stamp_until = time.monotonic() + STAMP_SECONDS
        return self._stamp

    def attribution(self, dataset: str) -> str:
        """The attribution that the publisher of a dataset asks for; empty where the source is unknown."""
        if not self._attributions:
            self._attributions = {one["source"]: one["attribution"] for one in self.register.named_datasets()}
        return self._attributions.get(dataset.partition(".")[0], "")

    def _read_stamp(self) -> Stamp:
        try:
            index: IndexState | None = self.search.state()
        except StoreUnusable:
            index = None
        return Stamp(self.register.stamp(), index)

    def close(self) -> None:
        """Closes the connections to the store."""
        self.database.dispose()


def state_of(request: Request) -> State:
    """The application's state."""
    return cast(State, request.app.state.medpath)
