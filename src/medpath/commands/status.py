"""`medpath status` and `medpath issues`: how current the data are, and what was wrong in them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from medpath import printing
from medpath.commands.given import AsJSON, given_of
from medpath.errors import SourceFailed, UsageError

PAGE = 2_000


def status(
    context: typer.Context,
    as_json: AsJSON = False,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with code 4 where there is an alarm, for cron and monitors.")
    ] = False,
) -> None:
    """Show the datasets, their counts, ages and last runs, and what needs a look."""
    register = given_of(context).register()
    facts = register.operation()
    datasets = facts["datasets"]
    if as_json:
        printing.write_json(
            {
                "medicines": register.count(),
                "data_date": register.data_date(),
                "sequence": register.sequence(),
                "sample": register.is_sample(),
                "datasets": datasets,
                "alarms": facts["alarms"],
                "waiting": facts["waiting"],
                "deliveries": facts["deliveries"],
            }
        )
        _leave(check, facts)
        return
    printing.table(
        ("dataset", "listed", "records", "observed", "days old", "last run", "issues"),
        [_row(one) for one in datasets],
        right=(1, 2, 4, 6),
    )
    for alarm in facts["alarms"]:
        since = f" (since {alarm['since']})" if alarm["since"] else ""
        printing.say(f"{alarm['code'].upper()}  {alarm['message']}{since}")
    for name, count in facts["waiting"].items():
        if count:
            printing.say(f"{name}: {count:,} wait for the next sync.")
    printing.out(f"{register.count():,} medicines. Date of the data: {register.data_date() or 'none yet'}.")
    _leave(check, facts)


def _leave(check: bool, facts: dict[str, Any]) -> None:
    """Ends with the code of a source that failed, where that is asked for and there is an alarm."""
    if check and facts["alarms"]:
        raise typer.Exit(SourceFailed.exit_code)


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    run = one["last_run"]
    return (
        one["name"],
        f"{one['listed']:,}",
        f"{one['records']:,}",
        (one["observed_at"] or "never")[:10],
        f"{one['age_days']:.0f}" if one["age_days"] is not None else "",
        f"{run['result']} {run['finished_at'][:10]}" if run is not None else "",
        f"{one['issues']:,}",
    )


def issues(
    context: typer.Context,
    dataset: Annotated[str | None, typer.Option(metavar="D", help="Only of this dataset.")] = None,
    code: Annotated[str | None, typer.Option(metavar="C", help="Only of this code.")] = None,
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="At most so many [default: 100; all with --json].")
    ] = None,
    as_json: AsJSON = False,
) -> None:
    """List what is wrong in the data as they are now."""
    register = given_of(context).register()
    if dataset is not None and register.dataset(dataset) is None:
        known = ", ".join(one["name"] for one in register.datasets())
        raise UsageError(f"There is no dataset “{dataset[:60]}”; there are {known}.")
    items: list[dict[str, Any]] = []
    wanted, after = limit or (None if as_json else 100), 0
    while True:
        size = PAGE if wanted is None else min(PAGE, wanted - len(items))
        found = register.issues(dataset=dataset, code=code, after=after, limit=size)
        items += found.items
        if found.next is None or (wanted is not None and len(items) >= wanted):
            break
        after = found.next
    if as_json:
        printing.write_json_list(items)
        return
    if not items:
        printing.say("No issue fits.")
        return
    printing.table(
        ("severity", "dataset", "code", "place", "message"),
        [(one["severity"], one["dataset"], one["code"], one["place"], one["message"]) for one in items],
    )
    if found.total > len(items):
        printing.say(f"{len(items)} of {found.total:,}; --limit shows more.")
