"""What pictures show: counts of medicines by year, class, area, holder, flag or reason, as the lists count them.

Every count is the length of a list of medicines with certain filters; so each can be listed. Which pictures there are
stands in `PICTURES`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from math import floor
from typing import Any
from urllib.parse import urlencode

from medpath.errors import NotFound, UsageError
from medpath.model import atc
from medpath.model.terms import ENDED
from medpath.search.searching import Filters, Search

EVERY_VALUE = 10_000
Settled = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Column:
    """A series of a picture by year: medicines with the year in a filter, and with what the column settles."""

    name: str
    field: str
    settles: Settled = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Picture:
    """One picture: the filter whose values are its rows, what it settles, and its series.

    ``shape``: ``bars``, ``years`` (a column for each), ``panels`` (years in several series) or ``spread`` (years with
    quartiles of days). ``lacking`` are the fields whose absence leaves a medicine out. ``past``: its years end with
    that of the data, which is not over.
    """

    name: str
    shape: str
    field: str
    settles: Settled = dataclasses.field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    lacking: tuple[str, ...] = ()
    past: bool = True
    estimate: bool = False

    @property
    def refused(self) -> tuple[str, ...]:
        """The filters that it does not take, because it settles them itself."""
        mine = [self.field, *self.settles]
        for column in self.columns:
            mine += [column.field, *column.settles]
        return tuple(dict.fromkeys(mine))

    @property
    def by_year(self) -> bool:
        """Whether its rows are years."""
        return self.shape != "bars"


_NOW: Settled = {"status": ("authorised",)}
_PATHWAYS = (
    "conditional_approval",
    "exceptional_circumstances",
    "accelerated_assessment",
    "prime",
    "orphan",
    "advanced_therapy",
    "generic_or_hybrid",
    "biosimilar",
)
_OUTCOMES = {
    "opinion": ("opinion", "opinion-under-re-examination"),
    "refused": ("refused",),
    "application-withdrawn": ("application-withdrawn", "withdrawn-from-rolling-review"),
    "ended": ENDED,
}
PICTURES = {
    one.name: one
    for one in (
        Picture("approvals", "years", "year", lacking=("year",)),
        Picture("held", "years", "held", lacking=("held",)),
        Picture("landscape", "panels", "held", lacking=("status_year",), columns=(
            Column("granted", "year"),
            *(Column(name, "status_year", {"status": codes}) for name, codes in _OUTCOMES.items()),
        )),
        Picture("pathways", "panels", "year", lacking=("year",), columns=tuple(
            Column(flag, "year", {"flag": (flag,)}) for flag in _PATHWAYS
        )),
        Picture("decision", "spread", "decision", lacking=("decision",)),
        Picture("classes", "bars", "atc", _NOW, lacking=("atc",)),
        Picture("areas", "bars", "area", _NOW, lacking=("area",)),
        Picture("holders", "bars", "organisation", _NOW, lacking=("organisation",)),
        Picture("flags", "bars", "flag", _NOW, lacking=("flag",)),
        Picture("ends", "bars", "status", {"status": ENDED}),
        Picture("ends-by-year", "panels", "status_year", {"status": ENDED}, lacking=("status_year",), columns=tuple(
            Column(code, "status_year", {"status": (code,)}) for code in ENDED
        )),
        Picture(
            "protection", "years", "protection", {**_NOW, "category": ("human",)}, lacking=("protection",),
            past=False, estimate=True,
        ),
        Picture(
            "exclusivity", "years", "exclusivity", {**_NOW, "category": ("human",), "flag": ("orphan",)},
            lacking=("exclusivity",), past=False, estimate=True,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A number of one series; ``query`` asks a list of medicines for exactly these."""

    column: str
    count: int
    query: str


@dataclass(frozen=True)
class Quartiles:
    """Days from the shortest to the longest; between two values in proportion (as Excel's QUARTILE.INC)."""

    shortest: int
    lower: float
    median: float
    upper: float
    longest: int


@dataclass(frozen=True)
class Row:
    """A value with its count; ``query`` asks a list of medicines for exactly these."""

    value: str
    count: int
    label: str | None
    names: dict[str, str | None] | None
    query: str
    cells: tuple[Cell, ...] = ()
    days: Quartiles | None = None


@dataclass(frozen=True)
class LeftOut:
    """A medicine that is in no row, and why, as a code."""

    reason: str
    item: dict[str, Any]


