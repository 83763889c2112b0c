"""The answers that an address can give beside its own, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}

_VALIDATORS = {
    "ETag": {"description": "Names this answer; send it back as If-None-Match.", "schema": {"type": "string"}},
    "Last-Modified": {"description": "When the store was last written.", "schema": {"type": "string"}},
    "X-MedPath-Data-Date": {
        "description": "The date of the newest list of medicines.",
        "schema": {"type": "string"},
    },
    "X-MedPath-Sample": {"description": "Only where these are sample data.", "schema": {"type": "string"}},
}

Responses = dict[int | str, dict[str, Any]]


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": PROBLEM}


_LOCATION = {"Location": {"description": "Where it is.", "schema": {"type": "string"}}}

COMMON: Responses = {
    304: {"description": "The client has this answer already."},
    400: _problem("The question can't be understood."),
    422: _problem("A parameter can't be used."),
    500: _problem("Something unexpected went wrong."),
    503: _problem("The store or the index can't be read now."),
}
RECORD: Responses = {200: {"description": "The record.", "headers": _VALIDATORS}, **COMMON}
FOUND: Responses = {**RECORD, 404: _problem("Nothing fits.")}
LIST: Responses = {
    200: {
        "description": "The list, or a part of it; as `csv` or `jsonl` the whole of it.",
        "headers": _VALIDATORS,
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/jsonl": {"schema": {"type": "string"}},
        },
    },
    **COMMON,
    409: _problem("The cursor belongs to another list."),
}
MEANT: Responses = {
    300: _problem("A name that fits several medicines: the candidates."),
    302: {"description": "A name or an EU number: the medicine's address.", "headers": _LOCATION},
    308: {"description": "Another spelling of the number or code: the usual address.", "headers": _LOCATION},
    404: _problem("Nothing fits."),
}
