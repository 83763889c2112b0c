"""The procedures of a medicine after its authorisation, as events of its life."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from medpath.model.documents import document_id
from medpath.model.histories import Inputs, Source
from medpath.model.terms import EARLIER_STEPS, PROCEDURAL_STEPS, STEPS_BEFORE

TITLE_LENGTH = 200
# A procedure whose kind is not known is shown as one.
UNKNOWN = "procedure"
# Each day on the way to the authorisation, and the day of EMA's list that says the same.
MILESTONES = {
    "application-submitted": ("Application submitted", None),
    "application-received": ("Application received", None),
    "start-of-evaluation": ("Evaluation started", "start_of_evaluation"),
    "opinion-adopted": ("Opinion adopted", "opinion_adopted"),
    "commission-decision": ("European Commission decision", "marketing_authorisation"),
}
_NUMBER = re.compile(r"([A-Z]+)[/-]+0*(\d+)")


def step_events(inputs: Inputs) -> list[dict[str, Any]]:
    """One event for each procedure that has a day, none twice: EMA's archived and present lists can overlap.

    The event's day is that of the opinion or notification, else of the entry into force or the decision. The whole
    scope stays in the source record. Of the earlier lists only procedures count that the present ones don't have.
    """
    events: dict[tuple[Any, ...], dict[str, Any]] = {}
    _add(events, _newest_first(inputs, (PROCEDURAL_STEPS,)), frozenset())
    known = {known_as(number) for event in events.values() for number in event["procedure_numbers"]}
    _add(events, _newest_first(inputs, EARLIER_STEPS), known - {None})
    return list(events.values())


def _add(events: dict[tuple[Any, ...], dict[str, Any]], lists: Iterable[Source], known: Iterable[Any]) -> None:
    for source in lists:
        document = document_id(source.body["url"])
        for step in source.body["steps"]:
            day = step["opinion_date"] or step["effect_date"] or step["commission_decision_date"]
            numbers = step["procedure_numbers"]
            if day is None or any(known_as(number) in known for number in numbers):
                continue
            key = (tuple(numbers), day) if numbers else (document, day, step["scope"])
            if key not in events:
                events[key] = _event(step, day, document, source.dataset)


def known_as(number: str) -> tuple[str, str] | None:
    """``II/12``, ``II-0012`` and ``II/0012`` are one number; None for one of another form."""
    match = _NUMBER.fullmatch(number.removesuffix("/G"))
    return (match[1], match[2]) if match else None


def _newest_first(inputs: Inputs, datasets: Iterable[str]) -> list[Source]:
    lists = [found.source for dataset in datasets for found in inputs.found_in(dataset)]
    return sorted(lists, key=lambda source: (source.version.observed_from, source.key), reverse=True)


def is_procedure(event: Mapping[str, Any]) -> bool:
    """Whether an event is a procedure after the authorisation, from one of EMA's lists of them."""
    return event.get("source") in (PROCEDURAL_STEPS, *EARLIER_STEPS) and event["kind"] not in MILESTONES


def milestone_events(inputs: Inputs, dates: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The days on the way to the authorisation that EMA's lists of steps before it state, each kind once.

    What EMA's list of medicines states too is no event of these: the same day of opinion and evaluation, and any day of
    authorisation, which there is that of the decision or of its notification.
    """
    events: dict[str, dict[str, Any]] = {}
    for source in _newest_first(inputs, (STEPS_BEFORE,)):
        for one in source.body["milestones"]:
            title, key = MILESTONES[one["kind"]]
            stated = dates.get(key) if key else None
            if one["kind"] in events or stated == one["date"] or (stated and key == "marketing_authorisation"):
                continue
            events[one["kind"]] = {
                "date": one["date"],
                "kind": one["kind"],
                "title": title,
                "source": source.dataset,
                "procedure_numbers": [],
                "commission_decision_date": None,
                "document": document_id(source.body["url"]),
                "page": one["page"],
            }
    if "application-submitted" in events:
        events.pop("application-received", None)
    return list(events.values())


def _event(step: dict[str, Any], day: str, document: str, dataset: str) -> dict[str, Any]:
    return {
        "date": day,
        "kind": step["kind"] or UNKNOWN,
        "title": _title(step["scope"]),
        "source": dataset,
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
