"""EMA's page of a medicine, from EMA's HTML and from the Markdown that others made of it.

The Markdown comes in three layouts, by the age of the conversion: ``inline`` (labels and values run
together on a line), ``lines`` (each on a line of its own) and ``list``. All of them and the HTML give
the same record, but for the holder's address, which ``inline`` and ``lines`` cut to its first line.

``document_datetime`` in the front matter is the time of the page in Amsterdam: where the page was
updated on the same day the hours lie between 8 and 19, in summer and in winter alike, which no fixed
zone would give.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from medpath.documents.blocks import Block, Document
from medpath.documents.html import read_html
from medpath.documents.markdown import read_markdown
from medpath.fetch.files import SourceFile
from medpath.sources.cleaning import clean_text, parse_day
from medpath.sources.ema.epar_page_details import Details, canonical_number, entries_of, read_details
from medpath.sources.ema.epar_page_documents import SITE, take_documents
from medpath.sources.ema.epar_page_issues import Issues
from medpath.sources.ema.epar_page_overview import FURNITURE, one_line, read_overview
from medpath.sources.ema.epar_page_sections import Page, Section, parts_of
from medpath.sources.ema.medicines import CODES
from medpath.sources.ema.reports import AMSTERDAM
from medpath.sources.keys import document_key, mesh_key, name_key, name_keys, page_key, path_of, substance_key
from medpath.sources.reading import Key, Report, SourceRecord

_STATUSES = frozenset(CODES)
_LONGEST_HEAD = 20  # blocks; the longest seen has eight
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<!--)", re.IGNORECASE)
_LABELS = re.compile(r"(?:(.*\S)\s+)?Medicine (Human|Veterinary) (.+)$")
_NOTICE = re.compile(r"\b(?:this website|the (?:EMA )?website|our website)\b", re.IGNORECASE)
_PROCEDURE = "Latest procedure affecting product information"
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_RELATED = re.compile(
    r"(?:/en)?(/medicines/(?:(?:human|veterinary)/(?:paediatric-investigation-plans|orphan-designations|referrals|"
    r"shortages|variation|herbal)|dhpc|psusa)/[^/?#]+)"
)
_OLD_DESIGNATION = re.compile(r"/eu3(\d\d)(\d{3,4})$")
_EMA = re.compile(r"https?://(?:[a-z]+\.)?ema\.europa\.eu(?=/)")
# The types of documents whose text is read into records of their own.
_READ_DOCUMENTS = frozenset(
    (
        "product-information",
        "all-authorised-presentations",
        "procedural-steps-after",
        "procedural-steps",
        "steps-after-cutoff",
        "overview",
    )
)
# What stands in the main sections without being a fact about the medicine, by its beginning.
_STANDING = (
    "this medicine's product information is available in all official eu languages",
    "select 'available languages' to access the language you need",
    "product information documents contain",
    "summary of product characteristics (annex i)",
    "manufacturing authorisation holder responsible for batch release",
    "conditions of the marketing authorisation (annex iib)",
    "labelling (annex iiia)",
    "package leaflet (annex iiib)",
)


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields the page's one record, keyed by its path; a page that states no product number is rejected."""
    report.rows = 1
    html = _HTML.match(file.data) is not None
    document = _document(file, html)
    issues = Issues(report, document, path_of(file.url))
    for fault in document.faults:
        issues.note(fault.code, fault.message)
    page = parts_of(document.blocks, _STATUSES)
    if page is None:
        message = "This is no page of a medicine: it has no name with a status under it, or no known section."
        report.reject("no-page", message, "", issues.record)
        return
    if page.updated is None:
        message = "The page breaks off before the line that says when it was last updated; nothing of it was used."
        report.reject("cut-page", message, "", issues.record)
        return
    if not html:
        _observe(document, report)
    record = _record(file, document, page, issues)
    issues.finish()
    if record is not None:
        report.layout = record.body["layout"] or ""
        yield record


def _document(file: SourceFile, html: bool) -> Document:
    text = file.data.decode("utf-8", "replace")
    return read_html(text) if html else read_markdown(text)


def _observe(document: Document, report: Report) -> None:
    given = document.front.get("document_datetime")
    if given is None:
        return
    try:
        local = datetime.fromisoformat(given)
        report.observed_at = (local if local.tzinfo else local.replace(tzinfo=AMSTERDAM)).astimezone(UTC)
    except (ValueError, OverflowError):
        report.issue("no-timestamp", f"The time of the page, “{given[:40]}”, can't be read.", "line 2")


