"""`medpath digest`: what changed, as a text that can be pasted into a report."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from medpath import printing
from medpath.commands.changes import every_change, number_of
from medpath.commands.given import NONE_FITS, Codes, Output, Statuses, days, given_of
from medpath.commands.show import Language
from medpath.commands.writing import write_document, write_pdf

if TYPE_CHECKING:
    from datetime import date

    from medpath.store.read import Register

PAGE = 1_000


class Format(StrEnum):
    """The forms of a digest."""

    HTML = "html"
    MARKDOWN = "markdown"
    PDF = "pdf"


def digest(
    context: typer.Context,
    since: Annotated[str, typer.Option(metavar="DATE", help="Observed on this day or later.")],
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Observed on this day or earlier.")] = None,
    format: Annotated[
        Format, typer.Option("--format", help="html, markdown or pdf; pdf needs WeasyPrint (make pdf).")
    ] = Format.MARKDOWN,
    output: Output = None,
    medicines: Annotated[
        list[str] | None, typer.Option("--medicine", metavar="M", help="Of this medicine; may be repeated.")
    ] = None,
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", metavar="K", help="Only this kind of change; may be repeated.")
    ] = None,
    causes: Annotated[
        list[str] | None, typer.Option("--cause", metavar="C", help="source, layout or reader [default: source].")
    ] = None,
    query: Annotated[str, typer.Option("--q", metavar="TEXT", help="Only medicines that this search finds.")] = "",
    statuses: Statuses = None,
    codes: Codes = None,
    areas: Annotated[list[str] | None, typer.Option("--area", metavar="SLUG", help="Only this condition.")] = None,
    substances: Annotated[
        list[str] | None, typer.Option("--substance", metavar="SLUG", help="Only this active substance.")
    ] = None,
    organisations: Annotated[
        list[str] | None, typer.Option("--organisation", metavar="SLUG", help="Only this holder.")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="The language of everything but the agency's texts.")] = (
        Language.EN
    ),
) -> None:
    """Tell what changed by day and medicine, with sources and the date of the data, for a report."""
    from medpath.digest import as_html, as_markdown, as_pdf, digest_of
    from medpath.search.searching import Filters
    from medpath.translations.language import language

    first, last = days(since, until)
    given = given_of(context)
    register = given.register()
    filters = Filters(
        q=query, status=tuple(statuses or ()), atc=tuple(codes or ()), area=tuple(areas or ()),
        substance=tuple(substances or ()), organisation=tuple(organisations or ()),
    )  # fmt: skip
    numbers = {register.resolve(one) for one in medicines or ()}
    if filters != Filters():
        found = set(given.numbers(filters))
        numbers = numbers & found if numbers else found
        if not numbers:
            printing.say(NONE_FITS)
    chosen = numbers if medicines or filters != Filters() else None
    told = list(_chosen(register, first, last, chosen, kinds, causes or ["source"]))
    spoken = language(lang.value)
    whole = digest_of(register, told, since, until, given.settings().public_url)
    if format is Format.PDF:
        write_pdf(lambda: as_pdf(spoken, whole), output)
        return
    text = as_html(spoken, whole) if format is Format.HTML else as_markdown(spoken, whole)
    write_document(text.encode("utf-8", "replace"), output)


def _chosen(
    register: Register,
    first: date | None,
    last: date | None,
    numbers: set[str] | None,
    kinds: list[str] | None,
    causes: list[str],
) -> Iterable[dict[str, Any]]:
    every: list[str | None] = [*kinds] if kinds else [None]
    for kind in every:
        for cause in causes:
            for one in every_change(register, first, last, kind=kind, cause=cause):
                if numbers is None or number_of(one) in numbers:
                    yield one
