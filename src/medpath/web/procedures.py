"""The procedures of a medicine after its authorisation, in words, and their own page: there can be hundreds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model.steps import is_procedure
from medpath.translations.language import Language
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.found import medicine_of, status_now
from medpath.web.links import safe_url
from medpath.web.page import page


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure: its day, kind and numbers, EMA's words on its scope, the decision, the page that states it."""

    year: str
    day: str
    kind: str
    numbers: str
    title: str
    decision: str
    url: str | None
    page: str


def show(state: State, asked: Asked, stamp: Stamp, number: str) -> Content:
    """The page of a medicine's procedures, now or as of a day. Raises NotFound, UsageError."""
    language, _ = asked.language, asked.language.gettext
    as_of = asked.day_of_the_past("as_of")
    medicine = medicine_of(state, language, number, as_of)
    title = _("Procedures of %(name)s after authorisation") % {"name": medicine["name"]}
    if as_of is not None:
        title = f"{title} – {language.day(as_of.isoformat())}"
    procedures = procedures_of(language, medicine)
    return page(
        state,
        stamp,
        asked,
        "procedures.html",
        title,
        description=_("What was applied for and decided on %(name)s since it was authorised, newest first.")
        % {"name": medicine["name"]},
        indexed=as_of is None,
        until=as_of,
        medicine=medicine,
        as_of=as_of.isoformat() if as_of is not None else None,
        now=status_now(state, medicine, as_of),
        count=len(procedures),
        years=[(year, list(some)) for year, some in groupby(procedures, key=lambda one: one.year)],
    )


def count_procedures(medicine: Mapping[str, Any]) -> int:
    """How many procedures after authorisation there are."""
    return sum(map(is_procedure, medicine["events"]))


def procedures_of(language: Language, medicine: Mapping[str, Any], most: int | None = None) -> list[Procedure]:
    """The procedures after authorisation, newest first, each with the address of the document that states it.

    ``most``: how many of them, None for all.
    """
    _ = language.gettext
    decided, paged = _("Commission decision %(day)s"), _("document, page %(number)s")
    urls = {one["id"]: one["url"] for one in medicine["documents"]}
    return [
        Procedure(
            event["date"][:4],
            language.day(event["date"]),
            word(language, "event", event["kind"]) or event["kind"],
            ", ".join(event["procedure_numbers"]),
            event["title"] or "",
            decided % {"day": language.day(day)} if (day := event["commission_decision_date"]) else "",
            f"{url}#page={page}" if url and page else url,
            paged % {"number": page} if page else _("document"),
        )
        for event in islice(filter(is_procedure, reversed(medicine["events"])), most)
        for url, page in [(safe_url(urls.get(event["document"])), event["page"])]
    ]
