"""The packs of a medicine and its EU numbers, from whichever source states them."""

from __future__ import annotations

from typing import Any

from medpath.model.histories import Inputs, Source
from medpath.model.terms import PRESENTATIONS, PRODUCT_INFORMATION, UNION_REGISTER


def presentations_of(inputs: Inputs) -> tuple[list[dict[str, Any]], Source | None]:
    """(packs by EU number, the document that gave them); where EMA has several documents, the latest.

    A list whose numbers are all of other products than the Union Register or section 8 of the product information
    names is another medicine's, which EMA put in the place of this one's: its packs are not given.
    """
    latest = _list(inputs)
    if latest is None or _is_of_another(latest, inputs):
        return [], None
    return latest.body["presentations"], latest


def eu_numbers_of(inputs: Inputs) -> tuple[list[str], Source | None]:
    """(EU numbers, who gave them): the Union Register's, else those of the presentations, else of SmPC section 8."""
    for source in _speakers(inputs):
        if source.dataset == PRESENTATIONS and _is_of_another(source, inputs):
            continue
        numbers: list[str] = source.body["eu_numbers"]
        return numbers, source
    return [], None


def number_disagreements(inputs: Inputs) -> list[dict[str, Any]]:
    """Where the first source of EU numbers and another one name different products."""
    speakers = _speakers(inputs)
    differing = [one for one in speakers[1:] if set(one.body["eu_numbers"]) != set(speakers[0].body["eu_numbers"])]
    if not differing:
        return []
    values = [
        {
            "dataset": source.dataset,
            "value": sorted(source.body["eu_numbers"]),
            "last_updated": source.body.get("last_updated"),
        }
        for source in [speakers[0], *differing]
    ]
    return [{"field": "authorisations.eu_numbers", "values": values}]


def _list(inputs: Inputs) -> Source | None:
    lists = [found.source for found in inputs.found_in(PRESENTATIONS)]
    return max(lists, key=lambda source: (source.version.observed_from, source.key), default=None)


def _is_of_another(packs: Source, inputs: Inputs) -> bool:
    others = [set(one.body["eu_numbers"]) for one in _speakers(inputs) if one.dataset != PRESENTATIONS]
    return bool(others) and set(packs.body["eu_numbers"]).isdisjoint(set.union(*others))


def _speakers(inputs: Inputs) -> list[Source]:
    """Who states EU numbers, in the order of preference, one of each kind; what was cut out of a document last."""
    register = [found.source for found in inputs.found_in(UNION_REGISTER) if found.source.body.get("type") != "orphan"]
    packs = _list(inputs)
    information = [found.source for dataset in PRODUCT_INFORMATION for found in inputs.found_in(dataset)]
    candidates = [register, [packs] if packs is not None else [], information]
    stating = ([one for one in some if one.body.get("eu_numbers")] for some in candidates)
    return [some[0] for some in stating if some]
