"""What pictures show: counts of medicines by year, class, area, holder, flag or reason, as the lists count them.

Every count is a count of the facet of the list of medicines with the same filters; so each can be listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from medpath.errors import NotFound, UsageError
from medpath.model import atc
from medpath.model.terms import ENDED
from medpath.search.searching import LARGEST_LIMIT, Filters, Search

EVERY_VALUE = 10_000


@dataclass(frozen=True)
class Picture:
    """One picture: the facet whose values are its rows, the key of an item that has them, which statuses it counts."""

    name: str
    facet: str
    key: str
    status: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[str, ...]:
        """The filters that it does not take, because it settles them itself."""
        return tuple(dict.fromkeys((self.facet, "status"))) if self.status else (self.facet,)


PICTURES = {
    one.name: one
    for one in (
        Picture("approvals", "year", "marketing_authorisation_date"),
        Picture("classes", "atc", "atc", ("authorised",)),
        Picture("areas", "area", "therapeutic_areas", ("authorised",)),
        Picture("holders", "organisation", "holder", ("authorised",)),
        Picture("flags", "flag", "flags", ("authorised",)),
        Picture("ends", "status", "status", ENDED),
    )
}


@dataclass(frozen=True)
class Row:
    """A value with its count; ``query`` asks a list of medicines for exactly these."""

    value: str
    count: int
    label: str | None
    names: dict[str, str | None] | None
    query: str


@dataclass(frozen=True)
class Counted:
    """A picture's rows; ``total`` medicines were counted, those in ``left_out`` have no value and are in no row."""

    picture: Picture
    total: int
    rows: list[Row]
    left_out: list[dict[str, Any]]
    facets: dict[str, list[dict[str, Any]]]
    query: str


def picture_named(name: str) -> Picture:
    """The picture of a name. Raises NotFound."""
    if name not in PICTURES:
        raise NotFound(f"There is no picture “{name[:40]}”; there are {', '.join(PICTURES)}.")
    return PICTURES[name]


def counted(search: Search, picture: Picture, filters: Filters, *, left_out: bool = True) -> Counted:
    """Counts a picture among the medicines that fit; without ``left_out`` nobody looks for those that are in no row.

    Raises UsageError for filters that the picture does not take, StoreUnusable.
    """
    refused = [name for name in picture.refused if getattr(filters, name)]
    if refused:
        raise UsageError(f"The picture “{picture.name}” settles {', '.join(refused)} itself; leave that filter out.")
    among = replace(search.settled(filters), status=picture.status)
    found = search.medicines(among, limit=1, facet_values=EVERY_VALUE)
    rows = [
        Row(one["value"], one["count"], one.get("label"), one.get("names"), _query(among, picture, one["value"]))
        for one in found.facets[picture.facet]
        if one["count"] and _belongs(picture, one["value"])
    ]
    if picture.facet == "year":
        rows.sort(key=lambda row: row.value)
    missing = [item for item in _items(search, among) if not item[picture.key]] if left_out else []
    return Counted(picture, found.total, rows, missing, found.facets, _written(among))


def _belongs(picture: Picture, value: str) -> bool:
    if picture.facet == "atc":
        return atc.level(value) == 1
    return picture.facet != "status" or value in picture.status


def _items(search: Search, filters: Filters) -> Iterator[dict[str, Any]]:
    cursor: str | None = None
    while True:
        part = search.medicines(filters, limit=LARGEST_LIMIT, cursor=cursor, facet_values=0)
        yield from part.items
        cursor = part.next
        if cursor is None:
            return


def _query(among: Filters, picture: Picture, value: str) -> str:
    chosen: dict[str, Any] = {picture.facet: (value,)}
    return _written(replace(among, **chosen))


def _written(filters: Filters) -> str:
    return urlencode({name: value for name, value in asdict(filters).items() if value}, doseq=True)
