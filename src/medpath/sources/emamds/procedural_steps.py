"""The procedural steps of one medicine after its authorisation: a procedure for each row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from medpath.documents.procedural_steps import Step, read_steps
from medpath.fetch.files import SourceFile
from medpath.sources.emamds.documents import note_faults, open_document
from medpath.sources.keys import document_key, path_of
from medpath.sources.reading import Report, SourceRecord


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record, keyed by the path of the document. Raises SourceFailed for what is no such document.

    A document without a list of procedures is rejected with an issue; what a row does not say is an issue of its own.
    """
    document = open_document(file, report)
    found = read_steps(document)
    key = path_of(file.url)
    note_faults(found.issues[:-1] if not found.steps else found.issues, key, report)
    if not found.steps:
        last = found.issues[-1]
        report.reject(last.code, last.message, last.place, key)
        return
    body = {"steps": [step_body(step) for step in found.steps], "url": file.url}
    yield SourceRecord(key, body, "", offers=(document_key(file.url),))


def step_body(step: Step) -> dict[str, Any]:
    """A procedure as the record has it."""
    return {
        "procedure_numbers": step.procedure_numbers,
        "kind": step.kind,
        "grouped": step.grouped,
        "worksharing": step.worksharing,
        "scope": step.scope,
        "opinion_date": step.opinion_date,
        "commission_decision_date": step.commission_decision_date,
        "effect_date": step.effect_date,
        "product_information_affected": step.product_information_affected,
        "summary": step.summary,
        "place": step.place,
        "pages": list(step.pages),
    }
