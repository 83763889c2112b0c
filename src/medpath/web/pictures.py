"""Pictures: counts as charts, each with its table, its data and what it leaves out."""

from __future__ import annotations

from typing import Any

from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.search.pictures import PICTURES, Counted, Picture, Row, counted, picture_named
from medpath.translations.language import Language
from medpath.translations.vocabulary import PICTURE_LEADS, PICTURE_METHODS, PICTURES_BY_NAME
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.charts import NARROW, POLICY, WIDE, chart, height_of
from medpath.web.finding import FACET_LENGTH, FILTERS, chosen_in_words, facets_of, filters_of
from medpath.web.page import page

MOST_DRAWN = 25
MOST_OPEN = 40


def parameters(name: str) -> tuple[str, ...]:
    """What the page of a picture may be asked. Raises NotFound."""
    refused = picture_named(name).refused
    return ("q", *(one for one in FILTERS if one not in refused))


def show_all(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The overview."""
    _ = asked.language.gettext
    shown = [{"name": one.name, **_spoken(asked.language, one)} for one in PICTURES.values()]
    return page(state, stamp, asked, "pictures.html", _("Pictures"), pictures=shown)


def show(state: State, asked: Asked, stamp: Stamp, name: str) -> Content:
    """A picture with its table. Raises NotFound, UsageError, StoreUnusable."""
    found = counted(state.search, picture_named(name), filters_of(asked))
    short = {
        facet: values[:FACET_LENGTH] if facet in ("area", "substance", "organisation") else values
        for facet, values in found.facets.items()
        if facet not in found.picture.refused
    }
    facets = facets_of(asked, short)
    rows = [{"label": _label(asked.language, found.picture, row), "row": row} for row in found.rows]
    spoken = _spoken(asked.language, found.picture)
    query = asked.address().partition("?")[2]
    return page(
        state,
        stamp,
        asked,
        "picture.html",
        spoken["heading"],
        description=spoken["lead"],
        indexed=not asked.query,
        name=name,
        heading=spoken["heading"],
        lead=spoken["lead"],
        method=spoken["method"],
        **_drawn(asked, found),
        wide=WIDE,
        narrow=NARROW,
        found=found,
        open_rows=rows[:MOST_OPEN],
        other_rows=rows[MOST_OPEN:],
        most_drawn=MOST_DRAWN,
        head=word(asked.language, "facet", found.picture.facet),
        facets=facets,
        chosen=chosen_in_words(asked, facets),
        json_address=f"/api/v1/pictures/{name}" + (f"?{query}" if query else ""),
        csv_address=f"/api/v1/pictures/{name}?" + (f"{query}&" if query else "") + "format=csv",
    )


def draw(state: State, asked: Asked, name: str, narrow: bool) -> Content:
    """The picture itself. Raises NotFound, UsageError, StoreUnusable."""
    found = counted(state.search, picture_named(name), filters_of(asked), left_out=False)
    rows = [(_label(asked.language, found.picture, row)[0], row.count) for row in _first(found)]
    title = _spoken(asked.language, found.picture)["heading"]
    drawn = chart(rows, title, asked.language.tag, years=found.picture.facet == "year", narrow=narrow)
    return Content(drawn, "image/svg+xml", {"content-security-policy": POLICY})


def _first(found: Counted) -> list[Row]:
    return found.rows if found.picture.facet == "year" else found.rows[:MOST_DRAWN]


def _drawn(asked: Asked, found: Counted) -> dict[str, Any]:
    query = asked.address().partition("?")[2]
    address = asked.to(f"/pictures/{found.picture.name}.svg")
    years, count = found.picture.facet == "year", len(_first(found))
    return {
        "wide_address": address + (f"?{query}" if query else ""),
        "narrow_address": address + "?" + (f"{query}&" if query else "") + "width=narrow",
        "wide_height": height_of(count, years, False),
        "narrow_height": height_of(count, years, True),
    }


def _spoken(language: Language, picture: Picture) -> dict[str, str]:
    tables = {"heading": PICTURES_BY_NAME, "lead": PICTURE_LEADS, "method": PICTURE_METHODS}
    return {key: language.gettext(table[picture.name]) for key, table in tables.items()}


def _label(language: Language, picture: Picture, row: Row) -> tuple[str, str]:
    """(label, its language tag) of a row."""
    if picture.facet in ("status", "flag"):
        known = word(language, picture.facet, row.value)
        return (known, language.tag) if known else (row.value, "en")
    if row.names is not None:
        name = row.names.get(language.code)
        return (f"{row.value} {name}", language.tag) if name else (f"{row.value} {row.names.get('en') or ''}", "en")
    return row.label or row.value, language.tag if picture.facet == "year" else "en"
