"""EMA's watermark on documents of ended authorisations, "Medicinal product no longer authorised".

Conversion strews its words over the cells of tables and between paragraphs. (Product information has
more of this kind, see `medpath.documents.furniture`.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from medpath.documents.blocks import Block, tidy

_WHOLE = re.compile(r"\bMedicinal\s+product\s+no\s+longer\s+authorised\b")
_WORDS = frozenset(("Medicinal", "product", "no", "longer", "authorised"))


def without_watermark(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the watermark's words: whole in texts, each word at the edge of a cell.

    Only where "longer" and "authorised" stand in a text or at the edge of cells; other documents stay as they are.
    """
    if not _is_marked(blocks):
        return list(blocks)
    cleared = []
    for block in blocks:
        rows = tuple(tuple(_without_words(cell) for cell in row) for row in block.rows)
        text = tidy(_WHOLE.sub(" ", block.text))
        if text or any(any(row) for row in rows):
            cleared.append(block._replace(text=text, rows=rows))
    return cleared


def _without_words(cell: str) -> str:
    words = cell.split()
    start, end = 0, len(words)
    while start < end and words[start] in _WORDS:
        start += 1
    while end > start and words[end - 1] in _WORDS:
        end -= 1
    return cell if end - start == len(words) else " ".join(words[start:end])


def _is_marked(blocks: Sequence[Block]) -> bool:
    edges: set[str] = set()
    for block in blocks:
        if "longer authorised" in block.text:
            return True
        for row in block.rows:
            for cell in row:
                words = cell.split()
                if words:
                    edges |= {words[0], words[-1]}
    return {"longer", "authorised"} <= edges
