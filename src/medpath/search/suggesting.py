"""Suggestions while a query is typed: what it may become, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tantivy import Order, Query

from medpath.search import mistakes
from medpath.search.plan import Step, all_of, any_of, beginning, one_of, term
from medpath.search.query import free_words
from medpath.search.reader import Snapshot
from medpath.search.spelling import has_han, number_keys, squeeze, stem

MEDICINES = ("medicine",)
NAMED = ("substance", "condition", "atc-class", "organisation")
FOR_NAMED = 3  # so many places are kept for substances, conditions, classes and organisations where some fit
SHORTEST_NUMBER = 4


def suggestions(snapshot: Snapshot, text: str, limit: int) -> list[dict[str, Any]]:
    """Medicines, substances, conditions, classes and organisations whose name, number or code begins so.

    Where nothing does, those that do but for one or two typing errors.
    """
    if not squeeze(text):
        return []
    steps = _steps(text)
    medicines = list(_found(snapshot, steps, MEDICINES, limit))
    named = list(_found(snapshot, steps, NAMED, limit))
    if not medicines and not named:
        steps = _mistyped(snapshot, text)
        medicines = list(_found(snapshot, steps, MEDICINES, limit))
        named = list(_found(snapshot, steps, NAMED, limit))
    few = min(len(named), max(FOR_NAMED, limit - len(medicines)))
    chosen = medicines[: limit - few] + named[:few]
    return [_suggestion(step, item) for _, step, item in sorted(chosen, key=lambda one: one[0])]


def _steps(text: str) -> list[Step]:
    key, words = squeeze(text), free_words(text)
    steps: list[Step] = []
    if keys := number_keys(text):
        steps.append(Step("number", any_of([term("number", one) for one in keys])))
    steps.append(Step("name", term("name", key)))
    steps.append(Step("former-name", term("former_name", key)))
    if any(sign.isdigit() for sign in key) and len(key) >= SHORTEST_NUMBER:
        steps.append(Step("number", any_of([beginning("number", one) for one in (key, *keys)])))
    steps.append(Step("name", beginning("name", key)))
    steps.append(Step("former-name", beginning("former_name", key)))
    named = one_of("kind", NAMED)
    steps.append(Step("name", all_of([_begun("name_words", word) for word in words])))
    steps.append(Step("substance", beginning("substance_name", key)))
    steps.append(Step("synonym", all_of([named, *(_begun("key_words", stem(word)) for word in words)])))
    return steps


def _begun(field: str, word: str) -> Query:
    return beginning(field, word) if len(word) > 1 and not has_han(word) else term(field, word)


def _mistyped(snapshot: Snapshot, text: str) -> list[Step]:
    key = squeeze(text)
    found = mistakes.names_meant(snapshot.searcher, text)
    found = found or mistakes.nearest(snapshot.searcher, key, words=False, begun=True)[: mistakes.MOST_NAMES]
    return [Step("spelling", any_of([term(field, one.key) for field in ("name", "former_name")])) for one in found]


def _found(
    snapshot: Snapshot, steps: Sequence[Step], kinds: Sequence[str], limit: int
) -> Iterator[tuple[tuple[int, str], Step, dict[str, Any]]]:
    """(place in the order, step, item) of what the steps find, nothing twice."""
    before: list[Query] = []
    left = limit
    for number, step in enumerate(steps):
        hits = snapshot.searcher.search(
            all_of([step.query, one_of("kind", kinds)], [any_of(before)] if before else []),
            left,
            count=False,
            order_by_field="by_rank",
            order=Order.Asc,
        ).hits
        for key, address in hits:
            yield (number, str(key)), step, snapshot.item(address)
        left -= len(hits)
        if left <= 0:
            return
        if hits:
            before.append(step.query)


def _suggestion(step: Step, item: dict[str, Any]) -> dict[str, Any]:
    status = (item.get("status") or {}).get("code")
    shown = {"kind": item["kind"], "text": item["name"], "detail": None, "status": status, "url": item["url"]}
    if item["kind"] == "medicine":
        shown["product_number"] = item["product_number"]
        shown["detail"] = ", ".join(item["active_substances"])[:120] or item["product_number"]
    else:
        shown |= {"slug": item["slug"], "medicines": item["medicines"], "authorised": item["authorised"]}
    if item["kind"] == "atc-class":
        shown |= {"detail": item["code"], "names": item["names"]}
    shown["matched"] = "synonym" if step.matched == "former-name" and item["kind"] != "medicine" else step.matched
    return shown
