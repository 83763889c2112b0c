"""Answers with their validators: 304 where the client has them, from memory where they were made before."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from medpath import __version__
from medpath.http.kept import LONGEST_SECONDS, Kept, unchanged
from medpath.http.state import Stamp, State, state_of
from medpath.model.times import moment

JSON = "application/json"
HTML = "text/html; charset=utf-8"


@dataclass
class Content:
    """What a handler made: bytes, their media type, and headers of its own."""

    body: bytes
    media_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


def json_content(value: Any) -> Content:
    """A value as JSON."""
    return Content(msgspec.json.encode(value))


async def answer(
    request: Request, make: Callable[[Stamp], Content], *, keep_seconds: float = LONGEST_SECONDS, depends: str = ""
) -> Response:
    """Answers 200 with what ``make`` makes, 304 where the client has it already.

    The answer is kept in memory under path and query until the data move, at most ``keep_seconds``
    (less where it says something about the present time); so it may depend on nothing else of the
    request but what ``depends`` holds, which no address can hold. ``make`` reads the store and is called
    on the event loop with SQLite, in a thread with PostgreSQL. What it raises is nobody's to keep. The
    time at which the store was last written is the time of last modification.
    """
    state = state_of(request)
    stamp = await state.stamp()
    path, query = request.scope["path"], request.scope["query_string"]
    if depends:
        query += f"\n{depends}".encode()
    kept = state.kept.get(path, query, stamp)
    if kept is None:
        kept = _keep(await state.read(_made, state, make, stamp), stamp, keep_seconds)
        state.kept.put(path, query, kept)
    return _response(*state.kept.reply(path, query, kept, request.headers))


def _made(state: State, make: Callable[[Stamp], Content], stamp: Stamp) -> Content:
    with state.database.reading_together():
        return make(stamp)


async def stream(
    request: Request, lines: Callable[[Stamp], Iterator[bytes]], media_type: str, file_name: str
) -> Response:
    """Answers with a file of any length, made while it is sent, or 304.

    Its tag speaks of the data's state and the question, not of the bytes, which nobody has seen
    before the end. ``lines`` is called, and its iterator drawn, in a thread.
    """
    stamp = await state_of(request).stamp()
    asked = f"{request.scope['path']}?".encode() + request.scope["query_string"]
    etag = _tag(repr(stamp).encode() + asked + __version__.encode())
    headers = _headers(media_type, etag, http_date(stamp.store.changed_at))
    headers.append((b"content-disposition", f'attachment; filename="{file_name}"'.encode()))
    if unchanged(request.headers, etag, http_date(stamp.store.changed_at)):
        return _response(304, headers, b"")
    if request.scope.get("medpath.head"):
        return _response(200, headers, b"")
    response = StreamingResponse(lines(stamp), 200)
    response.raw_headers = headers
    return response


def http_date(instant: str | None) -> str:
    """An instant as HTTP writes it, ``Sat, 14 Mar 2026 05:00:00 GMT``; nothing for None."""
    return format_datetime(moment(instant), usegmt=True) if instant else ""


def _keep(content: Content, stamp: Stamp, seconds: float) -> Kept:
    last_modified = http_date(stamp.store.changed_at)
    etag = _tag(content.body)
    headers = _headers(content.media_type, etag, last_modified)
    headers += [(name.lower().encode(), value.encode()) for name, value in content.headers.items()]
    return Kept(stamp, time.monotonic() + seconds, etag, last_modified, headers, content.body, packed=False)


def _tag(data: bytes) -> str:
    return f'W/"{hashlib.blake2b(data, digest_size=15).hexdigest()}"'


def _headers(media_type: str, etag: str, last_modified: str) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-type", media_type.encode()),
        (b"etag", etag.encode()),
        (b"cache-control", b"no-cache"),
        (b"vary", b"Accept-Encoding"),
    ]
    if last_modified:
        headers.append((b"last-modified", last_modified.encode()))
    return headers


def _response(status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> Response:
    response = Response(body, status)
    response.raw_headers = headers
    return response