def _record(file: SourceFile, document: Document, page: Page, issues: Issues) -> SourceRecord | None:
    status, statement = _status(page, issues)
    documents = take_documents(page.sections, issues)
    entries = [
        entry for section in page.sections if section.part == "details" for entry in entries_of(section.blocks, issues)
    ]
    details = read_details(entries, document.places == "block", issues)
    number = canonical_number(details)
    key = path_of(file.url)
    if number is None:
        shown = f" (“{details.given_number[:60]}”)" if details.given_number else ""
        issues.report.reject(
            "no-product-number", f"The page states no usable product number{shown}; it is not joined by guess.", "", key
        )
        return None
    if details.given_number != number:
        message = f"The product number is written “{str(details.given_number)[:60]}”."
        issues.note("repaired-number", message, None, "info")
    _check_name(page, details, issues)
    procedure, decision = _procedure(page.sections, issues)
    details.fields["dates"]["latest_european_commission_decision"] = decision
    body = _body(page, details, number, key) | {
        "status": status,
        "status_statement": statement,
        "latest_procedure": procedure,
        "pharmacotherapeutic_group": _text_of(page.sections, "pharmacotherapeutic-group", "; "),
        "therapeutic_indication": _text_of(page.sections, "therapeutic-indication"),
        "last_updated": _updated(page, issues),
        "overview": read_overview(page.sections, issues),
        "documents": documents,
        "links": _links(page.sections),
    }
    _tell_unread(page.sections, issues)
    own = (name_key(body["name"]), page_key(body["url"]))
    return SourceRecord(key, body, document.place(page.title), number, own, tuple(dict.fromkeys(_seeks(body, own))))


def _body(page: Page, details: Details, number: str, key: str) -> dict[str, Any]:
    fields, holder = details.fields, details.holder
    return {
        "layout": details.layout,
        "page_kind": _kind(page.sections),
        "product_number": number,
        "source_product_number": details.given_number if details.given_number != number else None,
        "name": clean_text(page.title.text) or fields["name"],
        "category": "veterinary" if "/V/" in number else "human",
        "opinion_outcome": fields["opinion_outcome"],
        "inn_or_common_names": fields["inn_or_common_names"],
        "active_substances": fields["active_substances"],
        "therapeutic_areas": fields["therapeutic_areas"],
        "species": fields["species"],
        "atc": fields["atc"],
        "atcvet": fields["atcvet"],
        "flags": fields["flags"],
        "holder": holder.name,
        "holder_address": holder.address,
        "holder_address_complete": holder.complete,
        "holder_text": holder.text,
        "dates": fields["dates"],
        "revision": fields["revision"],
        "first_published": None,
        "url": SITE + key,
    }


def _kind(sections: Iterable[Section]) -> str:
    """``application`` for pages of applications that wait for an authorisation or ended without one."""
    headings = {section.heading.text.casefold() for section in sections}
    if "authorisation details" in headings:
        return "medicine"
    return "application"


def _status(page: Page, issues: Issues) -> tuple[dict[str, str | None] | None, list[str]]:
    """The status with our code, and EMA's sentence about it; both stand under the title.

    The line of the substance, the words "Medicine" and "Human" and the status again follow, in one
    paragraph or several; a site notice may follow them.
    """
    texts = [
        (text, block)
        for block in page.head[:_LONGEST_HEAD]
        if (text := clean_text(block.text)) is not None and text.casefold() not in FURNITURE
    ]
    if not texts:
        issues.note("no-status", "The page states no status.", page.title)
        return None, []
    value, block = texts.pop(0)
    code = CODES.get(value.casefold())
    repeated = _labels([text for text, _ in texts])
    if code is None:
        if repeated is None or repeated[1] != value:
            issues.note("no-status", f"“{value[:60]}” stands where the status is expected.", block)
            return None, []
        issues.note("unknown-value", f"The status “{value[:60]}” is not known so far.", block)
    begins, ends = (1, 1) if repeated is None else (repeated[0], repeated[2])
    if repeated is not None and repeated[1] != value:
        issues.note("two-statuses", f"The page says “{value}” and “{repeated[1][:60]}”.", block)
    statement = [text for text, _ in texts[: min(begins, 1)] if not _NOTICE.search(text)]
    for text, place in texts[2:begins] + texts[ends:]:  # the one between is the substance
        if not _NOTICE.search(text) and text != page.title.text:
            issues.note("unread-text", f"“{text[:80]}” stands under the title and is not shown.", place)
    return {"code": code, "source_value": value}, statement


def _labels(texts: list[str]) -> tuple[int, str, int] | None:
    """Where the line "substance Medicine Human Authorised" begins and ends in ``texts``, and the status in it."""
    for end in range(1, len(texts) + 1):
        for start in range(max(0, end - 4), end):
            match = _LABELS.match(" ".join(texts[start:end]))
            if match is not None and (start + 1 == end or texts[start] == "Medicine"):
                return start, match[3], end
    return None


