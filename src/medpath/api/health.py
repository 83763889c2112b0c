"""Whether the process lives, and whether it can answer questions."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from medpath.api.health_shapes import Alive, Readiness
from medpath.api.parameters import Empty
from medpath.api.responses import PROBLEM
from medpath.errors import StoreUnusable
from medpath.http.state import state_of

router = APIRouter(tags=["health"])

log = logging.getLogger("medpath")

REFUSED: dict[int | str, dict[str, Any]] = {422: {"description": "There are no parameters.", "content": PROBLEM}}


@router.get("/healthz", response_model=Alive, responses=REFUSED)
async def alive(_asked: Annotated[Empty, Query()]) -> Response:
    """The process lives."""
    return _now(200, {"status": "ok"})


@router.get(
    "/readyz", response_model=Readiness, responses={**REFUSED, 503: {"model": Readiness, "description": "Not now."}}
)
async def ready(request: Request, _asked: Annotated[Empty, Query()]) -> Response:
    """Whether store and index can be read; 503 with the reasons where not."""
    state = state_of(request)
    store = await state.read(_part, state.register.sequence)
    index = await state.read(_part, state.search.sequence)
    is_ready = store["ok"] and index["ok"]
    return _now(200 if is_ready else 503, {"ready": is_ready, "store": store, "index": index})


def _part(sequence: Callable[[], int]) -> dict[str, Any]:
    try:
        return {"ok": True, "sequence": sequence(), "reason": None}
    except StoreUnusable as problem:
        return {"ok": False, "sequence": None, "reason": str(problem)}


def _now(status: int, value: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(value), status, {"cache-control": "no-store"}, media_type="application/json")
