"""How a medicine is made from the records that speak about it: one pure function.

EMA's table (or its JSON report) and EMA's page say the same things at different times; the one that
EMA updated later leads, and where that can't be told, the one that was observed later; field by field
the other one fills what the leader leaves out. Where both were updated on the same day and differ, the
difference is a disagreement and is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from medpath.model import atc as classes
from medpath.model.disagreements import disagreements_of
from medpath.model.documents import documents_of, opinion_from_documents
from medpath.model.events import events_of
from medpath.model.histories import Inputs, Source
from medpath.model.holders import holder_of
from medpath.model.names import entity_id, fold, slug
from medpath.model.overview import overview_of
from medpath.model.presentations import number_disagreements, presentations_of
from medpath.model.related import related_of
from medpath.model.smpc import smpc_disagreements
from medpath.model.speakers import Said, in_order, page_of, row_of
from medpath.model.steps import milestone_events, step_events
from medpath.model.terms import (
    APPLICATIONS,
    CLASSES,
    DATES,
    DESCRIPTORS,
    DOCUMENTS,
    EARLIER_STEPS,
    FLAGS,
    HAD_AUTHORISATION,
    IN_FORCE,
    LOSSY_LAYOUTS,
    MEDICINES,
    PAGES,
    PROCEDURAL_STEPS,
    STATUS_DATES,
    UNION_REGISTER,
)

# Raised when the same sources make another medicine, or the same versions other changes: stores are composed anew.
COMPOSITION = 9


@dataclass
class Composed:
    """A composed medicine: its body, and which source gave which field."""

    body: dict[str, Any]
    provenance: dict[str, Source]
    sources: list[Source]
    relations: list[dict[str, str]] = field(default_factory=list)


def medicine_id(number: str) -> str:
    """``EMEA/H/C/004258`` → ``ema:medicine:EMEA-H-C-004258``."""
    return f"ema:medicine:{number.replace('/', '-')}"


def compose(inputs: Inputs) -> Composed | None:
    """Makes the medicine, or None where neither the table nor a page speaks about it."""
    row = row_of(inputs)
    page, other_pages = page_of(inputs, row)
    if row is None and page is None:
        return None
    speakers = in_order(row, page)
    said = Said(speakers)

    name = said.value("name") or inputs.number
    status = said.value("status")
    dates = {key: said.nested("dates", key) for key in DATES}
    source_status = status["source_value"] if status else None
    code = status["code"] if status else None
    had_authorisation = code in HAD_AUTHORISATION or (
        code not in APPLICATIONS and dates["marketing_authorisation"] is not None
    )
    number = inputs.number

    atc_codes = said.value("atc") or []
    atcvet_codes = said.value("atcvet") or []
    areas = said.value("therapeutic_areas") or []
    documents, document_sources, document_issues = documents_of(inputs, page)
    opinion = said.value("opinion_outcome")
    if opinion is None:
        opinion, speaker = opinion_from_documents(documents)
        if opinion and speaker is not None:
            said.gave["opinion.outcome"] = document_sources.get(speaker["id"], page or row)  # type: ignore[assignment]
    registered = next(
        (one.source for one in inputs.found_in(UNION_REGISTER) if one.source.body["type"] != "orphan"), None
    )
    holder, holder_source, address_source, eu_numbers, eu_source = holder_of(inputs, said, page)
    packs, packs_source = presentations_of(inputs)
    authorised_by = said.gave.get("dates.marketing_authorisation")
    related, relations = related_of(
        inputs, page, name, had_authorisation, code in IN_FORCE and said.flag("orphan") is True
    )
    overview, overview_source, asked = overview_of(inputs, page, code, documents)

    body: dict[str, Any] = {
        "id": medicine_id(number),
        "agency": "ema",
        "product_number": number,
        "source_product_number": said.value("source_product_number"),
        "name": name,
        "category": said.value("category") or ("veterinary" if "/V/" in number else "human"),
        "status": {
            "code": code,
            "source_value": source_status,
            "date": dates.get(STATUS_DATES.get(code or "", "")),
            "statement": _statement(page, source_status),
            "first_observed_at": _first_observed(row, page, source_status),
        },
        "opinion": {"outcome": opinion, "date": dates["opinion_adopted"]},
        "active_substances": [_entity("substance", item) for item in said.value("active_substances") or []],
        "inn_or_common_names": said.value("inn_or_common_names") or [],
        "atc": [_class(inputs, item, "ATC") for item in atc_codes]
        + [_class(inputs, item, "ATCvet") for item in atcvet_codes],
        "therapeutic_areas": [_area(inputs, item) for item in areas],
        "pharmacotherapeutic_group": said.value("pharmacotherapeutic_group"),
        "species": said.value("species") or [],
        "therapeutic_indication": said.value("therapeutic_indication", whole=True),
        "flags": {flag: said.flag(flag) for flag in FLAGS},
        "overview": overview,
        "authorisations": [],
        "applicant": None,
        "dates": {
            **dates,
            "first_published": said.day("first_published"),
            "last_updated": said.day("last_updated"),
        },
        "revision": said.value("revision"),
        "latest_procedure": said.value("latest_procedure"),
        "documents": documents,
        "events": [],
        "related": related,
        "url": said.value("url"),
        "disagreements": disagreements_of(row, page, speakers[0], registered)
        + number_disagreements(inputs)
        + smpc_disagreements(
            inputs, holder, (holder_source, address_source, authorised_by), dates["marketing_authorisation"]
        ),
        "issues": _issues([*speakers, *other_pages]) + document_issues,
        "no_longer_listed_at": row.no_longer_listed_at if row is not None else None,
    }
    if other_pages:
        body["issues"].append(
            {
                "dataset": PAGES,
                "code": "several-pages",
                "place": other_pages[0].key,
                "message": "More than one page of EMA states this number; the one that EMA updated last is used.",
            }
        )
    if code in APPLICATIONS and dates["marketing_authorisation"] is not None:
        body["issues"].append(
            {
                "dataset": MEDICINES,
                "code": "authorisation-of-an-application",
                "place": speakers[0].version.place,
                "message": f"EMA states the authorisation day {dates['marketing_authorisation']} for what it calls "
                f"“{source_status}”; no authorisation is shown for it.",
            }
        )
    told_by = said.gave.get("therapeutic_indication")
    if told_by is not None and _is_conversion(told_by):
        body["issues"].append(
            {
                "dataset": PAGES,
                "code": "indication-from-conversion",
                "place": told_by.version.place,
                "message": "The indication is from a conversion of EMA's page to text, which can lose lines; "
                "compare it with EMA's page.",
            }
        )
    if had_authorisation:
        body["authorisations"] = [
            {
                "product_number": number,
                "eu_numbers": eu_numbers,
                "presentations": packs,
                "region": "EU",
                "status": code,
                "holder": holder,
                "marketing_authorisation_date": dates["marketing_authorisation"],
            }
        ]
    else:
        body["applicant"] = holder
    body["events"] = events_of(body, said.gave, step_events(inputs) + milestone_events(inputs, dates))

    provenance = said.provenance()
    if holder_source is not None:
        provenance["authorisations.holder" if had_authorisation else "applicant"] = holder_source
    if address_source is not None:
        provenance["authorisations.holder.address"] = address_source
    if eu_source is not None:
        provenance["authorisations.eu_numbers"] = eu_source
    if packs_source is not None and had_authorisation:
        provenance["authorisations.presentations"] = packs_source
    if overview_source is not None:
        provenance["overview"] = overview_source
    if asked is not None:
        provenance["overview.questions"] = asked
    if page is not None:
        provenance["documents"] = page
    elif document_sources:
        provenance["documents"] = next(iter(document_sources.values()))
    for kind in related:
        for relation in relations:
            if relation["type"] == kind:
                found = next(
                    one.source
                    for one in inputs.found
                    if one.source.dataset == relation["dataset"] and one.source.key == relation["target"]
                )
                provenance.setdefault(f"related.{kind}", found)
    sources = _used(speakers, other_pages, provenance, inputs, relations)
    return Composed(body, provenance, sources, relations)


def _is_conversion(source: Source) -> bool:
    return source.dataset == PAGES and source.body["layout"] in LOSSY_LAYOUTS


def _entity(kind: str, name: str) -> dict[str, str]:
    return {"name": name, "id": entity_id(kind, name), "slug": slug(name)}


def _class(inputs: Inputs, code: str, system: str) -> dict[str, Any]:
    names: dict[str, str] = {}
    retired_at = None
    for found in inputs.found:
        if found.source.dataset.startswith("who_atc.") and found.source.body.get("code") == code:
            names.update(found.source.body["names"])
            if found.source.dataset == CLASSES:
                retired_at = found.source.no_longer_listed_at
    names.update(classes.built_in_names(code))
    level = classes.level(code)
    item: dict[str, Any] = {
        "system": system,
        "code": code,
        "level": level,
        "complete": level == 5,
        "name": {"en": names.get("en"), "zh": names.get("zh")}
        | {language: text for language, text in sorted(names.items()) if language not in ("en", "zh")},
    }
    if retired_at is not None:
        item["retired"] = True
    return item


def _area(inputs: Inputs, name: str) -> dict[str, Any]:
    folded = fold(name)
    mesh = None
    for found in inputs.found_in(DESCRIPTORS):
        body = found.source.body
        if folded == fold(body["name"]):
            mesh = body["id"]
            break
        if mesh is None and folded in {fold(term) for term in body["terms"]}:
            mesh = body["id"]
    return {"name": name, "mesh": mesh, "id": entity_id("condition", name), "slug": slug(name)}


def _statement(page: Source | None, status: str | None) -> list[str]:
    """The agency's own sentences on the status, where the page that has them states the same status."""
    if page is None or (page.body.get("status") or {}).get("source_value") != status:
        return []
    return page.body.get("status_statement") or []


