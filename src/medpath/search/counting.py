"""Counts of the medicines of a list by a field of the index, and those that a picture leaves out."""

from __future__ import annotations

from typing import Any

from tantivy import Order

from medpath.search.plan import all_of, term
from medpath.search.question import Question

EVERY_VALUE = 10_000

Counts = dict[str, int]


def counts(question: Question, field: str) -> Counts:
    """How many medicines of a list have each value of a field."""
    found = _terms(question, {"terms": _all(field)})
    return {bucket["key"]: bucket["doc_count"] for bucket in found}


def counts_within(question: Question, field: str, inner: str) -> dict[str, Counts]:
    """For each value of a field how many medicines of a list with it have each value of another one."""
    found = _terms(question, {"terms": _all(field), "aggs": {inner: {"terms": _all(inner)}}})
    return {
        bucket["key"]: {one["key"]: one["doc_count"] for one in bucket[inner]["buckets"]}
        for bucket in found
    }  # fmt: skip


def left_out(question: Question, fields: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
    """(reason, item) of each medicine of a list without a value of one of the fields: the commonest reason first."""
    lacking = {code: count for code, count in counts(question, "left_out").items() if code.partition(":")[0] in fields}
    codes = sorted(lacking, key=lambda code: (-lacking[code], code))
    found = []
    for code in codes:
        query = all_of([question.found, *question.among, term("left_out", code)])
        hits = question.searcher.search(query, EVERY_VALUE, count=False, order_by_field="by_name", order=Order.Asc).hits
        reason = code.partition(":")[2]
        found += [(reason, question.snapshot.item(address)) for _, address in hits]
    return found


def estimated(question: Question) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """(item, what is estimated of its protection) of every medicine of a list, by name."""
    query = all_of([question.found, *question.among])
    hits = question.searcher.search(query, EVERY_VALUE, count=False, order_by_field="by_name", order=Order.Asc).hits
    return [(question.snapshot.item(address), question.snapshot.estimates_at(address)) for _, address in hits]


def _terms(question: Question, asked: dict[str, Any]) -> list[dict[str, Any]]:
    if not question.total:
        return []
    query = all_of([question.found, *question.among])
    answer: Any = question.searcher.aggregate(query, {"values": asked})
    buckets: list[dict[str, Any]] = answer["values"]["buckets"] if "values" in answer else []
    return buckets


def _all(field: str) -> dict[str, Any]:
    return {"field": field, "size": EVERY_VALUE, "segment_size": EVERY_VALUE}
