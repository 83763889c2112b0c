"""Conditions by MeSH's tree: its tops, a place with what is below it, and where a condition stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from medpath import urls
from medpath.errors import NotFound
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model.mesh import CHINESE, is_of_diseases, places_above
from medpath.search.searching import Filters
from medpath.web.asked import Asked
from medpath.web.landscape import grouped
from medpath.web.names import named
from medpath.web.page import page

AUTHORISED = Filters(status=("authorised",))


def show_all(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The page of all conditions: by MeSH's tree where it was read, and by name. Raises StoreUnusable."""
    _ = asked.language.gettext
    tops = nodes(state, asked, sorted(place for place in counts(state) if "." not in place))
    for one in tops:
        one["below"] = by_name(nodes(state, asked, below(state, [one["place"]])))
    return page(
        state,
        stamp,
        asked,
        "conditions.html",
        _("Conditions"),
        description=_("Conditions by MeSH's tree and by name, with how many medicines each has."),
        trees=[
            (title, some)
            for title, some in (
                (_("Diseases"), [one for one in tops if is_of_diseases(one["place"])]),
                (_("Other branches of MeSH"), [one for one in tops if not is_of_diseases(one["place"])]),
            )
            if some
        ],
        conditions=named(state, "condition"),
    )


def show(state: State, asked: Asked, stamp: Stamp, place: str) -> Content:
    """The page of a place in MeSH's tree with everything below it. Raises NotFound, StoreUnusable."""
    _ = asked.language.gettext
    found = state.search.headings([place]).get(place)
    if found is None:
        raise NotFound(_("No medicine's condition stands at “%(place)s” of MeSH's tree here.") % {"place": place})
    here = {**found, **nodes(state, asked, [place])[0]}
    listed = grouped(state, asked, Filters(area=(place,)))
    exact = [one for slug in found["here"] if (one := state.register.entity("condition", slug)) is not None]
    return page(
        state,
        stamp,
        asked,
        "heading.html",
        f"{here['name']} ({place})",
        description=f"{here['name']}. "
        + _("%(total)s medicines, %(authorised)s of them authorised now")
        % {"total": listed["total"], "authorised": listed["authorised"]},
        heading=here,
        exact=exact,
        path=nodes(state, asked, places_above(place)[::-1]),
        below=by_name(nodes(state, asked, below(state, [place]))),
        **listed,
    )


def counts(state: State) -> dict[str, tuple[int, int]]:
    """(medicines, authorised ones) at or below each place of MeSH's tree that has any; each medicine counts once."""

    def count() -> dict[str, tuple[int, int]]:
        authorised = state.search.counts(AUTHORISED, "mesh")
        return {
            place: (number, authorised.get(place, 0))
            for place, number in state.search.counts(Filters(), "mesh").items()
        }

    return state.once(("mesh-counts",), count)


def below(state: State, places: Iterable[str]) -> list[str]:
    """The places right below some places that have medicines."""
    found = state.once(("mesh-below",), lambda: _by_parent(counts(state)))
    return list(dict.fromkeys(one for place in places for one in found.get(place, ())))


def _by_parent(places: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place in sorted(places):
        if parent := place.rpartition(".")[0]:
            found.setdefault(parent, []).append(place)
    return found


def nodes(state: State, asked: Asked, places: Iterable[str]) -> list[dict[str, Any]]:
    """Places with name (in Chinese where it is ours), address and counts, as they are given."""
    given, numbers = list(places), counts(state)
    names = state.search.headings(given)
    return [_node(asked, place, names[place], numbers.get(place, (0, 0))) for place in given if place in names]


def by_name(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Places by their names in English."""
    return sorted(found, key=lambda one: (one["english"].casefold(), one["place"]))


def _node(asked: Asked, place: str, found: Mapping[str, Any], number: tuple[int, int]) -> dict[str, Any]:
    chinese = CHINESE.get(place) if asked.language.code == "zh" else None
    return {
        "place": place,
        "name": chinese or found["name"],
        "tag": asked.language.tag if chinese else "en",
        "address": urls.heading(place, asked.language.code),
        "medicines": number[0],
        "authorised": number[1],
        "english": found["name"],
    }


def standing(state: State, asked: Asked, terms: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Where a condition stands in MeSH's tree: the ways to it, what is right below it, and how many have either."""
    places = [place for place in (terms or {}).get("tree", ()) if place in counts(state)]
    if not places:
        return None
    narrower: dict[str, dict[str, Any]] = {}
    for one in by_name(nodes(state, asked, below(state, places))):
        narrower.setdefault(one["name"], one)
    among = Filters(area=tuple(places))
    return {
        "ways": [nodes(state, asked, [*places_above(place)[::-1], place]) for place in places],
        "narrower": list(narrower.values()),
        "total": state.search.medicines(among, limit=1, facet_values=0).total,
        "address": urls.heading(places[0], asked.language.code),
    }
