"""EMA's list of herbal substances and preparations that its committee assesses, as JSON report and as table.

They are no medicines of the register and are joined to none. EMA repeats rows in this report, and its
``total_records`` counts none of the repeats (204 for 251 rows in autumn 2026).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from medpath.fetch.files import SourceFile
from medpath.sources.ema.reports import read_rows
from medpath.sources.fields import take_coded, take_day, take_list, take_text, take_url, take_yes_no
from medpath.sources.keys import page_key, path_of
from medpath.sources.reading import Report, Row, SourceRecord

URL = "herbal_medicine_url"
NEEDED = ("latin_name", "status", "outcome_of_european_assessment", URL)
RENAMED = {
    "date_added_to_inventory": "date_added_to_the_inventory",
    "date_added_to_priority_list": "date_added_to_the_priority_list",
}
# The letter before the colon is EMA's code of the stage.
STATUSES = {
    "r: rapporteur assigned": "rapporteur-assigned",
    "c: ongoing call for scientific data": "call-for-data",
    "d: draft under discussion": "draft-under-discussion",
    "p: draft published": "draft-published",
    "f: assessment finalised": "assessment-finalised",
}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per substance, keyed by the path of its page. Raises SourceFailed for a changed format.

    A row that repeats an earlier one word for word is passed over; one that says something else under
    the same address is rejected with an issue.
    """
    seen: dict[str, tuple[dict[str, Any], str]] = {}
    repeats = 0
    for row in read_rows(file, report, NEEDED, RENAMED):
        url = take_url(row, URL)
        if url is None:
            report.reject("no-identity", "The row has no usable address of its page and was left out.", row.place)
            continue
        row.record = key = path_of(url)
        body = _body(row) | {"url": url}
        row.leave()
        if key in seen:
            first, place = seen[key]
            if body == first:
                repeats += 1
            else:
                report.reject("doubled-record", f"The address stands already in {place}.", row.place, key)
            continue
        seen[key] = body, row.place
        yield SourceRecord(key, body, row.place, offers=(page_key(url),))
    _count(report, repeats)


def _body(row: Row) -> dict[str, Any]:
    return {
        "latin_name": take_text(row, "latin_name"),
        "combination": take_yes_no(row, "combination"),
        "english_name": take_text(row, "english_common_name"),
        "botanical_names": take_list(row, "botanical_name"),
        "therapeutic_areas": take_list(row, "therapeutic_area"),
        "status": take_coded(row, STATUSES, "status"),
        "outcomes": take_list(row, "outcome_of_european_assessment"),
        "additional_information": take_text(row, "additional_information"),
        "inventory_date": take_day(row, "date_added_to_the_inventory"),
        "priority_list_date": take_day(row, "date_added_to_the_priority_list"),
        "first_published": take_day(row, "first_published_date"),
        "last_updated": take_day(row, "last_updated_date"),
    }


def _count(report: Report, repeats: int) -> None:
    """Repeats are no rows of their own. A total that fits neither count is told and not held against the file."""
    distinct = report.rows - repeats
    if repeats:
        message = f"{repeats} rows repeat others word for word; {distinct} are left."
        report.issue("repeated-rows", message, severity="info")
    if report.declared_total is not None and report.declared_total not in (report.rows, distinct):
        message = f"The report states {report.declared_total} records; it has {distinct} that differ."
        report.issue("differing-total", message, "meta")
        report.declared_total = None
    elif report.declared_total is not None:
        report.declared_total = distinct
    report.rows = distinct
