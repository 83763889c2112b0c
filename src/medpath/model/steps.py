"""The procedures of a medicine after its authorisation, as events of its life."""

from __future__ import annotations

from typing import Any

from medpath.model.documents import document_id
from medpath.model.histories import Inputs, Source
from medpath.model.terms import PROCEDURAL_STEPS

TITLE_LENGTH = 200
# A procedure whose kind is not known is shown as one.
UNKNOWN = "procedure"


def step_events(inputs: Inputs) -> list[dict[str, Any]]:
    """One event for each procedure that has a day, none twice: EMA's archived and present lists can overlap.

    The event's day is that of the opinion or notification, else of the entry into force or the decision. The whole
    scope stays in the source record.
    """
    events: dict[tuple[Any, ...], dict[str, Any]] = {}
    for source in _newest_first(inputs):
        document = document_id(source.body["url"])
        for step in source.body["steps"]:
            day = step["opinion_date"] or step["effect_date"] or step["commission_decision_date"]
            if day is None:
                continue
            numbers = step["procedure_numbers"]
            key = (tuple(numbers), day) if numbers else (document, day, step["scope"])
            if key not in events:
                events[key] = _event(step, day, document)
    return list(events.values())


def _newest_first(inputs: Inputs) -> list[Source]:
    lists = [found.source for found in inputs.found_in(PROCEDURAL_STEPS)]
    return sorted(lists, key=lambda source: (source.version.observed_from, source.key), reverse=True)


def _event(step: dict[str, Any], day: str, document: str) -> dict[str, Any]:
    return {
        "date": day,
        "kind": step["kind"] or UNKNOWN,
        "title": _title(step["scope"]),
        "source": PROCEDURAL_STEPS,
        "procedure_numbers": step["procedure_numbers"],
        "commission_decision_date": step["commission_decision_date"],
        "document": document,
        "page": step["pages"][0],
    }


def _title(scope: str | None) -> str | None:
    """The beginning of the scope, cut at a word."""
    text = (scope or "").removeprefix("Outcome:").strip()
    if len(text) <= TITLE_LENGTH:
        return text or None
    return text[: TITLE_LENGTH - 1].rpartition(" ")[0].rstrip(" ,;.-") + "…"


def join_decision(events: list[dict[str, Any]], decision_day: str | None) -> None:
    """Tells which procedures the latest decision, an event of its own, was on; their own events stay."""
    deciding = [event for event in events if event.get("commission_decision_date") == decision_day]
    for event in events:
        if decision_day is not None and event["kind"] == "latest-european-commission-decision" and deciding:
            numbers = [number for step in deciding for number in step["procedure_numbers"]]
            event["procedure_numbers"] = list(dict.fromkeys(numbers))
            event["document"] = deciding[0]["document"]
