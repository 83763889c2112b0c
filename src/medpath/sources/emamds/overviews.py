"""EMA's overviews for the public: the questions and answers that a medicine's page shows while it is authorised."""

from __future__ import annotations

from collections.abc import Iterator

from medpath.fetch.files import SourceFile
from medpath.sources.emamds.documents import note_faults, open_document
from medpath.sources.keys import document_key, path_of
from medpath.sources.overviews import overview_in
from medpath.sources.reading import Report, SourceRecord


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record, keyed by the path of the document. Raises SourceFailed for what is no such document.

    An overview in which no question was found is an issue.
    """
    body, faults = overview_in(open_document(file, report))
    key = path_of(file.url)
    note_faults(faults, key, report)
    yield SourceRecord(key, {**body, "url": file.url}, "", offers=(document_key(file.url),))
