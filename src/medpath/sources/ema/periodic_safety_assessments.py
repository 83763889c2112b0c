"""EMA's list of single assessments of periodic safety update reports (PSUSA), as JSON report and as table."""

from __future__ import annotations

from collections.abc import Iterator

from medpath.fetch.files import SourceFile
from medpath.sources.ema.reports import read_page_rows
from medpath.sources.fields import take_coded, take_day, take_list, take_text
from medpath.sources.keys import name_key, page_key, substance_key
from medpath.sources.reading import Report, SourceRecord

NEEDED = ("active_substance", "procedure_number", "regulatory_outcome")
CATEGORIES = {"human": "human", "veterinary": "veterinary"}
OUTCOMES = {
    "maintenance": "maintenance",
    "variation": "variation",
    "suspension": "suspension",
    "revocation": "revocation",
    "withdrawal": "withdrawal",
}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per assessment, keyed by the path of its page. Raises SourceFailed for a changed format."""
    for key, url, row in read_page_rows(file, report, NEEDED, "psusa_url"):
        category = take_coded(row, CATEGORIES, "category")
        substances = take_list(row, "active_substance")
        names = take_list(row, "related_medicines")
        body = {
            "category": category["code"] if category else None,
            "substances_in_scope": take_text(row, "active_substances_in_scope_of_procedure"),
            "active_substances": substances,
            "related_medicines": names,
            "procedure_number": take_text(row, "procedure_number"),
            "regulatory_outcome": take_coded(row, OUTCOMES, "regulatory_outcome"),
            "first_published": take_day(row, "first_published_date"),
            "last_updated": take_day(row, "last_updated_date"),
            "url": url,
        }
        row.leave()
        offers = [page_key(url), *(substance_key(item) for item in substances), *(name_key(name) for name in names)]
        yield SourceRecord(key, body, row.place, offers=tuple(offers))
