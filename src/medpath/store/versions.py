"""A version of a medicine: how its row holds what was composed, and how it is told as in the contract."""

from __future__ import annotations

from typing import Any

import msgspec

from medpath.model.compose import Composed
from medpath.model.differences import Facts
from medpath.model.terms import MEDICINES, PAGES
from medpath.store.packing import digest, unpack, unpack_as
from medpath.store.tables import medicine_version

# What of a row is told.
TOLD = (
    medicine_version.c.sequence,
    medicine_version.c.number,
    medicine_version.c.observed_from,
    medicine_version.c.inputs,
    medicine_version.c.body,
)

_PARTS = msgspec.json.Decoder(dict[str, msgspec.Raw])  # the outermost values of a body, each as it is written


def hash_of(made: Composed) -> str:
    """The hash of what was composed, without the files that it came from: equal hashes need no new version."""
    places = {name: (source.dataset, source.key) for name, source in made.provenance.items()}
    return digest(made.body, places)


def stored_form(made: Composed) -> tuple[dict[str, Any], dict[str, Any], Facts]:
    """The body with its provenance by number, the numbered inputs, and the facts that stand beside them."""
    numbers = {(source.dataset, source.key): number for number, source in enumerate(made.sources)}
    provenance = {name: numbers[(source.dataset, source.key)] for name, source in sorted(made.provenance.items())}
    row = next((source for source in made.sources if source.dataset == MEDICINES), None)
    page = next((source for source in made.sources if source.dataset == PAGES), None)
    facts = Facts(
        row.body["layout"] if row is not None else None,
        row is not None and row.no_longer_listed_at is None,
        page.body["layout"] if page is not None else None,
        frozenset(source.dataset for source in made.sources),
        tuple(sorted((name, source.dataset) for name, source in made.provenance.items())),
    )
    inputs = {
        "facts": {
            "row_layout": facts.row_layout,
            "row_listed": facts.row_listed,
            "page_layout": facts.page_layout,
            "datasets": sorted(facts.datasets),
            "gave": facts.gave,
        },
        "inputs": [
            {
                "dataset": source.dataset,
                "key": source.key,
                "url": source.version.url,
                "file": source.version.name,
                "retrieved_at": source.version.retrieved_at,
                "published_at": source.version.observed_from,
                "sha256": source.version.sha256,
                "place": source.version.place,
                "attribution": source.version.attribution,
                "licence_url": source.version.licence_url,
            }
            for source in made.sources
        ],
    }
    return {**made.body, "provenance": provenance}, inputs, facts


def facts_of(inputs: dict[str, Any]) -> Facts:
    """What is kept beside a version of how it was made."""
    held = inputs["facts"]
    gave = tuple((name, dataset) for name, dataset in held["gave"])
    return Facts(held["row_layout"], held["row_listed"], held["page_layout"], frozenset(held["datasets"]), gave)


def as_contract(row: Any) -> dict[str, Any]:
    """A row of ``medicine_version`` as in chapter 3 of the contract."""
    body: dict[str, Any] = unpack(row.body)
    inputs = unpack(row.inputs)["inputs"]
    provenance = {name: inputs[number] for name, number in body["provenance"].items()}
    return {**body, "provenance": provenance, **_about_version(row, inputs)}


def contract_bytes(row: Any) -> bytes:
    """`as_contract` encoded; what is stored as it is told is not read for that."""
    body = unpack_as(_PARTS, row.body)
    inputs = unpack(row.inputs)["inputs"]
    places = [msgspec.Raw(msgspec.json.encode(one)) for one in inputs]
    provenance = {name: places[number] for name, number in msgspec.json.decode(body["provenance"]).items()}
    return msgspec.json.encode({**body, "provenance": provenance, **_about_version(row, inputs)})


def _about_version(row: Any, inputs: list[dict[str, Any]]) -> dict[str, Any]:
    licences = {one["attribution"]: one["licence_url"] for one in inputs if one["attribution"]}
    leading = next((one for one in inputs if one["dataset"].startswith("ema.")), inputs[0])
    return {
        "version": row.number,
        "sequence": row.sequence,
        "observed_from": row.observed_from,
        "licence": {
            "attribution": leading["attribution"],
            "url": leading["licence_url"],
            "all": [{"attribution": text, "url": url} for text, url in sorted(licences.items())],
        },
    }
