"""EMA's list of direct healthcare professional communications (DHPC), as JSON report and as table."""

from __future__ import annotations

from collections.abc import Iterator

from medpath.fetch.files import SourceFile
from medpath.sources.ema.reports import read_page_rows
from medpath.sources.fields import take_coded, take_day, take_list, take_text
from medpath.sources.keys import name_key, page_key
from medpath.sources.reading import Report, SourceRecord

NEEDED = ("name_of_medicine", "dhpc_type", "dissemination_date")
CATEGORIES = {"human": "human", "veterinary": "veterinary"}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per communication, keyed by the path of its page. Raises SourceFailed for a changed format."""
    for key, url, row in read_page_rows(file, report, NEEDED, "dhpc_url"):
        category = take_coded(row, CATEGORIES, "category")
        names = take_list(row, "name_of_medicine")
        body = {
            "category": category["code"] if category else None,
            "medicine_names": names,
            "procedure_number": take_text(row, "procedure_number"),
            "active_substances": take_list(row, "active_substances"),
            "type": take_text(row, "dhpc_type"),
            "regulatory_outcome": take_text(row, "regulatory_outcome"),
            "referral_name": take_text(row, "referral_name"),
            "atc": take_list(row, "atc_code_human"),
            "atcvet": take_list(row, "atcvet_code_veterinary"),
            "therapeutic_areas": take_list(row, "therapeutic_area_mesh"),
            "species": take_list(row, "species"),
            "other_medicines": take_list(row, "other_related_medicines_nationally_authorised"),
            "dissemination_date": take_day(row, "dissemination_date"),
            "first_published": take_day(row, "first_published_date"),
            "last_updated": take_day(row, "last_updated_date"),
            "url": url,
        }
        row.leave()
        yield SourceRecord(key, body, row.place, offers=(page_key(url), *(name_key(name) for name in names)))
