"""Estimates of when the protection of a medicine's data and of its market ends, and that of orphan medicines.

The rules: Regulation (EC) No 726/2004, Article 14(11): eight years of data protection and ten of market protection, or
eleven where a new indication of significant benefit was authorised in the first eight. Regulation (EC) No 141/2000,
Article 8: ten years of market exclusivity for an orphan medicine. Whom a period belongs to, and from when, depends on
the global marketing authorisation (Directive 2001/83/EC, Article 6(1)), which no source of the register states. So an
estimate is made where what is known speaks for it, and else a reason takes its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

DATA_YEARS, MARKET_YEARS, LONGEST_YEARS, ORPHAN_YEARS = 8, 10, 11, 10
FIRST_SIGN = "2011-01-01"
"""Additional monitoring (Regulation 726/2004, Article 23) shows substances that were new to the EU from this day on."""

VACCINES = "J07"


@dataclass(frozen=True)
class Facts:
    """What an estimate looks at. ``substances`` are folded names, INN where stated; ``monitored`` is now or ever."""

    number: str
    name: str
    category: str
    status: str | None
    authorised_on: str | None
    holders: frozenset[str]
    substances: frozenset[str]
    all_names: frozenset[str]
    vaccine: bool
    copy: bool  # generic, hybrid or biosimilar
    special: bool  # conditional or under exceptional circumstances: monitored for that alone
    monitored: bool


@dataclass(frozen=True)
class Estimate:
    """When protection ends, as ISO days, counted from the authorisation of ``first``; else the ``reason`` for none.

    ``basis``: ``own`` (this medicine was the first with its substances), ``first-of-holder`` (another one of the same
    holder was).
    """

    basis: str | None = None
    first: Facts | None = None
    data_until: str | None = None
    market_until: str | None = None
    longest_until: str | None = None
    reason: str | None = None


class Estimates:
    """The estimates of medicines, from the facts of all: the first of a set of substances is looked for among them."""

    def __init__(self, medicines: Iterable[Facts]) -> None:
        self._all = {one.number: one for one in medicines}
        self._sets: dict[frozenset[str], list[Facts]] = defaultdict(list)
        self._since: dict[str, str] = {}
        for one in self._all.values():
            if one.category == "human" and one.authorised_on is not None:
                self._sets[one.substances].append(one)
                for name in one.all_names:
                    self._since[name] = min(one.authorised_on, self._since.get(name, one.authorised_on))

    def of(self, number: str) -> Estimate:
        """The estimate of a medicine."""
        one = self._all[number]
        if (reason := _own_reason(one)) is not None:
            return Estimate(reason=reason)
        same = self._sets[one.substances]
        first = min(same, key=lambda other: (other.authorised_on or "", other.number != number, other.number))
        if (reason := self._reason(one, first, same)) is not None:
            return Estimate(reason=reason)
        day = first.authorised_on or ""
        return Estimate(
            "own" if first is one else "first-of-holder",
            first,
            years_after(day, DATA_YEARS),
            years_after(day, MARKET_YEARS),
            years_after(day, LONGEST_YEARS),
        )

    def _reason(self, one: Facts, first: Facts, same: Collection[Facts]) -> str | None:
        """Why nothing can be counted from the first medicine of the same substances."""
        day = first.authorised_on or ""
        if first.copy:
            return "reference-elsewhere"
        if first is not one and not first.holders & one.holders:
            return "other-holder"
        if day < FIRST_SIGN:
            return "before-2011"
        if len(one.substances) == 1 and min(self._since[name] for name in one.all_names) < day:
            return "known-before"
        if any(other.copy and (other.authorised_on or "") < years_after(day, DATA_YEARS) for other in same):
            return "copy-too-early"
        if first.special:
            return "special-circumstances"
        return None if first.monitored else "no-sign"


def _own_reason(one: Facts) -> str | None:
    if one.category != "human":
        return "veterinary"
    if one.status != "authorised":
        return "not-authorised"
    if one.copy:
        return "copy"
    if one.authorised_on is None:
        return "no-authorisation-day"
    if one.vaccine:
        return "vaccine"
    return None if one.substances else "no-substance"


def orphan_exclusivity(body: Mapping[str, Any], data_day: str | None) -> tuple[str | None, str | None]:
    """(the day on which ten years from the authorisation of an orphan medicine end, why there is none).

    The day is that of the designations with which it was authorised; (None, None) for what is no orphan medicine
    that is authorised.
    """
    if not body["flags"].get("orphan") or body["status"]["code"] != "authorised" or body["category"] != "human":
        return None, None
    granted = body["dates"]["marketing_authorisation"]
    if granted is None:
        return None, "no-authorisation-day"
    current = [one["date"] for one in body["related"]["orphan_designations"] if one["current"] and one["date"]]
    if current and min(current) > granted:
        return None, "designated-later"
    until = years_after(granted, ORPHAN_YEARS)
    return (until, None) if until > (data_day or "")[:10] else (None, "ten-years-over")


def years_after(day: str, years: int) -> str:
    """The same day so many years later; where that month is shorter, its last day."""
    later = f"{int(day[:4]) + years:04}{day[4:]}"
    if day[5:] == "02-29" and not _leap(int(later[:4])):
        return f"{later[:8]}28"
    return later


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
