"""Blocks put back into the order in which they are read, on the pages where a watermark spoilt it.

A watermark lies across the page, and conversion takes all paragraphs under it as one block. The others
keep their order among themselves, but where that block stands among them is guessed from its outline:
the heading "5.1" often stands before the block that holds 4.8 and 4.9. So its place is looked for anew:
the one where the numbers of headings ascend, where sentences go on over the end of a block, and where the
paragraphs stand in the section that their words speak of (`cues`). It is moved only for a clear gain.
The rest of such a page stays doubtful; its sections say so by their confidence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from medpath.documents.blocks import Block
from medpath.documents.cues import fitness, text_fitness
from medpath.documents.headings import Place, full_text
from medpath.documents.outline import begins_anew, order_of
from medpath.documents.qrd import GROUPS

GAIN = 2.0  # what speaks for another place must outweigh the present one by so much
SENTENCE = 50  # signs; shorter paragraphs are often none
DESCENT = 6.0  # what a heading counts against that stands behind one of a later section
EMPTY = 3.0  # what a section without text counts against

_GOES_ON = re.compile(r"[a-z]{2}|\(")


@dataclass(frozen=True)
class _Page:
    """A page with one block of paragraphs run together (``body``), its headings, and what is around."""

    blocks: Sequence[Block]
    others: Sequence[int]
    body: int
    headings: dict[int, list[Place]]
    entering: int
    before: Block | None
    after: Block | None
    summary: bool


def mend(blocks: Sequence[Block], headings: Sequence[Place], merged: Collection[int]) -> tuple[list[Block], set[int]]:
    """(the blocks in the order of reading, the pages on which some were moved).

    ``merged`` are the places (lines) of the blocks that conversion made of all text under a watermark.
    """
    pages: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        pages.setdefault(block.page, []).append(index)
    on_page: dict[int, list[Place]] = {}
    for place in headings:
        on_page.setdefault(blocks[place.block].page, []).append(place)
    order: list[int] = []
    moved: set[int] = set()
    last: Place | None = None
    for page, indexes in pages.items():
        found = on_page.get(page, [])
        bodies = [index for index in indexes if blocks[index].place in merged]
        new = indexes
        if len(bodies) == 1 and len(indexes) > 1 and _is_one_unit([*([last] if last else []), *found]):
            new = _mended(blocks, indexes, bodies[0], found, last)
        if new != indexes:
            moved.add(page)
        order += new
        last = found[-1] if found else last
    return [blocks[index] for index in order], moved


def _is_one_unit(headings: Sequence[Place]) -> bool:
    return all(a.entry.part == b.entry.part and not begins_anew(a, b) for a, b in pairwise(headings))


def _mended(
    blocks: Sequence[Block], indexes: list[int], body: int, headings: Sequence[Place], last: Place | None
) -> list[int]:
    by_block: dict[int, list[Place]] = {}
    for place in headings:
        by_block.setdefault(place.block, []).append(place)
    present = indexes.index(body)
    known = headings[0] if headings else last
    page = _Page(
        blocks,
        [index for index in indexes if index != body],
        body,
        by_block,
        order_of(last) if last is not None else 0,
        blocks[indexes[0] - 1] if indexes[0] > 0 else None,
        blocks[indexes[-1] + 1] if indexes[-1] + 1 < len(blocks) else None,
        known is not None and known.entry.part == "smpc",
    )
    scores = [_score(page, position) for position in range(len(page.others) + 1)]
    best = max(range(len(scores)), key=lambda position: (scores[position], -abs(position - present)))
    if scores[best] < scores[present] + GAIN:
        return indexes
    return [*page.others[:best], body, *page.others[best:]]


def _score(page: _Page, position: int) -> float:
    """How well the page reads with the block before the other block at ``position``."""
    sequence = [*page.others[:position], page.body, *page.others[position:]]
    section = page.entering
    score = 0.0
    bare: Place | None = None  # the heading that ends the block before
    for index in sequence:
        inside = page.headings.get(index, ())
        orders = [section, *map(order_of, inside)]
        if bare is not None and inside and inside[0].start == 0 and bare.number not in GROUPS:
            score -= EMPTY
        bare = inside[-1] if inside and inside[-1].end >= len(full_text(page.blocks[index])) else None
        score -= DESCENT * sum(later < earlier for earlier, later in pairwise(orders))
        if page.summary:
            if not inside:
                score += fitness(page.blocks[index], section)
            elif inside[0].start > 0:
                score += text_fitness(full_text(page.blocks[index])[: inside[0].start], section)
        section = orders[-1]
    around = [page.before, *(page.blocks[index] for index in sequence), page.after]
    return score + sum(_reads_on(a, b) for a, b in pairwise(around) if a is not None and b is not None)


def _reads_on(before: Block, after: Block) -> float:
    """Whether one paragraph goes on in the next: 2 if so, less than 0 if its sentence is torn."""
    if before.kind != "paragraph" or after.kind != "paragraph" or min(len(before.text), len(after.text)) < SENTENCE:
        return 0.0
    open_end = before.text[-1].islower() or before.text[-1] == ","
    open_start = _GOES_ON.match(after.text) is not None
    if open_end and open_start:
        return 2.0
    return -1.0 if open_end or open_start else 0.0
