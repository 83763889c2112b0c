"""Every text of the interface, from the templates and modules that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.extract import extract_from_file
from jinja2 import Environment
from jinja2.ext import babel_extract

import medpath

PACKAGE = Path(medpath.__file__).parent
TEMPLATES = sorted((PACKAGE / "web" / "templates").rglob("*.html"))
SPEAKING = ("web", "translations", "watches", "feeds")
MODULES = sorted([PACKAGE / "digest.py", *(path for folder in SPEAKING for path in (PACKAGE / folder).rglob("*.py"))])
CALLS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None}

# Proper names, forms of data and units, the same in every language.
PROPER = {"MedPath", "BibTeX", "CSV", "JSON", "JSON Lines", "MeSH", "OpenAPI", "RIS", "SHA-256"}
SPOKEN_ATTRIBUTES = ("title", "alt", "placeholder", "aria-label", "content", "value", "label")


def texts() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(where, (text,) or (one, many)) for each text that is marked for translation."""
    for path in TEMPLATES:
        with path.open("rb") as stream:
            for line, _function, message, _comments in babel_extract(stream, list(CALLS), [], {"silent": "false"}):
                yield f"{path.name}:{line}", _parts(message)
    for path in MODULES:
        for line, message, _comments, _context in extract_from_file("python", path, CALLS):
            yield f"{path.name}:{line}", _parts(message)


def _parts(message: object) -> tuple[str, ...]:
    given = message if isinstance(message, tuple | list) else (message,)
    return tuple(part for part in given if isinstance(part, str))


class _Spoken(HTMLParser):
    """Collects what a reader sees or hears of a template without its expressions."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("meta", "input", "option"):
            attrs = [pair for pair in attrs if pair[0] in ("title", "placeholder", "aria-label")]
        self.found += [value or "" for name, value in attrs if name in SPOKEN_ATTRIBUTES]


def bare_texts(path: Path) -> list[str]:
    """Words in a template that no call of gettext takes."""
    plain = "".join(
        value if kind == "data" else "" for _line, kind, value in Environment().lex(path.read_text(encoding="utf-8"))
    )
    spoken = _Spoken()
    spoken.feed(plain)
    words = [" ".join(text.split()).strip(" ·.,:;…–-()[]“”→×›") for text in spoken.found]
    return [word for word in words if re.search(r"[^\W\d_]", word) and word not in PROPER]
