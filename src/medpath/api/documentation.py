"""The OpenAPI document, and a page for people that is made from it without scripts or anything from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from medpath import __version__
from medpath.api.problem_shapes import Problem
from medpath.http.answers import HTML, Content, answer
from medpath.http.state import Stamp

router = APIRouter(include_in_schema=False)

TITLE = "MedPath API"
DESCRIPTION = """\
The register as JSON. Reading is free of keys and open to pages of other origins; nothing can be written.

Lists are `{"items": […], "total": n, "next": address or null, "facets": {…}}`. Follow `next` for the rest, or take the
whole list with `format=csv` or `format=jsonl`: there every row says its `source` and `data_date`, and cells that a
spreadsheet would run as formulas begin with an apostrophe.

Days are `YYYY-MM-DD` as the agency states them, instants are RFC 3339 in UTC. Unknown is `null` or an empty list. Codes
are lower case with hyphens, the publisher's own value stands beside them as `source_value`.

Every record and list has an `ETag` and `Last-Modified`; send them back as `If-None-Match` or `If-Modified-Since` and
get 304 while nothing has changed. To follow the register, ask `/api/v1/changes?after=` the last sequence you have seen.

Errors are `application/problem+json` with a sentence in `detail`. MedPath informs; it gives no medical advice.
"""
TAGS = {
    "medicines": "Medicines",
    "texts": "Texts of documents",
    "search": "Search",
    "changes": "Changes",
    "vocabularies": "Substances, conditions, organisations, classes",
    "sources": "Sources and issues",
    "health": "State of the server",
}

_templates = Environment(
    loader=PackageLoader("medpath.api"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
)


def _code(text: str) -> Markup:
    """Text in which what stands between backticks is code."""
    plain = re.split(r"`([^`]*)`", text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in enumerate(plain)
    )


_templates.filters["code"] = _code
_STYLE = (Path(__file__).parent / "templates" / "docs.css").read_bytes()


def openapi_of(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of everything that answers JSON."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=TITLE,
            version=__version__,
            description=DESCRIPTION,
            license_info={"name": "Apache-2.0 (the software; the data have their publishers' terms)"},
            tags=[{"name": name, "description": text} for name, text in TAGS.items()],
            routes=app.routes,
        )
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = document["components"]["schemas"]
        for name, definition in schema.pop("$defs", {}).items():
            schemas.setdefault(name, definition)
        schemas["Problem"] = schema
        document["components"]["schemas"] = dict(sorted(schemas.items()))
        app.openapi_schema = document
    return app.openapi_schema


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """The OpenAPI document."""
    app = cast(FastAPI, request.app)
    return await answer(request, lambda _stamp: Content(msgspec.json.encode(openapi_of(app))))


@router.get("/docs")
async def documentation(request: Request) -> Response:
    """The API for people."""
    document = openapi_of(cast(FastAPI, request.app))

    def make(stamp: Stamp) -> Content:
        page = _templates.get_template("docs.html").render(
            title=TITLE,
            version=__version__,
            paragraphs=DESCRIPTION.strip().split("\n\n"),
            groups=groups(document),
            shapes=shapes(document),
            data_date=stamp.store.data_date,
            sample=stamp.store.sample,
        )
        return Content(page.encode(), HTML)

    return await answer(request, make)


@router.get("/api")
@router.get("/api/v1")
async def beginning() -> Response:
    """The beginning of the API leads to its description."""
    return Response(status_code=302, headers={"location": "/docs"})


@router.get("/docs/style.css")
async def style(request: Request) -> Response:
    """How the page looks."""
    return await answer(request, lambda _stamp: Content(_STYLE, "text/css; charset=utf-8"))


def groups(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The addresses by group, as the page shows them."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in TAGS}
    for path, methods in document["paths"].items():
        operation = methods["get"]
        parameters = operation.get("parameters", [])
        examples = {one["name"]: quote(next(iter(one["schema"].get("examples", [])), "")) for one in parameters}
        found[operation["tags"][0]].append(
            {
                "path": path,
                "example": path.format_map(examples),
                "text": operation.get("description", ""),
                "parameters": [
                    {
                        "name": parameter["name"],
                        "type": type_text(parameter["schema"]),
                        "default": parameter["schema"].get("default"),
                        "text": parameter.get("description", "") or parameter["schema"].get("description", ""),
                        "required": parameter.get("required", False),
                    }
                    for parameter in parameters
                ],
                "answers": [
                    {
                        "status": status,
                        "text": one.get("description", ""),
                        "types": [
                            {"media": media, **reference(content.get("schema", {}))}
                            for media, content in one.get("content", {}).items()
                        ],
                    }
                    for status, one in sorted(operation["responses"].items())
                ],
            }
        )
    return [{"name": name, "title": TAGS[name], "operations": operations} for name, operations in found.items()]


def shapes(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The models of the answers, as the page shows them."""
    return [
        {
            "name": name,
            "text": schema.get("description", ""),
            "fields": [
                {"name": field, "text": one.get("description", ""), "type": type_text(one), **reference(one)}
                for field, one in schema.get("properties", {}).items()
            ],
        }
        for name, schema in document["components"]["schemas"].items()
    ]


def type_text(schema: dict[str, Any]) -> str:
    """A type in short words: ``string or null``, ``list of Document``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(type_text(one) for one in schema[key])
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {type_text(schema.get('items', {}))}"
    if kind == "object":
        values = schema.get("additionalProperties")
        return f"object of {type_text(values)}" if isinstance(values, dict) else "object"
    if schema.get("format") in ("date", "date-time"):
        return "date"
    return str(kind)


def reference(schema: dict[str, Any]) -> dict[str, str | None]:
    """The model that a schema speaks of, for a link to it."""
    found = schema
    for _ in range(3):
        if "$ref" in found:
            return {"model": str(found["$ref"]).rpartition("/")[2]}
        if "items" in found:
            found = found["items"]
        elif isinstance(found.get("additionalProperties"), dict):
            found = found["additionalProperties"]
        elif "anyOf" in found:
            found = next((one for one in found["anyOf"] if one.get("type") != "null"), {})
    return {"model": None}
