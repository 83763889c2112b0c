"""Charts as SVG: bars one below the other, columns by year, several of them, quartiles by year; light and dark."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from math import ceil, log10

from markupsafe import escape

WIDE, NARROW = 720, 340
Columns = Mapping[int, int]
Spreads = Mapping[int, tuple[float, float, float]]
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#17201f}.q{fill:#56605f}rect{fill:#0b5c6b}.r{fill:#9cc4cc}"
    "line{stroke:#dde2e2}"
    "@media(prefers-color-scheme:dark){text{fill:#e7ecea}.q{fill:#a3afad}rect{fill:#74c6d6}.r{fill:#2f6672}"
    "line{stroke:#2e3836}}"
)
POLICY = f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
"""The policy under which a chart is sent: this style and nothing else."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE = 24
_PLOT = 220
_PANEL = 90
_PANEL_HEIGHT = _PANEL + 66
_AXIS = 48


def height_of_bars(count: int, narrow: bool) -> int:
    """The height of a chart of so many bars in units of its width (`WIDE` or `NARROW`)."""
    return max(1, count) * (_LINE + 18 if narrow else _LINE) + 8


HEIGHT_BY_YEAR = _PLOT + 44


def height_of_panels(count: int, narrow: bool) -> int:
    """The height of a chart of so many panels."""
    return _PANEL_HEIGHT * (count if narrow else ceil(count / 2))


def bars(rows: Sequence[tuple[str, int]], title: str, tag: str, *, narrow: bool) -> bytes:
    """An SVG of labels with their counts, the label beside (narrow: above) each bar."""
    width = NARROW if narrow else WIDE
    return _svg(_bars(rows, width, narrow), title, tag, width, height_of_bars(len(rows), narrow))


def columns(counts: Columns, title: str, tag: str, *, narrow: bool) -> bytes:
    """An SVG of counts by year."""
    width = NARROW if narrow else WIDE
    return _svg(_columns(counts, _years(counts), (0, 0, width, _PLOT)), title, tag, width, HEIGHT_BY_YEAR)


def panels(series: Sequence[tuple[str, Columns]], title: str, tag: str, *, narrow: bool) -> bytes:
    """An SVG of several counts by the same years, each with a scale of its own."""
    width, beside = (NARROW, 1) if narrow else (WIDE, 2)
    each = (width - 20 * (beside - 1)) / beside
    years = _years(*(counts for _, counts in series))
    drawn = []
    for place, (name, counts) in enumerate(series):
        x, y = (place % beside) * (each + 20), (place // beside) * _PANEL_HEIGHT
        drawn.append(f'<text x="{x:.0f}" y="{y + 14}">{_text(_cut(name, 46))}</text>')
        drawn += _columns(counts, years, (x, y + 16, each, _PANEL))
    return _svg(drawn, title, tag, width, height_of_panels(len(series), narrow))


def spread(spreads: Spreads, title: str, tag: str, *, narrow: bool) -> bytes:
    """An SVG of (lower quartile, median, upper quartile) by year: a bar between quartiles, a line at the median."""
    width = NARROW if narrow else WIDE
    if not spreads:
        return _svg([], title, tag, width, HEIGHT_BY_YEAR)
    years = _years(spreads)
    top, step = _scale(ceil(max(upper for _, _, upper in spreads.values())))
    drawn, each = _frame(years, top, step, (0, 0, width, _PLOT))
    for year, (lower, median, upper) in spreads.items():
        x = _AXIS + (year - years[0]) * each

        def y(days: float) -> float:
            return 14 + _PLOT * (1 - days / top)

        drawn.append(
            f'<rect class="r" x="{x + each * 0.2:.1f}" y="{y(upper):.1f}" width="{each * 0.6:.1f}" '
            f'height="{max(1.0, y(lower) - y(upper)):.1f}"/>'
        )
        drawn.append(
            f'<rect x="{x + each * 0.08:.1f}" y="{y(median) - 1.5:.1f}" width="{each * 0.84:.1f}" height="3"/>'
        )
    return _svg(drawn, title, tag, width, HEIGHT_BY_YEAR)


def _svg(drawn: Sequence[str], title: str, tag: str, width: int, height: int) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" lang="{tag}"><title>{_text(title)}</title><style>{STYLE}</style>{"".join(drawn)}</svg>'
    ).encode()


