"""A file of a publisher as text in sections: what is kept of a document beside its bytes.

The text is derived from the bytes alone, so it can be made again at any time without network. A higher
`CONVERSION` has everything converted anew by the next sync.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from medpath.documents.blocks import Block, Document
from medpath.documents.cutting import Section
from medpath.documents.faults import Fault
from medpath.documents.markdown import read_markdown
from medpath.documents.outlines import outline
from medpath.documents.pdf import read_pdf
from medpath.documents.private_signs import plain_signs, with_plain_signs
from medpath.documents.product_information import split
from medpath.documents.text_sections import TextSection
from medpath.documents.torn_words import with_whole_words

CONVERSION = 2

Result = Literal["split", "outlined", "not-split", "no-text"]


@dataclass
class ConvertedText:
    """A document as text; ``result``: split by its template, outlined by its headings, or neither."""

    title: str | None
    pages: int
    result: Result
    sections: list[TextSection] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def convert(data: bytes, media_type: str, document_type: str) -> ConvertedText:
    """The text of a file. Never raises for what it holds: what can't be read is among the faults.

    ``document_type`` is the folder of EMA's address (``product-information``, ``assessment-report``, …).
    """
    try:
        document = _document(data, media_type)
    except UnicodeDecodeError as problem:
        return _nothing(Fault("unreadable", f"The file is not UTF-8 text at byte {problem.start}.", ""))
    faults = list(document.faults)
    blocks = document.blocks
    title = document.front.get("title") or next((block.text for block in blocks if block.kind == "heading"), None)
    pages = document.pages or max((block.page for block in blocks), default=0)
    if not any(block.text or block.rows for block in blocks):
        if not faults:
            faults.append(Fault("no-text", "The document holds no text; it may be a scanned image.", ""))
        return ConvertedText(title, pages, "no-text", [], faults)
    if document_type == "product-information":
        found = split(blocks)
        faults += found.issues
        sections = [_of_product_information(section) for section in found.sections]
        result: Result = "split" if sections else "not-split"
        if any(block.text or block.rows for block in found.rest):
            sections.append(_without_heading(found.rest))
    else:
        sections = outline(blocks, document_type)
        result = "outlined" if any(section.title for section in sections) else "not-split"
    if document.places == "line":  # Markdown, which does not say in which fonts the text was
        title, sections = plain_signs(title or "") or None, with_whole_words(with_plain_signs(sections))
    return ConvertedText(title, pages, result, sections, faults)


def _document(data: bytes, media_type: str) -> Document:
    if media_type == "application/pdf" or b"%PDF-" in data[:1024]:
        return read_pdf(data)
    return read_markdown(data.decode("utf-8-sig"))


def _nothing(fault: Fault) -> ConvertedText:
    return ConvertedText(None, 0, "no-text", [], [fault])


def _of_product_information(section: Section) -> TextSection:
    return TextSection(
        part=section.part,
        number=section.number,
        title=section.title,
        product=section.product,
        unit=section.unit,
        level=section.number.count(".") + 1,
        page=section.page,
        confidence=round(section.confidence, 3),
        blocks=tuple(block for block in section.blocks if block.text or block.rows),
    )


def _without_heading(blocks: Sequence[Block]) -> TextSection:
    kept = tuple(block for block in blocks if block.text or block.rows)
    return TextSection("", "", "", None, 1, 1, kept[0].page if kept else 1, 1.0, kept)
