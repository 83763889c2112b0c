"""Substances, conditions and organisations: the name, its spellings, and the medicines with their status."""

from __future__ import annotations

from typing import Any

from medpath import urls
from medpath.errors import NotFound
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model.names import slug as slug_of
from medpath.search.searching import Filters
from medpath.translations.vocabulary import STATUS_GROUPS
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.page import page

MOST_SHOWN = 200
FILTER_OF = {"substance": "substance", "condition": "area", "organisation": "organisation"}


def elsewhere(state: State, asked: Asked, kind: str, given: str) -> str | None:
    """Where an entity's page is, if it is asked for by its id or by a name; None where the address is right."""
    found = state.register.entity(kind, given) or state.register.entity(kind, slug_of(given))
    if found is None or found["slug"] == given:
        return None
    return urls.ENTITY_PATHS[kind](found["slug"], asked.language.code)


def show(state: State, asked: Asked, stamp: Stamp, kind: str, slug: str) -> Content:
    """The page of a substance, condition or organisation. Raises NotFound, StoreUnusable."""
    _ = asked.language.gettext
    found = state.register.entity(kind, slug)
    if found is None:
        unknown = {
            "substance": _("No substance is known here as “%(name)s”; try a search."),
            "condition": _("No condition is known here as “%(name)s”; try a search."),
            "organisation": _("No organisation is known here as “%(name)s”; try a search."),
        }
        raise NotFound(unknown[kind] % {"name": slug[:80]})
    filters = {
        "substance": Filters(substance=(found["slug"],)),
        "condition": Filters(area=(found["slug"],)),
        "organisation": Filters(organisation=(found["slug"],)),
    }[kind]
    listed = grouped(state, asked, filters)
    terms = state.register.mesh_terms([found["name"]]).get(found["name"]) if kind == "condition" else None
    return page(
        state,
        stamp,
        asked,
        "entity.html",
        found["name"],
        description=f"{found['name']} – {word(asked.language, 'kind_of_one', kind)}. "
        + _("%(total)s medicines, %(authorised)s of them authorised now")
        % {"total": listed["total"], "authorised": listed["authorised"]},
        kind=kind,
        entity=found,
        others=[name for name in found["names"] if name != found["name"]],
        terms=terms,
        list_address=asked.to(f"/medicines?{FILTER_OF[kind]}={found['slug']}"),
        **listed,
    )


def grouped(state: State, asked: Asked, filters: Filters) -> dict[str, Any]:
    """The medicines that fit, in groups by what their status means now, each group by name.

    At most `MOST_SHOWN` of them, those that are authorised first; ``total`` counts all.
    """
    results = state.search.medicines(filters, sort="status", limit=MOST_SHOWN)
    groups = []
    known = {code for codes in STATUS_GROUPS.values() for code in codes}
    for title, codes in STATUS_GROUPS.items():
        items = [item for item in results.items if item["status"]["code"] in codes]
        if items:
            groups.append((asked.language.gettext(title), items))
    others = [item for item in results.items if item["status"]["code"] not in known]
    if others:
        groups.append((asked.language.gettext("Status not known"), others))
    counts = {one["value"]: one["count"] for one in results.facets.get("status", [])}
    return {
        "groups": groups,
        "total": results.total,
        "more": results.next is not None,
        "authorised": counts.get("authorised", 0),
    }
