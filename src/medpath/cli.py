"""The command line: `medpath [--data DIR] [--database-url URL] COMMAND`.

Exit codes: 0 done; 1 unexpected; 2 wrong usage; 3 not found; 4 a source failed and the old data
were kept; 5 the store or the index can't be used. A program that was interrupted ends with 130.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from medpath import __version__, printing
from medpath.commands import (
    changes,
    digest,
    dossier_file,
    export,
    keeping,
    run,
    search,
    serve,
    show,
    status,
    sync,
    texts,
    watch,
)
from medpath.commands.given import Given
from medpath.errors import MedPathError, NotFound, StoreUnusable

INTERRUPTED = 130

app = typer.Typer(
    name="medpath",
    help="A register of medicines and their regulation, kept on your own machine.",
    epilog="MedPath informs. It gives no medical advice.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("sync")(sync.sync)
app.command("serve")(serve.serve)
app.command("run")(run.run)
app.command("search")(search.search)
app.command("show")(show.show)
app.command("dossier")(dossier_file.dossier)
app.command("history")(show.history)
app.command("sections")(texts.sections)
app.command("document")(texts.document)
app.command("compare")(texts.compare)
app.command("diff")(texts.diff)
app.command("changes")(changes.changes)
app.command("digest")(digest.digest)
app.command("status")(status.status)
app.command("issues")(status.issues)
app.add_typer(watch.app, name="watch")
app.command("deliver")(watch.deliver)
app.command("export")(export.export)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)


def _version(wanted: bool) -> None:
    if wanted:
        printing.out(f"MedPath {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The data folder [default: MEDPATH_DATA, else the user's data folder]."),
    ] = None,
    database_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The database [default: MEDPATH_DATABASE_URL, else SQLite in the folder]."),
    ] = None,
    _version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")] = False,
) -> None:
    """A register of medicines and their regulation, kept on your own machine."""
    context.obj = Given(data, database_url)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command and ends the program with its exit code; every failure is one sentence on standard error."""
    printing.open_closed_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)

    def command() -> object:
        return typer.main.get_command(app).main(given, prog_name="medpath", standalone_mode=False)

    raise SystemExit(ended(command, as_json="--json" in given))


def ended(work: Callable[[], object], as_json: bool = False) -> int:
    """Does the work and returns the exit code that it ended with; what went wrong is told in one sentence."""
    try:
        answer = work()
        printing.flush()
        return answer if isinstance(answer, int) else 0
    except MedPathError as problem:
        return _failed(problem, as_json)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as problem:
        _trace()
        what = f"{problem.filename}: " if problem.filename else ""
        printing.say(f"A file or folder can't be used: {what}{problem.strerror or problem}.")
        return StoreUnusable.exit_code
    except Exception as problem:
        if (shown := getattr(problem, "show", None)) is not None:  # typer's own: the command was not understood
            if hasattr(problem, "message"):
                problem.message = str(problem.message).replace("Value error, ", "")  # a word of the library below typer
            shown()
            return int(getattr(problem, "exit_code", 2))
        if not _trace():
            printing.say(
                f"Something unexpected happened ({type(problem).__name__}: {str(problem)[:200]}). This is a fault of "
                "MedPath; please report it with what MEDPATH_DEBUG=1 shows."
            )
        return MedPathError.exit_code


def _failed(problem: MedPathError, as_json: bool) -> int:
    _trace()
    printing.say(str(problem) or type(problem).__name__)
    candidates: list[dict[str, Any]] = problem.candidates if isinstance(problem, NotFound) else []
    if candidates and as_json:
        printing.write_json({"error": str(problem), "candidates": candidates})
    for one in [] if as_json else candidates:
        printing.say("  " + printing.GAP.join(_candidate(one)))
    return problem.exit_code


def _candidate(one: dict[str, Any]) -> list[str]:
    status = one["status"]["code"] or one["status"]["source_value"] or "status unknown"
    return [one["product_number"], one["name"], f"({status})", "; ".join(one.get("active_substances", []))]


def _trace() -> bool:
    """Shows where it went wrong, for those who ask for it."""
    if os.environ.get("MEDPATH_DEBUG") in (None, "", "0"):
        return False
    traceback.print_exc()
    return True
