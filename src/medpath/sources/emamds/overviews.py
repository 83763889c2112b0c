"""EMA's overviews for the public: the questions and answers that a medicine's page shows while it is authorised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from medpath.documents.blocks import Document
from medpath.documents.overviews import read_overview
from medpath.fetch.files import SourceFile
from medpath.sources.emamds.documents import note_faults, open_document
from medpath.sources.keys import document_key, path_of
from medpath.sources.reading import Report, SourceRecord


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record, keyed by the path of the document. Raises SourceFailed for what is no such document."""
    yield record_of(open_document(file, report), file.url, report)


def record_of(document: Document, url: str, report: Report) -> SourceRecord:
    """The record of an overview, whatever form its blocks come from; one without a question is an issue."""
    found = read_overview(document)
    key = path_of(url)
    note_faults(found.issues, key, report)
    body: dict[str, Any] = {
        "kind": found.kind,
        "summary": found.summary,
        "questions": found.questions,
        "last_updated_month": found.last_updated,
        "url": url,
    }
    return SourceRecord(key, body, "", offers=(document_key(url),))
