"""The lines of a PDF put together to blocks: headings, paragraphs, items of lists, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from medpath.documents.blocks import Block, tidy, tidy_lines
from medpath.documents.pdf.hyphens import Hyphens
from medpath.documents.pdf.page_layout import Layout, Line, PageTable

HEADING_LENGTH = 220
HEADING_LINES = 4
LARGER = 1.12  # times the size of the text
LEVELS = 6

_BULLET = re.compile(r"(?:[•·▪◦●○■□➢✓\uf0b7\uf0a7\uf0d8]|[–—\-*](?=\s)|o(?=\s))\s*")
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,5}\.?|\d{1,3}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\)|[A-Z]\.)\s+(?=\S)")
_DEPTH = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+[^\W\d_]")
_ENDS = re.compile(r"[.:;!?][\"'”’)]*$")
_MUST_GO_ON = re.compile(r"(?:[,–-]|\b(?:sections?|and|or|the|of|in|to|with|for|by|an?|than|from|see|is|are))$")
_GOES_ON = re.compile(r"[a-zà-öø-ÿ(]")


@dataclass
class _Open:
    """A paragraph while its lines are gathered. ``indent`` is where the lines behind the first begin."""

    lines: list[Line]
    breaks: list[bool] = field(default_factory=list)
    bullet: str = ""
    marker: str = ""


def blocks_of(layouts: Sequence[Layout]) -> list[Block]:
    """The blocks of all pages, in the order of reading."""
    lines = [item for layout in layouts for item in layout.items if isinstance(item, Line)]
    measures = _Measures.of(lines)
    hyphens = Hyphens(line.text for line in lines)
    found: list[_Open | PageTable] = []
    current: _Open | None = None
    for layout in layouts:
        for item in layout.items:
            if isinstance(item, PageTable):
                found.append(item)
                current = None
                continue
            if current is not None and (joins := measures.goes_on(current, item)) is not None:
                current.lines.append(item)
                current.breaks.append(joins)
                continue
            current = _opened(item)
            found.append(current)
        for text in layout.beside:
            found.append(_Open([_beside(text, layout)]))
        current = current if not layout.beside else None
    levels = _levels(found, measures)
    blocks = (_block(one, measures, levels, hyphens) for one in found)
    return [block._replace(place=place) for place, block in enumerate(filter(None, blocks), 1)]


def _opened(line: Line) -> _Open:
    if bullet := _BULLET.match(line.text):
        return _Open([line], bullet=bullet[0])
    if number := _NUMBER.match(line.text):
        return _Open([line], marker=number[1])
    return _Open([line])


def _beside(text: str, layout: Layout) -> Line:
    return Line(text, layout.page, -1, 0.0, 0.0, 0.0, 1.0, False, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class _Measures:
    """What is usual in the document: the size of its letters, the distance of its lines (times their size)."""

    size: float
    leading: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Measures:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        size = max(sizes, key=lambda one: sizes[one], default=10.0)
        leadings: Counter[float] = Counter()
        before: Line | None = None
        for line in lines:
            if before is not None and (line.page, line.flow, line.size) == (before.page, before.flow, size):
                gap = (before.y - line.y) / size
                if 0.8 < gap < 1.9:
                    leadings[round(gap, 1)] += 1
            before = line
        leading = min((gap for gap, count in leadings.most_common(2) if count > 0.25 * leadings.total()), default=1.2)
        return cls(size, leading)

    def goes_on(self, paragraph: _Open, line: Line) -> bool | None:
        """Whether a line goes on with a paragraph: False in the same line of thought, True after a break, else None."""
        last = paragraph.lines[-1]
        if abs(line.size - last.size) > 0.08 * last.size or line.bold != last.bold:
            return None
        if (line.page, line.flow) != (last.page, last.flow):
            return self._over_the_edge(paragraph, line)
        if not 0.5 * last.size < last.y - line.y <= (self.leading + 0.25) * last.size:
            return None
        if paragraph.lines[0].hang > paragraph.lines[0].x0 and line.x0 < paragraph.lines[0].hang - 0.5 * line.size:
            return None
        broken = _broke_before(last, line)
        if _BULLET.match(line.text) and (line.hang > line.x0 or broken or paragraph.bullet or _ENDS.search(last.text)):
            return None
        if _NUMBER.match(line.text) and (broken or (paragraph.marker and _ENDS.search(last.text))):
            return None
        if broken:
            return None if _ENDS.search(last.text) or line.x0 - last.x0 > line.size else True
        indented = len(paragraph.lines) > 1 and line.x0 - last.x0 > line.size
        return None if indented and _ENDS.search(last.text) else False

    def _over_the_edge(self, paragraph: _Open, line: Line) -> bool | None:
        """Whether a sentence goes on in the next column or on the next page."""
        last = paragraph.lines[-1]
        if last.bold or _ENDS.search(last.text) or _BULLET.match(line.text):
            return None
        if not _GOES_ON.match(line.text) and not _MUST_GO_ON.search(last.text):
            return None
        if (line.page, line.flow) < (last.page, last.flow) or line.page > last.page + 1:
            return None
        return None if last.right - last.x1 > 0.35 * (last.right - last.left) else False


def _broke_before(last: Line, line: Line) -> bool:
    """Whether the next word would have had room in the line before: then the break is meant."""
    first = line.text.split(maxsplit=1)[0] if line.text.strip() else ""
    width = (line.x1 - line.x0) / max(len(line.text), 1) * (len(first) + 1)
    return last.right - last.x1 > width * 1.15 + 0.3 * line.size


def _levels(found: Iterable[_Open | PageTable], measures: _Measures) -> dict[float, int]:
    """The level of headings by the size of their letters, the largest first."""
    sizes = {one.lines[0].size for one in found if isinstance(one, _Open) and _is_heading(one, measures)}
    ranked = sorted((size for size in sizes if size > LARGER * measures.size), reverse=True)
    levels = {size: min(rank, LEVELS) for rank, size in enumerate(_distinct(ranked), 1)}
    last = min(max(levels.values(), default=0) + 1, LEVELS)
    nearest = {size: max((levels[other] for other in levels if other >= size), default=1) for size in ranked}
    return {size: nearest.get(size, last) for size in sizes}


def _distinct(sizes: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for size in sizes:
        if not kept or size < 0.94 * kept[-1]:
            kept.append(size)
    return kept


def _is_heading(one: _Open, measures: _Measures) -> bool:
    first = one.lines[0]
    if one.bullet or len(one.lines) > HEADING_LINES or sum(len(line.text) for line in one.lines) > HEADING_LENGTH:
        return False
    if not any(sign.isalpha() for line in one.lines for sign in line.text):
        return False
    if first.size > LARGER * measures.size:
        return True
    text = one.lines[-1].text
    return (
        all(line.bold for line in one.lines) and first.size > 0.9 * measures.size and not text.endswith((".", ";", ","))
    )


def _block(one: _Open | PageTable, measures: _Measures, levels: dict[float, int], hyphens: Hyphens) -> Block | None:
    if isinstance(one, PageTable):
        rows = tuple(tuple(hyphens.mended(cell.split("\n"), narrow=True) for cell in row) for row in one.rows)
        return Block("table", "", 0, rows=rows, page=one.page) if rows else None
    page = one.lines[0].page
    pieces = [one.lines[0].text]
    for line, broken in zip(one.lines[1:], one.breaks, strict=True):
        if broken:
            pieces.append(line.text)
        else:
            pieces[-1] += f"\n{line.text}"
    text = tidy_lines("\n".join(hyphens.mended(piece.split("\n")) for piece in pieces))
    if not text:
        return None
    if _is_heading(one, measures):
        depth = _DEPTH.match(text)
        level = depth[1].count(".") + 1 if depth else levels.get(one.lines[0].size, 1)
        return Block("heading", tidy(text), 0, min(level, LEVELS), page=page)
    strong = all(line.bold for line in one.lines)
    if one.bullet or one.marker:
        bare = text.removeprefix(one.bullet.strip()).removeprefix(one.marker).strip()
        if bare:
            step = one.lines[0].x0 - one.lines[0].left
            level = min(max(int(step / (1.6 * one.lines[0].size)), 0), 9)
            return Block("item", bare, 0, level, strong=strong, page=page, marker=one.marker)
    return Block("paragraph", text, 0, strong=strong, page=page)
