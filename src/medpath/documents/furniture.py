"""What stands on the pages of a document but is none of its text: watermarks, running heads, page numbers.

EMA stamps the product information of medicines whose authorisation ended with "Medicinal product no
longer authorised" across each page. Conversion puts these words at the end of paragraphs, between
them, and one by one into the cells of tables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from medpath.documents.blocks import Block, tidy

_WATERMARK = re.compile(r"['‘]?\bm?edicn?inal\s*product\s*(?:is\s*)?no\s*longer\s*authori[sz]ed?\b['’]?", re.IGNORECASE)
_QUICK = re.compile("onger", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"(?:Medicinal [Pp]roduct no longer authorised?|[Pp]roduct no longer authorised|Medicinal [Pp]roduct no longer"
    r"|[Pp]roduct no longer|no longer authorised|Medicinal [Pp]roduct|no longer|longer|Medicinal|[Pp]roduct|authorised"
    r"|no)"
)
_AT_START = re.compile(rf"{_FRAGMENT.pattern}(?=\s|$)")
_AT_END = re.compile(rf"(?:^|(?<=\s)){_FRAGMENT.pattern}$")

RUNNING_SHARE = 0.25
RUNNING_PAGES = 8
NUMBERED_PAGES = 3  # on so many pages a figure that is the page's own can be nothing else


@dataclass(frozen=True)
class Cleared:
    """Blocks without furniture, what was set aside, and the places of blocks that the watermark stood in.

    The last were made of all paragraphs that the watermark lay across.
    """

    blocks: list[Block]
    set_aside: list[str]
    merged: frozenset[int]


def clear(blocks: Sequence[Block]) -> Cleared:
    """The blocks without watermarks, running heads and page numbers. Text is never changed otherwise."""
    running = _running_texts(blocks)
    kept: list[Block] = []
    aside: list[str] = []
    merged: set[int] = set()
    watermarked = False
    for block in blocks:
        if block.rows:
            kept.append(block)
            continue
        if _QUICK.search(block.text) and (marks := _WATERMARK.findall(block.text)):
            watermarked = True
            aside += marks
            text = "\n".join(part for part in (tidy(part) for part in _WATERMARK.split(block.text)) if part)
            if not text.strip("-– "):
                aside += [rest for rest in (block.marker, text) if rest]
                continue
            block = block._replace(text=text)
            merged.add(block.place)
        if (block.page, block.text) in running:
            aside.append(f"{block.marker} {block.text}".strip())
            continue
        kept.append(block)
    if watermarked:
        kept = [_without_fragments(block, aside) if block.rows else block for block in kept]
    return Cleared(kept, aside, frozenset(merged))


def _running_texts(blocks: Sequence[Block]) -> set[tuple[int, str]]:
    """(page, text) of blocks at a page's edge that repeat from page to page, or that are the page's number."""
    edges: dict[int, list[str]] = {}
    for block in blocks:
        edges.setdefault(block.page, []).append(block.text)
    if len(edges) < RUNNING_PAGES:
        return set()
    numbers: set[tuple[int, str]] = set()
    texts: Counter[str] = Counter()
    at: list[tuple[int, str]] = []
    for page, found in edges.items():
        for text in {found[0], found[-1]}:
            if text == str(page):
                numbers.add((page, text))
            elif 3 < len(text) < 120 and not text[0].isdigit():
                texts[text] += 1
                at.append((page, text))
    least = max(RUNNING_PAGES, RUNNING_SHARE * len(edges))
    heads = {text for text, count in texts.items() if count >= least and "PARTICULARS" not in text.upper()}
    running = {(page, text) for page, text in at if text in heads}
    sure = len(numbers) >= NUMBERED_PAGES
    return running | {(page, text) for page, text in numbers if sure or len(text) > 1}


def _without_fragments(block: Block, aside: list[str]) -> Block:
    """A table without the watermark's words at the edges of cells, where each of them can be no other text.

    "longer" and "authorised" must both be there; a word at the edges of several cells is left where it is (a cell over
    several columns counts once), and so is "no" by itself where not all words of the watermark are found.
    """
    found: list[tuple[int, int, re.Match[str]]] = []
    words: Counter[str] = Counter()
    for line, row in enumerate(block.rows):
        for column, cell in enumerate(row):
            if match := _AT_END.search(cell) or _AT_START.match(cell):
                found.append((line, column, match))
                if column == 0 or row[column - 1] != cell:
                    words.update(match[0].lower().split())
    if not (words["longer"] == 1 and words["authorised"] == 1):
        return block
    whole = all(words[word] == 1 for word in ("medicinal", "product", "no"))
    rows = [list(row) for row in block.rows]
    for line, column, match in found:
        if all(words[word] == 1 for word in match[0].lower().split()) and (whole or match[0] != "no"):
            cell = rows[line][column]
            rows[line][column] = tidy(cell[: match.start()] + cell[match.end() :])
            aside.append(match[0])
    return block._replace(rows=tuple(tuple(row) for row in rows))
