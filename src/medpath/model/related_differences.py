"""What differs in the records that EMA keeps beside a medicine: shortages, communications, designations, decisions,
referrals, procedures after the authorisation.

A record that a medicine has anew is an event where its stated day is at most a year old; else it is only found anew:
EMA names the medicine of a designation years after it. A record that a list does not have any more is told as that, and
as nothing else: who drops a shortage from a list does not say that it is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from medpath.model.differences import Difference, spelling_of
from medpath.model.related import KINDS as RELATED
from medpath.model.related import REFERRAL_DATES
from medpath.model.steps import is_procedure, known_as
from medpath.model.terms import PROCEDURAL_STEPS

KINDS = (
    "safety-communication",
    "referral-step",
    "shortage-opened",
    "shortage-changed",
    "shortage-resolved",
    "orphan-designation",
    "paediatric-decision",
    "procedure-added",
    "related-changed",
)
RECENT = timedelta(days=366)
# What is told of a record beside its title, day and status.
TOLD = {
    "orphan_designations": ("current",),
    "paediatric_plans": ("decision_number", "decision_type"),
    "shortages": (
        "expected_resolution",
        "expected_resolution_date",
        "pharmaceutical_forms",
        "strengths",
        "alternatives_available",
    ),
}
SHORTAGES = {"ongoing": "shortage-opened", "resolved": "shortage-resolved"}
EVENTS = {
    "safety_communications": "safety-communication",
    "referrals": "referral-step",
    "orphan_designations": "orphan-designation",
    "paediatric_plans": "paediatric-decision",
}


def related_differences(
    before: Mapping[str, Any], after: Mapping[str, Any], at: str, begun: Mapping[str, str], page_began: bool
) -> list[Difference]:
    """The differences observed at an instant ("" where two versions are compared that may lie apart).

    What comes with the first observation of a whole dataset (``begun``) is none, nor what the first page links.
    """
    found: list[Difference] = []
    for name, (dataset, _describe) in RELATED.items():
        if begun.get(dataset) != at:
            ours = {item["id"]: item for item in before["related"].get(name, [])}
            theirs = {item["id"]: item for item in after["related"][name]}
            found += _of_list(name, dataset, ours, theirs, at, page_began)
    return found


def _of_list(
    name: str, dataset: str, ours: dict[str, Any], theirs: dict[str, Any], at: str, page_began: bool
) -> list[Difference]:
    field, moved = f"related.{name}", _moved(ours, theirs)
    found = []
    for key in sorted(theirs.keys() | ours.keys()):
        was, item = ours.get(moved.get(key, key)), theirs.get(key)
        if key in moved.values():
            continue
        if item is None and was is not None:
            found.append(Difference("related-changed", field, told_of(name, was), None, dataset))
        elif was is None and item is not None:
            if not (page_began and item["basis"] == "page-link"):
                kind = _kind_of_new(name, item, at)
                found.append(Difference(kind, field, None, told_of(name, item), dataset, item["date"]))
        elif was is not None and item is not None and _essence(name, was) != _essence(name, item):
            kind, day = _kind_of_changed(name, was, item)
            found.append(Difference(kind, field, told_of(name, was), told_of(name, item), dataset, day))
    return found


def _moved(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, str]:
    """The new id of each record whose page has another address than before, and its old one."""
    gone = {key: _identity(theirs[key]) for key in ours.keys() & theirs.keys() if _is_gone(theirs[key], ours[key])}
    found: dict[str, str] = {}
    for key in sorted(theirs.keys() - ours.keys()):
        old = next((one for one in sorted(gone) if gone[one] == _identity(theirs[key])), None)
        if old is not None and theirs[key]["no_longer_listed_at"] is None:
            del gone[old]
            found[key] = old
    return found


def _is_gone(item: Mapping[str, Any], was: Mapping[str, Any]) -> bool:
    return item["no_longer_listed_at"] is not None and was["no_longer_listed_at"] is None


def _identity(item: Mapping[str, Any]) -> tuple[Any, ...]:
    return (spelling_of(item["title"] or ""), item["date"], item.get("designation_number"), item.get("decision_number"))


def _kind_of_new(name: str, item: Mapping[str, Any], at: str) -> str:
    recent = _is_recent(item["date"], at)
    if name == "shortages":
        code = _status(item)
        return SHORTAGES.get(code or "", "related-changed") if recent or code == "ongoing" else "related-changed"
    return EVENTS.get(name, "related-changed") if recent else "related-changed"


def _is_recent(day: str | None, at: str) -> bool:
    if not at:
        return True
    return day is not None and date.fromisoformat(day) >= date.fromisoformat(at[:10]) - RECENT


def _kind_of_changed(name: str, was: Mapping[str, Any], item: Mapping[str, Any]) -> tuple[str, str | None]:
    """(kind, the day that is stated for it)."""
    told_was, told = _essence(name, was), _essence(name, item)
    differing = {key for key in told if told[key] != told_was[key]}
    other = "related-changed", None
    if differing == {"listed"}:
        return other
    if name == "shortages":
        code = _status(item) if "status" in differing else None
        kind = SHORTAGES.get(code or "", "shortage-changed")
        return kind, item["date"] if kind == "shortage-opened" and item["date"] != was["date"] else None
    if name == "orphan_designations":
        return ("orphan-designation", None) if "status" in differing else other
    if name == "paediatric_plans":  # what one layout lacks and another gives is no decision
        decided = any(told_was[key] and told[key] for key in differing)
        return ("paediatric-decision", item["date"] if item["date"] != was["date"] else None) if decided else other
    if name == "referrals":
        steps = [key for key in REFERRAL_DATES if item["dates"].get(key) not in (None, was["dates"].get(key))]
        if steps:
            return "referral-step", item["dates"][steps[0]]
        return ("referral-step", None) if "status" in differing and told["status"] else other
    return other


def _status(item: Mapping[str, Any]) -> str | None:
    status = item.get("status")
    return (status.get("code") or status.get("source_value")) if isinstance(status, dict) else None


def told_of(name: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """What a change says of a record."""
    told = {"id": item["id"], "title": item["title"], "date": item["date"], "status": _status(item)}
    told |= {key: item.get(key) for key in TOLD.get(name, ())}
    if name == "paediatric_plans":
        told["decision_type"] = _decision(item)
    if name == "referrals":
        told["steps"] = {key: item["dates"][key] for key in reversed(REFERRAL_DATES) if item["dates"].get(key)}
    if item["no_longer_listed_at"] is not None:
        told["no_longer_listed_at"] = item["no_longer_listed_at"]
    return told


def _decision(item: Mapping[str, Any]) -> str | None:
    decision = item.get("decision_type") or {}
    return decision.get("code") or decision.get("source_value")


def _essence(name: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """What must differ for a record to have changed: no spelling, no order, no day of publication."""
    told: dict[str, Any] = {"status": _status(item), "listed": item["no_longer_listed_at"] is None}
    if name == "shortages":
        told |= {key: _spelt(item.get(key)) for key in ("pharmaceutical_forms", "strengths", "expected_resolution")}
        told |= {key: item.get(key) for key in ("start_date", "expected_resolution_date", "alternatives_available")}
    elif name == "paediatric_plans":
        told |= {"number": _spelt(item.get("decision_number")), "decision": _decision(item)}
    elif name == "referrals":
        told["dates"] = {key: item["dates"].get(key) for key in REFERRAL_DATES}
    elif name == "orphan_designations":
        told["current"] = item.get("current")
    return told


def _spelt(value: Any) -> Any:
    return sorted(map(spelling_of, value)) if isinstance(value, list) else spelling_of(value or "")


def procedure_differences(before: Mapping[str, Any], after: Mapping[str, Any], at: str) -> list[Difference]:
    """The procedures that EMA's list has anew, where it was known before.

    Procedures older than a year and than the newest that was known come of a better conversion and are no news.
    """
    ours = [event for event in before["events"] if is_procedure(event)]
    known = set(_keys(ours))
    referred = {event["date"] for event in before["events"] if event["kind"] == "referral"}
    newest = max((event["date"] for event in ours), default="")
    found = []
    for event in after["events"]:
        if event["source"] != PROCEDURAL_STEPS or not is_procedure(event) or known & set(_keys([event])):
            continue
        if event["kind"] == "referral" and event["date"] in referred:
            continue
        if event["date"] > newest or _is_recent(event["date"], at):
            told = {key: event[key] for key in ("title", "date", "kind", "procedure_numbers")}
            found.append(Difference("procedure-added", "events", None, told, event["source"], event["date"]))
    return found


def _keys(events: Iterable[Mapping[str, Any]]) -> Iterable[Any]:
    """What names a procedure: its numbers, or where it has none its day and title."""
    for event in events:
        numbers = event["procedure_numbers"]
        yield from [known_as(number) or number for number in numbers] or [(event["date"], spelling_of(event["title"]))]
