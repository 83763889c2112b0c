"""Addresses of other sites as they come from sources: followed only where they are plainly the web's."""

from __future__ import annotations

from urllib.parse import urlsplit

FORMS = {"pdf": "PDF", "docx": "Word", "doc": "Word", "xlsx": "Excel", "xls": "Excel", "zip": "ZIP"}


def safe_url(url: str | None) -> str | None:
    """The address if it is one of http or https with a host, else None: such a value is shown as text, never linked."""
    if not url or len(url) > 2000 or not url.isprintable() or any(sign in url for sign in ' \\"<>^`{|}'):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None


def form_of(url: str) -> str | None:
    """The form of a file by its address, revisions of it too: ``x.pdf-0`` is a PDF."""
    ending = url.rpartition("/")[2].rpartition(".")[2].partition("-")[0].lower()
    return FORMS.get(ending)
