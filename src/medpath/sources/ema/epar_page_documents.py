"""The documents that a page lists: blocks of title, status, reference number, files with their days and addresses.

A document is one English file; its translations follow it, each with an address of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from medpath.documents.blocks import Block
from medpath.sources.cleaning import clean_text, parse_day
from medpath.sources.ema.epar_documents import CHANGES, GROUPS, INITIAL
from medpath.sources.ema.epar_page_issues import Issues
from medpath.sources.ema.epar_page_sections import Part, Section
from medpath.sources.fields import safe_url
from medpath.sources.keys import path_of

SITE = "https://www.ema.europa.eu"
OTHER = "other"
# Types that the pages of August 2026 have, beside those that `GROUPS` knows.
TYPES = frozenset((
    *GROUPS, "amended-product-information", "chmp-annex", "conditions-member-states", "covid-19-vaccine-safety-update",
    "leaflet", "medication-error", "medicine-qa", "opinion-any-scientific-matter", "other", "prac-recommendation",
    "press-release", "product-information-tracked-changes", "public-statement", "withdrawal-letter",
    "withdrawal-report",
))  # fmt: skip
_SECTION_GROUPS: dict[Part, str] = {
    "product-information": "product-information",
    "initial-marketing-authorisation": INITIAL,
    "changes-since-initial-authorisation": CHANGES,
}
_STATUSES = {"adopted": "adopted", "draft": "draft", "superseded": "superseded"}

_FILE = re.compile(r"(?s)([^\n()]{1,80}(?:\([^()]{0,40}\)[^\n()]{0,40})?) \(([A-Z]{2})\) \(([^()]{0,40})\)(.{0,400})$")
_SIZE = re.compile(r"[\d.,]+ (?:bytes|[KMG]?B) - \w{2,5}$")
_DAYS = re.compile(r"(First published|Last updated|Consultation dates?)\s*:?\s*", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_ONLY_DAYS = re.compile(r"(?:First published|Last updated)\b|\d{1,2}/\d{1,2}/\d{4}\b", re.IGNORECASE)
_META = re.compile(r"(Adopted|Draft|Superseded)?\s*(?:Reference Number\s*:\s*(.*))?$", re.DOTALL | re.IGNORECASE)
_OTHERS = re.compile(r"Other languages \((\d+)\)")
_DOCUMENT = re.compile(r"/([a-z]{2})/documents/([a-z0-9-]{1,80})/[^/]+$")
_OWN_PATH = re.compile(r"/[a-z]{2}/[A-Za-z0-9._~/-]{1,500}")
_OPEN_END = re.compile(r"\b(?:for|of|on|to|and|the|in|with)$")
_SUMMARY = "summary:"
_LONGEST_SUMMARY = 4


@dataclass
class _File:
    language: str
    block: Block
    days: str
    url: str | None = None


@dataclass
class _Listed:
    """A document while it is being gathered."""

    part: Part
    title: str | None
    status: str | None
    reference: str | None
    file: _File
    translations: list[_File] = field(default_factory=list)
    declared: int | None = None


def take_documents(sections: Iterable[Section], issues: Issues) -> list[dict[str, Any]]:
    """The documents of all sections, each address once; their blocks are taken out of the sections."""
    found: dict[str, dict[str, Any]] = {}
    for section in sections:
        taker = _Taker(section, issues)
        section.blocks = taker.take()
        for listed in taker.listed:
            document = _document(listed, issues)
            if document is None:
                continue
            key = path_of(document["url"])
            known = found.get(key)
            if known is None:
                found[key] = document
            else:
                _merge(known, document, listed.file.block, issues)
    return list(found.values())


class _Taker:
    """One pass over the blocks of a section, which parts documents from the rest."""

    def __init__(self, section: Section, issues: Issues) -> None:
        self.section, self.issues = section, issues
        self.listed: list[_Listed] = []
        self.rest: list[Block] = []
        self.file: _File | None = None
        self.current: _Listed | None = None

    def take(self) -> list[Block]:
        """Fills ``listed``; returns the blocks that belong to no document."""
        for block in self.section.blocks:
            text = block.text
            match = _FILE.match(text) if ") (" in text else None
            if match is not None and (not match[3] or _SIZE.match(match[3])):
                self._begin(block, match)
            elif self.file is not None and self._continue(block, text):
                continue
            elif self.current is not None and block.links and (others := _OTHERS.match(block.links[0].text)):
                self.current.declared = int(others[1])
            else:
                self.current = None
                self.rest.append(block)
        self._end_file()
        return self.rest

    def _begin(self, block: Block, match: re.Match[str]) -> None:
        self._end_file()
        language = match[2].lower()
        self.file = _File(language, block, match[4])
        if language == "en":
            title, status, reference = self._heading()
            self.current = _Listed(self.section.part, title, status, reference, self.file)
            self.listed.append(self.current)
        elif self.current is not None:
            self.current.translations.append(self.file)
        else:
            self.issues.note("stray-translation", f"“{block.text[:80]}” belongs to no document before it.", block)
        self._view(block)

    def _continue(self, block: Block, text: str) -> bool:
        """Takes days and the address of the file that has begun; False for what does not belong to it."""
        if self.file is None:
            return False
        if self._view(block):
            return True
        if _ONLY_DAYS.match(text):
            self.file.days += " " + text
            return True
        self._end_file()
        return False

    def _view(self, block: Block) -> bool:
        """Whether the block holds the file's own link; it ends the file."""
        if self.file is None:
            return False
        link = next((link for link in block.links if link.text.startswith(("View", "Download"))), None)
        if link is None:
            return False
        if block is not self.file.block:
            self.file.days += " " + block.text
        self.file.url = link.url
        self.file = None
        return True

    def _end_file(self) -> None:
        if self.file is not None:
            self.issues.note("no-address", f"“{self.file.block.text[:80]}” has no link to its file.", self.file.block)
        self.file = None

    def _heading(self) -> tuple[str | None, str | None, str | None]:
        """Takes title, status and reference number off the blocks before a file."""
        rest = self.rest
        for count in range(1, min(_LONGEST_SUMMARY, len(rest) - 1) + 1):
            if rest[-count].text.casefold() == _SUMMARY:
                del rest[-count:]
                break
        status = reference = None
        while rest and rest[-1].kind != "table":
            text = rest[-1].text
            if text.casefold().startswith(_SUMMARY):
                rest.pop()
                continue
            match = _META.match(text)
            if match is None:
                break
            status = match[1] or status
            reference = clean_text(match[2]) or reference
            rest.pop()
        code = _STATUSES.get(status.casefold()) if status else None
        if not rest or rest[-1].kind == "table":
            return None, code, reference
        title = rest.pop()
        words = title.text
        if rest and rest[-1].kind == "paragraph" and _goes_on(rest[-1].text, words):
            words = f"{rest.pop().text} {words}"
        return clean_text(words), code, reference


