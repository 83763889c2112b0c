"""Where medicines stand: groups by what their status means now, and what is short; all counts are those of lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from medpath.http.state import State
from medpath.search.pictures import PICTURES
from medpath.search.searching import Filters
from medpath.translations import mark
from medpath.translations.vocabulary.medicines import STATUS_GROUPS
from medpath.translations.words import word
from medpath.web.asked import Asked

MOST_IN_GROUP = 40
MOST_BESIDE = 8
NOT_KNOWN = mark("Status not known")
PICTURE = "landscape"
# What says something about the medicine itself; the others are about its assessment.
REMARKED = (
    "orphan",
    "advanced_therapy",
    "biosimilar",
    "generic_or_hybrid",
    "conditional_approval",
    "exceptional_circumstances",
    "additional_monitoring",
    "prime",
)


@dataclass(frozen=True)
class Group:
    """Medicines of one meaning of status: the first of them, how many there are, and the list of all of them."""

    anchor: str
    title: str
    look: str
    count: int
    items: list[dict[str, Any]]
    address: str


def grouped(state: State, asked: Asked, filters: Filters) -> dict[str, Any]:
    """The medicines that fit, in groups, each group by name and at most `MOST_IN_GROUP` of it.

    ``total`` and ``authorised`` count all; ``short`` are those that EMA lists as short now.
    """
    found = state.search.medicines(filters, limit=1, facet_values=MOST_BESIDE + 1)
    counts = {one["value"]: one["count"] for one in found.facets.get("status", [])}
    shortages = state.once(("shortages",), state.register.shortages_now)
    known = {code for codes in STATUS_GROUPS.values() for code in codes}
    meanings = {**STATUS_GROUPS, NOT_KNOWN: tuple(code for code in counts if code not in known)}
    groups = []
    for place, (title, codes) in enumerate(meanings.items(), 1):
        there = tuple(code for code in codes if counts.get(code))
        if there:
            groups.append(_group(state, asked, filters, shortages, f"group-{place}", title, there))
    return {
        "groups": groups,
        "total": found.total,
        "authorised": counts.get("authorised", 0),
        "short": _short(state, asked, filters, shortages),
        "shortages_day": (shortages["observed_at"] or "")[:10],
        "list_address": listed(asked, filters),
        "beside": beside(asked, filters, found.facets),
        "picture_address": asked.to(f"/pictures/{PICTURE}") + f"?{_written(filters)}" if PICTURE in PICTURES else None,
    }


def listed(asked: Asked, filters: Filters, **others: Any) -> str:
    """The address of the list of medicines with filters."""
    return f"{asked.to('/medicines')}?{_written(filters, others)}"


def _written(filters: Filters, others: Mapping[str, Any] | None = None) -> str:
    chosen = {**asdict(filters), **(others or {})}
    return urlencode({name: value for name, value in chosen.items() if value}, doseq=True)


def _group(
    state: State,
    asked: Asked,
    filters: Filters,
    shortages: Mapping[str, Any],
    anchor: str,
    title: str,
    codes: tuple[str, ...],
) -> Group:
    among = Filters(**{**asdict(filters), "status": codes})
    found = state.search.medicines(among, limit=MOST_IN_GROUP, facet_values=0)
    items = [{**item, "remarks": remarks(asked, item, shortages)} for item in found.items]
    return Group(anchor, asked.language.gettext(title), codes[0], found.total, items, listed(asked, among))


def remarks(asked: Asked, item: Mapping[str, Any], shortages: Mapping[str, Any]) -> list[str]:
    """What is remarkable of a medicine in a list: its flags, and whether EMA lists it as short."""
    told = [word(asked.language, "flag", flag) or flag for flag in REMARKED if flag in item["flags"]]
    if item["id"] in shortages["since"]:
        day = shortages["since"][item["id"]]
        language, _ = asked.language, asked.language.gettext
        said = _("In shortage since %(day)s") % {"day": language.day(day)} if day else _("In shortage")
        listed_on = _("(EMA's list of %(day)s)") % {"day": language.day(shortages["observed_at"][:10])}
        told.insert(0, f"{said} {listed_on}")
    return told


def _short(state: State, asked: Asked, filters: Filters, shortages: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The medicines that fit and are short now, by name, each with ``since``."""
    numbers = [one.rpartition(":")[2].replace("-", "/") for one in shortages["since"]]
    fitting = state.search.which(numbers, filters)
    found = [state.search.medicine(number) for number in fitting]
    return sorted(
        ({**item, "since": shortages["since"][item["id"]]} for item in found if item is not None),
        key=lambda item: (item["name"].casefold(), item["product_number"]),
    )


def beside(asked: Asked, filters: Filters, facets: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """What the medicines have most often: substances, conditions, holders, each with the list of those with it."""
    told = []
    for facet in ("substance", "area", "organisation"):
        if getattr(filters, facet):
            continue
        values = [one for one in facets.get(facet, []) if one["count"]]
        if len(values) < 2:
            continue
        told.append(
            {
                "title": word(asked.language, "facet", facet),
                "more": len(values) > MOST_BESIDE,
                "values": [
                    {
                        "label": one.get("label") or one["value"],
                        "count": one["count"],
                        "address": listed(asked, filters, **{facet: (one["value"],)}),
                    }
                    for one in values[:MOST_BESIDE]
                ],
            }
        )
    return told
