"""Running heads and page numbers: lines at the upper and lower edge that come again from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from medpath.documents.pdf.page_layout import Layout, Line

MARGIN = 0.085  # of the page's height; text begins below that
LINES = 3  # at either edge
PAGES = 3
SHARE = 0.3

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:page|seite|p\.)?\s*(\d{1,4})(?:\s*(?:/|of|von|de)\s*(\d{1,4}))?[-–—|\s]*", re.IGNORECASE
)
_AT_ENDS = re.compile(r"^\d{1,4}(?=\s)|(?<=[\s/])\d{1,4}$|^\d{1,4}$")
_NEVER = re.compile(r"PARTICULARS|ANNEX\s+[IV]+|PACKAGE LEAFLET", re.IGNORECASE)  # may stand on top of many pages


def without_margins(layouts: Sequence[Layout]) -> list[Layout]:
    """The pages without running heads and page numbers."""
    at_edges = [list(_edge_lines(layout)) for layout in layouts]
    heads = Counter(key for lines in at_edges for key in {_key(line) for line in lines})
    counting = Counter(shift for lines in at_edges for shift in {shift for line in lines for shift in _shifts(line)})
    least = max(PAGES, SHARE * len(layouts))
    for layout, lines in zip(layouts, at_edges, strict=True):
        aside = {
            id(line)
            for line in lines
            if (heads[_key(line)] >= least and any(map(str.isalpha, line.text)))
            or any(counting[shift] >= least for shift in _shifts(line))
            or _is_number(line, counting, len(layouts))
        }
        if len(aside) == len(layout.items):  # nothing else stands on the page
            aside = {id(line) for line in lines if _is_number(line, counting, len(layouts))}
        layout.items = [item for item in layout.items if id(item) not in aside]
    return list(layouts)


def _edge_lines(layout: Layout) -> Iterator[Line]:
    """The lines near the upper and the lower edge that may be no text of the page."""
    lines = sorted((item for item in layout.items if isinstance(item, Line)), key=lambda line: -line.y)
    room = MARGIN * (layout.top - layout.bottom)
    for line in lines[:LINES]:
        if line.y > layout.top - room and not _NEVER.search(line.text):
            yield line
    for line in lines[-LINES:]:
        if line.y < layout.bottom + room and not _NEVER.search(line.text):
            yield line


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.y / 6)


def _shifts(line: Line) -> set[tuple[int, int]]:
    """By how much the numbers at a line's ends differ from the page's, with the line's height."""
    numbers = [int(match[0]) for match in _AT_ENDS.finditer(line.text)]
    return {(number - line.page, round(line.y / 6)) for number in numbers}


def _is_number(line: Line, counting: Counter[tuple[int, int]], pages: int) -> bool:
    """Whether a line is nothing but a page's number: it counts as the pages do, or says how many there are."""
    match = _PAGE_NUMBER.fullmatch(line.text)
    if match is None:
        return False
    if match[2]:
        return int(match[1]) == line.page and int(match[2]) == pages
    return any(counting[shift] >= min(PAGES, pages) for shift in _shifts(line))
