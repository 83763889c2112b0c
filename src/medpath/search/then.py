"""Lists of medicines as of a day: from the store, for the index holds the present state alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from typing import Any

from medpath import urls
from medpath.errors import UsageError
from medpath.model import atc
from medpath.model.lifespan import authorisation_year
from medpath.model.names import fold
from medpath.model.terms import STATUSES
from medpath.search.asked import Filters, Results
from medpath.search.years import lifespan
from medpath.store.read import Register
from medpath.store.then import Then

FACETS = ("status", "category")
SORTS = ("name", "-name", "status", "authorised", "-authorised", "last_updated", "-last_updated")
BY_LIFESPAN = ("status_year", "held", "decision")
_ORDER = {code: place for place, code in enumerate(STATUSES)}


def medicines_as_of(
    register: Register, day: date, filters: Filters, *, sort: str | None = None, limit: int = 100,
    cursor: str | None = None,
) -> Results:  # fmt: skip
    """The medicines that fit as they were at the end of a day (UTC).

    Raises UsageError for words (they are looked for in the index, which holds the present state alone), for filters by
    estimates (they are made of the present state of all medicines), and for a cursor or an order that there is none of.
    """
    if filters.q:
        raise UsageError("Words can't be looked for as of a day; leave the words or the day out.")
    if filters.protection or filters.exclusivity:
        raise UsageError("Estimates are made of the present state alone; leave the estimate or the day out.")
    order = sort or "name"
    if order not in SORTS:
        raise UsageError(f"A list as of a day has no order “{order[:40]}”; there are {', '.join(SORTS)}.")
    everything = register.medicines_then(day)
    years = _years(everything, filters, register.data_date(day))
    found = _sorted((one for one in everything if _fits(one, filters) and one.id in years), order)
    place = _place(cursor, mark := _mark(day, filters, order))
    some = found[place : place + limit]
    following = f"1-{mark}-{place + limit}" if place + limit < len(found) else None
    counted = _facets([one for one in everything if one.id in years], filters)
    return Results([_item(one) for one in some], len(found), following, counted)


def _years(everything: list[Then], filters: Filters, data_day: str | None) -> set[str]:
    """The ids of the medicines that fit the filters by years, which are the same under every facet."""
    wanted = {name: set(values) for name in BY_LIFESPAN if (values := getattr(filters, name))}
    fitting = set()
    for one in everything:
        held = lifespan(one.status.code, one.dates, one.status.date, data_day) if wanted else {}
        if all(years.intersection(held[name]) for name, years in wanted.items()):
            fitting.add(one.id)
    return fitting


def _values(one: Then, name: str) -> Iterable[str | None]:
    if name == "status":
        return [one.status.code or "unknown"]
    if name == "category":
        return [one.category]
    if name == "atc":
        return [above for held in one.atc for above in atc.ancestors(held.code)]
    if name == "flag":
        return [flag for flag, value in one.flags.items() if value]
    if name == "year":
        return [authorisation_year(one.status.code, one.dates)]
    if name == "organisation":
        return [holder.slug for holder in one.holders]
    return [held.slug for held in (one.active_substances if name == "substance" else one.therapeutic_areas)]


def _fits(one: Then, filters: Filters) -> bool:
    for name in ("status", "category", "atc", "area", "substance", "organisation", "flag", "year"):
        wanted: tuple[str, ...] = getattr(filters, name)
        if wanted and not set(wanted).intersection(filter(None, _values(one, name))):
            return False
    return True


def _facets(everything: list[Then], filters: Filters) -> dict[str, list[dict[str, Any]]]:
    """Counts of status and category, each under the other filters."""
    found = {}
    for name in FACETS:
        others = replace(filters, status=()) if name == "status" else replace(filters, category=())
        counts = Counter(value for one in everything if _fits(one, others) for value in _values(one, name))
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))
        found[name] = [{"value": value, "count": count} for value, count in ordered]
    return found


def _sorted(found: Iterable[Then], order: str) -> list[Then]:
    """By name and number, then by what is asked for; a day that is not known stands last."""
    by_name = sorted(found, key=lambda one: (fold(one.name), one.product_number), reverse=order == "-name")
    field = order.removeprefix("-")
    if field == "name":
        return by_name
    if field == "status":
        return sorted(by_name, key=lambda one: _ORDER.get(one.status.code or "", len(_ORDER)))
    name = "marketing_authorisation" if field == "authorised" else "last_updated"
    dated = [one for one in by_name if one.dates.get(name)]
    dated.sort(key=lambda one: one.dates[name] or "", reverse=order.startswith("-"))
    return dated + [one for one in by_name if not one.dates.get(name)]


def _mark(day: date, filters: Filters, order: str) -> str:
    return blake2b(repr((day.isoformat(), filters, order)).encode(), digest_size=4).hexdigest()


def _place(cursor: str | None, mark: str) -> int:
    if cursor is None:
        return 0
    kind, _, rest = cursor.partition("-")
    of, _, place = rest.partition("-")
    if kind != "1" or of != mark or not (place.isascii() and place.isdigit() and len(place) < 8):
        raise UsageError("The cursor belongs to another list; begin without it.")
    return int(place)


def _item(one: Then) -> dict[str, Any]:
    """As in a list of the present."""
    return {
        "kind": "medicine",
        "id": one.id,
        "product_number": one.product_number,
        "name": one.name,
        "status": {
            "code": one.status.code,
            "source_value": one.status.source_value,
            "date": one.status.date,
        },
        "category": one.category,
        "active_substances": [held.name for held in one.active_substances],
        "atc": [held.code for held in one.atc],
        "therapeutic_areas": [held.name for held in one.therapeutic_areas],
        "holder": one.holders[0].name if one.holders else None,
        "eu_numbers": [number for held in one.authorisations for number in held.eu_numbers],
        "flags": [flag for flag, value in one.flags.items() if value],
        "marketing_authorisation_date": one.dates.get("marketing_authorisation"),
        "last_updated": one.dates.get("last_updated"),
        "no_longer_listed_at": one.no_longer_listed_at,
        "matched": None,
        "url": urls.medicine(one.product_number),
    }
