"""All authorised presentations of one medicine: a pack with its EU number for each row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from medpath.documents.presentations import COLUMNS, Presentation, read_presentations
from medpath.fetch.files import SourceFile
from medpath.model.numbers import eu_number
from medpath.sources.emamds.documents import note_faults, open_document
from medpath.sources.keys import document_key, path_of
from medpath.sources.reading import Report, SourceRecord


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record, keyed by the path of the document. Raises SourceFailed for what is no such document.

    A document that gives no pack is rejected with an issue; where its rows could not be read, each is an issue.
    """
    document = open_document(file, report)
    found = read_presentations(document)
    key = path_of(file.url)
    if not found.rows:
        first, *others = reversed(found.issues)
        note_faults(reversed(others), key, report)
        report.reject(first.code, first.message, first.place, key)
        return
    note_faults(found.issues, key, report)
    packs = sorted(found.rows, key=lambda row: row.eu_number)
    numbers = list(dict.fromkeys(filter(None, (eu_number(row.eu_number) for row in packs))))
    if len(numbers) > 1:
        report.issue("several-eu-numbers", f"The list states packs of {', '.join(numbers[:5])}.", "", key, "info")
    body = {
        "presentations": [_pack(row) for row in packs],
        "eu_numbers": numbers,
        "rows_in_tables": found.rows_in_tables,
        "rows_read": found.rows_read,
        "url": file.url,
    }
    yield SourceRecord(key, body, "", offers=(document_key(file.url),))


def _pack(row: Presentation) -> dict[str, Any]:
    """What the row says; its whole text as well where the columns could not be told apart."""
    pack: dict[str, Any] = {"eu_number": row.eu_number, **dict(zip(COLUMNS, row.values, strict=True))}
    told = all(value is not None for name, value in zip(COLUMNS, row.values, strict=True) if name != "content")
    return pack | {"text": None if told else row.text}
