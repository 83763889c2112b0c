"""The server: one process or several behind one socket, with bounds on headers, time and connections."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.supervisors import Multiprocess

from medpath.errors import MedPathError, StoreUnusable, UsageError
from medpath.search.following import follow_store
from medpath.search.passages import is_current
from medpath.search.searching import Search
from medpath.settings import Settings
from medpath.store.database import Database
from medpath.store.opening import newest_form, revision
from medpath.store.read import Register

LONGEST_HEAD = 16_384  # bytes of a request's line and headers
HEAD_SECONDS = 20.0  # within which they must have come
IDLE_SECONDS = 15
STOP_SECONDS = 10
MOST_CONNECTIONS = 1_000

log = logging.getLogger("medpath")


class BoundedProtocol(H11Protocol):
    """HTTP/1.1 that does not wait for ever until a request's headers are complete."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to wait for the first request."""
        super().connection_made(transport)
        self._deadline = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def data_received(self, data: bytes) -> None:
        """Waits on while a request's headers are not complete."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            if self._deadline is None and not self.transport.is_closing():
                self._deadline = self.loop.call_later(HEAD_SECONDS, self._too_slow)
        else:
            self._no_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits for nothing more."""
        self._no_deadline()
        super().connection_lost(exc)

    def _no_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.close()


def run(create: Callable[[Settings], FastAPI], settings: Settings, host: str, port: int, workers: int) -> None:
    """Serves until SIGINT or SIGTERM, then lets running answers end.

    Brings an older or empty store to its present form first, and the index up to date in the
    background where nobody else writes. Raises UsageError where the address can't be listened at,
    StoreUnusable for a store that this version can't read.
    """
    _log_to_stderr()
    prepare(settings)
    listening = _listen(host, port)
    config = uvicorn.Config(
        partial(_created, create, settings),
        factory=True,
        workers=workers,
        http=BoundedProtocol,
        ws="none",
        loop="asyncio",
        access_log=False,
        log_config=None,
        log_level=logging.WARNING,
        proxy_headers=False,
        server_header=False,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        limit_concurrency=MOST_CONNECTIONS,
    )
    _say(f"MedPath serves {_address(listening)}; Ctrl+C ends it.")
    _follow_beside(settings)
    signal.signal(signal.SIGTERM, _ended)  # what the server restores and raises again when it has stopped
    with contextlib.closing(listening), contextlib.suppress(KeyboardInterrupt):
        if workers > 1:
            Multiprocess(config, sockets=[listening]).run()
        else:
            uvicorn.Server(config).run(sockets=[listening])


def _created(create: Callable[[Settings], FastAPI], settings: Settings) -> FastAPI:
    """The application; what stays for ever is not looked through again and again for what could be let go."""
    app = create(settings)
    gc.freeze()
    return app


def prepare(settings: Settings) -> None:
    """Makes the tables of an empty store, or brings an older one to the present form. Raises StoreUnusable."""
    database = Database(settings.database)
    try:
        if database.file is not None:
            try:
                database.file.parent.mkdir(parents=True, exist_ok=True)
            except OSError as problem:
                raise StoreUnusable(
                    f"The folder {database.file.parent} can't be made: {problem.strerror}."
                ) from problem
        if revision(database) == newest_form():
            return
        from medpath.store.migrate import upgrade

        with database.lock(settings.data):
            upgrade(database)
    finally:
        database.dispose()


def _follow_beside(settings: Settings) -> None:
    """Where the index lags behind the store, another process brings it up to date, so that no answer waits for it."""
    database = Database(settings.database)
    try:
        register, search = Register(database), Search(settings.index)
        medicines = (search.store_id(), search.sequence()) == (register.store_id(), register.sequence())
        if medicines and is_current(settings.index, database):
            return
    except StoreUnusable:
        pass
    finally:
        database.dispose()
    get_context("spawn").Process(target=follow, args=(settings,), daemon=True, name="medpath-index").start()


def follow(settings: Settings) -> None:
    """Brings the search index up to date; where another process writes, that one does it."""
    database = Database(settings.database)
    try:
        with database.lock(settings.data):
            follow_store(settings.index, database)
    except StoreUnusable as problem:
        log.info("%s", problem)
    except (MedPathError, OSError, ValueError) as problem:
        log.error("The search index can't be brought up to date: %s", problem)
    finally:
        database.dispose()


def _ended(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # said with its protocol: else asyncio leaves out TCP_NODELAY and every answer in two pieces waits 40 ms
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)
    except OSError as problem:
        listening.close()
        reason = problem.strerror or str(problem)
        raise UsageError(f"Nothing can listen at {host}, port {port}: {reason}; choose another --port.") from problem
    listening.set_inheritable(True)
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    if listening.family == socket.AF_INET6:
        host = f"[{host}]"
    return f"http://{host}:{port}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _log_to_stderr() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