def _bars(rows: Sequence[tuple[str, int]], width: int, narrow: bool) -> list[str]:
    most = max((count for _, count in rows), default=1)
    left = 0 if narrow else 300
    room = width - left - 60
    drawn, y = [], 4
    for label, count in rows:
        if narrow:
            drawn.append(f'<text x="0" y="{y + 13}">{_text(_cut(label, 46))}</text>')
            y += 18
        else:
            drawn.append(f'<text x="{left - 10}" y="{y + 16}" text-anchor="end">{_text(_cut(label, 40))}</text>')
        long = max(1.0, room * count / most)
        drawn.append(f'<rect x="{left}" y="{y + 3}" width="{long:.1f}" height="16"/>')
        drawn.append(f'<text class="q" x="{left + long + 6:.1f}" y="{y + 16}">{count:,}</text>')
        y += _LINE
    return drawn


def _years(*found: Mapping[int, object]) -> range:
    """From the first year that anything has to the last."""
    years = [year for one in found for year in one]
    return range(min(years), max(years) + 1) if years else range(0)


def _columns(counts: Columns, years: range, box: tuple[float, float, float, float]) -> list[str]:
    if not years:
        return []
    left, down, _, plot = box
    top, step = _scale(max(counts.values(), default=1))
    drawn, each = _frame(years, top, step, box)
    for year, count in counts.items():
        if not count:
            continue
        x, tall = left + _AXIS + (year - years[0]) * each, plot * count / top
        drawn.append(
            f'<rect x="{x + each * 0.12:.1f}" y="{down + 14 + plot - tall:.1f}" width="{each * 0.76:.1f}" '
            f'height="{tall:.1f}"/>'
        )
    return drawn


def _frame(years: range, top: int, step: int, box: tuple[float, float, float, float]) -> tuple[list[str], float]:
    """(lines and numbers of the axes, the width of a year) within (left, down, width, height of the plot)."""
    left, down, width, plot = box
    if plot < _PLOT:
        step = top  # a small panel has two lines
    drawn = []
    for value in range(0, top + 1, step):
        y = down + 14 + plot * (1 - value / top)
        drawn.append(f'<line x1="{left + _AXIS:.0f}" x2="{left + width:.0f}" y1="{y:.1f}" y2="{y:.1f}"/>')
        drawn.append(f'<text class="q" x="{left + _AXIS - 8:.0f}" y="{y + 4:.1f}" text-anchor="end">{value:,}</text>')
    each = (width - _AXIS) / len(years)
    apart = next(span for span in (1, 2, 5, 10, 20, 50, 100, 1000) if span * each >= 42)
    for year in years:
        x = left + _AXIS + (year - years[0] + 0.5) * each
        if year % apart == 0 and left + _AXIS - 4 < x < left + width - 16:
            drawn.append(f'<text class="q" x="{x:.1f}" y="{down + plot + 34:.0f}" text-anchor="middle">{year}</text>')
    return drawn, each


def _scale(most: int) -> tuple[int, int]:
    """(the end of an axis that holds so many, the step of its lines)."""
    power = int(10 ** int(log10(max(most, 1))))
    step = next(int(power * part) for part in (0.2, 0.5, 1, 2) if power * part >= 1 and most <= 5 * power * part)
    return step * max(1, ceil(most / step)), step


def _cut(label: str, most: int) -> str:
    """A label that is not wider than so many Latin letters; Chinese ones count twice."""
    size = 0
    for place, sign in enumerate(label):
        size += 2 if ord(sign) >= 0x2E80 else 1
        if size > most:
            return label[:place].rstrip() + "…"
    return label


def _text(text: str) -> str:
    return str(escape(_NOT_XML.sub("", text)))
