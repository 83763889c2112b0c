"""The steps of one medicine before its authorisation: the days of application, procedure, opinion and decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from medpath.documents.earlier_steps import read_milestones
from medpath.documents.procedural_steps import is_list, read_steps
from medpath.fetch.files import SourceFile
from medpath.sources.emamds.documents import note_faults, open_document
from medpath.sources.emamds.procedural_steps import step_body
from medpath.sources.keys import document_key, path_of
from medpath.sources.reading import Report, SourceRecord


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record, keyed by the path of the document. Raises SourceFailed for what is no such document.

    EMA put the list of procedures after the authorisation in the place of some of these documents; its procedures
    are the record's ``steps``. A document in which neither was found is a record without both and an issue.
    """
    document = open_document(file, report)
    key = path_of(file.url)
    body: dict[str, Any] = {"milestones": [], "steps": [], "url": file.url}
    if is_list(document):
        listed = read_steps(document)
        note_faults(listed.issues, key, report)
        body["steps"] = [step_body(step) for step in listed.steps]
    else:
        found = read_milestones(document)
        note_faults(found.issues, key, report)
        body["milestones"] = [one._asdict() for one in found.milestones]
    yield SourceRecord(key, body, "", offers=(document_key(file.url),))
