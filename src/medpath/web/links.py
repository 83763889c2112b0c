"""Addresses of other sites as they come from sources: followed only where they are plainly the web's."""

from __future__ import annotations

import re

# http or https, a host without a user, perhaps a port; then only signs that an address may hold as they are.
_WEB = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?(?::\d{1,5})?"
    r"(?:[/?#][^\s\x00-\x1f\x7f\"\\<>^`{|}]*)?",
    re.IGNORECASE,
)
# EMA's own addresses, of which a page has hundreds, are known at a glance.
_EMA = re.compile(r"https://www\.ema\.europa\.eu/[\w/.~-]{0,1000}", re.ASCII)
LONGEST = 2_000

FORMS = {"pdf": "PDF", "docx": "Word", "doc": "Word", "xlsx": "Excel", "xls": "Excel", "zip": "ZIP"}


def safe_url(url: str | None) -> str | None:
    """The address if it is one of http or https with a host, else None: such a value is shown as text, never linked."""
    if url and _EMA.fullmatch(url):
        return url
    return url if url and len(url) <= LONGEST and _WEB.fullmatch(url) and url.isprintable() else None


def form_of(url: str) -> str | None:
    """The form of a file by its address, revisions of it too: ``x.pdf-0`` is a PDF."""
    ending = url.rpartition("/")[2].rpartition(".")[2].partition("-")[0].lower()
    return FORMS.get(ending)
