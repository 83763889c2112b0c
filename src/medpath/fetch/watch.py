"""A bound for the whole time of a request."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any


class Watch:
    """Cuts the connection when a request takes longer than it may, in whatever phase it is.

    The client's own time-outs count silence only: a byte now and then would go on for ever.
    """

    def __init__(self) -> None:
        self.fired = False
        self._stream: Any = None

    def trace(self, name: str, info: dict[str, Any]) -> None:
        """Keeps hold of the connection's socket; the client's ``trace`` extension calls this."""
        if name.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._stream = info["return_value"]
            if self.fired:
                self._cut()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Bounds what happens inside to so many seconds."""
        self.fired = False
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        self.fired = True
        connection = self._stream.get_extra_info("socket") if self._stream is not None else None
        if connection is not None:
            with suppress(OSError):  # the plain socket's: TLS would wait for the other side
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
