"""`medpath show` and `medpath history`: one medicine, and how it came to be what it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from medpath import printing
from medpath.commands.given import AsJSON, Medicine, day_of_the_past, given_of
from medpath.errors import NotFound


class Language(StrEnum):
    """The languages of the interface."""

    EN = "en"
    ZH = "zh"


def show(
    context: typer.Context,
    medicine: Medicine,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="As it was known at the end of this day (UTC).")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="The language of everything but the agency's texts.")] = (
        Language.EN
    ),
    as_json: AsJSON = False,
) -> None:
    """Show one medicine."""
    when = day_of_the_past(as_of, "--as-of")
    register = given_of(context).register()
    number = register.resolve(medicine)
    found = register.medicine(number, when)
    if found is None and when is not None:
        horizon = register.horizon()
        raise NotFound(
            f"Nothing was known of {number} by {when}; what was read begins on {(horizon or 'no day')[:10]}."
        )
    if found is None:
        raise NotFound(f"No medicine has the product number {number}.")
    if as_json:
        printing.write_json(found)
        return
    from medpath.commands.dossier import print_dossier
    from medpath.translations.language import language

    now = register.medicine(number) if when is not None else None
    print_dossier(found, language(lang.value), register.data_date(when), now["status"] if now is not None else None)


def history(
    context: typer.Context,
    medicine: Medicine,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="What had been observed by the end of this day (UTC).")
    ] = None,
    as_json: AsJSON = False,
) -> None:
    """List the versions of one medicine and what changed between them."""
    when = day_of_the_past(as_of, "--as-of")
    register = given_of(context).register()
    found = register.history(register.resolve(medicine), when)
    if as_json:
        printing.write_json(found)
        return
    now = register.medicine(found["product_number"])
    if now is not None:
        from medpath.commands.search import status_words

        printing.out(f"{now['name']}  {found['product_number']}  {status_words(now['status'])}", "bold")
    changes: dict[int, list[dict[str, Any]]] = {}
    for one in found["changes"]:
        changes.setdefault(one["versions"][-1], []).append(one)
    for version in found["versions"]:
        sources = ", ".join(sorted({one["dataset"] for one in version["inputs"]}))
        printing.out()
        printing.out(f"Version {version['version']}, observed {version['observed_from']}, from {sources}", "bold")
        for one in changes.get(version["version"], []):
            _change(one)


def _change(change: dict[str, Any]) -> None:
    from medpath.commands.changes import difference

    cause = "" if change["cause"] == "source" else f" ({change['cause']})"
    stated = f", {change['date']}" if change["date"] else ""
    printing.out(f"  {change['kind']}{stated}{cause}")
    for field in change["fields"]:
        printing.paragraph(difference(field), "      ")
