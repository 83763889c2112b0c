"""Words that a narrow column tore and a conversion left in two: ``Hypoglyca emia``, ``administra- tion``.

They are put together only where the document proves it: the first piece is no word of its running text, and the whole
is one, or stands in another cell while the second piece is none either. What it does not prove stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from medpath.documents.blocks import Block
from medpath.documents.text_sections import TextSection

_WORD = re.compile(r"[^\W\d_]+")
_PIECE = re.compile(r"(?<![\w-])([^\W\d_]{2,})(-?) ([^\W\d_]+)(?![\w-])")
_LONGEST = 40  # no word is longer


class _Words:
    """The words of a document: those of its running text, and all."""

    def __init__(self, sections: Iterable[TextSection]) -> None:
        self.running: set[str] = set()
        self.all: set[str] = set()
        for section in sections:
            for block in section.blocks:
                self.running.update(map(str.casefold, _WORD.findall(block.text)))
                for row in block.rows:
                    for cell in row:
                        self.all.update(map(str.casefold, _WORD.findall(cell)))
        self.all |= self.running

    def _torn(self, first: str, second: str) -> bool:
        whole = first + second
        if first in self.running or len(whole) > _LONGEST:
            return False
        return whole in self.running or (whole in self.all and second not in self.running)

    def mended(self, cell: str) -> str:
        """A cell with the torn words that the document proves put together."""
        place = 0
        while match := _PIECE.search(cell, place):
            if self._torn(match[1].casefold(), match[3].casefold()):
                cell = cell[: match.start()] + match[1] + match[3] + cell[match.end() :]
                place = match.start()
            else:
                place = match.end(1)
        return cell


def with_whole_words(sections: Sequence[TextSection]) -> list[TextSection]:
    """The sections with torn words in the cells of their tables put together."""
    if not any(block.rows for section in sections for block in section.blocks):
        return list(sections)
    words = _Words(sections)
    return [replace(one, blocks=tuple(_mended(block, words) for block in one.blocks)) for one in sections]


def _mended(block: Block, words: _Words) -> Block:
    if not block.rows:
        return block
    return block._replace(rows=tuple(tuple(map(words.mended, row)) for row in block.rows))
