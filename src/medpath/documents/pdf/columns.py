"""The order in which a page is read: columns of text one after the other, and tables that have no ruled lines.

Both show as strips of the page that no letter stands in over several rows. Beside a column's strip stands prose, in
lines that fill their column; beside a table's strip stand short cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from medpath.documents.pdf.grids import Table
from medpath.documents.pdf.lines import Piece, Row

Band = Row | Table
Strip = tuple[float, float]

BANDS_LIMIT = 400  # a page with more is read from top to bottom
GUTTER = 0.8  # of the size of letters
COLUMN_ROWS = 5
FILLED = 0.7  # of a column's width; so long is a line of prose
PROSE = 0.5  # of the lines of a column
TABLE_ROWS = 3
TIGHT = 1.4  # of the size: base lines of one paragraph or cell are not further apart

MARKER = re.compile(r"[•·▪◦–—\-*o✓]|\(?[0-9A-Za-z]{1,3}[.)]|\d{1,2}(?:\.\d{1,2})*\.?")
_LEADER = re.compile(r"\.{4,}|(?:\. ){4,}")


def flows_of(bands: Sequence[Band], depth: int = 2) -> list[list[Band]]:
    """The bands of a page (from its top) parted into stretches that are read one after the other."""
    if depth == 0 or len(bands) > BANDS_LIMIT or not _may_have_columns(bands):
        return [list(bands)]
    flows: list[list[Band]] = [[]]
    at = 0
    while at < len(bands):
        end, strip = _columns_from(bands, at)
        if strip is None:
            flows[-1].append(bands[at])
            at += 1
            continue
        for side in _sides(bands[at:end], strip):
            flows += flows_of(side, depth - 1)
        flows.append([])
        at = end
    return [flow for flow in flows if flow]


def with_tables(flow: Sequence[Band]) -> list[Band]:
    """The bands of a stretch with the rows that form a table put together to it."""
    found: list[Band] = []
    at = 0
    while at < len(flow):
        run = _table_from(flow, at) if len(flow) <= BANDS_LIMIT else None
        if run is None:
            found.append(flow[at])
            at += 1
        else:
            table, at = run
            found.append(table)
    return found


def _spans(band: Band) -> list[Strip]:
    return [(band.x0, band.x1)] if isinstance(band, Table) else [(piece.x0, piece.x1) for piece in band.pieces]


def _free(strips: Sequence[Strip], band: Band, least: float) -> list[Strip]:
    """What of the strips is free of a band's letters, as far as it is wide enough."""
    free = list(strips)
    for start, end in _spans(band):
        free = [
            part
            for left, right in free
            for part in ((left, min(right, start)), (max(left, end), right))
            if part[1] - part[0] >= least
        ]
    return list(dict.fromkeys(free))


# -- columns of text


def _may_have_columns(bands: Sequence[Band]) -> bool:
    """Whether enough prose begins far from the left edge; on most pages it does not."""
    spans = [span for band in bands for span in _spans(band)]
    if not spans:
        return False
    left, right = min(start for start, _ in spans), max(end for _, end in spans)
    far = left + 0.35 * (right - left)
    return sum(start > far and end - start > 0.2 * (right - left) for start, end in spans) >= COLUMN_ROWS


def _columns_from(bands: Sequence[Band], at: int) -> tuple[int, Strip | None]:
    """Where the columns end that begin with a band, and the strip between them; none where there are no columns."""
    least = GUTTER * _size(bands[at])
    edges = [edge for band in bands for span in _spans(band) for edge in span]
    left, right = min(edges), max(edges)
    strips: list[Strip] = [(left, right)]
    history: list[list[Strip]] = []
    for band in bands[at:]:
        strips = _free(strips, band, least)
        if not strips:
            break
        history.append(strips)
    for rows in range(len(history), COLUMN_ROWS - 1, -1):
        if rows < len(history) and history[rows - 1] == history[rows]:
            continue
        for strip in history[rows - 1]:
            if left < strip[0] and strip[1] < right and _are_columns(bands[at : at + rows], strip):
                return at + rows, strip
    return at, None


def _size(band: Band) -> float:
    return 10.0 if isinstance(band, Table) else band.size


