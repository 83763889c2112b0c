"""Substances, conditions and organisations: the name, its spellings, and where its medicines stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medpath import urls
from medpath.errors import NotFound
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model import atc as classes
from medpath.model.names import slug as slug_of
from medpath.search.searching import Filters
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.headings import standing
from medpath.web.landscape import grouped
from medpath.web.page import page

RELATED = ("orphan_designations", "paediatric_plans")
MOST_RELATED = 25
MOST_ASKED = 1_000  # of medicines whose designations and plans are looked up
MOST_CLASSES = 6


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
        standing=standing(state, asked, terms),
        classes=_classes(state, filters) if kind == "substance" else [],
        span=_span(state, filters) if listed["total"] > 1 else [],
        related=_related(state, filters) if kind != "organisation" else [],
        all_address=asked.to(f"/{kind}s"),
        **listed,
    )


def _span(state: State, filters: Filters) -> list[dict[str, Any]]:
    """The medicines that were authorised first and last; none where no day is known."""
    found = []
    for sort in ("authorised", "-authorised"):
        items = state.search.medicines(filters, sort=sort, limit=1, facet_values=0).items
        found += [one for one in items if one["marketing_authorisation_date"]]
    return found


def _classes(state: State, filters: Filters) -> list[dict[str, Any]]:
    """The complete ATC codes of the medicines, each with the class above it: where alternatives are found."""
    counts = state.search.counts(filters, "atc")
    codes = sorted((code for code in counts if classes.level(code) == 5), key=lambda code: (-counts[code], code))[
        :MOST_CLASSES
    ]
    told = []
    for code in codes:
        above = classes.ancestors(code)[-2]
        known = state.register.atc_class(above)
        told.append(
            {
                "code": code,
                "count": counts[code],
                "above": above,
                "name": known["name"] if known is not None else {"en": None, "zh": None},
                "in_class": state.search.medicines(
                    Filters(atc=(above,), status=("authorised",)), limit=1, facet_values=0
                ).total,
            }
        )
    return told


def _related(state: State, filters: Filters) -> list[tuple[str, list[dict[str, Any]], int]]:
    """(kind, the newest of them, how many) of the designations and plans that are joined to the medicines."""
    items = state.search.medicines(filters, limit=MOST_ASKED, facet_values=0).items
    by_id: Mapping[str, Mapping[str, Any]] = {item["id"]: item for item in items}
    found = []
    for kind in RELATED:
        records = state.register.related_to(kind, [item["product_number"] for item in items])
        told = [{**one, "medicines": [by_id[each] for each in one["medicines"]]} for one in records[:MOST_RELATED]]
        if told:
            found.append((kind, told, len(records)))
    return found
