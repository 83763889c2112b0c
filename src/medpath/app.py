"""The HTTP application: pages and JSON API over one register, and the server that runs it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.gzip import GZipMiddleware

from medpath import __version__
from medpath.api.routes import router as api
from medpath.http.layers import FromMemory, Shell
from medpath.http.problems import handle_errors
from medpath.http.serving import run
from medpath.http.state import State
from medpath.settings import Settings
from medpath.web.environment import read_templates
from medpath.web.errors import error_page
from medpath.web.routes import router as web

# FastAPI could send traces where an environment variable says so; MedPath sends nothing anywhere.
QUIET: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


def create_app(settings: Settings) -> FastAPI:
    """The application over the store and the index of these settings; neither is read before the first request."""
    state = State(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        reading = asyncio.get_running_loop().run_in_executor(None, read_templates)
        yield
        await reading
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
    app.include_router(api)
    app.include_router(web)
    handle_errors(app, error_page)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(FromMemory, state=state)
    app.add_middleware(Shell, state=state)
    return app


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 8000, workers: int = 1) -> None:
    """Serves the application until it is stopped. Raises UsageError and StoreUnusable."""
    run(create_app, settings, host, port, workers)