def _check_name(page: Page, details: Details, issues: Issues) -> None:
    name = details.fields["name"]
    if name is not None and name.casefold() != (clean_text(page.title.text) or "").casefold():
        issues.note("two-names", f"The title is “{page.title.text[:80]}”, the details say “{name[:80]}”.", None, "info")


def _updated(page: Page, issues: Issues) -> str | None:
    try:
        day = parse_day(page.updated)
    except ValueError as problem:
        issues.note("bad-date", f"The last update of the page: {problem}; it is shown as unknown.")
        return None
    return day.isoformat() if day else None


def _text_of(sections: Iterable[Section], part: str, between: str = " ") -> str | None:
    return next((one_line(section, between) for section in sections if section.part == part), None)


def _procedure(sections: list[Section], issues: Issues) -> tuple[str | None, str | None]:
    """The latest procedure that affected the product information, and the day of the Commission's decision on it.

    EMA prints the day behind the procedure, or alone where there was none yet, and does not name it. It is the
    decision's: on 1,197 of 1,201 pages it is the day that EMA's table of the same date calls so, and the other four
    are days of an older procedure or slips of a figure.
    """
    for section in sections:
        if section.part != "product-information":
            continue
        for place, block in enumerate(section.blocks):
            text, used = " ".join(block.text.split()), 1
            named = text.startswith(_PROCEDURE)
            if not named and not _DAY.fullmatch(text):
                continue
            following = section.blocks[place + 1].text if place + 1 < len(section.blocks) else ""
            if named and _DAY.fullmatch(following):
                text, used = f"{text} {following}", 2
            del section.blocks[place : place + used]
            words = text.removeprefix(_PROCEDURE).strip(" :")
            match = _DAY.search(words)
            day = match[0] if match is not None and match.end() == len(words) else None
            procedure = clean_text(words.removesuffix(day) if day else words)
            return procedure, _decision_day(day, block, issues)
    return None, None


def _decision_day(given: str | None, block: Block, issues: Issues) -> str | None:
    try:
        day = parse_day(given)
    except ValueError as problem:
        issues.note("bad-date", f"The day of the latest procedure: {problem}; it is shown as unknown.", block)
        return None
    seen = issues.report.observed_at
    if day is not None and seen is not None and day > seen.date():
        issues.note("future-day", f"The day of the latest procedure, {day}, is later than the page itself.", block)
        return None
    return day.isoformat() if day else None


def _links(sections: Iterable[Section]) -> list[str]:
    """Paths of EMA's pages on plans, designations, referrals, shortages and communications that the page links."""
    found: dict[str, None] = {}
    for section in sections:
        for block in section.blocks:
            for link in block.links:
                match = _RELATED.fullmatch(_EMA.sub("", link.url).rstrip("/. "))
                if match is not None:
                    found["/en" + _OLD_DESIGNATION.sub(r"/eu-3-\1-\2", match[1])] = None
    return list(found)


def _tell_unread(sections: Iterable[Section], issues: Issues) -> None:
    """What stands on the page and was not understood: unknown sections, and text beside the documents."""
    for section in sections:
        if section.part == "unknown":
            issues.note(
                "unknown-section", f"The section “{section.heading.text[:80]}” is not known.", section.heading, "info"
            )
        elif section.part in _LISTS:
            for block in section.blocks:
                if not _is_standing(block):
                    issues.note("unread-text", f"“{block.text[:80]}” is not shown.", block, "info")


_LISTS = (
    "product-information",
    "assessment-history",
    "changes-since-initial-authorisation",
    "initial-marketing-authorisation",
    "all-documents",
)


def _is_standing(block: Block) -> bool:
    text = block.text.casefold().replace("’", "'")
    return text in FURNITURE or text.startswith(_STANDING)


def _seeks(body: dict[str, Any], own: tuple[Key, ...]) -> Iterator[Key]:
    yield ("product-number", body["product_number"])
    yield from own
    yield from name_keys(body["name"])
    for name in [*body["active_substances"], *body["inn_or_common_names"]]:
        yield substance_key(name)
    for code in [*body["atc"], *body["atcvet"]]:
        first = 2 if code.startswith("Q") and len(code) > 1 else 1
        for length in (0, 2, 3, 4, 6):
            if first + length <= len(code):
                yield ("atc", code[: first + length])
    for area in body["therapeutic_areas"]:
        yield mesh_key(area)
    for link in body["links"]:
        yield page_key(link)
    for item in body["documents"]:
        if item["type"] in _READ_DOCUMENTS:
            yield document_key(item["url"])
