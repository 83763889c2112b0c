"""What else EMA says about a medicine: designations, plans, referrals, shortages, communications, assessments.

Records are joined by product number, then by the publisher's own links, then by name; the basis is
stated with each. A record found only by name is attached to medicines that had an authorisation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from medpath.model.histories import Found, Inputs, Source
from medpath.model.names import fold, names_in

BASES = {"product-number": 0, "page": 1, "medicine-name": 2, "substance": 3}


def related_of(
    inputs: Inputs, page: Source | None, name: str, had_authorisation: bool, orphan_now: bool
) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, str]]]:
    """(related items by kind, relations with their basis)."""
    names, former = names_in(name)
    today = {fold(item) for item in names}
    before = {fold(item) for item in former}
    links = set((page.body.get("links") or []) if page is not None else [])
    related: dict[str, list[dict[str, Any]]] = {}
    relations: list[dict[str, str]] = []
    for kind, (dataset, describe) in KINDS.items():
        items = []
        for found in inputs.found_in(dataset):
            basis = _basis(found, inputs.number, links, today, before, had_authorisation)
            if basis is None:
                continue
            source = found.source
            item = {
                "id": f"ema:{kind.replace('_', '-').removesuffix('s')}:{source.key.rpartition('/')[2]}",
                **describe(source.body),
                "basis": basis,
                "url": source.body.get("url"),
                "no_longer_listed_at": source.no_longer_listed_at,
            }
            if kind == "orphan_designations":
                status = (source.body.get("status") or {}).get("code")
                item["current"] = status == "positive" and orphan_now
            items.append(item)
            relations.append({"type": kind, "dataset": dataset, "target": source.key, "basis": basis})
        related[kind] = sorted(items, key=lambda item: (_negative(item["date"]), item["title"] or "", item["id"]))
    return related, relations


def _negative(day: str | None) -> int:
    return -int(day.replace("-", "")) if day else 0


def _basis(
    found: Found, number: str, links: set[str], today: set[str], before: set[str], had_authorisation: bool
) -> str | None:
    """How the record belongs to the medicine as of now; None where the key that found it no longer holds."""
    body = found.source.body
    if number in body.get("product_numbers", ()):
        return "product-number"
    if found.source.key in links:
        return "page-link"
    if not had_authorisation:
        return None
    if body.get("product_numbers"):
        return None  # the publisher says which medicines are meant
    stated = {fold(item) for key in NAME_FIELDS for item in _items(body.get(key))}
    if stated & today:
        return "name"
    if stated & before:
        return "former-name"
    if found.source.dataset == "ema.periodic_safety_assessments" and any(key[0] == "substance" for key in found.keys):
        return "substance"
    return None


NAME_FIELDS = ("medicine_names", "medicine_name", "centrally_authorised_names", "invented_names", "related_medicines")


def _items(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _orphan(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": body.get("intended_use"),
        "date": body.get("date"),
        "designation_number": body.get("designation_number"),
        "active_substance": body.get("active_substance"),
        "status": body.get("status"),
    }


def _plan(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": body.get("plan_number") or body.get("decision_number"),
        "date": body.get("decision_date"),
        "plan_number": body.get("plan_number"),
        "decision_number": body.get("decision_number"),
        "decision_type": body.get("decision_type"),
        "condition": body.get("condition"),
        "compliance_outcome": body.get("compliance_outcome"),
    }


def _referral(body: dict[str, Any]) -> dict[str, Any]:
    dates = body.get("dates") or {}
    return {
        "title": body.get("name"),
        "date": next((dates[key] for key in REFERRAL_DATES if dates.get(key)), None),
        "type": body.get("type"),
        "status": body.get("status"),
        "safety_referral": body.get("safety_referral"),
        "reference_number": body.get("reference_number"),
        "dates": dates,
    }


REFERRAL_DATES = (
    "european_commission_decision",
    "cmdh_position",
    "chmp_cvmp_opinion",
    "prac_recommendation",
    "procedure_start",
)


def _shortage(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": body.get("medicine_name"),
        "date": body.get("start_date") or body.get("first_published"),
        "status": body.get("status"),
        "pharmaceutical_forms": body.get("pharmaceutical_forms"),
        "strengths": body.get("strengths"),
        "alternatives_available": body.get("alternatives_available"),
        "start_date": body.get("start_date"),
        "expected_resolution_date": body.get("expected_resolution_date"),
        "expected_resolution": body.get("expected_resolution"),
        "last_updated": body.get("last_updated"),
    }


def _communication(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": body.get("type"),
        "date": body.get("dissemination_date"),
        "type": body.get("type"),
        "medicine_names": body.get("medicine_names"),
        "regulatory_outcome": body.get("regulatory_outcome"),
        "procedure_number": body.get("procedure_number"),
        "referral_name": body.get("referral_name"),
    }


def _assessment(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": body.get("procedure_number"),
        "date": body.get("first_published"),
        "procedure_number": body.get("procedure_number"),
        "substances_in_scope": body.get("substances_in_scope"),
        "regulatory_outcome": body.get("regulatory_outcome"),
    }


def _opinion(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": body.get("name"),
        "date": body.get("opinion_date"),
        "status": body.get("procedure_status"),
        "outcome": body.get("opinion_outcome"),
    }


KINDS: dict[str, tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "orphan_designations": ("ema.orphan_designations", _orphan),
    "paediatric_plans": ("ema.paediatric_investigation_plans", _plan),
    "referrals": ("ema.referrals", _referral),
    "shortages": ("ema.shortages", _shortage),
    "safety_communications": ("ema.safety_communications", _communication),
    "periodic_safety_assessments": ("ema.periodic_safety_assessments", _assessment),
    "post_authorisation_opinions": ("ema.post_authorisation_opinions", _opinion),
}
