"""Style, script and icon: addresses that hold a mark of the contents, so that browsers may keep them for a year."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from medpath.http.kept import unchanged, wants_gzip

FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

_COMMENT = re.compile(rb"^ *(//.*|/\*.*\*/)\n", re.MULTILINE)


@dataclass(frozen=True)
class StaticFile:
    """One file, without the lines that are comments, and compressed."""

    name: str
    address: str
    media_type: str
    body: bytes
    packed: bytes


@cache
def static_files() -> dict[str, StaticFile]:
    """The files by name."""
    found = {}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix not in TYPES:
            continue
        body = _COMMENT.sub(b"", path.read_bytes())
        mark = hashlib.sha256(body).hexdigest()[:12]
        address = f"/static/{path.stem}.{mark}{path.suffix}"
        found[path.name] = StaticFile(path.name, address, TYPES[path.suffix], body, gzip.compress(body, 9, mtime=0))
    return found


def address_of(name: str) -> str:
    """The address of a file. Raises KeyError where there is none of that name."""
    return static_files()[name].address


@cache
def _by_address() -> dict[str, StaticFile]:
    return {file.address: file for file in static_files().values()}


async def static_file(request: Request) -> Response:
    """Answers with a file, for a year; what has another mark than the file of today is not there."""
    file = _by_address().get(request.scope["path"])
    if file is None:
        raise HTTPException(404)
    etag = f'"{file.address.split(".")[-2]}"'
    headers = {
        "content-type": file.media_type,
        "cache-control": "public, max-age=31536000, immutable",
        "etag": etag,
        "vary": "Accept-Encoding",
    }
    if unchanged(request.headers, etag, ""):
        return Response(None, 304, headers)
    if wants_gzip(request.headers):
        return Response(file.packed, 200, headers | {"content-encoding": "gzip"})
    return Response(file.body, 200, headers)
