"""Reports of one medicine or more: kept for their text, of which no fact about a medicine is made."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from medpath.fetch.files import SourceFile
from medpath.sources.emamds.documents import open_document
from medpath.sources.keys import path_of
from medpath.sources.reading import Report, SourceRecord

TITLE_LENGTH = 300


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record, keyed by the path of the document. Raises SourceFailed for what is no such document.

    ``type`` is the folder of EMA's address, ``title`` the document's first heading.
    """
    document = open_document(file, report)
    key = path_of(file.url)
    if not document.blocks:
        report.issue("scanned", "The document has no text: its pages are pictures.", "", key)
    title = next((block.text for block in document.blocks if block.kind == "heading"), None)
    kind = urlsplit(file.url).path.split("/")[-2]
    body = {"type": kind, "title": title[:TITLE_LENGTH] if title else None, "url": file.url}
    yield SourceRecord(key, body, "")