def _goes_on(before: str, title: str) -> bool:
    """Whether a title was split over two paragraphs: the first breaks off, or the second goes on in small letters."""
    if len(before) > 200 or before[-1:] in ".!?:;":
        return False
    return bool(_OPEN_END.search(before)) or (title[:1].islower() and len(title) < 100 and before[:1].isupper())


def _document(listed: _Listed, issues: Issues) -> dict[str, Any] | None:
    block = listed.file.block
    url = _address(listed.file, issues)
    if url is None:
        return None
    match = _DOCUMENT.search(path_of(url))
    kind = match[2] if match else None
    if kind is None or kind not in TYPES:
        issues.note("unknown-type", f"The address {url[:200]} is not that of a known type of document.", block)
    if match is not None and match[1] != "en":
        issues.note("foreign-address", f"The English file stands at {url[:200]}.", block)
    if listed.title is None:
        issues.note("no-title", f"The document at {url[:200]} has no title.", block)
    first, last = _days(listed.file, issues)
    if first and last and last < first:
        issues.note(
            "updated-before-published", f"The last update, {last}, is before the first publication, {first}.", block
        )
    return {
        "title": listed.title,
        "type": kind,
        "group": _group(listed.part, kind, block, issues),
        "status": listed.status,
        "first_published": first,
        "last_updated": last,
        "reference_number": listed.reference,
        "language": "en",
        "url": url,
        "translations": _translations(listed, url, issues),
    }


