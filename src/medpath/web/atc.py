"""A class of the ATC or ATCvet classification: where it stands, what is in it, its medicines."""

from __future__ import annotations

from typing import Any

from medpath.errors import NotFound
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model import atc as classes
from medpath.search.searching import Filters
from medpath.web.asked import Asked
from medpath.web.landscape import grouped
from medpath.web.page import page


def show(state: State, asked: Asked, stamp: Stamp, code: str) -> Content:
    """The page of a class. Raises NotFound for a code that neither a vocabulary nor a medicine has."""
    language, _ = asked.language, asked.language.gettext
    found = state.register.atc_class(code)
    filters = Filters(atc=(code,))
    listed = grouped(state, asked, filters)
    if found is None:
        if not listed["total"]:
            raise NotFound(_("No class of the ATC classification is known here as “%(code)s”.") % {"code": code[:20]})
        found = unnamed(code)
    below = _counted(state, found["children"], code)
    name = found["name"].get(language.code) or found["name"].get("en") or ""
    return page(
        state,
        stamp,
        asked,
        "atc.html",
        f"{code} {name}".strip(),
        description=f"{found['system']} {code} {name}. "
        + _("%(total)s medicines, %(authorised)s of them authorised now")
        % {"total": listed["total"], "authorised": listed["authorised"]},
        found=found,
        children=below,
        other_names={tag: text for tag, text in found["name"].items() if text and tag not in ("en", "zh")},
        **listed,
    )


def show_all(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The page of all classes at the top, each with those right below it. Raises StoreUnusable."""
    _ = asked.language.gettext
    found = state.search.medicines(limit=1, facet_values=1).facets.get("atc", [])
    authorised = state.search.counts(Filters(status=("authorised",)), "atc")
    told = [{"code": one["value"], **one, "authorised": authorised.get(one["value"], 0)} for one in found]
    for one in told:
        one["names"] = {**one["names"], **classes.built_in_names(one["code"])}
    tops = [
        {**one, "below": [each for each in told if each["level"] == 2 and each["code"].startswith(one["code"])]}
        for one in told
        if one["level"] == 1
    ]
    return page(
        state,
        stamp,
        asked,
        "classes.html",
        _("ATC classes"),
        description=_("Medicines by the classes of ATC and ATCvet, with how many each class has."),
        systems=[
            ("ATC", [one for one in tops if not classes.is_veterinary(one["code"])]),
            ("ATCvet", [one for one in tops if classes.is_veterinary(one["code"])]),
        ],
    )


def unnamed(code: str) -> dict[str, Any]:
    """A class that medicines have and no vocabulary here: its place, with the names of levels 1 and 2."""
    return {
        "code": code,
        "system": "ATCvet" if classes.is_veterinary(code) else "ATC",
        "level": classes.level(code),
        "name": {"en": None, "zh": None},
        "zh_translated_by_us": False,
        "path": [
            {"code": above, "name": {"en": None, "zh": None, **classes.built_in_names(above)}}
            for above in classes.ancestors(code)[:-1]
        ],
        "children": [],
        "retired_at": None,
        "replaced_by": [],
        "vocabulary": False,
    }


def _counted(state: State, children: list[dict[str, Any]], code: str) -> list[dict[str, Any]]:
    """The classes below with the number of medicines in each; those that only medicines have are added."""
    facets = state.search.medicines(Filters(atc=(code,)), limit=1, facet_values=1).facets.get("atc", [])
    counts = {one["value"]: one for one in facets if one["value"].startswith(code)}
    level = classes.level(code) + 1
    known = {child["code"] for child in children}
    found = [{**child, "count": counts[child["code"]]["count"] if child["code"] in counts else 0} for child in children]
    for value, one in counts.items():
        if value not in known and classes.level(value) == level:
            found.append({"code": value, "name": one.get("names") or {"en": None, "zh": None}, "count": one["count"]})
    return sorted(found, key=lambda child: child["code"])
