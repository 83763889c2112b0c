"""A server on the loopback interface that answers exactly the bytes a test wants, as no decent server would."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Say = Callable[[bytes], None]


@dataclass
class Asked:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Server:
    """``answer`` is called with each request and a function that sends bytes; then the connection is closed."""

    answer: Callable[[Asked, Say], None]
    port: int = 0
    requests: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.requests]


def reply(status: str, body: bytes = b"", **headers: Any) -> bytes:
    """The bytes of a decent answer; ``Retry_After=5`` gives the header ``Retry-After: 5``.

    It says that the connection ends with it, as it does: a client that kept it for its next request
    would find it closed now and then, and ask twice.
    """
    lines = [f"HTTP/1.1 {status}"]
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in ({"Content-Length": len(body), "Connection": "close"} | given).items():
        lines.append(f"{name}: {value}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@contextmanager
def serving(answer: Callable[[Asked, Say], None]) -> Iterator[Server]:
    """Runs the server for the time of the block."""
    server = Server(answer)
    listening = socket.create_server(("127.0.0.1", 0))
    server.port = listening.getsockname()[1]
    closing = threading.Event()

    def accept() -> None:
        while not closing.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=_talk, args=(server, connection, closing), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        closing.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def _talk(server: Server, connection: socket.socket, closing: threading.Event) -> None:
    def say(data: bytes) -> None:
        if closing.is_set():
            raise ConnectionError("the test is over")
        connection.sendall(data)

    with connection, suppress(OSError):
        text = b""
        while b"\r\n\r\n" not in text:
            more = connection.recv(65_536)
            if not more:
                return
            text += more
        first, *lines = text.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        asked = Asked(first.split(" ")[1], headers, time.monotonic())
        server.requests.append(asked)
        server.answer(asked, say)
