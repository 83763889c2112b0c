"""EMA's list of orphan designations, as JSON report and as table.

The number of a designation is no key (refusals have none, some stand twice): the address of the
page is. A designation's status is its own and says nothing of a medicine's status today.
"""

from __future__ import annotations

from collections.abc import Iterator

from medpath.fetch.files import SourceFile
from medpath.sources.cleaning import clean_text, product_number, split_list
from medpath.sources.ema.reports import read_page_rows
from medpath.sources.fields import take_coded, take_day, take_list, take_text
from medpath.sources.keys import name_key, page_key, product_key
from medpath.sources.reading import Report, Row, SourceRecord

NEEDED = ("active_substance", "date_of_designation_or_refusal", "status")
RENAMED = {"date_of_designation_refusal": "date_of_designation_or_refusal"}
STATUSES = {"positive": "positive", "withdrawn": "withdrawn", "expired": "expired", "negative": "negative"}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per designation, keyed by the path of its page. Raises SourceFailed for a changed format."""
    for key, url, row in read_page_rows(file, report, NEEDED, "orphan_designation_url", RENAMED):
        numbers = _product_numbers(row)
        names = take_list(row, "medicine_name")
        body = {
            "medicine_names": names,
            "product_numbers": numbers,
            "active_substance": take_text(row, "active_substance"),
            "designation_number": take_text(row, "eu_designation_number"),
            "date": take_day(row, "date_of_designation_or_refusal"),
            "intended_use": take_text(row, "intended_use"),
            "status": take_coded(row, STATUSES, "status"),
            "first_published": take_day(row, "first_published_date"),
            "last_updated": take_day(row, "last_updated_date"),
            "url": url,
        }
        row.leave()
        offers = [page_key(url), *(product_key(number) for number in numbers), *(name_key(name) for name in names)]
        yield SourceRecord(key, body, row.place, offers=tuple(offers))


def _product_numbers(row: Row) -> list[str]:
    found = []
    for item in split_list(row.take("related_ema_product_number")):
        number = product_number(clean_text(item))
        if number is None:
            row.issue("bad-product-number", f"“{item[:60]}” is no product number; the medicine can't be joined by it.")
        else:
            found.append(number)
    return list(dict.fromkeys(found))
