"""The parts of an EPAR page: its head, and its sections by their headings.

EMA's headings name the sections, their levels do not (one section stands at level 2 in one layout of
the page and at level 3 or 4 in another). What stands above the title is the site's navigation, what
stands below "This page was last updated on" its foot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from medpath.documents.blocks import Block
from medpath.documents.lay_questions import is_question

Part = Literal[
    "overview",
    "question",
    "product-information",
    "details",
    "pharmacotherapeutic-group",
    "therapeutic-indication",
    "assessment-history",
    "changes-since-initial-authorisation",
    "initial-marketing-authorisation",
    "all-documents",
    "aside",
    "unknown",
]

PARTS: dict[str, Part] = {
    "overview": "overview",
    "product information": "product-information",
    "product details": "details",
    "authorisation details": "details",
    "application details": "details",
    "key facts": "details",
    "pharmacotherapeutic group": "pharmacotherapeutic-group",
    "therapeutic indication": "therapeutic-indication",
    "assessment history": "assessment-history",
    "changes since initial authorisation of medicine": "changes-since-initial-authorisation",
    "initial marketing authorisation documents": "initial-marketing-authorisation",
    "all documents": "all-documents",
}
# Sections beside the main ones. Their documents and links are taken, their text (news, site topics) is not shown.
_ASIDE = re.compile(
    r"news on\b|more (?:information|on)\b|topics$|related (?:content|documents?|information)\b"
    r"|external links$|publications$|clinical data$|shortages$"
    r"|(?:epar - )?product information (?:- with )?tracked changes"
    r"|preventing medication errors|recommendations on medication errors|safety updates?$|patient safety information$"
    r"|key developments since authorisation|signal assessment reports?$|exceptional transparency measures$"
    r"|questions and answers on\b|reading guide$",
    re.IGNORECASE,
)
_UPDATED = "This page was last updated on"
_RSS = re.compile(r"/individual-(?:human|veterinary)-medicine\.xml\b")
_CONTENTS = "page contents"


@dataclass
class Section:
    """A section: which part of the page it is, its heading, and the blocks up to the next heading."""

    part: Part
    heading: Block
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Page:
    """The parts of a page; ``updated`` is what stands behind "This page was last updated on", None without it."""

    title: Block
    head: list[Block]
    sections: list[Section]
    updated: str | None


def parts_of(blocks: list[Block], statuses: frozenset[str]) -> Page | None:
    """The parts of a page, or None for what is no page of a medicine.

    ``statuses`` are the known statuses in lower case; they find the title where the link to the
    page's RSS feed, which stands under it, is missing.
    """
    start = _title(blocks, statuses)
    if start is None:
        return None
    end, updated = _foot(blocks, start)
    head: list[Block] = []
    at = start + 1
    while at < end and not _ends_head(blocks[at]):
        head.append(blocks[at])
        at += 1
    sections = _sections(blocks[at:end], blocks[start].text)
    return Page(blocks[start], head, sections, updated) if sections else None


def _title(blocks: list[Block], statuses: frozenset[str]) -> int | None:
    """Where the medicine's name stands: the heading just before the link to its feed, else just before its status."""
    title = None
    for place, block in enumerate(blocks):
        if block.kind == "heading" and block.level == 1:
            title = place
        elif title is not None and place - title <= 3 and any(_RSS.search(link.url) for link in block.links):
            return title
    for place, block in enumerate(blocks):
        if block.kind == "heading" and block.level == 1:
            following = blocks[place + 1 : place + 4]
            if any(one.text.casefold() in statuses for one in following):
                return place
    return None


def _foot(blocks: list[Block], start: int) -> tuple[int, str | None]:
    """Where the foot begins (the last such line counts), and the words behind it on its line or the next."""
    for place in range(len(blocks) - 1, start, -1):
        text = blocks[place].text
        if text.startswith(_UPDATED):
            words = text[len(_UPDATED) :].strip(" :\n")
            if not words and place + 1 < len(blocks):
                words = blocks[place + 1].text
            return place, words
    return len(blocks), None


def _ends_head(block: Block) -> bool:
    """The head ends where the list of contents begins, or a section."""
    text = block.text.casefold()
    if block.kind == "heading":
        return block.level < 5  # the status can be a heading of level 5
    return block.kind == "item" or text == _CONTENTS


def _sections(blocks: list[Block], title: str) -> list[Section]:
    """Sections from the first main one on; above it stand the list of contents and the steps of the procedure."""
    sections: list[Section] = []
    in_overview = False
    for block in blocks:
        if block.kind != "heading":
            if sections:
                sections[-1].blocks.append(block)
            continue
        part = _part(block.text, in_overview)
        if not sections and part not in PARTS.values():
            continue
        if part == "unknown" and block.text == title:
            continue
        if part in PARTS.values():
            in_overview = part == "overview"
        sections.append(Section(part, block))
    return sections


def _part(heading: str, in_overview: bool) -> Part:
    folded = heading.casefold().strip(" :")
    if (known := PARTS.get(folded)) is not None:
        return known
    if _ASIDE.match(folded):
        return "aside"
    if in_overview and is_question(heading):
        return "question"
    return "unknown"
