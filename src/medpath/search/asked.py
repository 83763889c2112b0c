"""A question to the index and its answer, as doors have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

YEARS = ("status_year", "held", "decision", "protection", "exclusivity")
"""Filters by a year that are no facets: their values are not counted with every list."""


@dataclass(frozen=True)
class Filters:
    """What medicines must be; the values of one filter are alternatives, several filters add up.

    ``atc`` takes codes of any level, ``area``, ``substance`` and ``organisation`` slugs, ``flag`` the names of the
    contract's flags, ``year`` years of the marketing authorisation, ``q`` free text. The others are years, too:
    ``status_year`` since when the status is what it is, ``held`` at whose end the authorisation was in force,
    ``decision`` of an authorisation whose time since the opinion is known, ``protection`` and ``exclusivity`` in which
    the protection of the market and the exclusivity of an orphan medicine end by estimate.
    """

    q: str = ""
    status: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    atc: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    substance: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    status_year: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    decision: tuple[str, ...] = ()
    protection: tuple[str, ...] = ()
    exclusivity: tuple[str, ...] = ()


@dataclass
class Results:
    """What was found: a part of the list, how much there is, where it goes on, counts, how the query was understood.

    ``nearest`` is filled where nothing was found: other queries that find something, each ``{"as", "query", "total"}``;
    ``as`` is ``without`` (without filters), ``wider`` (a kind of which the one asked for is part), ``broader`` (a
    heading of MeSH above the one asked for), ``part`` (one of the words) or ``spelling``.
    """

    items: list[dict[str, Any]]
    total: int
    next: str | None
    facets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    understood: list[dict[str, Any]] = field(default_factory=list)
    nearest: list[dict[str, Any]] = field(default_factory=list)


NO_FILTERS = Filters()
