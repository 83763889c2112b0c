"""Two versions of a document's text compared, section by section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from medpath.documents.qrd import HEAD, squeeze
from medpath.documents.redline import Edit, paragraphs, redline
from medpath.documents.text_sections import TextSection

PAIR_LIMIT = 100_000  # comparisons of units; more of them are matched by their order


@dataclass(frozen=True)
class Difference:
    """What became of a section: ``changed`` with its edits, or only in one of the editions.

    A section that only one edition has may be new, dropped, or not recognised in the other: the issues
    of the editions tell (``section-lost``).
    """

    kind: Literal["changed", "only-old", "only-new"]
    old: TextSection | None
    new: TextSection | None
    edits: tuple[Edit, ...] = ()


def compare(old: Sequence[TextSection], new: Sequence[TextSection]) -> list[Difference]:
    """The sections that differ, in the order of the new edition, those that only the old one has at the end.

    Summaries, labels and leaflets are matched in their order, by what they are for and by their sections. In other
    documents a section is the one with the same number and title, the first with the first where there are several.
    """
    units = _matched_units(old, new)
    before: dict[tuple[str, ...], list[TextSection]] = {}
    for section in old:
        before.setdefault(_key(section, section.unit), []).append(section)
    found: list[Difference] = []
    for section in new:
        unit = units.get((section.part, section.unit))
        same = before.get(_key(section, unit), []) if unit is not None else []
        was = same.pop(0) if same else None
        if was is None:
            found += [Difference("only-new", None, section)] if _says_something(section) else []
        elif edits := redline(paragraphs(was.blocks), paragraphs(section.blocks)):
            found.append(Difference("changed", was, section, tuple(edits)))
    left = {id(section) for sections in before.values() for section in sections}
    gone = [section for section in old if id(section) in left and _says_something(section)]
    return found + [Difference("only-old", section, None) for section in gone]


def _says_something(section: TextSection) -> bool:
    return bool(section.blocks) or section.number != HEAD


def _key(section: TextSection, unit: int) -> tuple[str, ...]:
    title = "" if section.part else squeeze(section.title)
    return section.part, str(unit), section.number, title


def _matched_units(old: Sequence[TextSection], new: Sequence[TextSection]) -> dict[tuple[str, int], int]:
    """For each unit of the new edition that of the old one: the pairs, in order, that are most alike together."""
    before, after = _units(old), _units(new)
    matched: dict[tuple[str, int], int] = {}
    for part in after:
        olds, news = before.get(part, []), after[part]
        if len(olds) * len(news) > PAIR_LIMIT:
            matched |= {(part, b.unit): a.unit for a, b in zip(olds, news, strict=False)}
            continue
        best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
        for x in range(len(olds) - 1, -1, -1):
            for y in range(len(news) - 1, -1, -1):
                pair = _likeness(olds[x], news[y]) + best[x + 1][y + 1]
                best[x][y] = max(pair, best[x + 1][y], best[x][y + 1])
        x = y = 0
        while x < len(olds) and y < len(news):
            likeness = _likeness(olds[x], news[y])
            if likeness > 0 and best[x][y] == likeness + best[x + 1][y + 1]:
                matched[part, news[y].unit] = olds[x].unit
                x, y = x + 1, y + 1
            elif best[x][y] == best[x + 1][y]:
                x += 1
            else:
                y += 1
    return matched


@dataclass(frozen=True)
class _Unit:
    unit: int
    name: frozenset[str]
    numbers: frozenset[str]


def _units(sections: Sequence[TextSection]) -> dict[str, list[_Unit]]:
    gathered: dict[tuple[str, int], list[TextSection]] = {}
    for section in sections:
        gathered.setdefault((section.part, section.unit), []).append(section)
    units: dict[str, list[_Unit]] = {}
    for (part, unit), members in gathered.items():
        name = frozenset(members[0].product.lower().split() if members[0].product else ())
        units.setdefault(part, []).append(_Unit(unit, name, frozenset(member.number for member in members)))
    return units


def _likeness(some: _Unit, other: _Unit) -> float:
    names = _shared(some.name, other.name) if some.name and other.name else 0.5
    return 0.7 * names + 0.3 * _shared(some.numbers, other.numbers)


def _shared(some: frozenset[str], other: frozenset[str]) -> float:
    return len(some & other) / max(len(some | other), 1)