def _are_columns(bands: Sequence[Band], strip: Strip) -> bool:
    for side in _sides(bands, strip):
        spans = [span for band in side for span in _spans(band)]
        if len(side) < COLUMN_ROWS:
            return False
        width = max(end for _, end in spans) - min(start for start, _ in spans)
        filled = sum(
            max(end for _, end in _spans(band)) - min(start for start, _ in _spans(band)) >= FILLED * width
            for band in side
        )
        letters = sum(piece.letters for band in side if isinstance(band, Row) for piece in band.pieces)
        if filled < PROSE * len(side) or letters < 15 * len(side):
            return False
    return True


def _sides(bands: Sequence[Band], strip: Strip) -> tuple[list[Band], list[Band]]:
    middle = (strip[0] + strip[1]) / 2
    left: list[Band] = []
    right: list[Band] = []
    for band in bands:
        if isinstance(band, Table):
            (left if band.x1 <= middle else right).append(band)
            continue
        for side, pieces in (
            (left, [piece for piece in band.pieces if piece.x0 < middle]),
            (right, [piece for piece in band.pieces if piece.x0 >= middle]),
        ):
            if pieces:
                side.append(Row(max(piece.y for piece in pieces), pieces))
    return left, right


# -- tables without ruled lines


def _table_from(flow: Sequence[Band], at: int) -> tuple[Table, int] | None:
    """The table that begins with a row, and where it ends."""
    first = flow[at]
    if isinstance(first, Table) or len(first.pieces) < 2 or _LEADER.search(first.pieces[0].text):
        return None
    least = 0.95 * first.size
    strips = _free([(first.pieces[0].x0, first.pieces[-1].x1)], first, least)
    rows = [first]
    several = 1
    for row in flow[at + 1 :]:
        if isinstance(row, Table) or rows[-1].y - row.y > 3.5 * first.size:
            break
        alone = len(row.pieces) == 1
        left = _free(strips, row, least)
        if not left or (alone and (len(left) < len(strips) or rows[-1].y - row.y > 2 * TIGHT * first.size)):
            break
        strips = left
        rows.append(row)
        several += not alone
    while len(rows[-1].pieces) == 1 and rows[-2].y - rows[-1].y > TIGHT * first.size:
        rows.pop()
    if several < TABLE_ROWS or not strips:
        return None
    starts = [end for _, end in strips]
    cells = [_cells(row, starts) for row in rows]
    if len(starts) == 1 and sum(MARKER.fullmatch(row[0]) is not None or not row[0] for row in cells) > len(cells) / 2:
        return None
    texts = _rows_together(rows, cells)
    pieces = [piece for row in rows for piece in row.pieces]
    table = Table(
        tuple(texts), min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces), first.y, rows[-1].y
    )
    return table, at + len(rows)


def _cells(row: Row, starts: Sequence[float]) -> tuple[str, ...]:
    cells: list[list[Piece]] = [[] for _ in range(len(starts) + 1)]
    for piece in row.pieces:
        cells[sum(piece.x0 >= start - 0.5 for start in starts)].append(piece)
    return tuple(" ".join(piece.text for piece in cell) for cell in cells)


def _rows_together(rows: Sequence[Row], cells: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The rows of a table: lines that only go on in a cell are put to the row that they belong to.

    Where the lines stand at two distances, the smaller one parts the lines of a cell and the larger one the rows.
    """
    gaps = [above.y - below.y for above, below in pairwise(rows)]
    smallest = max(min(gaps), 1.0)
    two_distances = max(gaps) > 1.35 * smallest and smallest <= TIGHT * rows[0].size
    together = list(cells[0])
    for gap, row, texts in zip(gaps, rows[1:], cells[1:], strict=True):
        near = gap <= TIGHT * row.size
        goes_on = gap <= 1.2 * smallest if two_distances else near and (not texts[0] or len(row.pieces) == 1)
        if goes_on:
            together = [
                f"{text}\n{more}" if text and more else text or more for text, more in zip(together, texts, strict=True)
            ]
        else:
            yield tuple(together)
            together = list(texts)
    yield tuple(together)
