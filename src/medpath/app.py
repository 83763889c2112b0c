"""The HTTP application: pages and JSON API over one register, and the server that runs it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.gzip import GZipMiddleware

from medpath import __version__
from medpath.api.routes import router as api
from medpath.errors import StoreUnusable
from medpath.feeds.routes import router as feeds
from medpath.http.layers import FromMemory, Shell
from medpath.http.problems import handle_errors
from medpath.http.serving import run
from medpath.http.state import State
from medpath.settings import Settings
from medpath.web.errors import error_page
from medpath.web.preparing import prepare
from medpath.web.routes import router as web

log = logging.getLogger("medpath")

# FastAPI could send traces where an environment variable says so; MedPath sends nothing anywhere.
QUIET: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


def create_app(settings: Settings) -> FastAPI:
    """The application over the store and the index of these settings; neither is read before it starts."""
    state = State(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        preparing = asyncio.create_task(_prepare(state))
        yield
        await preparing
        state.close()

    app = FastAPI(
        title="MedPath",
        version=__version__,
        summary="An open register of medicines and their regulation",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        telemetry=QUIET,
    )
    app.state.medpath = state
    app.state.register = state.register
    app.state.search = state.search
    app.include_router(feeds)  # before the pages, whose addresses may hold anything
    app.include_router(web)  # before the API: its pages take longer, and what comes first is found first
    app.include_router(api)
    handle_errors(app, error_page)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(FromMemory, state=state)
    app.add_middleware(Shell, state=state)
    return app


async def _prepare(state: State) -> None:
    try:
        await asyncio.to_thread(prepare, state, await state.stamp())
    except StoreUnusable:
        pass  # every page says so
    except Exception:
        log.exception("what the first pages wait for could not be prepared")


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 8000, workers: int = 1) -> None:
    """Serves the application until it is stopped. Raises UsageError and StoreUnusable."""
    run(create_app, settings, host, port, workers)
