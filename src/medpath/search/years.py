"""The years by which medicines are counted in pictures, and why a medicine has none: fields of the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from medpath.model.lifespan import authorisation_year, decision, held_years, never_had
from medpath.model.protection import Estimate, orphan_exclusivity
from medpath.model.terms import HAD_AUTHORISATION

DAYS_WIDTH = 4
Fields = dict[str, list[str]]


def lifespan(code: str | None, days: Mapping[str, str | None], status_day: str | None, data_day: str | None) -> Fields:
    """The years that follow from a medicine's status and days alone, and the reasons for those that don't."""
    held, why_not_held = held_years(code, days, data_day)
    taken, why_not_taken = decision(code, days)
    year = authorisation_year(code, days)
    reasons = {"held": why_not_held, "decision": why_not_taken, "status_year": None if status_day else "no-status-day"}
    if year is None:
        reasons["year"] = never_had(code) or "no-authorisation-day"
    return {
        "held": held,
        "year": [year or ""],
        "decision": [year or ""] if taken is not None else [],
        "decision_days": [f"{taken:0{DAYS_WIDTH}}"] if taken is not None else [],
        "status_year": [(status_day or "")[:4]],
        "left_out": [f"{name}:{reason}" for name, reason in reasons.items() if reason is not None],
    }


def years_of(body: Mapping[str, Any], estimate: Estimate | None, data_day: str | None) -> Fields:
    """All fields of years of a medicine, from the contract's JSON."""
    status = body["status"]
    fields = lifespan(status["code"], body["dates"], status.get("date"), data_day)
    exclusive_until, why_none = orphan_exclusivity(body, data_day)
    fields["exclusivity"] = [(exclusive_until or "")[:4]]
    reasons = [f"exclusivity:{why_none}"] if why_none is not None else []
    if estimate is not None:
        fields["protection"] = [(estimate.market_until or "")[:4]]
        reasons += [f"protection:{estimate.reason}"] if estimate.reason is not None else []
    reasons += [f"{name}:not-stated" for name, held in _values(body) if not held]
    fields["left_out"] += reasons
    return fields


def _values(body: Mapping[str, Any]) -> Iterable[tuple[str, bool]]:
    """(facet, whether the medicine has a value of it) for the facets that a picture counts."""
    yield "atc", bool(body["atc"])
    yield "area", bool(body["therapeutic_areas"])
    yield "organisation", bool(body["applicant"] or any(one["holder"] for one in body["authorisations"]))
    yield "flag", any(body["flags"].values())


def told_estimates(estimate: Estimate | None, body: Mapping[str, Any], data_day: str | None) -> dict[str, Any] | None:
    """The estimates of a medicine as pages and the API tell them; None for one that never had an authorisation."""
    if estimate is None or body["status"]["code"] not in HAD_AUTHORISATION:
        return None
    first = estimate.first
    exclusive_until, why_none = orphan_exclusivity(body, data_day)
    orphan = {"market_exclusivity_until": exclusive_until, "reason": why_none}
    return {
        "protection": {
            "basis": estimate.basis,
            "counted_from": {"product_number": first.number, "name": first.name, "date": first.authorised_on}
            if first is not None
            else None,
            "data_protection_until": estimate.data_until,
            "market_protection_until": estimate.market_until,
            "market_protection_until_at_most": estimate.longest_until,
            "reason": estimate.reason,
        },
        "orphan_exclusivity": orphan if exclusive_until or why_none else None,
    }
