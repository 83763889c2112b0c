"""Search and the list of medicines: what was found, how the question was understood, and ways to narrow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from medpath.documents.qrd import ENTRIES
from medpath.errors import UsageError
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model.mesh import CHINESE
from medpath.search.asked import YEARS
from medpath.search.searching import Filters, Results
from medpath.search.then import medicines_as_of
from medpath.translations import mark
from medpath.translations.language import Language
from medpath.translations.vocabulary.finding import FACETS, SORTS
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.page import page

FILTERS = ("status", "category", "atc", "area", "substance", "organisation", "flag", "year")
SEARCH_PARAMETERS = ("kind", "q", *FILTERS, "sort", "cursor")
LIST_PARAMETERS = (*SEARCH_PARAMETERS[1:], *YEARS, "as_of")
LIST_LENGTH = 50
SEARCH_LENGTH = 25
FACET_LENGTH = 15
ALWAYS_SHOWN = 8
WORDED = {"status": "status", "category": "category", "flag": "flag", "kind": "kind", "wording": "wording"}
TEXT_WORDS = {
    "section": mark("Section"),
    "document-type": mark("Kind of document"),
    "medicine": mark("Medicine"),
    "phrase": mark("Words that stand together"),
    "without": mark("Not in the passage"),
}
# Kinds of understanding that are remarks and no filter.
REMARKS = ("phrase", "synonym", "broader", "known", "spelling", "some-words", "left-out", "not-understood")


@dataclass(frozen=True)
class Choice:
    """One value of a facet: its words, how often it was found, whether it is chosen, and where it leads."""

    value: str
    label: str
    tag: str  # the language of the label
    count: int
    chosen: bool
    address: str
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """A facet with its values; the first ones are shown, the rest is folded."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def shown(self) -> list[Choice]:
        """The values that stand open: those that are chosen, what is right below them, and the first of the others."""
        opened = self.name == "mesh"  # it has deeper values only where one above them is chosen
        return [
            one
            for place, one in enumerate(self.choices)
            if one.chosen or place < ALWAYS_SHOWN or (opened and one.depth)
        ]

    @property
    def folded(self) -> list[Choice]:
        """The others."""
        shown = {one.value for one in self.shown}
        return [one for one in self.choices if one.value not in shown]


def filters_of(asked: Asked, with_text: bool = True) -> Filters:
    """The filters that an address holds."""
    return Filters(
        q=(asked.one("q") or "") if with_text else "",
        **{name: asked.many(name) for name in (*FILTERS, *YEARS)},
    )


