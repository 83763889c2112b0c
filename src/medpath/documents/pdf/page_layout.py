"""A page's words as the lines and tables that people read, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from medpath.documents.pdf.columns import MARKER, Band, flows_of, with_tables
from medpath.documents.pdf.grids import Table, fill, find_grids
from medpath.documents.pdf.lines import Piece, Row, pieces_of, rows_of
from medpath.documents.pdf.words import PageContent, Word

LARGE = 1.6  # times the size of most letters; so large are pale letters that are a watermark's
WATERMARK = re.compile(
    r"medicinal\s*product\s*(?:is\s*)?no\s*longer\s*authori[sz]ed|draft|confidential|obsolete|superseded", re.IGNORECASE
)


@dataclass(frozen=True)
class Line:
    """A line of text. ``x0`` to ``x1`` is what it takes, ``left`` to ``right`` what its column has.

    ``bold`` says that nearly all of it is. ``flow`` counts the columns and stretches of the page. ``hang`` is where the
    words behind a bullet or a number begin that stands apart from them, else ``x0``.
    """

    text: str
    page: int
    flow: int
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    left: float
    right: float
    hang: float


@dataclass(frozen=True)
class PageTable:
    """A table on a page."""

    rows: tuple[tuple[str, ...], ...]
    page: int
    flow: int


@dataclass
class Layout:
    """The lines and tables of a page in the order of reading.

    ``watermarks`` are texts that lie over others and belong to none; ``beside`` those at a right angle to the others.
    """

    page: int
    bottom: float
    top: float
    items: list[Line | PageTable] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


def lay_out(content: PageContent) -> Layout:
    """The lines and tables of a page in the order of reading."""
    layout = Layout(content.number, content.bottom, content.top, watermarks=content.aslant, beside=content.sideways)
    words = _without_watermark(content.words, layout)
    bands: list[Band] = []
    for grid in find_grids(content.rules):
        inside = [word for word in words if grid.holds(word)]
        table = fill(grid, inside) if inside else None
        if table is not None:
            taken = set(map(id, inside))
            words = [word for word in words if id(word) not in taken]
            bands.append(table)
    bands += rows_of(pieces_of(words))
    bands.sort(key=_top, reverse=True)
    for number, flow in enumerate(flows_of(bands)):
        layout.items += _items(with_tables(flow), content.number, number)
    return layout


def _top(band: Band) -> float:
    return band.top if isinstance(band, Table) else band.y + 0.5 * band.size


def _without_watermark(words: Sequence[Word], layout: Layout) -> list[Word]:
    """The words without large pale ones, and without lines that hold nothing but a watermark's words."""
    sizes: dict[float, int] = {}
    for word in words:
        sizes[round(word.size)] = sizes.get(round(word.size), 0) + len(word.text)
    usual = max(sizes, key=lambda size: sizes[size], default=0.0)
    pale = [word for word in words if word.light and word.size > LARGE * usual]
    kept = list(words)
    if pale:
        layout.watermarks.append(" ".join(word.text for word in pale))
        aside = set(map(id, pale))
        kept = [word for word in words if id(word) not in aside]
    if "onger" in " ".join(word.text for word in kept):
        stamped = [piece for piece in pieces_of(kept) if WATERMARK.fullmatch(piece.text)]
        layout.watermarks += [piece.text for piece in stamped]
        kept = [word for word in kept if not any(_within(word, piece) for piece in stamped)]
    return kept


def _within(word: Word, piece: Piece) -> bool:
    return piece.x0 - 0.1 <= word.x0 and word.x1 <= piece.x1 + 0.1 and abs(word.y - piece.y) < 0.3 * piece.size


def _hang(row: Row) -> float:
    first = row.pieces[0]
    return row.pieces[1].x0 if len(row.pieces) > 1 and MARKER.fullmatch(first.text) else first.x0


def _items(flow: Iterable[Band], page: int, number: int) -> list[Line | PageTable]:
    bands = list(flow)
    hangs = [_hang(band) for band in bands if not isinstance(band, Table)]
    rows = [band.whole() for band in bands if not isinstance(band, Table)]
    left = min((row.x0 for row in rows), default=0.0)
    ends = sorted(row.x1 for row in rows)
    right = ends[-1 - len(ends) // 20] if ends else 0.0
    items: list[Line | PageTable] = []
    lines = zip(rows, hangs, strict=True)
    for band in bands:
        if isinstance(band, Table):
            items.append(PageTable(band.rows, page, number))
            continue
        row, hang = next(lines)
        bold = row.bold >= 0.8 * row.letters
        items.append(Line(row.text, page, number, row.x0, row.x1, row.y, round(row.size, 1), bold, left, right, hang))
    return items
