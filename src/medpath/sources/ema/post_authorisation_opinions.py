"""EMA's list of opinions on changes after authorisation (new indications, extensions), as JSON report and as table.

The report was never seen whole: its keys are those that EMA's other lists and readers of it name.
"""

from __future__ import annotations

from collections.abc import Iterator

from medpath.fetch.files import SourceFile
from medpath.sources.cleaning import clean_text, product_number
from medpath.sources.ema.medicines import CATEGORIES, FLAGS
from medpath.sources.ema.reports import read_page_rows
from medpath.sources.fields import take_coded, take_day, take_list, take_text, take_yes_no
from medpath.sources.keys import name_key, page_key, product_key
from medpath.sources.reading import Report, Row, SourceRecord

NEEDED = (
    "name_of_medicine",
    "ema_product_number",
    "post_authorisation_procedure_status",
    "post_authorisation_opinion_date",
)
RENAMED = {
    "international_non_proprietary_name": "international_non_proprietary_name_common_name",
    "international_non_proprietary_name_inn_common_name": "international_non_proprietary_name_common_name",
    "medicine_post_authorisation_procedure_url": "medicine_url",
}
STATUSES = {
    "opinion": "opinion",
    "opinion under re-examination": "opinion-under-re-examination",
    "application withdrawn": "application-withdrawn",
    "withdrawn": "application-withdrawn",
}
OUTCOMES = {"positive": "positive", "negative": "negative"}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per opinion, keyed by the path of its page. Raises SourceFailed for a changed format."""
    for key, url, row in read_page_rows(file, report, NEEDED, "medicine_url", RENAMED, or_any_url=True):
        category = take_coded(row, CATEGORIES, "category")
        number = _product_number(row)
        name = take_text(row, "name_of_medicine")
        outcome = take_coded(row, OUTCOMES, "post_authorisation_opinion_status")
        body = {
            "name": name,
            "medicine_name": name,
            "product_numbers": [number] if number else [],
            "category": category["code"] if category else None,
            "active_substances": take_list(row, "active_substance"),
            "inn_or_common_names": take_list(row, "international_non_proprietary_name_common_name"),
            "therapeutic_areas": take_list(row, "therapeutic_area_mesh"),
            "atc": take_list(row, "atc_code_human"),
            "atcvet": take_list(row, "atcvet_code_veterinary"),
            "species": take_list(row, "species_veterinary"),
            "flags": {flag: take_yes_no(row, *names) for flag, names in FLAGS.items()},
            "holder": take_text(row, "marketing_authorisation_developer_applicant_holder"),
            "procedure_status": take_coded(row, STATUSES, "post_authorisation_procedure_status"),
            "opinion_outcome": outcome["code"] if outcome else None,
            "opinion_date": take_day(row, "post_authorisation_opinion_date"),
            "withdrawal_of_application_date": take_day(row, "withdrawal_of_application_date"),
            "marketing_authorisation_date": take_day(row, "marketing_authorisation_date"),
            "first_published": take_day(row, "first_published_date"),
            "last_updated": take_day(row, "last_updated_date"),
            "url": url,
        }
        row.leave()
        offers = [page_key(url), *([product_key(number)] if number else [name_key(name)] if name else [])]
        yield SourceRecord(key, body, row.place, offers=tuple(offers))


def _product_number(row: Row) -> str | None:
    given = clean_text(row.take("ema_product_number"))
    number = product_number(given)
    if given is not None and number is None:
        row.issue("bad-product-number", f"“{given[:60]}” is no product number; the opinion can't be joined by it.")
    return number
