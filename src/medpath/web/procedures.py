"""The procedures of a medicine after its authorisation, in words. There can be hundreds on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medpath.model.terms import PROCEDURAL_STEPS
from medpath.translations.language import Language
from medpath.translations.words import word
from medpath.web.links import safe_url


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure: its day, kind and numbers, EMA's words on its scope, the decision, the page that states it."""

    day: str
    kind: str
    numbers: str
    title: str
    decision: str
    url: str | None
    page: str


def is_procedure(event: Mapping[str, Any]) -> bool:
    """Whether an event is a procedure after authorisation, from EMA's document of procedural steps."""
    return bool(event["source"] == PROCEDURAL_STEPS)


def procedures_of(language: Language, medicine: Mapping[str, Any]) -> list[Procedure]:
    """The procedures after authorisation, newest first, each with the address of the document that states it."""
    _ = language.gettext
    decided, paged = _("Commission decision %(day)s"), _("document, page %(number)s")
    urls = {one["id"]: safe_url(one["url"]) for one in medicine["documents"]}
    return [
        Procedure(
            language.day(event["date"]),
            word(language, "event", event["kind"]) or event["kind"],
            ", ".join(event["procedure_numbers"]),
            event["title"] or "",
            decided % {"day": language.day(day)} if (day := event["commission_decision_date"]) else "",
            f"{url}#page={page}" if url and page else url,
            paged % {"number": page} if page else _("document"),
        )
        for event in reversed(medicine["events"])
        if is_procedure(event)
        for url, page in [(urls.get(event["document"]), event["page"])]
    ]
