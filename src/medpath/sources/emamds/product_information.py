"""Product information of one medicine or more, as Markdown with front matter that states the address and the time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from medpath.documents.markdown import read_markdown
from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.emamds.sections import Statements, read_statements
from medpath.sources.keys import document_key, path_of
from medpath.sources.reading import Report, SourceRecord

FOLDER = "https://www.ema.europa.eu/en/documents/product-information/"

_FRONT = re.compile(r"\A\ufeff?---\n.*?\n---\n", re.DOTALL)


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record, keyed by the path of the document. Raises SourceFailed for what is no such document.

    A document in which neither the holder nor an EU number was found is rejected with an issue.
    """
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SourceFailed(f"{file.name}: is not UTF-8 text at byte {problem.start} and was not read.") from problem
    front = _FRONT.match(text[:20_000])
    if front is None:
        raise SourceFailed(f"{file.name}: has no front matter that says what it is, and was not read.")
    stated = read_markdown(front[0]).front
    report.layout, report.rows = "markdown", 1
    report.observed_at = document_time(stated.get("document_datetime"))
    if report.observed_at is None:
        report.issue("no-timestamp", "The document does not state of when it is.", "document_datetime")
    yield from record_of(read_statements(text[front.end() :]), file.url, "", report)


def record_of(statements: Statements, url: str, place: str, report: Report) -> Iterator[SourceRecord]:
    """The record of one document, none where nothing was found in it; faults become issues."""
    key = path_of(url)
    if statements.holder is None and not statements.eu_numbers:
        report.reject("nothing-found", "Neither the holder nor an EU number was found in the text.", place, key)
        return
    for code, message in statements.faults:
        report.issue(code, message, place, key, severity="info" if code.startswith("several-") else "warning")
    lines = statements.holder.split("\n") if statements.holder else []
    body: dict[str, Any] = {
        "holder_text": statements.holder,
        "holder_lines": lines if len(lines) > 1 else [],
        "holder_section": statements.holder_section,
        "eu_numbers": statements.eu_numbers,
        "eu_pack_numbers": statements.pack_numbers,
        "numbers_section": statements.numbers_section,
        "first_authorisation_date": statements.first_authorisation,
        "renewal_date": statements.renewal,
        "url": url,
    }
    yield SourceRecord(key, body, place, offers=(document_key(url),))


def document_time(text: object) -> datetime | None:
    """The time that the conversion states for a document (``2026-07-13 15:32:50``, UTC); None for none."""
    try:
        return datetime.fromisoformat(str(text)).replace(tzinfo=UTC)
    except ValueError:
        return None
