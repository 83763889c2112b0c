"""Sources as a medicine is composed from them, made by hand: bodies in the readers' form with their instants."""

from __future__ import annotations

from typing import Any

from medpath.model.compose import Composed, compose
from medpath.model.histories import Found, Inputs, Source, Version
from medpath.model.records import Key

NUMBER = "EMEA/H/C/004258"
URL = "https://www.ema.europa.eu/en/medicines/human/EPAR/alofisel"
PATH = "/en/medicines/human/EPAR/alofisel"


def row_body(**changed: Any) -> dict[str, Any]:
    """What EMA's list says of Alofisel."""
    return {
        "layout": "2026",
        "product_number": NUMBER,
        "source_product_number": None,
        "name": "Alofisel",
        "category": "human",
        "status": {"code": "withdrawn", "source_value": "Withdrawn"},
        "opinion_outcome": None,
        "latest_procedure": "II/0044/G",
        "inn_or_common_names": ["darvadstrocel"],
        "active_substances": ["darvadstrocel"],
        "therapeutic_areas": ["Rectal Fistula"],
        "species": [],
        "atc": ["L04"],
        "atcvet": [],
        "pharmacotherapeutic_group": "Immunosuppressants",
        "therapeutic_indication": "For the treatment of a thing.",
        "flags": {"orphan": False, "advanced_therapy": True},
        "holder": "Takeda Pharma A/S",
        "dates": {"marketing_authorisation": "2018-03-23", "withdrawal_expiry_revocation_lapse": "2024-12-13"},
        "revision": 12,
        "first_published": "2018-05-08",
        "last_updated": "2025-04-29",
        "url": URL,
    } | changed


def page_body(**changed: Any) -> dict[str, Any]:
    """What EMA's page says of Alofisel."""
    return {
        "layout": "html",
        "product_number": NUMBER,
        "name": "Alofisel",
        "status": {"code": "withdrawn", "source_value": "Withdrawn"},
        "status_statement": ["This medicine's authorisation has been withdrawn"],
        "holder": "Takeda Pharma A/S",
        "holder_address": ["Delta Park 45", "2665 Vallensbaek Strand", "Denmark"],
        "holder_address_complete": True,
        "overview": {"summary": ["A sentence."], "questions": []},
        "documents": [],
        "links": [],
        "last_updated": "2025-04-29",
        "url": URL,
    } | changed


def version(body: dict[str, Any] | None, at: str) -> Version:
    """A version observed from an instant on."""
    return Version(
        body, "data[0]", "0" * 64, "report.json", URL, None, at, at, [], "Source: EMA", "https://example.org"
    )


def source(
    dataset: str, *versions: tuple[str, dict[str, Any] | None], key: str = "", medicine: str | None = None
) -> Source:
    """A record with its versions."""
    own = medicine or (NUMBER if dataset in ("ema.medicines", "ema.epar_pages") else None)
    return Source(dataset, key or PATH, own, [version(body, at) for at, body in versions])


def found(one: Source, *keys: Key) -> Found:
    """A record that the medicine found by keys."""
    return Found(one, list(keys))


def composed(*own: Source, others: tuple[Found, ...] = (), at: str = "2026-01-01T00:00:00Z") -> Composed:
    """The medicine of these sources."""
    made = compose(Inputs(NUMBER, at, list(own), list(others)))
    assert made is not None
    return made


def body_of(*own: Source, others: tuple[Found, ...] = ()) -> dict[str, Any]:
    """The composed body."""
    return composed(*own, others=others).body


ROW = source("ema.medicines", ("2025-05-01T00:00:00Z", row_body()), key=NUMBER)
PAGE = source("ema.epar_pages", ("2025-05-02T00:00:00Z", page_body()))
