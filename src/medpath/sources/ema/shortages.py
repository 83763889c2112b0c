"""EMA's list of shortages, as JSON report and as table. It names medicines and has no product numbers."""

from __future__ import annotations

from collections.abc import Iterator

from medpath.fetch.files import SourceFile
from medpath.sources.ema.reports import read_page_rows
from medpath.sources.fields import take_coded, take_day, take_list, take_text
from medpath.sources.keys import name_key, page_key
from medpath.sources.reading import Report, SourceRecord

NEEDED = ("medicine_affected", "supply_shortage_status")
RENAMED = {
    "international_non_proprietary_name_inn_or_common_name": "international_non_proprietary_name_common_name",
}
CATEGORIES = {"human": "human", "veterinary": "veterinary"}
STATUSES = {"ongoing": "ongoing", "resolved": "resolved"}
ANSWERS = {"yes": "yes", "no": "no", "not stated": "not-stated"}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per shortage, keyed by the path of its page. Raises SourceFailed for a changed format."""
    for key, url, row in read_page_rows(file, report, NEEDED, "shortage_url", RENAMED):
        category = take_coded(row, CATEGORIES, "category")
        name = take_text(row, "medicine_affected")
        names = take_list(row, "international_non_proprietary_name_common_name")
        alternatives = take_coded(row, ANSWERS, "availability_of_alternatives")
        body = {
            "category": category["code"] if category else None,
            "medicine_name": name,
            "status": take_coded(row, STATUSES, "supply_shortage_status"),
            "inn_or_common_names": names,
            "therapeutic_areas": take_list(row, "therapeutic_area_mesh"),
            "pharmaceutical_forms": take_list(row, "pharmaceutical_forms_affected"),
            "strengths": take_list(row, "strengths_affected"),
            "alternatives_available": {"yes": True, "no": False}.get(str(alternatives and alternatives["code"])),
            "start_date": take_day(row, "start_of_shortage_date"),
            "expected_resolution_date": take_day(row, "expected_resolution_date"),
            "expected_resolution": take_text(row, "expected_resolution"),
            "first_published": take_day(row, "first_published_date"),
            "last_updated": take_day(row, "last_updated_date"),
            "url": url,
        }
        row.leave()
        offers = [page_key(url), *([name_key(name)] if name else [])]
        yield SourceRecord(key, body, row.place, offers=tuple(offers))
