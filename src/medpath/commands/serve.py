"""`medpath serve`: pages, API and feeds."""

from __future__ import annotations

from typing import Annotated

import typer

from medpath.commands.given import given_of


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(metavar="H", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port to listen at.")] = 8000,
    workers: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="How many processes answer.")] = 1,
) -> None:
    """Serve the pages and the API."""
    from medpath import app

    app.serve(given_of(context).settings(), host, port, workers)
