"""Counts by status, class, holder and so on, of what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tantivy import Query

from medpath.model import atc
from medpath.model.mesh import is_of_diseases, is_place, places_above
from medpath.model.terms import FLAGS
from medpath.search.entries import STATUS_ORDER
from medpath.search.plan import all_of
from medpath.search.reader import Snapshot
from medpath.search.schema import KINDS
from medpath.search.vocabulary import CATEGORIES

FACETS = ("status", "category", "atc", "area", "substance", "organisation", "flag", "year")
OF_AREAS = "mesh"  # branches of MeSH's tree, which the filter ``area`` takes, too
_NAMED = {
    "area": "condition",
    OF_AREAS: "heading",
    "substance": "substance",
    "organisation": "organisation",
    "atc": "atc-class",
}
_SETTLED = {"kind": KINDS, "status": STATUS_ORDER, "category": CATEGORIES, "flag": FLAGS}
_OF_TOPS = {"atc": "atc_top", OF_AREAS: "mesh_top"}
MANY = ("area", "substance", "organisation")
ALL = 10_000


def facets(
    snapshot: Snapshot,
    found: Sequence[Query],
    chosen: Mapping[str, tuple[Sequence[str], Query]],
    most: int,
    kinds: bool = False,
) -> dict[str, list[dict[str, Any]]]:
    """Each facet's values with their counts, those that are chosen always among them.

    ``found`` is what all entries must fit; ``chosen`` gives the values and the query of each facet in which something
    is chosen. The counts of a facet ignore what is chosen in it. At most ``most`` values of a facet of many. With
    ``kinds`` the kinds of entries are counted, too.
    """
    names = ("kind", *FACETS, OF_AREAS) if kinds else (*FACETS, OF_AREAS)
    given = {facet: list(values) for facet, (values, _) in chosen.items()}
    if "area" in given:
        given[OF_AREAS] = [value for value in given["area"] if is_place(value)]
        given["area"] = [value for value in given["area"] if not is_place(value)]
    free = [facet for facet in names if facet not in given]
    counts = _counts(snapshot, all_of([*found, *(query for _, query in chosen.values())]), free, most)
    for facet in chosen:
        if facet not in names:
            continue
        others = [query for other, (_, query) in chosen.items() if other != facet]
        of_it = [facet, OF_AREAS] if facet == "area" else [facet]
        counts |= _counts(snapshot, all_of([*found, *others]), of_it, None)
    return {facet: _values(snapshot, facet, counts[facet], given.get(facet, ()), most) for facet in names}


def _counts(snapshot: Snapshot, query: Query, names: Sequence[str], most: int | None) -> dict[str, dict[str, int]]:
    """The counts of some facets; with ``most`` only so many of the greatest as decide which are shown."""
    if not names:
        return {}
    size = ALL if most is None else max(4 * most, 50)
    answer = snapshot.searcher.aggregate(query, {name: _asked(name, most, size) for name in names})
    counts: dict[str, dict[str, int]] = {}
    for name in names:
        buckets = answer[name]["buckets"] if name in answer else []
        if most is not None and len(buckets) == size and buckets[most - 1]["doc_count"] == buckets[-1]["doc_count"]:
            counts |= _counts(snapshot, query, [name], None)  # equals were cut off: all are needed for one order
        else:
            counts[name] = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    return counts


def _asked(name: str, most: int | None, size: int) -> dict[str, Any]:
    field = _OF_TOPS.get(name, name) if most is not None else name
    many = name in MANY
    return {"terms": {"field": field, "size": size if many else ALL, "segment_size": ALL}}


def _values(
    snapshot: Snapshot, facet: str, counts: dict[str, int], chosen: Sequence[str], most: int
) -> list[dict[str, Any]]:
    counts = {**dict.fromkeys(chosen, 0), **counts}
    if facet == "atc":
        shown = _classes(counts, chosen)
    elif facet == OF_AREAS:
        shown = _branches(counts, chosen)
    elif facet == "year":
        shown = sorted(counts, reverse=True)
    elif facet in _SETTLED:
        settled = _SETTLED[facet]
        shown = sorted(counts, key=lambda value: (settled.index(value) if value in settled else len(settled), value))
    else:
        ordered = sorted(counts, key=lambda value: (-counts[value], value))
        shown = ordered[:most] + [value for value in ordered[most:] if value in chosen]
    return [_value(snapshot, facet, value, counts[value]) for value in shown]


def _classes(counts: Mapping[str, int], chosen: Sequence[str]) -> list[str]:
    """Levels 1 and 2, the way to each class that is chosen, and the classes below it."""
    wanted = {code for code in counts if atc.level(code) <= 2}
    for code in chosen:
        wanted |= set(atc.ancestors(code))
        wanted |= {one for one in counts if one.startswith(code) and atc.level(one) == atc.level(code) + 1}
    return sorted(code for code in wanted if code in counts)


def _branches(counts: Mapping[str, int], chosen: Sequence[str]) -> list[str]:
    """The tops of MeSH's trees, the way to each place that is chosen, and the places right below it."""
    wanted = {place for place in counts if "." not in place}
    for place in chosen:
        wanted |= {place, *places_above(place)}
        wanted |= {one for one in counts if one.rpartition(".")[0] == place}
    return sorted((place for place in wanted if place in counts), key=lambda place: (not is_of_diseases(place), place))


def _value(snapshot: Snapshot, facet: str, value: str, count: int) -> dict[str, Any]:
    shown: dict[str, Any] = {"value": value, "count": count}
    if facet in _NAMED:
        named = snapshot.named(_NAMED[facet], value)
        shown["label"] = named["name"] if named is not None else value
        if facet == "atc":
            shown["names"] = named["names"] if named is not None else {"en": None, "zh": None}
            shown["level"] = atc.level(value)
        elif facet == OF_AREAS:
            shown["level"] = value.count(".") + 1
    return shown
