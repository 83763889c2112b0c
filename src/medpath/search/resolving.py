"""Which holders, substances, areas and classes a text after ``holder:``, ``substance:``, ``area:``, ``atc:`` means."""

from __future__ import annotations

from tantivy import Order

from medpath.model import atc
from medpath.model.mesh import is_place
from medpath.search import mistakes
from medpath.search.plan import all_of, beginning, term
from medpath.search.query import Resolve, free_words
from medpath.search.reader import Snapshot
from medpath.search.spelling import stem

KINDS = {"organisation": "organisation", "substance": "substance", "area": "condition", "atc": "atc-class"}
WORDS = {
    "organisation": "holder_words",
    "substance": "substance_words",
    "area": "condition_words",
    "atc": "class_words",
}
MOST = 1_000


def resolver(snapshot: Snapshot) -> Resolve:
    """Finds the (slug or code, name) of all whose names have the words of a text, so of every company of a group."""

    def resolve(facet: str, text: str) -> list[tuple[str, str]]:
        kind = KINDS[facet]
        if facet == "atc" and (code := atc.normal_code(text)) is not None:
            named = snapshot.named(kind, code)
            return [(code, named["name"])] if named is not None else []
        if facet == "area" and is_place(text.upper()):
            named = snapshot.named("heading", text.upper())
            return [(named["place"], named["name"])] if named is not None else []
        found = _find(snapshot, facet, text)
        if not found and (other := mistakes.corrected(snapshot.searcher, text)) is not None:
            found = _find(snapshot, facet, other)
        return found

    return resolve


def _find(snapshot: Snapshot, facet: str, text: str) -> list[tuple[str, str]]:
    words = [stem(word) for word in free_words(text)]
    if not words:
        return []
    field = WORDS[facet]
    query = all_of([beginning(field, word) if len(word) > 1 else term(field, word) for word in words])
    result = snapshot.searcher.search(
        all_of([term("kind", KINDS[facet]), query]), MOST, count=False, order_by_field="by_name", order=Order.Asc
    )
    items = [snapshot.item(address) for _, address in result.hits]
    return [(item["slug"], item["name"]) for item in items]
