"""Renders HTML as PDF, in a process of its own (medpath.bounded): nothing is fetched, from no site and from no file."""

from __future__ import annotations

import contextlib
import json
import logging
from typing import Any


def render(document: bytes) -> bytes:
    """A line of JSON, and after it the PDF of an HTML document in UTF-8 where there is one.

    The JSON says under ``problem`` why there is none (``library``: WeasyPrint is not installed; ``system``: Pango,
    which it needs, can't be loaded), else under ``without_font`` which code points no font of this machine has.
    """
    try:
        with contextlib.redirect_stdout(None):  # it prints there what it could not load
            import weasyprint
    except ImportError:
        return _line({"problem": "library"})
    except OSError:
        return _line({"problem": "system"})

    class Nothing(weasyprint.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            raise ValueError("a PDF is made of its document alone")

    missing = _Missing()
    log = logging.getLogger("weasyprint")
    log.handlers, log.propagate = [missing], False
    page = weasyprint.HTML(string=document.decode(), base_url=None, url_fetcher=Nothing())
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return _line({"without_font": sorted(missing.found)}) + made


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode() + b"\n"


class _Missing(logging.Handler):
    """Collects the characters that WeasyPrint says it had no glyph for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[int] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, str) and record.msg.startswith(".notdef") and isinstance(record.args, tuple):
            self.found.update(one for one in record.args if isinstance(one, int))
