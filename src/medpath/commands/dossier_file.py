"""`medpath dossier`: one medicine as a file of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from medpath.commands.given import Medicine, Output, day_of_the_past, given_of
from medpath.commands.show import Language
from medpath.commands.writing import write_document, write_pdf


class Format(StrEnum):
    """What a dossier can be written as."""

    HTML = "html"
    PDF = "pdf"


def dossier(
    context: typer.Context,
    medicine: Medicine,
    form: Annotated[Format, typer.Option("--format", help="html or pdf; pdf needs WeasyPrint (make pdf).")] = (
        Format.HTML
    ),
    output: Output = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="As it was known at the end of this day (UTC).")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="The language of everything but the agency's texts.")] = (
        Language.EN
    ),
) -> None:
    """Write one medicine as a printable file with its sources and the date of the data."""
    from medpath.web.dossier_file import dossier as written
    from medpath.web.dossier_file import dossier_pdf

    when = day_of_the_past(as_of, "--as-of")
    given = given_of(context)
    number = given.register().resolve(medicine)
    if form is Format.PDF:
        write_pdf(lambda: dossier_pdf(given.settings(), number, lang.value, when), output)
    else:
        write_document(written(given.settings(), number, lang.value, when), output)
