"""The first page: the box, what changed lately, how fresh the data are, ways in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from medpath.errors import StoreUnusable
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model import atc as classes
from medpath.translations.differences import changes_in_words
from medpath.translations.vocabulary.medicines import STATUSES
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.page import page

NEWS = (
    "status-changed",
    "newly-listed",
    "no-longer-listed",
    "safety-communication",
    "referral-step",
    "shortage-opened",
    "shortage-resolved",
    "indication-changed",
)
FRESH = ("ema.medicines", "ema.epar_pages", "ema.shortages", "union_register.products")
NEWS_SHOWN = 10
DAYS_SEARCHED = 6
MOST_READ = 100  # of one kind and day


def show(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The first page; without an index it has no counts, and says so."""
    language, _ = asked.language, asked.language.gettext
    try:
        results = state.search.medicines(limit=1)
        total: int | None = results.total
        counts = {one["value"]: one["count"] for one in results.facets.get("status", [])}
        categories = [(one["value"], one["count"]) for one in results.facets.get("category", [])]
    except StoreUnusable:
        total, counts, categories = None, {}, []
    return page(
        state,
        stamp,
        asked,
        "home.html",
        _("Medicines in the European Union: status, dates, texts, documents"),
        description=_("An open register of medicines and their regulation in the European Union."),
        total=total,
        statuses=[(code, word(language, "status", code), counts[code]) for code in STATUSES if counts.get(code)],
        categories=[(code, word(language, "category", code) or code, count) for code, count in categories],
        news=latest_news(state, asked),
        fresh=fresh(state),
        tops=[(code, classes.built_in_names(code)) for code in classes.built_in_codes() if classes.level(code) == 1],
    )


def fresh(state: State) -> list[tuple[str, str]]:
    """(dataset, day of its newest file) of what people ask for most, where it was read."""
    observed = state.once(("observed",), state.register.observed)
    return [(name, observed[name][:10]) for name in FRESH if name in observed]


def latest_news(state: State, asked: Asked) -> list[dict[str, Any]]:
    """What the publisher changed last of what matters most, by the day that it states, the newest first."""
    found: list[dict[str, Any]] = []
    for day, _count in state.register.change_days(cause="source")[:DAYS_SEARCHED]:
        observed = date.fromisoformat(day)
        of_day: list[dict[str, Any]] = []
        for kind in NEWS:
            listed = state.register.changes(since=observed, until=observed, kind=kind, cause="source", limit=MOST_READ)
            of_day += listed.items
        found += sorted(of_day, key=_day, reverse=True)
        if len(found) >= NEWS_SHOWN:
            break
    return changes_in_words(asked.language, sorted(found[:NEWS_SHOWN], key=_day, reverse=True))


def _day(change: Mapping[str, Any]) -> str:
    day: str = change["date"] or change["observed_at"][:10]
    return day
