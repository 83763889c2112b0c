"""Ruled tables: the grids that lines on a page form, and the words in their cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from medpath.documents.pdf.drawings import Rule
from medpath.documents.pdf.letters import runs_right_to_left
from medpath.documents.pdf.lines import pieces_of, rows_of
from medpath.documents.pdf.words import Word

RULES_LIMIT = 1_200  # level or upright ones; a page with more is a drawing
SAME = 2.0  # points; rules that are nearer to each other are one
TOUCH = 3.5
LEAST = 7.0  # points; narrower columns and lower rows are drawn frames, no cells


@dataclass(frozen=True)
class Table:
    """A table: its rows of cells, top and bottom on the page."""

    rows: tuple[tuple[str, ...], ...]
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Grid:
    """The lines of a table: ``xs`` ascending, ``ys`` descending; between which cells there is a line."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]

    def holds(self, word: Word) -> bool:
        """Whether a word stands in it."""
        x = (word.x0 + word.x1) / 2
        y = word.y + 0.25 * word.size
        return self.xs[0] - 1 < x < self.xs[-1] + 1 and self.ys[-1] - 1 < y < self.ys[0] + 1


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The grids of two columns and more that the rules of a page form."""
    level = _merged(sorted((rule.y0, rule.x0, rule.x1) for rule in rules if rule.y0 == rule.y1))
    upright = _merged(sorted((rule.x0, rule.y0, rule.y1) for rule in rules if rule.y0 != rule.y1))
    if len(level) < 2 or len(upright) < 3 or len(level) > RULES_LIMIT or len(upright) > RULES_LIMIT:
        return []
    levels = [Rule(start, at, end, at) for at, start, end in level]
    uprights = [Rule(at, start, at, end) for at, start, end in upright]
    grids = []
    for lines, columns in _connected(levels, uprights):
        xs = _places(rule.x0 for rule in columns)
        ys = _places(rule.y0 for rule in lines)[::-1]
        if len(xs) > 2 and len(ys) > 1:
            grids.append(Grid(tuple(xs), tuple(ys), tuple(lines), tuple(columns)))
    return grids


def fill(grid: Grid, words: Iterable[Word]) -> Table | None:
    """The table with the words in its cells; none where it has one column only.

    The words of a cell that spans several columns or rows stand in its first one.
    """
    columns, heights = len(grid.xs) - 1, len(grid.ys) - 1
    home = _spans(grid, columns, heights)
    cells: dict[tuple[int, int], list[Word]] = {}
    depths = [-y for y in grid.ys]
    for word in words:
        column = min(max(bisect_right(grid.xs, (word.x0 + word.x1) / 2) - 1, 0), columns - 1)
        row = min(max(bisect_right(depths, -(word.y + 0.25 * word.size)) - 1, 0), heights - 1)
        cells.setdefault(home[row, column], []).append(word)
    used = sorted({column for _, column in home.values()})
    texts = {place: _text(inside) for place, inside in cells.items()}
    rows = [tuple(texts.get((row, column), "") for column in range(columns)) for row in range(heights)]
    if len(used) < 2:
        return None
    if 2 * sum(map(runs_right_to_left, texts.values())) > len(texts):
        used = used[::-1]
    kept = tuple(tuple(row[column] for column in used) for row in rows if any(row))
    return Table(kept, grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1])


def _text(words: Sequence[Word]) -> str:
    return "\n".join(row.whole().text for row in rows_of(pieces_of(words)))


def _merged(lines: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Parallel lines (place, start, end; sorted) with those at the same place that touch made one."""
    merged: list[tuple[float, float, float]] = []
    group: list[tuple[float, float, float]] = []
    for line in lines:
        if group and line[0] - group[0][0] > SAME:
            merged += _end_to_end(group)
            group = []
        group.append(line)
    return merged + _end_to_end(group)


def _end_to_end(group: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    joined: list[tuple[float, float, float]] = []
    for at, start, end in sorted(group, key=lambda line: line[1:]):
        if joined and start - joined[-1][2] <= TOUCH:
            first = joined[-1]
            joined[-1] = first[0], first[1], max(first[2], end)
        else:
            joined.append((at, start, end))
    return joined


def _connected(levels: Sequence[Rule], uprights: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Level and upright rules in groups of those that meet."""
    parents = list(range(len(levels) + len(uprights)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for place, level in enumerate(levels):
        for other, upright in enumerate(uprights, len(levels)):
            if (
                level.x0 - TOUCH <= upright.x0 <= level.x1 + TOUCH
                and upright.y0 - TOUCH <= level.y0 <= upright.y1 + TOUCH
            ):
                parents[root(other)] = root(place)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for place, level in enumerate(levels):
        groups.setdefault(root(place), ([], []))[0].append(level)
    for other, upright in enumerate(uprights, len(levels)):
        groups.setdefault(root(other), ([], []))[1].append(upright)
    return list(groups.values())


def _places(values: Iterable[float]) -> list[float]:
    """The values ascending, those nearer than a cell can be wide taken as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > LEAST:
            places.append(value)
    return places


def _spans(grid: Grid, columns: int, heights: int) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place of the grid the first place of the cell that it belongs to: where no line parts them."""
    across = [[_parted_above(grid, row, column) for column in range(columns)] for row in range(heights)]
    beside = [[_parted_before(grid, row, column) for column in range(columns)] for row in range(heights)]
    home: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(heights):
        for column in range(columns):
            if column and not beside[row][column]:
                home[row, column] = home[row, column - 1]
            elif row and not across[row][column]:
                home[row, column] = home[row - 1, column]
            else:
                home[row, column] = row, column
    return home


def _parted_above(grid: Grid, row: int, column: int) -> bool:
    middle = (grid.xs[column] + grid.xs[column + 1]) / 2
    return any(abs(rule.y0 - grid.ys[row]) <= LEAST and rule.x0 <= middle <= rule.x1 for rule in grid.level)


def _parted_before(grid: Grid, row: int, column: int) -> bool:
    middle = (grid.ys[row] + grid.ys[row + 1]) / 2
    return any(abs(rule.x0 - grid.xs[column]) <= LEAST and rule.y0 <= middle <= rule.y1 for rule in grid.upright)
