"""What a record has of EMA's overview document, whatever form the document was read from."""

from __future__ import annotations

from typing import Any

from medpath.documents.blocks import Document
from medpath.documents.faults import Fault
from medpath.documents.overviews import read_overview


def overview_in(document: Document) -> tuple[dict[str, Any], list[Fault]]:
    """(kind, summary, questions and the month that the text states, what could not be read)."""
    found = read_overview(document)
    body = {
        "kind": found.kind,
        "summary": found.summary,
        "questions": found.questions,
        "last_updated_month": found.last_updated,
    }
    return body, found.issues
