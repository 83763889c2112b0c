"""Looking up without network: a page, a small list of all medicines, and what browsers need to keep both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from medpath import urls
from medpath.http.answers import JSON, Content
from medpath.http.kept import unchanged
from medpath.http.state import Stamp, State
from medpath.search.entries import STATUS_ORDER
from medpath.search.searching import LARGEST_LIMIT
from medpath.translations.language import language
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.environment import status_look
from medpath.web.page import page
from medpath.web.static_files import address_of, static_files

WORKER = Path(__file__).parent / "scripts" / "service-worker.js"
KEPT_FILES = ("style.css", "offline.js", "register.js", "suggestions.js", "icon.svg")


def show(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The page that looks up in what the browser keeps."""
    _ = asked.language.gettext
    return page(state, stamp, asked, "offline.html", _("Look-up without network"), indexed=False)


def medicines(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The list that browsers keep: every medicine with its status, substances, conditions and numbers.

    ``medicines`` are [id, name, place in ``statuses``, day of the status, places in ``substances``, places in
    ``conditions``, EU numbers]; names that many share stand once.
    """
    statuses: dict[str, int] = {}
    substances: dict[str, int] = {}
    conditions: dict[str, int] = {}
    listed = [
        [
            urls.medicine_path_id(one["product_number"]),
            one["name"],
            _place(statuses, one["status"]["code"] or one["status"]["source_value"] or ""),
            one["status"]["date"] or "",
            [_place(substances, substance) for substance in one["active_substances"]],
            [_place(conditions, area) for area in one["therapeutic_areas"]],
            one["eu_numbers"],
        ]
        for one in _all(state)
    ]
    value = {
        "data_date": stamp.store.data_date,
        "sample": stamp.store.sample,
        "statuses": [_status(code) for code in statuses],
        "substances": list(substances),
        "conditions": list(conditions),
        "medicines": listed,
    }
    return Content(msgspec.json.encode(value), JSON)


def _all(state: State) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        part = state.search.medicines(limit=LARGEST_LIMIT, cursor=cursor, facet_values=0)
        yield from part.items
        cursor = part.next
        if cursor is None:
            return


def _place(places: dict[str, int], name: str) -> int:
    return places.setdefault(name, len(places))


def _status(code: str) -> dict[str, Any]:
    words = {tongue: word(language(tongue), "status", code) or code for tongue in urls.LANGUAGES}
    return {"code": code if code in STATUS_ORDER else "unknown", "look": status_look(code)[0], "words": words}


@cache
def _worker() -> bytes:
    files = json.dumps([address_of(name) for name in KEPT_FILES])
    return WORKER.read_text(encoding="utf-8").replace('"[files]"', files).encode()


async def worker(request: Request) -> Response:
    """``/service-worker.js``; browsers ask for it again each day, and get a new one with new files."""
    mark = "".join(static_files()[name].address.split(".")[-2] for name in KEPT_FILES)
    headers = {"cache-control": "no-cache", "etag": f'"{mark}"'}
    if unchanged(request.headers, headers["etag"], ""):
        return Response(None, 304, headers)
    return Response(_worker(), 200, headers, media_type="text/javascript; charset=utf-8")


async def manifest(_request: Request) -> Response:
    """``/manifest.webmanifest``: what a browser needs to install the register."""
    icons = [{"src": address_of("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    value = {
        "name": "MedPath",
        "short_name": "MedPath",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b5c6b",
        "icons": icons,
    }
    headers = {"cache-control": "public, max-age=86400"}
    return Response(msgspec.json.encode(value), 200, headers, media_type="application/manifest+json")
