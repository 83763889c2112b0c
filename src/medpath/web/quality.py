"""The quality of the data: issues by kind and over time, mistakes of publishers, disagreements, what is not joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from medpath import urls
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.translations.language import Language
from medpath.translations.quality import CODES, TREATMENTS
from medpath.translations.words import field_word, word
from medpath.web.asked import Asked
from medpath.web.page import dataset_titles, page

MOST_OF_FIELD = 60
MOST_CODES = 6


def read(state: State) -> dict[str, Any]:
    """Everything that the page shows, read once for each state of the store: from nothing it takes a second."""
    return state.once(("quality",), lambda: {**state.register.quality(), "each": state.register.disagreements()})


def show(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The page of the quality of the data."""
    _ = asked.language.gettext
    found = read(state)
    titles = dataset_titles(state, asked.language)
    lead = _("What was wrong in the data of the publishers, what became of it, and where sources say different things.")
    return page(
        state,
        stamp,
        asked,
        "quality.html",
        _("Quality of the data"),
        description=lead,
        lead=lead,
        titles=titles,
        standing=sum(one["standing"] for one in found["kinds"]),
        treated=_treated(asked.language, found["kinds"]),
        trends=_trends(found["observations"]),
        fields=_fields(asked.language, found["each"], titles),
        disagreeing=len(found["each"]),
        medicines=len({one["product_number"] for one in found["each"]}),
        not_joined=found["not_joined"],
        most=MOST_OF_FIELD,
    )


def _treated(language: Language, kinds: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The kinds of issues by what became of what was wrong; those without words stand last, by their codes."""
    told: dict[str, list[dict[str, Any]]] = {treatment: [] for treatment in (*TREATMENTS, "")}
    for one in kinds:
        treatment, words = CODES.get(one["code"], ("", ""))
        address = f"{urls.dataset(one['dataset'], language.code)}?code={one['code']}#issues"
        shown = {**one, "words": language.gettext(words) if words else None, "address": address}
        told[treatment].append(shown)
    names = {**TREATMENTS, "": ""}
    return [(language.gettext(names[key]) if key else "", some) for key, some in told.items() if some]


def _trends(observations: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of each dataset that was observed on several days: the days, the newest first, with the issues of each kind."""
    told = []
    for dataset, some in groupby(observations, key=lambda one: one["dataset"]):
        days = list(some)
        totals: dict[str, int] = {}
        for day in days:
            for code, number in day["by_code"].items():
                totals[code] = totals.get(code, 0) + number
        codes = sorted(totals, key=lambda code: (-totals[code], code))
        if len(days) > 1:
            told.append({"dataset": dataset, "days": days, "codes": codes[:MOST_CODES], "more": codes[MOST_CODES:]})
    return told


def _fields(
    language: Language, each: Sequence[Mapping[str, Any]], titles: Mapping[str, str]
) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """(field, its label, the medicines whose sources disagree about it) by how many there are."""
    found = []
    for field, some in groupby(each, key=lambda one: one["field"]):
        told = [
            {
                **one,
                "said": [
                    {
                        "source": titles.get(value["dataset"], value["dataset"]),
                        "value": _spoken(language, field, value["value"]),
                    }
                    for value in one["values"]
                ],
            }
            for one in some
        ]
        found.append((field, field_word(language, field), told))
    return sorted(found, key=lambda one: (-len(one[2]), one[0]))


def _spoken(language: Language, field: str, value: Any) -> tuple[str, str]:
    """(a value in words, the language of these words)."""
    if isinstance(value, list):
        return "; ".join(map(str, value)), "en"
    text = str(value)
    if field == "status.code" and (known := word(language, "status", text)):
        return known, language.tag
    if len(text) == 10 and text[4:5] == "-" and language.day(text) != text:
        return language.day(text), language.tag
    if field.startswith("flags.") and text in ("yes", "no"):
        return language.gettext("yes") if text == "yes" else language.gettext("no"), language.tag
    return text, "en"
