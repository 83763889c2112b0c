"""Charts as SVG: bars beside each other, or one below the other. Colours follow the reader's light or dark."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from math import ceil, log10

from markupsafe import escape

WIDE, NARROW = 720, 340
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#17201f}.q{fill:#56605f}rect{fill:#0b5c6b}line{stroke:#dde2e2}"
    "@media(prefers-color-scheme:dark){text{fill:#e7ecea}.q{fill:#a3afad}rect{fill:#74c6d6}line{stroke:#2e3836}}"
)
POLICY = f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
"""The policy under which a chart is sent: this style and nothing else."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE = 24
_PLOT = 220
_AXIS = 40


def height_of(count: int, years: bool, narrow: bool) -> int:
    """The height of a chart of so many rows in units of its width (`WIDE` or `NARROW`)."""
    if years:
        return _PLOT + 44
    return max(1, count) * (_LINE + 18 if narrow else _LINE) + 8


def chart(rows: Sequence[tuple[str, int]], title: str, tag: str, *, years: bool, narrow: bool) -> bytes:
    """An SVG of labels with their counts: columns by year, or bars with the label beside (narrow: above) each."""
    width, height = NARROW if narrow else WIDE, height_of(len(rows), years, narrow)
    drawn = _columns(rows, width) if years else _bars(rows, width, narrow)
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


def _columns(rows: Sequence[tuple[str, int]], width: int) -> list[str]:
    if not rows:
        return []
    counts = {int(label): count for label, count in rows}
    first, last = min(counts), max(counts)
    top, step = _scale(max(counts.values()))
    drawn = []
    for value in range(0, top + 1, step):
        y = 14 + _PLOT * (1 - value / top)
        drawn.append(f'<line x1="{_AXIS}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}"/>')
        drawn.append(f'<text class="q" x="{_AXIS - 8}" y="{y + 4:.1f}" text-anchor="end">{value:,}</text>')
    each = (width - _AXIS) / (last - first + 1)
    apart = next(years for years in (1, 2, 5, 10, 20, 50, 100, 1000) if years * each >= 42)
    for year in range(first, last + 1):
        x = _AXIS + (year - first) * each
        tall = _PLOT * counts.get(year, 0) / top
        drawn.append(
            f'<rect x="{x + each * 0.12:.1f}" y="{14 + _PLOT - tall:.1f}" width="{each * 0.76:.1f}" '
            f'height="{tall:.1f}"/>'
        )
        if year % apart == 0 and _AXIS - 4 < x + each / 2 < width - 16:
            drawn.append(f'<text class="q" x="{x + each / 2:.1f}" y="{_PLOT + 34}" text-anchor="middle">{year}</text>')
    return drawn


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
