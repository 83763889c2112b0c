"""EMA's own files of documents, as they are: the record says that a file is held; its text is made from the bytes.

An overview for the public also gives its questions and answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medpath.documents.pdf import read_pdf
from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.keys import document_key, path_of
from medpath.sources.overviews import overview_in
from medpath.sources.reading import Report, SourceRecord

MEDIA_TYPE = "application/pdf"
HEAD = 1024
OVERVIEW = "/documents/overview/"

_WEB_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html|<\?xml)", re.IGNORECASE)


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record, keyed by the document's path. Raises SourceFailed for what is no PDF file."""
    head = file.data[:HEAD]
    if b"%PDF-" not in head:
        what = "a web page" if _WEB_PAGE.match(head) else "something else"
        raise SourceFailed(f"{file.name}: is {what} in place of a PDF file and was not read.")
    report.layout, report.rows = "pdf", 1
    body = {"url": file.url, "media_type": MEDIA_TYPE, "size": len(file.data), "sha256": file.sha256}
    key = path_of(file.url)
    if OVERVIEW not in key:
        yield SourceRecord(key, body, "")
        return
    document = read_pdf(file.data)
    overview, faults = overview_in(document)
    for fault in [*document.faults, *(faults if document.blocks or not document.faults else ())]:
        report.issue(fault.code, fault.message, fault.place, key)
    yield SourceRecord(key, {**body, **overview}, "", offers=(document_key(file.url),))
