"""EMA's list of EPAR documents (JSON). One record per address; days are cut to their date part as it stands.

The times of day in this report are local midnights labelled as UTC, and other hours besides, so no
zone arithmetic is done. ``status`` is the document's ("Adopted" or "unknown"), not the medicine's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from medpath.fetch.files import SourceFile
from medpath.sources.cleaning import clean_text, product_number
from medpath.sources.ema.reports import read_page_rows
from medpath.sources.fields import safe_url, take_coded, take_day, take_text
from medpath.sources.keys import document_key
from medpath.sources.reading import Report, Row, SourceRecord

NEEDED = ("name", "type", "ema_product_number", "first_published_date")
STATUSES = {"adopted": "adopted", "unknown": "unknown", "draft": "draft"}
INITIAL = "initial-marketing-authorisation"
CHANGES = "changes-since-initial-authorisation"

# Counted over all EPAR pages: these types stand in one section only. Other types need the page.
GROUPS = {
    "overview": "overview",
    "rmp": "risk-management-plan",
    "rmp-summary": "risk-management-plan",
    "product-information": "product-information",
    "all-authorised-presentations": "authorised-presentations",
    "assessment-report": INITIAL,
    "smop-initial": INITIAL,
    "scientific-discussion": INITIAL,
    "procedural-steps": INITIAL,
    "procedural-steps-before": INITIAL,
    "orphan-maintenance-report": INITIAL,
    "procedural-steps-after": CHANGES,
    "variation-report": CHANGES,
    "scientific-conclusion": CHANGES,
    "smop": CHANGES,
    "scientific-discussion-variation": CHANGES,
    "steps-after-cutoff": CHANGES,
    "pip-compliance": CHANGES,
    "orphan-maintenance-report-post": CHANGES,
    "referral": CHANGES,
}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per document, keyed by the path of its English file. Raises SourceFailed for a changed format.

    A document without a product number is kept and belongs to no medicine yet.
    """
    for key, url, row in read_page_rows(file, report, NEEDED, "document_url"):
        number = _medicine(row)
        kind = take_text(row, "type")
        status = take_coded(row, STATUSES, "status")
        first, last = take_day(row, "first_published_date"), take_day(row, "last_updated_date")
        if first and last and last < first:
            row.issue("updated-before-published", f"The last update, {last}, is before the first publication, {first}.")
        row.take("id")
        body: dict[str, Any] = {
            "title": take_text(row, "name"),
            "type": kind,
            "group": GROUPS.get(kind or ""),
            "medicine_name": take_text(row, "medicine_name"),
            "product_number": number,
            "status": status,
            "consultation_date": take_day(row, "consultation_date"),
            "first_published": first,
            "last_updated": last,
            "reference_number": take_text(row, "reference_number"),
            "language": "en",
            "url": url,
            "translations": _translations(row),
        }
        row.leave()
        yield SourceRecord(key, body, row.place, number, offers=(document_key(url),))


def _medicine(row: Row) -> str | None:
    given = clean_text(row.take("ema_product_number"))
    number = product_number(given)
    if given is None:
        row.issue("no-product-number", "The document names no medicine; it can't be joined by number.")
    elif number is None:
        row.issue("bad-product-number", f"“{given[:60]}” is no product number; the document can't be joined by it.")
    return number


def _translations(row: Row) -> dict[str, str]:
    given = row.take("translations")
    if given in (None, ""):
        return {}
    if not isinstance(given, dict):
        row.issue("unknown-value", "The translations are not a list of languages with addresses; they are not shown.")
        return {}
    found = {}
    for language, address in given.items():
        url = safe_url(address)
        if url is None or not (language.isascii() and language.isalpha() and language.islower() and len(language) == 2):
            row.issue("unsafe-url", f"The translation “{language[:20]}” has no safe address; it is left out.")
        else:
            found[language] = url
    return dict(sorted(found.items()))
