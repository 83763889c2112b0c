"""What a loose page or document is, by what its first lines say about themselves.

The Markdown conversion states the address in its front matter (``document_pathfilename``); EMA's own
HTML in its canonical link or in the addresses of its navigation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD = 20_000

_MARKDOWN = re.compile(rb"^document_pathfilename:\s*(\S+)", re.MULTILINE)
_CANONICAL = re.compile(rb"<link[^>]+rel=[\"']canonical[\"'][^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"href=[\"']([^\"']+)[\"']", re.IGNORECASE)
_PATH = re.compile(r"(?:https?://)?(?:www\.)?ema\.europa\.eu(/.*)")


@dataclass(frozen=True)
class Recognised:
    """The dataset of a file and the publisher's address of it."""

    dataset: str
    url: str


def recognise(data: bytes, name: str) -> Recognised | None:
    """The dataset that a page or document belongs to, or None for what no reader knows."""
    head = data[:HEAD]
    url = None
    if match := _MARKDOWN.search(head[:3000]):
        url = match[1].decode("utf-8", "replace").strip("'\"")
    elif b"<html" in head.lower() or b"<!doctype" in head.lower():
        if (link := _CANONICAL.search(data[:200_000])) and (href := _HREF.search(link[0])):
            url = href[1].decode("utf-8", "replace")
    elif name.lower().endswith(".md") and "/medicines/" in name:
        url = "www.ema.europa.eu/" + name[name.index("en/medicines") :] if "en/medicines" in name else None
    if url is None:
        return None
    at_ema = _PATH.match(url)
    path = at_ema[1] if at_ema else url if url.startswith("/") else None
    if path is None:
        return None
    path = re.sub(r"\.(html|md)$", "", path)
    address = f"https://www.ema.europa.eu{path}"
    if re.fullmatch(r"/en/medicines/(human|veterinary)/EPAR/[^/]+", path):
        return Recognised("ema.epar_pages", address)
    if re.fullmatch(r"/en/documents/product-information/[^/]+", path):
        return Recognised("emamds.product_information", address)
    return None
