"""`medpath changes`: what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from medpath import printing
from medpath.commands.given import AsJSON, days, given_of

if TYPE_CHECKING:
    from medpath.store.read import Register

PAGE = 2_000


class Format(StrEnum):
    """The forms of the list."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSONL = "jsonl"


def changes(
    context: typer.Context,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Observed on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Observed on this day or earlier.")] = None,
    medicine: Annotated[str | None, typer.Option(metavar="M", help="Of one medicine only (number or name).")] = None,
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="At most so many, the newest [default: 50; all with --json].")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="K", help="Only this kind of change.")] = None,
    cause: Annotated[str | None, typer.Option("--cause", metavar="C", help="source, layout or reader.")] = None,
    format: Annotated[Format, typer.Option("--format", help="table, markdown or jsonl.")] = Format.TABLE,
    as_json: AsJSON = False,
) -> None:
    """List what changed, newest last."""
    from_day, to_day = days(since, until)
    register = given_of(context).register()
    number = register.resolve(medicine) if medicine is not None else None
    if as_json or format is not Format.TABLE:
        _write(register, None if as_json else format, from_day, to_day, number, kind, cause, limit)
        return
    asked = {"since": from_day, "until": to_day, "kind": kind, "cause": cause}
    found = register.changes(**asked, medicine=number, limit=1)  # type: ignore[arg-type]
    items = register.last_changes(number, limit=limit or 50, **asked)[::-1]  # type: ignore[arg-type]
    if not items:
        printing.say("No change fits.")
        return
    statuses = {
        one["id"]: one["status"]["code"] or one["status"]["source_value"]
        for one in register.medicines_of(sorted({number_of(item) for item in items}))
    }
    printing.table(
        ("observed", "date", "medicine", "change", "cause", "what"),
        [_row(item, statuses.get(item["medicine"])) for item in items],
    )
    if found.total > len(items):
        printing.say(f"The newest {len(items)} of {found.total:,}; --limit shows more.")


def _write(
    register: Register,
    format: Format | None,
    since: date | None,
    until: date | None,
    number: str | None,
    kind: str | None,
    cause: str | None,
    limit: int | None,
) -> None:
    """Writes the changes for programs, or as a digest; all of them unless there is a limit."""
    changes: Iterable[dict[str, Any]]
    if limit is None:
        changes = every_change(register, since, until, number, kind, cause)
    else:
        asked = {"since": since, "until": until, "medicine": number, "kind": kind, "cause": cause}
        changes = register.changes(**asked, limit=limit, newest_first=True).items[::-1]  # type: ignore[arg-type]
    if format is None:
        printing.write_json_list(changes)
    elif format is Format.JSONL:
        import msgspec

        for one in changes:
            printing.write(msgspec.json.encode(one).decode() + "\n")
    else:
        from medpath.digest import as_markdown, digest_of
        from medpath.translations.language import language

        first, last = (one.isoformat() if one is not None else None for one in (since, until))
        printing.write(as_markdown(language("en"), digest_of(register, list(changes), first, last)))


def every_change(
    register: Register,
    since: date | None = None,
    until: date | None = None,
    number: str | None = None,
    kind: str | None = None,
    cause: str | None = None,
) -> Iterator[dict[str, Any]]:
    """Every change that fits, in the order in which they were written."""
    after = 0
    while True:
        found = register.changes(
            after=after, since=since, until=until, medicine=number, kind=kind, cause=cause, limit=PAGE
        )
        yield from found.items
        if found.next is None:
            return
        after = found.next


def number_of(change: dict[str, Any]) -> str:
    """The product number of the medicine that changed."""
    return str(change["medicine"]).rpartition(":")[2].replace("-", "/")


def _row(change: dict[str, Any], status: str | None) -> tuple[str, str, str, str, str, str]:
    name = change["name"] if status == "authorised" else f"{change['name']} ({status or 'status unknown'})"
    what = "; ".join(difference(field) for field in change["fields"])
    return change["observed_at"][:10], change["date"] or "", name, change["kind"], change["cause"], what


def difference(field: dict[str, Any]) -> str:
    """One field of a change in one line."""
    before, after = field["before"], field["after"]
    if isinstance(before, dict) and isinstance(after, dict) and before.get("title") == after.get("title"):
        keys = [key for key in after if before.get(key) != after[key]]
        parts = "; ".join(f"{key} {_short(before.get(key))} → {_short(after[key])}" for key in keys)
        return f"{field['field']}, {_short(after)}: {parts}"
    return f"{field['field']}: {_short(before)} → {_short(after)}"


def _short(value: Any) -> str:
    from medpath.tabular import as_text

    return printing.cut(as_text(value), 60) or "nothing"
