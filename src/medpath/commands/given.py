"""What every command is given: the options before its name, and the settings, store and index that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from medpath import printing
from medpath.errors import UsageError
from medpath.model.times import today

if TYPE_CHECKING:
    from medpath.search.searching import Filters, Search
    from medpath.settings import Settings
    from medpath.store.read import Register

PART = 1_000
NONE_FITS = "No medicine fits the filters."

AsJSON = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Medicine = Annotated[
    str, typer.Argument(metavar="MEDICINE", help="A product number or EU number in any usual spelling, or a name.")
]
Statuses = Annotated[list[str] | None, typer.Option("--status", metavar="S", help="Only this status; may be repeated.")]
Codes = Annotated[
    list[str] | None, typer.Option("--atc", metavar="A", help="Only this class of ATC, at any level; may be repeated.")
]


Output = Annotated[Path | None, typer.Option("--output", metavar="FILE", help="The file [default: standard output].")]


@dataclass
class Given:
    """The options before the command."""

    data: Path | None = None
    database_url: str | None = None

    def settings(self, **more: Any) -> Settings:
        """The settings in force. Raises UsageError."""
        from medpath.settings import load_settings

        return load_settings(data=self.data, database_url=self.database_url, **more)

    def register(self) -> Register:
        """The register to read from. Raises StoreUnusable where there is none."""
        from medpath.store.opening import open_store
        from medpath.store.read import Register

        register = Register(open_store(self.settings().database))
        if register.is_sample():
            printing.say("This is sample data for trying MedPath out, not the register.")
        elif not register.count():
            printing.say("The register is empty; “medpath sync” fills it.")
        return register

    def search(self) -> Search:
        """The search index. Raises StoreUnusable when it is used and can't be."""
        from medpath.search.searching import Search

        return Search(self.settings().index)

    def numbers(self, filters: Filters) -> list[str]:
        """The product numbers of the medicines that fit, by name."""
        search, numbers, cursor = self.search(), [], None
        while True:
            found = search.medicines(filters, limit=PART, cursor=cursor, facet_values=0)
            numbers += [item["product_number"] for item in found.items]
            cursor = found.next
            if cursor is None:
                return numbers


def given_of(context: typer.Context) -> Given:
    """The options before the command."""
    return context.ensure_object(Given)


def day(text: str | None, option: str) -> date | None:
    """The day given to an option. Raises UsageError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise UsageError(f"{option} needs a day like 2024-12-13, not “{text[:40]}”.") from problem


def days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The days given to --since and --until. Raises UsageError."""
    first, last = day(since, "--since"), day(until, "--until")
    if first is not None and last is not None and last < first:
        raise UsageError("--until lies before --since.")
    return first, last


def day_of_the_past(text: str | None, option: str) -> date | None:
    """The day, today or before, given to an option. Raises UsageError."""
    given = day(text, option)
    if given is not None and given > today():
        raise UsageError(f"{option} needs a day that has come; {given} lies in the future (today is {today()} in UTC).")
    return given
