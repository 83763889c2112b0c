"""Which of the numbers before headings are those of the outline: the ones that ascend in the best order.

Reports quote the sections of other texts ("4.8 Undesirable effects") and number lists in headings. The numbers of
the outline are a chain that never descends. Each link brings its strength, more where the list of contents names it
and where it is the next after the one before; the chain with the best sum is taken (dynamic programming).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

LIMIT = 3_000


class Number(NamedTuple):
    """The number of a heading (``(2, 3, 4)``), which heading it is, whether the list of contents names it."""

    place: int
    number: tuple[int, ...]
    listed: bool


def ordered(numbers: Sequence[Number]) -> dict[int, tuple[int, ...]]:
    """The numbers of the outline, by the place of their heading."""
    numbers = numbers[:LIMIT]
    scores: list[float] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        best, link = 0.5 if _begins(number.number) else -1.0, -1
        for earlier in range(index):
            score = scores[earlier] + _step(numbers[earlier].number, number.number)
            if score > best:
                best, link = score, earlier
        scores.append(best + (4.0 if number.listed else 1.0))
        before.append(link)
    chain: dict[int, tuple[int, ...]] = {}
    at = max(range(len(scores)), key=scores.__getitem__) if scores else -1
    while at >= 0:
        chain[numbers[at].place] = numbers[at].number
        at = before[at]
    return chain


def _begins(number: tuple[int, ...]) -> bool:
    return all(figure <= 1 for figure in number)


def _step(earlier: tuple[int, ...], later: tuple[int, ...]) -> float:
    """What a link adds beside its own strength."""
    if later < earlier:
        return -1_000.0
    if later == earlier:
        return -0.5
    shared = 0
    while shared < min(len(earlier), len(later)) and earlier[shared] == later[shared]:
        shared += 1
    rest = later[shared:]
    ahead = rest[0] - (earlier[shared] if shared < len(earlier) else 0)
    missed = (ahead - 1) + sum(rest[1:]) - sum(1 for _ in rest[1:])
    if missed <= 0:
        return 1.0
    return max(-4.0, 0.5 - 0.5 * missed)
