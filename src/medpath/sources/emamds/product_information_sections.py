"""Sections 7 to 10 of all product information in one file: a JSON object a line with file, document_datetime, text.

The texts were cut at 4,000 signs, so of a file with several SmPCs only the first is here; the whole
documents (``emamds.product_information``) say more where they are at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.emamds.product_information import FOLDER, record_of
from medpath.sources.emamds.sections import read_statements
from medpath.sources.json_values import decoder_of, text_of
from medpath.sources.reading import Report, Row, SourceRecord

NEEDED = ("file", "document_datetime", "text")
CUT = 4_000

_FILE = re.compile(r"[\w.,()+-]{1,300}\.md")


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per document, keyed by its path. Raises SourceFailed for a changed format."""
    report.layout = "sections-7-to-10"
    decoder = decoder_of(report)
    seen: dict[str, str] = {}
    for number, line in enumerate(text_of(file).splitlines(), 1):
        if not line.strip():
            continue
        report.rows += 1
        place = f"line {number}"
        try:
            fields = decoder.decode(line)
        except (ValueError, RecursionError) as problem:
            report.reject("not-a-record", f"The line is not JSON ({str(problem)[:80]}).", place)
            continue
        if not isinstance(fields, dict):
            report.reject("not-a-record", "The line is not an object and was left out.", place)
            continue
        if report.rows == 1 and not set(NEEDED) <= fields.keys():
            missing = sorted(set(NEEDED) - fields.keys())[0]
            raise SourceFailed(f"{file.name}: the field “{missing}” is missing; the format is not known, nothing read.")
        yield from _read_line(Row(fields, place, report), seen)


def _read_line(row: Row, seen: dict[str, str]) -> Iterator[SourceRecord]:
    name, text, report = row.take("file"), row.take("text"), row.report
    row.take("document_datetime")
    if not isinstance(name, str) or not _FILE.fullmatch(name) or not isinstance(text, str):
        report.reject("no-identity", "The line names no document or has no text field; left out.", row.place)
        return
    url = FOLDER + name.removesuffix(".md") + ".pdf"
    if url in seen:
        report.reject("doubled-record", f"The document stands already in {seen[url]}.", row.place)
        return
    seen[url] = row.place
    row.record = None
    row.leave()
    if not text.strip():
        report.reject("no-text", f"The sections were not found in {name}.", row.place)
        return
    statements = read_statements(text)
    if len(text) >= CUT:
        statements.pack_numbers = []  # the list may be cut off
    yield from record_of(statements, url, row.place, report)