def _group(part: Part, kind: str | None, block: Block, issues: Issues) -> str:
    """The section of the page decides; within one section, or where it is none of the main ones, the type does."""
    by_type = GROUPS.get(kind or "")
    by_section = _SECTION_GROUPS.get(part)
    if by_section == "product-information" and by_type == "authorised-presentations":
        return by_type
    if by_section is None:
        return by_type or OTHER
    if by_type not in (by_section, None):
        issues.note("unusual-section", f"A document of the type {kind} stands under “{by_section}”.", block, "info")
    return by_section


def _translations(listed: _Listed, english: str, issues: Issues) -> dict[str, str]:
    """The address of each language; the English file, which some pages list for all languages, is no translation."""
    found: dict[str, str] = {}
    same = 0
    for file in listed.translations:
        url = _address(file, issues)
        if url == english:
            same += 1
        elif url is not None:
            found.setdefault(file.language, url)
    if same:
        message = f"The page lists the English file for {same} other languages."
        issues.note("no-translation", message, listed.file.block, "info")
    if listed.declared is not None and listed.declared != len(listed.translations):
        issues.note(
            "languages-missing",
            f"The page states {listed.declared} other languages and lists {len(listed.translations)}.",
            listed.file.block,
            "info",
        )
    return dict(sorted(found.items()))


def _address(file: _File, issues: Issues) -> str | None:
    """The file's address on EMA's site; None where it has none (told before) or one elsewhere."""
    if file.url is None:
        return None
    if _OWN_PATH.fullmatch(file.url):
        return SITE + file.url
    on_site = file.url.startswith("/") and not file.url.startswith("//")
    safe = safe_url(SITE + file.url if on_site else file.url)
    if safe is None:
        issues.note("unsafe-url", f"The address “{file.url[:100]}” is not EMA's; the file is left out.", file.block)
    return safe


def _days(file: _File, issues: Issues) -> tuple[str | None, str | None]:
    found: dict[str, str | None] = {}
    parts = _DAYS.split(file.days)
    for label, text in zip(parts[1::2], parts[2::2], strict=True):
        match = _DAY.search(text)
        try:
            day = parse_day(match[0]) if match else None
            if day is None:
                raise ValueError(f"“{text.strip()[:40]}” is not a day")
        except ValueError as problem:
            issues.note("bad-date", f"{label}: {problem}; it is shown as unknown.", file.block)
            continue
        found.setdefault(label.casefold(), day.isoformat())
    return found.get("first published"), found.get("last updated")


def _merge(known: dict[str, Any], again: dict[str, Any], block: Block, issues: Issues) -> None:
    """A document that stands twice on a page is one; the second block fills what the first leaves out."""
    same = all(known[key] == again[key] for key in ("title", "first_published", "last_updated"))
    issues.note(
        "doubled-document",
        f"The document {known['url'][:200]} stands twice on the page{'' if same else ' with other details'}.",
        block,
        "info",
    )
    if known["group"] == OTHER:
        known["group"] = again["group"]
    known["translations"] = dict(sorted({**again["translations"], **known["translations"]}.items()))
    for key in ("title", "status", "first_published", "last_updated", "reference_number"):
        if known[key] is None:
            known[key] = again[key]
