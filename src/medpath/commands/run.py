"""`medpath run`: the server with its syncs and deliveries."""

from __future__ import annotations

from typing import Annotated

import typer

from medpath import printing
from medpath.commands.given import given_of


def run(
    context: typer.Context,
    host: Annotated[str, typer.Option(metavar="H", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port to listen at.")] = 8000,
    workers: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="How many processes answer.")] = 1,
    origin: Annotated[
        str | None, typer.Option("--from", metavar="PATH_OR_URL", help="A folder or a base URL in place of EMA's site.")
    ] = None,
) -> None:
    """Serve, sync twice a day when EMA has new reports, and deliver what changed."""
    from medpath import app
    from medpath.background import Background

    given = given_of(context)
    settings = given.settings()
    options = ["--data", str(settings.data)]
    options += ["--database-url", given.database_url] if given.database_url else []
    background = Background(options, settings.data, origin)
    settings.data.mkdir(parents=True, exist_ok=True)
    printing.say(f"Syncs and deliveries run beside the server; what they say goes to {background.log}.")
    background.start()
    try:
        app.serve(settings, host, port, workers)
    finally:
        background.stop()
