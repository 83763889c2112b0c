"""`medpath sync`: fetch, read, check, write, index."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from medpath import printing
from medpath.commands.given import AsJSON, given_of
from medpath.commands.progress import progress_bar


def sync(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE[.DATASET]", help="What to bring up to date [default: all]."),
    ] = None,
    origin: Annotated[
        str | None,
        typer.Option("--from", metavar="PATH_OR_URL", help="A folder, a file or a base URL in place of EMA's site."),
    ] = None,
    from_snapshots: Annotated[
        bool, typer.Option("--from-snapshots", help="Read the kept bytes again, without network.")
    ] = False,
    no_texts: Annotated[bool, typer.Option("--no-texts", help="Leave out the texts of documents.")] = False,
    as_json: AsJSON = False,
) -> None:
    """Bring the register up to date: fetch, read, check, write, index."""
    from medpath.errors import UsageError
    from medpath.store.database import Database
    from medpath.sync import sync as run

    if origin is not None and from_snapshots:
        raise UsageError("--from and --from-snapshots exclude each other.")
    settings = given_of(context).settings()
    database = Database(settings.database)
    try:
        with progress_bar() as progress:
            result = run(
                settings, database, sources or (), origin=origin, from_snapshots=from_snapshots, texts=not no_texts,
                say=printing.say, progress=progress,
            )  # fmt: skip
    except KeyboardInterrupt:
        printing.say("Stopped. What was read is kept; the next sync goes on from there.")
        raise
    finally:
        database.dispose()
    if as_json:
        printing.write_json(result.as_json())
    else:
        _tell(result)
    raise typer.Exit(result.exit_code)


def _tell(result: Any) -> None:
    if result.unrecognised:
        shown = ", ".join(result.unrecognised[:5]) + (", …" if len(result.unrecognised) > 5 else "")
        printing.say(f"Not recognised and not read: {shown} ({_number(len(result.unrecognised), 'file')}).")
    read = sum(outcome.result == "ok" for outcome in result.outcomes)
    unchanged = sum(outcome.result == "unchanged" for outcome in result.outcomes)
    printing.out(
        f"{_number(read, 'file')} read, {unchanged:,} unchanged, {len(result.failures):,} failed; "
        f"{_number(result.changed, 'record')} new or changed, {_number(result.medicines, 'medicine')} composed, "
        f"{_number(result.changes, 'change')} noted"
        + (f", {_number(result.texts, 'text')} of documents made." if result.texts else ".")
    )
    if result.stopped and result.stopped not in {one.reason for one in result.failures}:
        printing.say(result.stopped)
    if result.failures:
        printing.say("What failed was not used, and the old data were kept.")


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
