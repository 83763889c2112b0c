"""`medpath export`: any list, or everything, with source and date of the data."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from medpath import printing
from medpath.commands.given import NONE_FITS, Codes, Given, Output, Statuses, day_of_the_past, given_of
from medpath.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from medpath.search.searching import Filters


class Format(StrEnum):
    """Formats of files."""

    CSV = "csv"
    JSONL = "jsonl"
    SQLITE = "sqlite"


class List(StrEnum):
    """Lists that can be exported."""

    MEDICINES = "medicines"
    DOCUMENTS = "documents"
    CHANGES = "changes"
    ISSUES = "issues"
    DATASETS = "datasets"


def export(
    context: typer.Context,
    what: Annotated[List, typer.Argument(metavar="LIST", help="medicines, documents, changes, issues or datasets; "
                                         "sqlite always holds all of them.")] = List.MEDICINES,
    format: Annotated[Format, typer.Option("--format", help="sqlite needs --output.")] = Format.CSV,
    output: Output = None,
    q: Annotated[str, typer.Option("--q", metavar="TEXT", help="Only medicines that this search finds.")] = "",
    status: Statuses = None,
    category: Annotated[list[str] | None, typer.Option(metavar="C", help="human or veterinary.")] = None,
    atc: Codes = None,
    area: Annotated[list[str] | None, typer.Option(metavar="SLUG", help="Only this therapeutic area.")] = None,
    substance: Annotated[list[str] | None, typer.Option(metavar="SLUG", help="Only this active substance.")] = None,
    organisation: Annotated[list[str] | None, typer.Option(metavar="SLUG", help="Only this holder.")] = None,
    flag: Annotated[list[str] | None, typer.Option(metavar="F", help="Only with this flag, as orphan.")] = None,
    year: Annotated[list[str] | None, typer.Option(metavar="Y", help="Only authorised in this year.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Medicines or documents as of this day.")] = None,
) -> None:  # fmt: skip
    """Export any list, or everything, with source and date of the data."""
    from medpath.export import Export, written_whole
    from medpath.search.searching import Filters

    def each(values: list[str] | None) -> tuple[str, ...]:
        return tuple(values or ())

    filters = Filters(
        q=q, status=each(status), category=each(category), atc=each(atc), area=each(area), substance=each(substance),
        organisation=each(organisation), flag=each(flag), year=each(year),
    )  # fmt: skip
    filtered = filters != Filters()
    if format is Format.SQLITE and output is None:
        raise UsageError("An SQLite file needs a name: give --output FILE.")
    if filtered and what in (List.ISSUES, List.DATASETS):
        raise UsageError(f"The filters choose medicines; the list of {what} has none. Leave them out.")
    day = day_of_the_past(as_of, "--as-of")
    if day is not None and (what not in (List.MEDICINES, List.DOCUMENTS) or format is Format.SQLITE):
        raise UsageError("--as-of goes with medicines and documents, as CSV or JSON Lines.")
    given = given_of(context)
    register = given.register()
    numbers = (given.numbers(filters) if day is None else _numbers_then(given, day, filters)) if filtered else None
    if numbers == []:
        printing.say(NONE_FITS)
    export = Export(register, numbers, day)
    if format is Format.SQLITE and output is not None:
        with written_whole(output) as file:
            file.unlink()
            export.sqlite(file)
        return
    lines = export.csv(what) if format is Format.CSV else export.jsonl(what)
    if output is None:
        for line in lines:
            printing.write(line)
        return
    with written_whole(output) as file, file.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(lines)


def _numbers_then(given: Given, day: date, filters: Filters) -> list[str]:
    from medpath.search.then import medicines_as_of

    found = medicines_as_of(given.register(), day, given.search().spelt_out(filters), limit=1_000_000)
    return [item["product_number"] for item in found.items]
