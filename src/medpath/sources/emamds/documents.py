"""What every reader of a Markdown document does first: text, front matter, time."""

from __future__ import annotations

from collections.abc import Iterable

from medpath.documents.blocks import Document
from medpath.documents.faults import Fault
from medpath.documents.markdown import read_markdown
from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.emamds.product_information import document_time
from medpath.sources.reading import Report


def open_document(file: SourceFile, report: Report) -> Document:
    """The blocks of a document; the report gets its time. Raises SourceFailed for what is no such document."""
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SourceFailed(f"{file.name}: is not UTF-8 text at byte {problem.start} and was not read.") from problem
    document = read_markdown(text)
    if not document.front:
        raise SourceFailed(f"{file.name}: has no front matter that says what it is, and was not read.")
    report.layout, report.rows = "markdown", 1
    report.observed_at = document_time(document.front.get("document_datetime"))
    if report.observed_at is None:
        report.issue("no-timestamp", "The document does not state of when it is.", "document_datetime")
    for fault in document.faults:
        report.issue(fault.code, fault.message, fault.place)
    return document


def note_faults(faults: Iterable[Fault], key: str, report: Report) -> None:
    """Each thing that could not be read, as an issue of the document."""
    for fault in faults:
        report.issue(fault.code, fault.message, fault.place, key)
