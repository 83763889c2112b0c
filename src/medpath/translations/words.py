"""Codes in words: which table has them, and the labels of fields."""

from __future__ import annotations

from medpath.translations.language import Language
from medpath.translations.vocabulary import changes, datasets, documents, finding, medicines, watches

_TABLES = {
    "status": medicines.STATUSES,
    "status_sentence": medicines.STATUS_SENTENCES,
    "category": medicines.CATEGORIES,
    "outcome": medicines.OUTCOMES,
    "flag": medicines.FLAGS,
    "flag_meaning": medicines.FLAG_MEANINGS,
    "date": medicines.DATES,
    "group": documents.GROUPS,
    "document_type": documents.DOCUMENT_TYPES,
    "document_status": documents.DOCUMENT_STATUSES,
    "event": medicines.EVENTS,
    "ending": medicines.ENDED_BY,
    "related": medicines.RELATED,
    "basis": medicines.BASES,
    "related_status": medicines.RELATED_STATUSES,
    "decision_type": medicines.DECISION_TYPES,
    "change": changes.CHANGES,
    "cause": changes.CAUSES,
    "kind": finding.KINDS,
    "kind_of_one": finding.KINDS_OF_ONE,
    "facet": finding.FACETS,
    "wording": finding.WORDINGS,
    "wording_meaning": finding.WORDING_MEANINGS,
    "nearest": finding.NEAREST,
    "sort": finding.SORTS,
    "dataset_kind": datasets.DATASET_KINDS,
    "dataset": datasets.DATASETS,
    "question": documents.QUESTIONS,
    "result": datasets.RESULTS,
    "severity": datasets.SEVERITIES,
    "way": watches.WAYS,
    "every": watches.EVERY,
    "part": documents.PARTS,
    "edit": documents.EDITS,
}


def word(language: Language, table: str, code: str) -> str | None:
    """The word for a code in a language; None where the table does not have it."""
    text = _TABLES[table].get(code)
    return language.gettext(text) if text is not None else None


def field_word(language: Language, name: str) -> str:
    """The label of a field as changes and provenance name it: ``status.code``, ``dates.refusal``, ``flags.orphan``."""
    outer, _, inner = name.partition(".")
    table = {"dates": medicines.DATES, "flags": medicines.FLAGS, "related": medicines.RELATED}.get(outer)
    text = table.get(inner) if table is not None and inner else changes.FIELDS.get(name) or medicines.DATES.get(name)
    return language.gettext(text) if text is not None else name
