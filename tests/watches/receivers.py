"""A mail server and a web server that take deliveries, on real sockets, for the tests."""

from __future__ import annotations

import email
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Mailbox:
    """A mail server: what it took, and what it answers to the recipient."""

    port: int = 0
    answer: str = "250 fine"
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A mail server that speaks as much SMTP as a client needs (RFC 5321)."""
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 test\r\n")
            for raw in self.rfile:
                verb = raw.split()[0].upper() if raw.split() else b""
                if verb in (b"EHLO", b"HELO"):
                    self.wfile.write(b"250 test\r\n")
                elif verb == b"RCPT":
                    box.recipients.append(raw.decode().strip())
                    self.wfile.write(box.answer.encode() + b"\r\n")
                elif verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    lines = []
                    while (line := self.rfile.readline()).rstrip(b"\r\n") != b".":
                        lines.append(line[1:] if line.startswith(b".") else line)
                    box.letters.append(email.message_from_bytes(b"".join(lines), policy=default))  # type: ignore[arg-type]
                    self.wfile.write(b"250 taken\r\n")
                elif verb == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(b"250 fine\r\n")

    with _Threading(("127.0.0.1", 0), Handler) as server, _serving(server):
        box.port = server.server_address[1]
        yield box


class _Threading(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@dataclass
class Hook:
    """A web server: the requests that it took, and the status that it answers."""

    url: str = ""
    status: int = 204
    location: str = ""
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def web_hook() -> Iterator[Hook]:
    """A web server that takes what is posted to it."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.taken.append((dict(self.headers), body))
            self.send_response(hook.status)
            if hook.location:
                self.send_header("Location", hook.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with server, _serving(server):
        hook.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
        yield hook


@contextmanager
def drip() -> Iterator[str]:
    """The address of a web server whose answer comes byte by byte and never ends."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                self.request.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while True:
                    self.request.sendall(b"x")
                    time.sleep(0.1)

    server = _Threading(("127.0.0.1", 0), Handler)
    with server, _serving(server):
        yield f"http://127.0.0.1:{server.server_address[1]}/hook"


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
