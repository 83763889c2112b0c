"""The layers around every handler, as plain ASGI: kept answers, limits, protecting headers, never a traceback."""

from __future__ import annotations

import logging
import re
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from medpath.errors import StoreUnusable
from medpath.http.problems import UNEXPECTED, told
from medpath.http.state import State

LONGEST_QUERY = 4_000
LONGEST_PATH = 600
READING = ("GET", "HEAD")
FEEDS = ("/changes.atom", "/changes.json")
WRITTEN = ("/watches", "/zh/watches")  # where the operator set an access token

log = logging.getLogger("medpath")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PROTECTING = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
OPEN = [
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Last-Modified, Content-Disposition, X-MedPath-Data-Date, X-MedPath-Sample",
    ),
    (b"cross-origin-resource-policy", b"cross-origin"),
]
CLOSED = [(b"cross-origin-resource-policy", b"same-origin")]
PREFLIGHT = [
    (b"access-control-allow-methods", b"GET, HEAD, OPTIONS"),
    (b"access-control-allow-headers", b"If-None-Match, If-Modified-Since, Accept, Content-Type"),
    (b"access-control-max-age", b"86400"),
    (b"allow", b"GET, HEAD, OPTIONS"),
]
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Shell:
    """The outermost layer: bounds the question, answers HEAD and OPTIONS, adds the headers, tells what went wrong."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self.app = app
        self.state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        method: str = scope["method"]
        is_open = path.startswith("/api/") or path == "/openapi.json" or path.endswith(FEEDS)
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                own = [*message.get("headers", [])]
                named = {name for name, _value in own}  # a chart has a policy of its own
                protecting = [header for header in PROTECTING if header[0] not in named]
                message["headers"] = [*own, *protecting, *(OPEN if is_open else CLOSED)]
                message["headers"] += self._about_the_data()
            elif method == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if method == "HEAD":
            scope = {**scope, "method": "GET", "medpath.head": True}
        try:
            early = self._early(scope, method)
            if early is not None:
                await early(scope, receive, send_with_headers)
            else:
                await self.app(scope, receive, send_with_headers)
        except Exception:
            log.exception("%s %s failed", method, path)
            if started:
                raise
            await _unexpected(Request(scope))(scope, receive, send_with_headers)

    def _about_the_data(self) -> list[tuple[bytes, bytes]]:
        stamp = self.state.last_stamp()
        if stamp is None:
            return []
        headers = []
        if stamp.store.data_date:
            headers.append((b"x-medpath-data-date", stamp.store.data_date.encode()))
        if stamp.store.sample:
            headers.append((b"x-medpath-sample", b"sample data"))
        return headers

    def _early(self, scope: Scope, method: str) -> Response | None:
        """An answer that needs no handler: to OPTIONS, and to what can't be a sensible question."""
        path: str = scope["path"]
        if method == "OPTIONS":
            response = Response(status_code=204)
            response.raw_headers = list(PREFLIGHT)
            return response
        writes = method == "POST" and path in WRITTEN and self.state.settings.access_token.get_secret_value()
        if method not in READING and not writes:
            return told(
                Request(scope),
                405,
                "This address can only be read: use GET or HEAD.",
                headers={"allow": "GET, HEAD, OPTIONS"},
            )
        if len(path) > LONGEST_PATH or _CONTROL.search(path):
            return told(Request(scope), 404, "There is nothing at this address.")
        if len(scope["query_string"]) > LONGEST_QUERY:
            return told(
                Request(scope), 400, f"The question is too long: at most {LONGEST_QUERY} characters after the “?”."
            )
        if path != "/" and path.endswith("/"):
            query = scope["query_string"].decode("ascii", "replace")
            location = "/" + quote(path.strip("/")) + (f"?{query}" if query else "")
            return Response(status_code=308, headers={"location": location})
        return None


def _unexpected(request: Request) -> Response:
    try:
        return told(request, 500, UNEXPECTED)
    except Exception:
        log.exception("the page that tells of an error failed itself")
        return Response(UNEXPECTED, 500, media_type="text/plain; charset=utf-8")


class FromMemory:
    """Answers from memory what was made before from the same state of the data, without asking any handler."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self.app = app
        self.state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        try:
            stamp = self.state.recent_stamp() or await self.state.stamp()
        except StoreUnusable:
            await self.app(scope, receive, send)
            return
        path, query = scope["path"], scope["query_string"]
        kept = self.state.kept.get(path, query, stamp)
        if kept is None:
            await self.app(scope, receive, send)
            return
        status, headers, body = self.state.kept.reply(path, query, kept, Headers(scope=scope))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