def _first_observed(row: Source | None, page: Source | None, value: str | None) -> str | None:
    """Since when the present status has been seen without a break."""
    if value is None:
        return None
    first: str | None = None
    for source in (row, page):
        if source is None:
            continue
        since = None
        for version in reversed(source.versions):
            if version.body is None:
                continue
            if (version.body.get("status") or {}).get("source_value") != value:
                break
            since = version.observed_from
        if since is not None and (first is None or since < first):
            first = since
    return first


def _issues(sources: list[Source]) -> list[dict[str, Any]]:
    return [
        {"dataset": source.dataset, "code": code, "place": source.version.place, "message": message}
        for source in sources
        for _severity, code, message in source.version.issues
    ]


def _used(
    speakers: list[Source],
    other_pages: list[Source],
    provenance: dict[str, Source],
    inputs: Inputs,
    relations: list[dict[str, str]],
) -> list[Source]:
    used: dict[tuple[str, str], Source] = {}
    related = {(relation["dataset"], relation["target"]) for relation in relations}
    candidates = [*speakers, *other_pages, *inputs.of(DOCUMENTS), *provenance.values()]
    candidates += [found.source for found in inputs.found if (found.source.dataset, found.source.key) in related]
    candidates += [found.source for found in inputs.found if found.source.dataset.startswith(("who_atc.", "mesh."))]
    for dataset in (PROCEDURAL_STEPS, *EARLIER_STEPS):
        candidates += [found.source for found in inputs.found_in(dataset)]
    for source in candidates:
        used.setdefault((source.dataset, source.key), source)
    return [used[key] for key in sorted(used)]
