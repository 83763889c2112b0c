"""`medpath dossier`: one medicine as a file of its own."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from medpath import printing
from medpath.commands.given import Medicine, day_of_the_past, given_of
from medpath.commands.show import Language
from medpath.errors import UsageError


class Format(StrEnum):
    """What a dossier can be written as."""

    HTML = "html"


def dossier(
    context: typer.Context,
    medicine: Medicine,
    form: Annotated[Format, typer.Option("--format", help="One HTML file; a browser prints it, also to PDF.")] = (
        Format.HTML
    ),
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Where to [default: output].")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="As it was known at the end of this day (UTC).")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="The language of everything but the agency's texts.")] = (
        Language.EN
    ),
) -> None:
    """Write one medicine as a printable file with its sources and the date of the data."""
    from medpath.web.dossier_file import dossier as written

    assert form is Format.HTML
    when = day_of_the_past(as_of, "--as-of")
    given = given_of(context)
    number = given.register().resolve(medicine)
    body = written(given.settings(), number, lang.value, when)
    if output is None:
        sys.stdout.buffer.write(body)
        return
    try:
        output.write_bytes(body)
    except OSError as problem:
        raise UsageError(f"{output} can't be written: {problem.strerror}.") from problem
    printing.say(f"{output}: {len(body):,} bytes.")
