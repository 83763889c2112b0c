"""Pictures: counts as charts, each with its table, its data and what it leaves out."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.search.asked import YEARS
from medpath.search.pictures import PICTURES, Counted, Picture, Row, calendar, counted, picture_named
from medpath.translations.language import Language
from medpath.translations.pictures import HEADINGS, LEADS, METHODS, REASONS, SERIES
from medpath.translations.words import word
from medpath.web import charts
from medpath.web.asked import Asked
from medpath.web.finding import FACET_LENGTH, FILTERS, chosen_in_words, facets_of, filters_of, parameter_of
from medpath.web.page import page

MOST_DRAWN = 25
MOST_GLANCED = 8
MOST_OPEN = 40
WIDTHS = ("narrow", "glance")


def parameters(name: str) -> tuple[str, ...]:
    """What the page of a picture may be asked. Raises NotFound."""
    refused = picture_named(name).refused
    return ("q", *(one for one in (*FILTERS, *YEARS) if one not in refused))


def show_all(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The overview, with a glance at each."""
    _ = asked.language.gettext
    shown = [
        {
            "name": one.name,
            **_spoken(asked.language, one),
            "address": asked.to(f"/pictures/{one.name}.svg?width=glance"),
            "height": _height(counted(state.search, one, filters_of(asked), whole=False), True, glance=True),
        }
        for one in PICTURES.values()
    ]
    lead = _(
        "Counts of medicines as charts, each with its table, its data and its method. Every number leads to the list "
        "of the medicines that it counts."
    )
    return page(
        state, stamp, asked, "pictures.html", _("Pictures"),
        description=lead, lead=lead, pictures=shown, narrow=charts.NARROW,
    )  # fmt: skip


def show(state: State, asked: Asked, stamp: Stamp, name: str) -> Content:
    """A picture with its table. Raises NotFound, UsageError, StoreUnusable."""
    found = counted(state.search, picture_named(name), filters_of(asked))
    picture, language = found.picture, asked.language
    short = {
        facet: values[:FACET_LENGTH] if facet in ("area", "substance", "organisation") else values
        for facet, values in found.facets.items()
        if parameter_of(facet) not in picture.refused
    }
    facets = facets_of(asked, short)
    this_year = (stamp.store.data_date or "")[:4] if picture.past and picture.by_year else ""
    rows = [{"label": _label(language, picture, row), "row": row} for row in found.rows]
    spoken = _spoken(language, picture)
    query = asked.address().partition("?")[2]
    chosen = chosen_in_words(asked, facets)
    among = language.listed([*filter(None, [asked.one("q")]), *(one["label"] for one in chosen)])
    return page(
        state,
        stamp,
        asked,
        "picture.html",
        f"{spoken['heading']} – {among}" if among else spoken["heading"],
        description=spoken["lead"],
        name=name,
        picture=picture,
        heading=spoken["heading"],
        lead=spoken["lead"],
        method=spoken["method"],
        **_drawn(asked, found),
        wide=charts.WIDE,
        narrow=charts.NARROW,
        found=found,
        open_rows=rows[:MOST_OPEN],
        other_rows=rows[MOST_OPEN:],
        unfinished=this_year if this_year in {row.value for row in found.rows} else None,
        most_drawn=MOST_DRAWN,
        head=language.gettext("Year") if picture.by_year else word(language, "facet", picture.field),
        series=[_series(language, one.name) for one in picture.columns],
        whole=_series(language, picture.field) if picture.columns else language.gettext("Medicines"),
        reasons=_reasons(language, found),
        calendar=calendar(state.search, picture, filters_of(asked)) if picture.estimate else [],
        facets=facets,
        chosen=chosen,
        json_address=f"/api/v1/pictures/{name}" + (f"?{query}" if query else ""),
        csv_address=f"/api/v1/pictures/{name}?" + (f"{query}&" if query else "") + "format=csv",
    )


def draw(state: State, asked: Asked, name: str, width: str | None) -> Content:
    """The picture itself: wide, ``narrow`` for phones, or only a ``glance``. Raises as `show`."""
    found = counted(state.search, picture_named(name), filters_of(asked), whole=False)
    picture, language, narrow = found.picture, asked.language, width in WIDTHS
    title, tag = _spoken(language, picture)["heading"], language.tag
    if picture.shape == "bars":
        rows = _first(found, width == "glance")
        drawn = charts.bars([(_label(language, picture, row)[0], row.count) for row in rows], title, tag, narrow=narrow)
    elif picture.shape == "spread":
        days = {int(row.value): (row.days.lower, row.days.median, row.days.upper) for row in found.rows if row.days}
        drawn = charts.spread(days, title, tag, narrow=narrow)
    elif picture.shape == "panels":
        series = _panels(language, found)
        drawn = charts.panels(series[:1] if width == "glance" else series, title, tag, narrow=narrow)
    else:
        drawn = charts.columns({int(row.value): row.count for row in found.rows}, title, tag, narrow=narrow)
    return Content(drawn, "image/svg+xml", {"content-security-policy": charts.POLICY})


def _panels(language: Language, found: Counted) -> list[tuple[str, dict[int, int]]]:
    """(name, counts by year) of the whole and of each series."""
    panels = [(_series(language, found.picture.field), {int(row.value): row.count for row in found.rows})]
    for place, column in enumerate(found.picture.columns):
        panels.append((_series(language, column.name), {int(row.value): row.cells[place].count for row in found.rows}))
    return panels


def _first(found: Counted, glance: bool) -> list[Row]:
    return found.rows[: MOST_GLANCED if glance else MOST_DRAWN]


def _height(found: Counted, narrow: bool, *, glance: bool = False) -> int:
    if found.picture.shape == "bars":
        return charts.height_of_bars(len(_first(found, glance)), narrow)
    if found.picture.shape == "panels":
        return charts.height_of_panels(1 if glance else len(found.picture.columns) + 1, narrow)
    return charts.HEIGHT_BY_YEAR


def _drawn(asked: Asked, found: Counted) -> dict[str, Any]:
    query = asked.address().partition("?")[2]
    address = asked.to(f"/pictures/{found.picture.name}.svg")
    return {
        "wide_address": address + (f"?{query}" if query else ""),
        "narrow_address": address + "?" + (f"{query}&" if query else "") + urlencode({"width": "narrow"}),
        "wide_height": _height(found, False),
        "narrow_height": _height(found, True),
    }


def _spoken(language: Language, picture: Picture) -> dict[str, str]:
    tables = {"heading": HEADINGS, "lead": LEADS, "method": METHODS}
    return {key: language.gettext(table[picture.name]) for key, table in tables.items()}


def _series(language: Language, name: str) -> str:
    if name in SERIES:
        return language.gettext(SERIES[name])
    return word(language, "flag", name) or word(language, "status", name) or name


def _reasons(language: Language, found: Counted) -> list[tuple[str, list[dict[str, Any]]]]:
    """Why medicines are in no row, each reason in words with its medicines."""
    return [
        (language.gettext(REASONS[reason]), [one.item for one in some])
        for reason, some in groupby(found.left_out, key=lambda one: one.reason)
    ]


def _label(language: Language, picture: Picture, row: Row) -> tuple[str, str]:
    """(label, its language tag) of a row."""
    if picture.by_year:
        return row.value, language.tag
    if picture.field in ("status", "flag"):
        known = word(language, picture.field, row.value)
        return (known, language.tag) if known else (row.value, "en")
    if row.names is not None:
        name = row.names.get(language.code)
        return (f"{row.value} {name}", language.tag) if name else (f"{row.value} {row.names.get('en') or ''}", "en")
    return row.label or row.value, "en"
