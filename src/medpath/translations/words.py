"""Codes in words: which table has them, and the labels of fields."""

from __future__ import annotations

from medpath.translations import vocabulary as tables
from medpath.translations.language import Language

_TABLES = {
    "status": tables.STATUSES,
    "status_sentence": tables.STATUS_SENTENCES,
    "category": tables.CATEGORIES,
    "outcome": tables.OUTCOMES,
    "flag": tables.FLAGS,
    "flag_meaning": tables.FLAG_MEANINGS,
    "date": tables.DATES,
    "group": tables.GROUPS,
    "document_type": tables.DOCUMENT_TYPES,
    "document_status": tables.DOCUMENT_STATUSES,
    "event": tables.EVENTS,
    "ending": tables.ENDINGS,
    "related": tables.RELATED,
    "basis": tables.BASES,
    "related_status": tables.RELATED_STATUSES,
    "decision_type": tables.DECISION_TYPES,
    "change": tables.CHANGES,
    "cause": tables.CAUSES,
    "kind": tables.KINDS,
    "kind_of_one": tables.KINDS_OF_ONE,
    "facet": tables.FACETS,
    "wording": tables.WORDINGS,
    "wording_meaning": tables.WORDING_MEANINGS,
    "nearest": tables.NEAREST,
    "sort": tables.SORTS,
    "dataset_kind": tables.DATASET_KINDS,
    "dataset": tables.DATASETS,
    "question": tables.QUESTIONS,
    "result": tables.RESULTS,
    "severity": tables.SEVERITIES,
    "way": tables.WAYS,
    "every": tables.EVERY,
    "part": tables.PARTS,
    "edit": tables.EDITS,
}


def word(language: Language, table: str, code: str) -> str | None:
    """The word for a code in a language; None where the table does not have it."""
    text = _TABLES[table].get(code)
    return language.gettext(text) if text is not None else None


def field_word(language: Language, name: str) -> str:
    """The label of a field as changes and provenance name it: ``status.code``, ``dates.refusal``, ``flags.orphan``."""
    outer, _, inner = name.partition(".")
    table = {"dates": tables.DATES, "flags": tables.FLAGS, "related": tables.RELATED}.get(outer)
    text = table.get(inner) if table is not None and inner else tables.FIELDS.get(name) or tables.DATES.get(name)
    return language.gettext(text) if text is not None else name
