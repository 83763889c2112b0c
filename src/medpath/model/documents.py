"""A medicine's documents: one list from EMA's page and EMA's report, nothing twice."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from medpath.model.histories import Inputs, Source
from medpath.model.terms import DOCUMENTS, PAGES

GROUPS = (
    "overview",
    "risk-management-plan",
    "product-information",
    "authorised-presentations",
    "initial-marketing-authorisation",
    "changes-since-initial-authorisation",
    "other",
)
_OPINION = re.compile(r"\b(positive|negative) opinion\b", re.IGNORECASE)


def document_id(url: str) -> str:
    """``ema:document:overview/alofisel-epar-summary-public_en.pdf`` from the document's address, suffix and all."""
    path = urlsplit(url).path
    return "ema:document:" + path.partition("/documents/")[2]


def documents_of(
    inputs: Inputs, page: Source | None
) -> tuple[list[dict[str, Any]], dict[str, Source], list[dict[str, Any]]]:
    """(documents, which source gave each, issues). A document's ``source`` is the dataset that states its last day.

    The page's own list decides which documents belong to the medicine; the report adds what EMA
    published after the page was observed, and later days of last update. A document that only the
    report gives to a medicine whose page does not list it is an issue: EMA's report can give it to
    the wrong one of two medicines of one name.
    """
    found: dict[str, dict[str, Any]] = {}
    gave: dict[str, Source] = {}
    issues: list[dict[str, Any]] = []
    if page is not None:
        for item in page.body.get("documents") or []:
            document = {"id": document_id(item["url"]), **item, "consultation_date": None, "source": PAGES}
            if document["id"] not in found:
                found[document["id"]] = document
                gave[document["id"]] = page
    page_day = page.version.observed_from[:10] if page is not None else None
    for source in inputs.of(DOCUMENTS):
        if source.no_longer_listed_at is not None:
            continue
        body = source.body
        document = _from_report(body)
        known = found.get(document["id"])
        if known is not None:
            if (body.get("last_updated") or "") > (known.get("last_updated") or known.get("first_published") or ""):
                known["last_updated"], known["source"] = body["last_updated"], DOCUMENTS
            known["consultation_date"] = body.get("consultation_date")
            for key in ("reference_number", "status"):
                known[key] = known.get(key) or document[key]
            known["translations"] = {**document["translations"], **known["translations"]}
            continue
        if page_day is None or (body.get("first_published") or "") >= page_day:
            found[document["id"]] = document
            gave[document["id"]] = source
        else:
            issues.append(
                {
                    "dataset": DOCUMENTS,
                    "code": "not-on-the-page",
                    "place": source.version.place,
                    "message": f"The report gives the document “{body.get('title')}” to this medicine, whose page does "
                    "not list it; it is not shown.",
                }
            )
    documents = sorted(
        found.values(),
        key=lambda item: (GROUPS.index(item["group"]), _backwards(item), item["title"] or "", item["id"]),
    )
    return documents, gave, issues


def _from_report(body: dict[str, Any]) -> dict[str, Any]:
    status = body.get("status") or {}
    return {
        "id": document_id(body["url"]),
        "title": body.get("title"),
        "type": body.get("type"),
        "group": body.get("group") or "other",
        "status": status.get("code") if status.get("code") != "unknown" else None,
        "consultation_date": body.get("consultation_date"),
        "first_published": body.get("first_published"),
        "last_updated": body.get("last_updated"),
        "reference_number": body.get("reference_number"),
        "language": "en",
        "url": body["url"],
        "translations": body.get("translations") or {},
        "source": DOCUMENTS,
    }


def _backwards(document: dict[str, Any]) -> tuple[int, ...]:
    """Newest first: the day of last change, as a number that sorts downwards."""
    day = document.get("last_updated") or document.get("first_published") or "0000-00-00"
    return (-int(day.replace("-", "")),)


def opinion_from_documents(documents: list[dict[str, Any]]) -> tuple[str | None, dict[str, Any] | None]:
    """The outcome that the title of the initial summary of opinion states: (outcome, that document)."""
    outcomes = []
    for document in documents:
        if document["type"] == "smop-initial" and (match := _OPINION.search(document["title"] or "")):
            outcomes.append((match[1].lower(), document))
    if len({outcome for outcome, _ in outcomes}) != 1:
        return None, None
    return outcomes[0]
