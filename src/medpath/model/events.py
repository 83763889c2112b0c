"""The events in a medicine's life, from the days that EMA states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from medpath.model.histories import Source
from medpath.model.steps import join_decision

EVENTS = {
    "start_of_rolling_review": "Rolling review started",
    "start_of_evaluation": "Evaluation started",
    "opinion_adopted": "Opinion adopted",
    "marketing_authorisation": "Marketing authorisation granted",
    "latest_european_commission_decision": "Latest European Commission decision",
    "suspension": "Marketing authorisation suspended",
    "withdrawal_expiry_revocation_lapse": "Marketing authorisation ended",
    "refusal": "Marketing authorisation refused",
    "withdrawal_of_application": "Application withdrawn",
}
ENDINGS = {
    "withdrawn": "Marketing authorisation withdrawn",
    "lapsed": "Marketing authorisation lapsed",
    "expired": "Marketing authorisation expired",
    "revoked": "Marketing authorisation revoked",
}
RELATED_EVENTS = {
    "orphan_designations": ("orphan-designation", "ema.orphan_designations"),
    "paediatric_plans": ("paediatric-plan-decision", "ema.paediatric_investigation_plans"),
    "referrals": ("referral", "ema.referrals"),
    "shortages": ("shortage", "ema.shortages"),
    "safety_communications": ("safety-communication", "ema.safety_communications"),
}


def events_of(
    body: dict[str, Any], gave: Mapping[str, Source], steps: Iterable[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    """The days that the agency states, oldest first, each with its kind, title and the dataset that states it.

    ``steps`` are the procedures after authorisation (`medpath.model.steps`); a referral that the page
    links and that has a step of the same day is one event.
    """
    events = []
    for key, title in EVENTS.items():
        day = body["dates"][key]
        if day is None:
            continue
        if key == "withdrawal_expiry_revocation_lapse":
            title = ENDINGS.get(body["status"]["code"] or "", title)
        if key == "latest_european_commission_decision" and day == body["dates"]["marketing_authorisation"]:
            continue
        source = gave.get(f"dates.{key}")
        dataset = source.dataset if source is not None else "ema.medicines"
        events.append(_event(day, key.replace("_", "-"), title, dataset))
    for kind, (name, dataset) in RELATED_EVENTS.items():
        events += [_event(item["date"], name, item["title"], dataset) for item in body["related"][kind] if item["date"]]
    referred = {event["date"] for event in events if event["kind"] == "referral"}
    events += [step for step in steps if step["kind"] != "referral" or step["date"] not in referred]
    join_decision(events, body["dates"]["latest_european_commission_decision"])
    return sorted(events, key=lambda event: (event["date"], event["kind"], event["title"] or ""))


def _event(day: str, kind: str, title: str | None, dataset: str) -> dict[str, Any]:
    return {
        "date": day,
        "kind": kind,
        "title": title,
        "source": dataset,
        "procedure_numbers": [],
        "commission_decision_date": None,
        "document": None,
        "page": None,
    }
