"""What a feed is about, by its address: everything, a medicine, an entity, a class, or a search with its filters."""

from __future__ import annotations

from dataclasses import dataclass

from medpath import urls
from medpath.errors import NotFound
from medpath.http.state import State
from medpath.model import atc
from medpath.search.searching import Filters
from medpath.translations.language import Language
from medpath.web.asked import Asked
from medpath.web.finding import filters_of

COLLECTIONS = {"substances": "substance", "conditions": "condition", "organisations": "organisation"}


@dataclass(frozen=True)
class Subject:
    """``page`` is the address of the page for people; a feed of everything has neither number nor filters."""

    title: str
    page: str
    number: str | None = None
    filters: Filters | None = None


def subject_of(state: State, asked: Asked, path: str) -> Subject:
    """The subject of the feed at ``path``, which is the address without ``/changes.atom``. Raises NotFound."""
    language, _ = asked.language, asked.language.gettext
    collection, _slash, name = path.strip("/").partition("/")
    if path in ("/feeds", "feeds"):
        return Subject(_("Changes"), asked.to("/changes"))
    if collection in ("search", "medicines") and not name:
        return _search(asked, f"/{collection}")
    if collection == "medicines":
        number = state.register.resolve(name)
        medicine = next(state.register.medicines_of([number]), None)
        if medicine is None:
            raise NotFound(_("No medicine is known here as “%(text)s”; try a search.") % {"text": name[:80]})
        return Subject(str(medicine["name"]), urls.medicine(number, language.code), number)
    if collection == "atc":
        return _class(state, language, name)
    if collection in COLLECTIONS:
        kind = COLLECTIONS[collection]
        found = state.register.entity(kind, name)
        if found is not None:
            page = urls.ENTITY_PATHS[kind](found["slug"], language.code)
            slugs = (str(found["slug"]),)
            filters = {
                "substance": Filters(substance=slugs),
                "condition": Filters(area=slugs),
                "organisation": Filters(organisation=slugs),
            }[kind]
            return Subject(str(found["name"]), page, filters=filters)
    raise NotFound(_("There is no feed at “%(path)s”.") % {"path": path[:80]})


def _class(state: State, language: Language, name: str) -> Subject:
    code = atc.normal_code(name)
    if code is None:
        raise NotFound(language.gettext("“%(text)s” is no ATC code.") % {"text": name[:20]})
    found, filters = state.register.atc_class(code), Filters(atc=(code,))
    if found is None and not state.search.medicines(filters, limit=1, facet_values=0).total:
        unknown = language.gettext("No class of the ATC classification is known here as “%(code)s”.")
        raise NotFound(unknown % {"code": code[:20]})
    words = (found["name"].get(language.code) or found["name"].get("en") or "") if found is not None else ""
    return Subject(f"{code} {words}".strip(), urls.atc_class(code, language.code), filters=filters)


def _search(asked: Asked, path: str) -> Subject:
    filters = filters_of(asked)
    words = [filters.q, *(value for name, value in asked.query if name not in ("q", "kind", "cause", "archive"))]
    shown = ", ".join(filter(None, words))
    title = (
        asked.language.gettext("Search: %(query)s") % {"query": shown} if shown else asked.language.gettext("Medicines")
    )
    kept = tuple(item for item in asked.query if item[0] not in ("kind", "cause", "archive"))
    page = Asked(asked.language, path, kept).address()
    return Subject(title, page, filters=filters)
