"""Rows of MeSH tables: tab-separated, one row per entry term or place in the tree, grouped by descriptor."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from medpath.fetch.files import SourceFile
from medpath.sources.fields import take_text
from medpath.sources.reading import Report, Row
from medpath.sources.tables import read_table, rows_of

RENAMED = {"descriptorui": "id", "descriptorname": "name"}

_ID = re.compile(r"D\d{6}(\d{3})?")
_EDITION = re.compile(r"mesh-(20\d\d)-")


def read_descriptor_rows(
    file: SourceFile, report: Report, needed: Collection[str], field: str
) -> Iterator[tuple[str, str, str, Row]]:
    """(descriptor id, heading, value of ``field``, row) of each usable row; others are rejected with an issue.

    An edition named by its year only counts as observed on the first day of that year, from which
    NLM's yearly edition is in force. Raises SourceFailed for a changed format.
    """
    report.layout = "table"
    if file.observed_at is None and (edition := _EDITION.search(file.name.lower())):
        report.observed_at, report.observed_precision = datetime(int(edition[1]), 1, 1, tzinfo=UTC), "day"
    for row in rows_of(read_table(file, ["id", "name", *needed], RENAMED), report):
        identity, name, value = (take_text(row, column) for column in ("id", "name", field))
        if identity is None or name is None or value is None or not _ID.fullmatch(identity):
            shown = f" (“{identity[:40]}”)" if identity else ""
            report.reject("no-identity", f"The row has no usable descriptor or value{shown}; left out.", row.place)
            continue
        row.record = identity
        yield identity, name, value, row
