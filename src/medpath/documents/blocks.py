"""The one form in which HTML and Markdown are read: a flat list of blocks in the order of the text.

Readers of pages and documents work on what blocks say (headings, labels, links), never on the markup
that they came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from medpath.documents.faults import Fault

Kind = Literal["heading", "paragraph", "item", "table"]

TEXT_LIMIT = 200_000
BLOCK_LIMIT = 200_000

_HIDDEN_BLANKS = re.compile(r"[\u200b\ufeff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BEFORE_SIGN = re.compile(r" +([.,;:)\]]{1,3})(?= |$)", re.MULTILINE)
_AFTER_BRACKET = re.compile(r"(?<![^\s(])([(\[]) +")


class Link(NamedTuple):
    """A link of a block: its words and its address as written (relative or absolute, not yet judged)."""

    text: str
    url: str


class Block(NamedTuple):
    """One heading, paragraph, list item or table.

    ``text`` is plain: entities resolved, blanks collapsed, no marks of emphasis; a break inside a
    paragraph is ``\\n``. ``place`` is the line of the source (Markdown) or the number of the block
    (HTML), from 1. ``level`` is a heading's level (1 to 6) or the depth of a list item, from 0.
    ``strong`` says that the whole text is bold. ``rows`` are a table's cells, the head first where
    it has one; a table's ``text`` is empty. ``page`` counts the printed pages, from 1. ``marker`` is
    the number that an item of an ordered list bears in Markdown (``2.``), empty for bullets.
    """

    kind: Kind
    text: str
    place: int
    level: int = 0
    links: tuple[Link, ...] = ()
    strong: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    page: int = 1
    marker: str = ""


@dataclass(frozen=True)
class Document:
    """A page or document as read.

    ``front`` is what the source says about itself before its text: the flat keys of Markdown's
    front matter, ``title`` and ``canonical`` of HTML, what a PDF states of itself. ``faults`` are what could not be
    taken over (code ``cut-text``: text beyond the limits). ``pages`` counts the pages of a PDF, also those without
    text; 0 in other forms.
    """

    front: dict[str, str]
    blocks: list[Block]
    places: Literal["line", "block"]
    faults: list[Fault] = field(default_factory=list)
    pages: int = 0

    def cut(self, message: str, place: str = "") -> None:
        """Notes that text was left out."""
        self.faults.append(Fault("cut-text", message, place))

    def place(self, block: Block) -> str:
        """Where a block stands, for messages: ``line 12``."""
        return f"{self.places} {block.place}"


def tidy(text: str) -> str:
    """The text on one line, every blank a single space, without control signs."""
    if not text.isprintable():
        text = _HIDDEN_BLANKS.sub(" ", _CONTROLS.sub("", text))
    return " ".join(text.split())


def tidy_lines(text: str) -> str:
    """Like `tidy`, but keeps the breaks: each line trimmed, empty ones dropped."""
    if "\n" not in text:
        return tidy(text)
    return "\n".join(line for line in (tidy(part) for part in text.split("\n")) if line)


def close_up(text: str) -> str:
    """Takes away the blanks that a conversion puts around links, bold and italic words: ``( words ).``"""
    return _AFTER_BRACKET.sub(r"\1", _BEFORE_SIGN.sub(r"\1", text))