@dataclass(frozen=True)
class Counted:
    """A picture's rows; of the ``total`` medicines looked at, those ``left_out`` lack what it counts by."""

    picture: Picture
    total: int
    rows: list[Row]
    left_out: list[LeftOut]
    facets: dict[str, list[dict[str, Any]]]
    query: str


def picture_named(name: str) -> Picture:
    """The picture of a name. Raises NotFound."""
    if name not in PICTURES:
        raise NotFound(f"There is no picture “{name[:40]}”; there are {', '.join(PICTURES)}.")
    return PICTURES[name]


def counted(search: Search, picture: Picture, filters: Filters, *, whole: bool = True) -> Counted:
    """Counts a picture among the medicines that fit; without ``whole`` neither facets nor what is left out.

    Raises UsageError for filters that the picture does not take, StoreUnusable.
    """
    refused = [name for name in picture.refused if getattr(filters, name)]
    if refused:
        raise UsageError(f"The picture “{picture.name}” settles {', '.join(refused)} itself; leave that filter out.")
    among = _with(search.settled(filters), picture.settles)
    if picture.shape == "bars":
        found = search.medicines(among, limit=1, facet_values=EVERY_VALUE)
        facets, total, rows = found.facets, found.total, _bars(picture, among, found.facets)
    else:
        found = search.medicines(among, limit=1, facet_values=EVERY_VALUE if whole else 0)
        facets, total, rows = found.facets, found.total, _years(search, picture, among)
    lacking = search.left_out(among, picture.lacking) if whole and picture.lacking else []
    return Counted(picture, total, rows, [LeftOut(*one) for one in lacking], facets, _written(among))


def calendar(search: Search, picture: Picture, filters: Filters) -> list[tuple[str, str, dict[str, Any]]]:
    """(day, basis, item) of every medicine that a picture of estimates counts, by day. Raises as `counted`."""
    found = []
    for item, told in search.estimated(_with(search.settled(filters), picture.settles)):
        market, orphan = (told or {}).get("protection") or {}, (told or {}).get("orphan_exclusivity") or {}
        if picture.name == "protection" and market.get("market_protection_until"):
            found.append((market["market_protection_until"], market["basis"], item))
        elif picture.name == "exclusivity" and orphan.get("market_exclusivity_until"):
            found.append((orphan["market_exclusivity_until"], "own", item))
    return sorted(found, key=lambda one: one[0])


def _bars(picture: Picture, among: Filters, facets: dict[str, list[dict[str, Any]]]) -> list[Row]:
    return [
        Row(
            one["value"],
            one["count"],
            one.get("label"),
            one.get("names"),
            _written(_with(among, {picture.field: (one["value"],)})),
        )
        for one in facets[picture.field]
        if one["count"] and _belongs(picture, one["value"])
    ]


def _belongs(picture: Picture, value: str) -> bool:
    if picture.field == "atc":
        return atc.level(value) == 1
    return picture.field != "status" or value in picture.settles["status"]


def _years(search: Search, picture: Picture, among: Filters) -> list[Row]:
    counts = search.counts(among, picture.field)
    columns = [(one, search.counts(_with(among, one.settles), one.field)) for one in picture.columns]
    days = search.counts_within(among, "decision", "decision_days") if picture.shape == "spread" else {}
    rows = []
    for year in sorted({*counts, *(year for _, found in columns for year in found)}):
        cells = tuple(
            Cell(one.name, found.get(year, 0), _written(_with(among, {**one.settles, one.field: (year,)})))
            for one, found in columns
        )
        query = _written(_with(among, {picture.field: (year,)}))
        spread = quartiles({int(taken): count for taken, count in days[year].items()}) if year in days else None
        rows.append(Row(year, counts.get(year, 0), None, None, query, cells, spread))
    return rows


def quartiles(counts: Mapping[int, int]) -> Quartiles:
    """The quartiles of values that occur so often, one at least."""
    values = [value for value in sorted(counts) for _ in range(counts[value])]

    def at(share: float) -> float:
        place = share * (len(values) - 1)
        low = values[floor(place)]
        high = values[min(floor(place) + 1, len(values) - 1)]
        return low + (high - low) * (place - floor(place))

    return Quartiles(values[0], at(0.25), at(0.5), at(0.75), values[-1])


def _with(filters: Filters, values: Settled) -> Filters:
    chosen: dict[str, Any] = dict(values)
    return replace(filters, **chosen)


def _written(filters: Filters) -> str:
    return urlencode({name: value for name, value in asdict(filters).items() if value}, doseq=True)
