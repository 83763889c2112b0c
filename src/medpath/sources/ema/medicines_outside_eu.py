"""EMA's opinions on medicines for use outside the EU (EU-M4all), as JSON report and as table.

They are about no centrally authorised medicine and are joined to none. The report was never seen
whole: its keys are those that the reference and readers of it name.
"""

from __future__ import annotations

from collections.abc import Iterator

from medpath.fetch.files import SourceFile
from medpath.sources.ema.reports import read_page_rows
from medpath.sources.fields import take_coded, take_day, take_list, take_text
from medpath.sources.keys import page_key
from medpath.sources.reading import Report, SourceRecord

NEEDED = ("ema_opinion_number", "ema_opinion_status", "active_substance")
RENAMED = {
    "international_non_proprietary_name_common_name": "international_non_proprietary_name_inn_common_name",
    "medicine_name": "name_of_medicine",
}
URL = "opinion_on_medicines_for_use_outside_eu_url"
STATUSES = {
    "positive": "positive",
    "negative": "negative",
    "opinion": "opinion",
    "withdrawn": "withdrawn",
    "application withdrawn": "application-withdrawn",
}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per opinion, keyed by the path of its page. Raises SourceFailed for a changed format."""
    for key, url, row in read_page_rows(file, report, NEEDED, URL, RENAMED, or_any_url=True):
        body = {
            "name": take_text(row, "name_of_medicine"),
            "opinion_number": take_text(row, "ema_opinion_number"),
            "status": take_coded(row, STATUSES, "ema_opinion_status"),
            "active_substances": take_list(row, "active_substance"),
            "inn_or_common_names": take_list(row, "international_non_proprietary_name_inn_common_name"),
            "therapeutic_areas": take_list(row, "therapeutic_area_mesh"),
            "atc": take_list(row, "atc_code_human"),
            "latest_procedure": take_text(row, "latest_procedure_affecting_product_information"),
            "holder": take_text(row, "opinion_holder"),
            "pharmacotherapeutic_group": take_text(row, "pharmacotherapeutic_group_human"),
            "therapeutic_indication": take_text(row, "therapeutic_indication"),
            "opinion_date": take_day(row, "date_of_opinion"),
            "outcome_date": take_day(row, "date_of_outcome"),
            "first_published": take_day(row, "first_published_date"),
            "last_updated": take_day(row, "last_updated_date"),
            "url": url,
        }
        row.leave()
        yield SourceRecord(key, body, row.place, offers=(page_key(url),))
