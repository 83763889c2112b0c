"""What two sequences have in common, in time that is bounded.

The longest runs at both ends are taken first, then what is unique in both (in the order that most of it
agrees on), then the same between these. Where nothing is unique, short stretches are compared in full and
long ones count as different.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

FULL = 40_000  # comparisons: lengths of two stretches multiplied
DEPTH = 25  # of what is unique within what is unique


class Match(NamedTuple):
    """So many items are equal from these places on."""

    old: int
    new: int
    length: int


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """The matches of two sequences, ascending in both. Neighbouring ones are joined."""
    found: list[Match] = []
    stack = [(0, len(old), 0, len(new), 0)]
    while stack:
        a, b, c, d, depth = stack.pop()
        start = _same_start(old, new, a, b, c, d)
        if start:
            found.append(Match(a, c, start))
            a, c = a + start, c + start
        end = _same_end(old, new, a, b, c, d)
        if end:
            found.append(Match(b - end, d - end, end))
            b, d = b - end, d - end
        if a == b or c == d:
            continue
        anchors = _anchors(old, new, a, b, c, d) if depth < DEPTH else []
        if anchors:
            for x, y in [*anchors, (b, d)]:
                stack.append((a, x, c, y, depth + 1))
                a, c = x, y
        elif (b - a) * (d - c) <= FULL:
            blocks = SequenceMatcher(None, old[a:b], new[c:d], False).get_matching_blocks()
            found += [Match(a + x, c + y, size) for x, y, size in blocks if size]
    return _joined(sorted(found))


def _same_start(old: Sequence[Hashable], new: Sequence[Hashable], a: int, b: int, c: int, d: int) -> int:
    most = min(b - a, d - c)
    size = 0
    while size < most and old[a + size] == new[c + size]:
        size += 1
    return size


def _same_end(old: Sequence[Hashable], new: Sequence[Hashable], a: int, b: int, c: int, d: int) -> int:
    most = min(b - a, d - c)
    size = 0
    while size < most and old[b - 1 - size] == new[d - 1 - size]:
        size += 1
    return size


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """Places of items that are unique in both, ascending: the longest such series."""
    counts = Counter(old[a:b])
    others = Counter(new[c:d])
    places = {new[y]: y for y in range(c, d) if others[new[y]] == 1}
    pairs = [(x, places[old[x]]) for x in range(a, b) if counts[old[x]] == 1 and old[x] in places]
    heads: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for index, (_, y) in enumerate(pairs):
        row = bisect_left(heads, y)
        before.append(rows[row - 1] if row else -1)
        if row == len(heads):
            heads.append(y)
            rows.append(index)
        else:
            heads[row] = y
            rows[row] = index
    series: list[tuple[int, int]] = []
    index = rows[-1] if rows else -1
    while index >= 0:
        series.append(pairs[index])
        index = before[index]
    return series[::-1]


def _joined(matches: Sequence[Match]) -> list[Match]:
    joined: list[Match] = []
    for match in matches:
        last = joined[-1] if joined else None
        if last and last.old + last.length == match.old and last.new + last.length == match.new:
            joined[-1] = Match(last.old, last.new, last.length + match.length)
        else:
            joined.append(match)
    return joined
