"""Errors as people and programs get them: a page or ``application/problem+json``, one sentence, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from medpath.errors import MedPathError, NotFound, StoreUnusable

PROBLEM = "application/problem+json"
UNEXPECTED = "Something unexpected went wrong here; the server's log says more. Please try again later."

log = logging.getLogger("medpath")

# (request, status, sentence, candidates) → page
ErrorPage = Callable[[Request, int, str, list[dict[str, Any]]], Response]

_SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address can only be read: use GET or HEAD.",
    406: "This can't be had in the asked form.",
}


def wants_json(request: Request) -> bool:
    """Whether an error is told as JSON: under ``/api/``, and where the client asks for JSON and not for HTML."""
    path = request.scope["path"]
    if path.startswith("/api/") or path in ("/api", "/openapi.json", "/healthz", "/readyz", "/metrics"):
        return True
    accept = request.headers.get("accept", "")
    return "json" in accept and "html" not in accept


def problem(status: int, sentence: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    """A problem as RFC 9457 has it."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": sentence, **more}
    response = Response(msgspec.json.encode(body), status, headers)
    response.headers["content-type"] = PROBLEM
    response.headers["cache-control"] = "no-store"
    return response


def told(
    request: Request,
    status: int,
    sentence: str,
    *,
    candidates: list[dict[str, Any]] | None = None,
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """The error in the form that the client can read. ``candidates``: the medicines that may be meant."""
    if wants_json(request):
        more: dict[str, Any] = {}
        if candidates:
            more["candidates"] = candidates
        if errors:
            more["errors"] = errors
        return problem(status, sentence, headers, **more)
    response: Response = request.app.state.error_page(request, status, sentence, candidates or [])
    response.headers.update(headers or {})
    return response


def handle_errors(app: FastAPI, error_page: ErrorPage) -> None:
    """Tells every error that handlers raise; ``error_page`` makes the page for people."""
    app.state.error_page = error_page
    app.add_exception_handler(MedPathError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, MedPathError)
    candidates = error.candidates if isinstance(error, NotFound) else []
    if type(error) is MedPathError or error.http_status == 500:
        log.error("%s %s: %s", request.method, request.scope["path"], error)
    headers = {"retry-after": "5"} if isinstance(error, StoreUnusable) else None
    return told(request, error.http_status, str(error), candidates=candidates, headers=headers)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    sentence = _SENTENCES.get(status) or str(error.detail)
    headers = dict(error.headers or {})
    if status == 405:
        headers["allow"] = "GET, HEAD, OPTIONS"
    return told(request, status, sentence, headers=headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [
        {"parameter": str(item["loc"][1] if len(item["loc"]) > 1 else item["loc"][0])[:80], "message": _message(item)}
        for item in error.errors()[:20]
    ]
    first = errors[0] if errors else {"parameter": "", "message": "the question can't be understood"}
    return told(request, 422, f"The parameter “{first['parameter']}” can't be used: {first['message']}.", errors=errors)


def _message(item: dict[str, Any]) -> str:
    if item["type"] == "extra_forbidden":
        return "there is no such parameter"
    text = str(item["msg"]).removeprefix("Value error, ")
    return (text[:1].lower() + text[1:]).rstrip(".")[:300]
