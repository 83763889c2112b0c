"""All addresses of the API."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from medpath.errors import NotFound
from medpath.http.answers import Content, answer
from medpath.http.state import Stamp, state_of
from medpath.model.numbers import product_number

router = APIRouter()


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process lives."""
    return {"status": "ok"}


@router.get("/api/v1/medicines/{id:path}")
async def medicine(request: Request, id: str) -> Response:
    """One medicine."""
    register = state_of(request).register
    number = product_number(id)

    def make(_stamp: Stamp) -> Content:
        found = register.medicine_bytes(number or "")
        if found is None:
            raise NotFound("No such medicine.")
        return Content(found[1])

    return await answer(request, make)
