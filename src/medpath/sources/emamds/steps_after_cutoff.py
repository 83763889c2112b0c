"""The procedures of one medicine up to the day (about 2004) at which EMA began its present lists."""

from __future__ import annotations

from collections.abc import Iterator

from medpath.documents.blocks import Document
from medpath.documents.cutoff_steps import is_cutoff_list, read_cutoff_steps
from medpath.documents.faults import Fault
from medpath.documents.procedural_steps import Steps, is_list, read_steps
from medpath.fetch.files import SourceFile
from medpath.sources.emamds.documents import note_faults, open_document
from medpath.sources.emamds.procedural_steps import step_body
from medpath.sources.keys import document_key, path_of
from medpath.sources.reading import Report, SourceRecord


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record, keyed by the path of the document. Raises SourceFailed for what is no such document.

    A document that tells the steps in running text, or in a table of another form, is a record without steps and an
    issue.
    """
    document = open_document(file, report)
    found = _steps(document)
    key = path_of(file.url)
    note_faults(found.issues, key, report)
    body = {"steps": [step_body(step) for step in found.steps], "url": file.url}
    yield SourceRecord(key, body, "", offers=(document_key(file.url),))


def _steps(document: Document) -> Steps:
    if is_cutoff_list(document):
        return read_cutoff_steps(document)
    if is_list(document):  # EMA put some present lists here
        return read_steps(document)
    return Steps(issues=[Fault("no-table", "No list of procedures was found in the document.", "")])
