"""Reads a PDF into blocks. `medpath.documents.pdf.reading` calls it in a process of its own (`medpath.bounded`)."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from medpath.documents.blocks import BLOCK_LIMIT, TEXT_LIMIT, Block, Document, tidy
from medpath.documents.faults import Fault
from medpath.documents.pdf.margins import without_margins
from medpath.documents.pdf.page_layout import Layout, lay_out
from medpath.documents.pdf.paragraphs import blocks_of
from medpath.documents.pdf.words import PdfFile, Unreadable

PAGES_LIMIT = 5_000
LETTERS_LIMIT = 25_000_000
PAGES_NAMED = 12
LOST_LETTERS = 0.05  # of all; with more, the text is not to be trusted

_WHY = {
    "encrypted": "The PDF is locked with a password and was not read.",
    "damaged": "The file is no PDF that can be opened; it is damaged, cut off or something else.",
}
_NO_TITLE = re.compile(r"Microsoft \w+ -|untitled|\S+\.(?:docx?|pdf|rtf)$", re.IGNORECASE)


def answer(data: bytes) -> bytes:
    """The document as JSON."""
    return msgspec.json.encode(read(data))


def read(data: bytes) -> Document:
    """The blocks of a PDF, read in this process. What can't be read is among the faults."""
    document = Document({}, [], "block")
    try:
        file = PdfFile(data)
    except Unreadable as problem:
        document.faults.append(Fault(problem.code, _WHY[problem.code], ""))
        return document
    layouts, pages = _layouts(file, document)
    if title := _title(file):
        document.front["title"] = title
    marks = Counter(tidy(" ".join(layout.watermarks)) for layout in layouts if layout.watermarks)
    if marks:
        document.front["watermark"] = marks.most_common(1)[0][0][:400]
    blocks = blocks_of(without_margins(layouts))
    if len(blocks) > BLOCK_LIMIT:
        document.cut(f"The document has more than {BLOCK_LIMIT:,} blocks; the rest was not read.")
        del blocks[BLOCK_LIMIT:]
    document.blocks.extend(_bounded(block, document) for block in blocks)
    if not document.blocks and not document.faults:
        document.faults.append(Fault("no-text", "The PDF holds no text that shows on its pages.", ""))
    return Document(document.front, document.blocks, "block", document.faults, pages)


def _layouts(file: PdfFile, document: Document) -> tuple[list[Layout], int]:
    """The pages as far as the bounds allow, and how many the file has. What is wrong with them becomes faults."""
    layouts: list[Layout] = []
    letters = lost = 0
    pictures: list[int] = []
    damaged: list[int] = []
    for number in range(1, min(file.pages, PAGES_LIMIT) + 1):
        content = file.page(number)
        if content is None:
            damaged.append(number)
            continue
        if content.cut:
            document.cut(f"Page {number} holds more signs than a page for people can; the rest was not read.")
        if not content.letters and content.pictures:
            pictures.append(number)
        letters += content.letters
        lost += content.lost
        layouts.append(lay_out(content))
        if letters > LETTERS_LIMIT:
            document.cut(f"The document has more than {LETTERS_LIMIT:,} signs; it was read up to page {number}.")
            break
    if file.pages > PAGES_LIMIT:
        document.cut(f"The document has {file.pages:,} pages; the first {PAGES_LIMIT:,} were read.")
    faults = document.faults
    if damaged:
        faults.append(Fault("damaged-page", f"{_pages(damaged).capitalize()} can't be read.", f"page {damaged[0]}"))
    if not letters:
        why = "it holds pictures only, as a scanned paper does" if pictures else "its pages are empty"
        faults.append(Fault("no-text", f"The PDF holds no text: {why}.", ""))
    elif pictures:
        faults.append(
            Fault(
                "scanned-pages",
                f"No text but pictures on {_pages(pictures)}, as scanned ones have.",
                f"page {pictures[0]}",
            )
        )
    if lost > LOST_LETTERS * letters:
        message = f"{lost:,} of {letters:,} letters are not named by the fonts of the PDF; the text is not whole."
        faults.append(Fault("letters-lost", message, ""))
    return layouts, max(file.pages, 0)


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:PAGES_NAMED]))
    more = f" and {len(numbers) - PAGES_NAMED:,} more" if len(numbers) > PAGES_NAMED else ""
    return f"page{'s' if len(numbers) > 1 else ''} {shown}{more}"


def _title(file: PdfFile) -> str:
    title = tidy(file.title())
    return "" if _NO_TITLE.match(title) else title[:400]


def _bounded(block: Block, document: Document) -> Block:
    if len(block.text) > TEXT_LIMIT:
        document.cut(f"A text is longer than {TEXT_LIMIT:,} signs and was cut.", f"page {block.page}")
        return block._replace(text=block.text[:TEXT_LIMIT])
    return block
