"""What a loose page or document is, by what its first lines say about themselves.

The Markdown conversion states the address in its front matter (``document_pathfilename``), HTML in its
canonical link or its ``og:url``. Markdown without front matter and PDF count by their path below ``en/``, which may be
a part of the file's name, quoted as in addresses.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import unquote

MARKDOWN_HEAD = 3_000
HTML_HEAD = 200_000
SITE = "https://www.ema.europa.eu"

_MARKDOWN = re.compile(rb"^document_pathfilename:[ \t]*(\S{1,500})", re.MULTILINE)
_IS_HTML = re.compile(rb"<!doctype\s+html|<html\b", re.IGNORECASE)
_TAG = re.compile(rb"<(?:link|meta)\b([^<>]{1,2000})>", re.IGNORECASE)
_STATES_ADDRESS = re.compile(rb"""(?:rel\s*=\s*["']?canonical|property\s*=\s*["']?og:url)\b""", re.IGNORECASE)
_ADDRESS = re.compile(rb"""(?:href|content)\s*=\s*["']([^"']{1,500})["']""", re.IGNORECASE)
_AT_EMA = re.compile(r"(?:https?://)?(?:www\.)?ema\.europa\.eu(/\S*)", re.IGNORECASE)
_PDF_HEAD = 1_024
_PDF = re.compile(r"/en/documents/[a-z0-9-]{1,80}/[^/]+\.pdf(?:-\d{1,3})?", re.IGNORECASE)
_IN_FOLDER = re.compile(r"(?:^|/)(en/(?:medicines|documents)/.+)$")

# The folders of the other documents that EMA lists on medicines' pages.
_REPORTS = (
    "amended-product-information", "assessment-report", "chmp-annex", "conditions-member-states",
    "covid-19-vaccine-safety-update", "leaflet", "medication-error", "medicine-qa", "opinion-any-scientific-matter",
    "orphan-maintenance-report", "orphan-maintenance-report-post", "other", "pip-compliance", "prac-recommendation",
    "press-release", "product-information-tracked-changes", "public-statement", "referral", "rmp", "rmp-summary",
    "scientific-conclusion", "scientific-discussion", "scientific-discussion-variation", "smop", "smop-initial",
    "variation-report", "withdrawal-letter", "withdrawal-report",
)  # fmt: skip
_DATASETS = (
    ("ema.epar_pages", re.compile(r"/en/medicines/(?:human|veterinary)/EPAR/[^/]+")),
    ("emamds.product_information", re.compile(r"/en/documents/product-information/[^/]+")),
    ("emamds.authorised_presentations", re.compile(r"/en/documents/all-authorised-presentations/[^/]+")),
    ("emamds.procedural_steps", re.compile(r"/en/documents/procedural-steps-after/[^/]+")),
    ("emamds.steps_after_cutoff", re.compile(r"/en/documents/steps-after-cutoff/[^/]+")),
    ("emamds.steps_before_authorisation", re.compile(r"/en/documents/procedural-steps/[^/]+")),
    ("emamds.overviews", re.compile(r"/en/documents/overview/[^/]+")),
    ("emamds.reports", re.compile(rf"/en/documents/(?:{'|'.join(_REPORTS)})/[^/]+")),
)


@dataclass(frozen=True)
class Recognised:
    """The dataset of a file and the publisher's address of it."""

    dataset: str
    url: str


def recognise(data: bytes, name: str) -> Recognised | None:
    """The dataset that a page or document belongs to, or None for what no reader knows."""
    if b"%PDF-" in data[:_PDF_HEAD]:
        found = _IN_FOLDER.search(unquote(name))
        named = f"/{found[1]}" if found else ""
        return Recognised("ema.document_files", SITE + named) if _PDF.fullmatch(named) else None
    path = _path(data, name)
    if path is None:
        return None
    path = re.sub(r"\.(?:html|md)$", "", path)
    return next((Recognised(dataset, SITE + path) for dataset, known in _DATASETS if known.fullmatch(path)), None)


def _path(data: bytes, name: str) -> str | None:
    """The path of the publisher's address, as the file states it."""
    if match := _MARKDOWN.search(data[:MARKDOWN_HEAD]):
        return _at_ema(match[1])
    head = data[:HTML_HEAD]
    if _IS_HTML.search(head[:MARKDOWN_HEAD]):
        for tag in _TAG.finditer(head):
            if _STATES_ADDRESS.search(tag[1]) and (address := _ADDRESS.search(tag[1])):
                return _at_ema(address[1])
        return None
    in_folder = _IN_FOLDER.search(name) if name.lower().endswith(".md") else None
    return f"/{in_folder[1]}" if in_folder else None


def _at_ema(given: bytes) -> str | None:
    text = html.unescape(given.decode("utf-8", "replace")).strip("'\"")
    text = re.split(r"[?#]", text, maxsplit=1)[0]
    match = _AT_EMA.fullmatch(text)
    return match[1] if match else text if text.startswith("/en/") else None