def search(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The page of a search. Without a question it is the box alone. Raises UsageError, StoreUnusable."""
    _ = asked.language.gettext
    query, kind = asked.one("q") or "", asked.one("kind")
    filters = filters_of(asked, with_text=False)
    asks = bool(query or filters != Filters() or kind)
    results = Results([], 0, None)
    if asks:
        results = state.search.search(
            query,
            kind=kind,
            filters=filters,
            sort=asked.one("sort"),
            limit=SEARCH_LENGTH,
            cursor=asked.one("cursor"),
            facet_values=FACET_LENGTH,
        )
    return page(
        state,
        stamp,
        asked,
        "search.html",
        _("Search: %(query)s") % {"query": query} if query else _("Search"),
        description=_("Medicines, substances, conditions and organisations that fit “%(query)s”.") % {"query": query}
        if query
        else "",
        indexed=not asks or bool(results.items),
        searched=query,
        asks=asks,
        query=query,
        **_found(asked, results, "/api/v1/search", ("relevance", "name", "status", "-authorised", "-last_updated")),
        understood=understood_in_words(asked, results.understood, query),
        nearest=results.nearest,
    )


def texts(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The page of a search in the texts of documents. Raises UsageError, StoreUnusable."""
    _ = asked.language.gettext
    query, filters = asked.one("q") or "", filters_of(asked, with_text=False)
    results = Results([], 0, None)
    if query:
        results = state.passages.search(query, filters=filters, limit=SEARCH_LENGTH, cursor=asked.one("cursor"))
    return page(
        state,
        stamp,
        asked,
        "passages.html",
        _("In the texts: %(query)s") % {"query": query} if query else _("Search in the texts of documents"),
        description=_("Sections of documents that hold “%(query)s”.") % {"query": query} if query else "",
        indexed=not query or bool(results.items),
        searched=query,
        query=query,
        results=results,
        narrowed=[
            (_("Kind of document"), narrowed(asked, results, "document_type")),
            (_("Section"), narrowed(asked, results, "section")),
        ],
        ways=[
            (("section:4.8", "section:leaflet"), _("names a section")),
            (("type:assessment-report",), _("a kind of document")),
            (("medicine:alofisel", "status:withdrawn"), _("a medicine")),
            (('"one after the other"',), _("words that stand together")),
            (("-word",), _("leaves a word out")),
        ],
        understood=[
            {"facet": _taken_for(asked.language, part["as"]), "value": _taken_as(asked.language, part)}
            for part in results.understood
        ],
        next_address=asked.changed(cursor=results.next) if results.next else None,
        first_address=asked.changed() if asked.one("cursor") else None,
        json_address=f"/api/v1/search?{urlencode([item for item in asked.query if item[0] != 'cursor'])}",
    )


def _taken_for(language: Language, taken: str) -> str:
    if taken in TEXT_WORDS:
        return language.gettext(TEXT_WORDS[taken])
    return word(language, "facet", taken) or taken


def _taken_as(language: Language, part: Mapping[str, Any]) -> str:
    value = str(part["value"])
    return section_in_words(language, value) if part["as"] == "section" else value


def section_in_words(language: Language, place: str) -> str:
    """``smpc/4.8`` as “4.8 Undesirable effects”; in Chinese, which the template is not in, as its part and number."""
    part, _, number = place.partition("/")
    name = word(language, "part", part)
    if name is None:
        return place
    title = next((one.title for one in ENTRIES if (one.part, one.number) == (part, number)), "")
    if language.code != "en" or not title:
        return f"{name} {number}".strip()
    return f"{number} {title}" if part == "smpc" else f"{name} {number} {title}"


def narrowed(asked: Asked, results: Results, name: str) -> list[dict[str, Any]]:
    """The values of a facet of the texts, each with its words and the address of the question with it."""
    query, found = asked.one("q") or "", []
    for one in results.facets.get(name, [])[:FACET_LENGTH]:
        value = one["value"]
        part = f"type:{value}" if name == "document_type" else f"section:{value}"
        if part in query.split():
            continue
        label = (
            word(asked.language, "document_type", value)
            if name == "document_type"
            else section_in_words(asked.language, value)
        )
        found.append({"label": label or value, "count": one["count"], "address": asked.changed(q=f"{part} {query}")})
    return found


def medicines(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The list of medicines, now or as of a day. Raises UsageError, StoreUnusable."""
    _ = asked.language.gettext
    filters, as_of = filters_of(asked), asked.day_of_the_past("as_of")
    if as_of is not None:
        results = _as_of(state, asked, filters, as_of)
    else:
        results = state.search.medicines(
            filters, sort=asked.one("sort"), limit=LIST_LENGTH, cursor=asked.one("cursor"), facet_values=FACET_LENGTH
        )
    orders = (["relevance"] if filters.q else []) + ["name", "status", "-authorised", "authorised", "-last_updated"]
    found = _found(asked, results, "/api/v1/medicines", tuple(orders))
    among = asked.language.listed([*filter(None, [filters.q]), *(one["label"] for one in found["chosen"])])
    day = asked.language.day(as_of.isoformat()) if as_of is not None else ""
    return page(
        state,
        stamp,
        asked,
        "medicines.html",
        " – ".join(filter(None, (_("Medicines"), among, day))),
        description=_("All medicines that EMA lists, with status, substance, class, holder and date of authorisation."),
        indexed=as_of is None and bool(results.items),
        until=as_of,
        filters=filters,
        query=filters.q,
        as_of=as_of.isoformat() if as_of is not None else None,
        horizon=state.register.horizon() if as_of is not None else None,
        now_address=asked.changed(as_of=None),
        **found,
    )


def _as_of(state: State, asked: Asked, filters: Filters, day: date) -> Results:
    if filters.q:
        _ = asked.language.gettext
        raise UsageError(_("Words can't be looked for as of a day; leave the words or the day out."))
    if filters.protection or filters.exclusivity:
        _ = asked.language.gettext
        raise UsageError(_("Estimates are made of the present state alone; leave the estimate or the day out."))
    found = medicines_as_of(
        state.register,
        day,
        state.search.spelt_out(filters),
        sort=asked.one("sort"),
        limit=LIST_LENGTH,
        cursor=asked.one("cursor"),
    )
    for item in found.items:
        item["url"] = f"{item['url']}?as_of={day.isoformat()}"
    return found


def _found(asked: Asked, results: Results, api: str, orders: tuple[str, ...]) -> dict[str, Any]:
    facets = facets_of(asked, results.facets)
    sort = asked.one("sort") or ("relevance" if "relevance" in orders else "name")
    exported = [item for item in asked.query if item[0] != "cursor"]
    return {
        "results": results,
        "facets": facets,
        "chosen": chosen_in_words(asked, facets),
        "sorts": [(name, word(asked.language, "sort", name) or name) for name in orders if name in SORTS],
        "sort": sort,
        "next_address": asked.changed(cursor=results.next) if results.next else None,
        "first_address": asked.changed() if asked.one("cursor") else None,
        "csv_address": f"{api}?{urlencode([*exported, ('format', 'csv')])}",
        "json_lines_address": f"{api}?{urlencode([*exported, ('format', 'jsonl')])}",
        "json_address": f"{api}?{urlencode(exported)}" if exported else api,
    }


def facets_of(asked: Asked, found: Mapping[str, list[dict[str, Any]]]) -> list[Facet]:
    """The facets with their values as links that add or take away a filter."""
    facets = []
    for name in FACETS:
        given = asked.many(parameter_of(name))
        values = [one for one in found.get(name, []) if one["count"] or one["value"] in given]
        if len(values) < 2 and not any(one["value"] in given for one in values):
            continue
        choices = [_choice(asked, name, one) for one in values]
        facets.append(Facet(name, word(asked.language, "facet", name) or name, choices))
    return facets


def parameter_of(facet: str) -> str:
    """The parameter of the address that holds what is chosen in a facet."""
    return "area" if facet == "mesh" else facet


def _choice(asked: Asked, name: str, found: Mapping[str, Any]) -> Choice:
    value, parameter = str(found["value"]), parameter_of(name)
    chosen = value in asked.many(parameter)
    if name == "kind":
        address = asked.changed(kind=None if chosen else value)
    else:
        address = asked.without_value(parameter, value) if chosen else asked.with_value(parameter, value)
    label, tag = _label(asked.language, name, found)
    depth = int(found.get("level") or 1) - 1 if name in ("atc", "mesh") else 0
    return Choice(value, label, tag, found["count"], chosen, address, depth)


def _label(language: Language, name: str, found: Mapping[str, Any]) -> tuple[str, str]:
    """(label, its language tag) of a facet's value."""
    value = str(found["value"])
    if name in WORDED:
        known = word(language, WORDED[name], value)
        return (known, language.tag) if known else (value, "en")
    if name == "atc":
        names = found.get("names") or {}
        if names.get(language.code):
            return f"{value} {names[language.code]}", language.tag
        return f"{value} {names.get('en') or ''}".strip(), "en"
    if name == "mesh":
        chinese = CHINESE.get(value) if language.code == "zh" else None
        return (
            (f"{value} {chinese}", language.tag) if chinese else (f"{value} {found.get('label') or ''}".strip(), "en")
        )
    return str(found.get("label") or value), language.tag if name == "year" else "en"


def chosen_in_words(asked: Asked, facets: list[Facet]) -> list[dict[str, str]]:
    """The filters in force, each with the address without it."""
    found = []
    for name in ("kind", *FILTERS, *YEARS):
        choices = [choice for one in facets if parameter_of(one.name) == name for choice in one.choices]
        for value in asked.many(name):
            choice = next((one for one in choices if one.value == value), None)
            found.append(
                {
                    "facet": word(asked.language, "facet", name) or name,
                    "label": choice.label if choice is not None else value,
                    "tag": choice.tag if choice is not None else "en",
                    "address": asked.changed(kind=None) if name == "kind" else asked.without_value(name, value),
                }
            )
    return found


def understood_in_words(asked: Asked, understood: list[dict[str, Any]], query: str) -> list[dict[str, Any]]:
    """How each part of the query was taken, with the address of the query without that part."""
    language = asked.language
    found = []
    for part in understood:
        taken, value = part["as"], str(part["value"])
        if taken in WORDED:
            value = word(language, WORDED[taken], value) or value
        elif taken == "status-year":
            taken, value = "status", _status_in_year(language, part)
        elif part.get("name"):
            value = part["name"] if taken != "atc" else f"{value} {part['name']}"
        facet = language.gettext("Kind of medicine") if taken == "wording" else word(language, "facet", taken)
        rest = " ".join(query.replace(part["text"], " ", 1).split())
        found.append(
            {
                "text": part["text"],
                "as": taken,
                "remark": taken in REMARKS,
                "facet": facet or taken,
                "value": value,
                "count": part.get("count"),
                "source": (part.get("means") or [""])[0],
                "means": word(language, "wording_meaning", part["value"]) if taken == "wording" else None,
                "address": asked.changed(q=rest or None),
            }
        )
    return found


def _status_in_year(language: Language, part: Mapping[str, Any]) -> str:
    said = [word(language, "status", str(code)) or str(code) for code in part["values"]]
    return f"{', '.join(said)} {part['year']}"


def suggest(state: State, asked: Asked) -> list[dict[str, Any]]:
    """What a text that is being typed may become, with words for kind and status. Raises StoreUnusable."""
    language = asked.language
    found = []
    for one in state.search.suggest(asked.one("q") or "", 8):
        name = (one.get("names") or {}).get(language.code) or one["text"]
        found.append({**one, "text": name, "kind_word": word(language, "kind_of_one", one["kind"]) or one["kind"]})
    return found
