"""`medpath watch` and `medpath deliver`: being told what changed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from medpath import printing
from medpath.commands.given import AsJSON, Codes, Statuses, given_of

if TYPE_CHECKING:
    from medpath.store.database import Database

app = typer.Typer(
    help="Be told what changes: by e-mail, at a web address, or in files.", no_args_is_help=True, rich_markup_mode=None
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="What the watch is called.")]


@app.command()
def add(
    context: typer.Context,
    name: Name,
    medicines: Annotated[
        list[str] | None, typer.Option("--medicine", metavar="M", help="A medicine (number or name); may be repeated.")
    ] = None,
    query: Annotated[str, typer.Option("--query", metavar="Q", help="A search, as in “medpath search”.")] = "",
    statuses: Statuses = None,
    codes: Codes = None,
    substances: Annotated[
        list[str] | None, typer.Option("--substance", metavar="S", help="The last part of a substance's address.")
    ] = None,
    areas: Annotated[
        list[str] | None, typer.Option("--condition", metavar="C", help="The last part of a condition's address.")
    ] = None,
    organisations: Annotated[
        list[str] | None,
        typer.Option("--organisation", metavar="O", help="The last part of an organisation's address."),
    ] = None,
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", metavar="K", help="Only this kind of change; may be repeated.")
    ] = None,
    email: Annotated[str, typer.Option(metavar="ADDRESS", help="Send e-mail to this address.")] = "",
    webhook: Annotated[str, typer.Option(metavar="URL", help="Send JSON to this address, signed.")] = "",
    folder: Annotated[
        str, typer.Option(metavar="NAME", help="Lay JSON files in this folder below DATA/deliveries.")
    ] = "",
    every: Annotated[str, typer.Option(metavar="TIME", help="sync, day, week or month: at most so often.")] = "sync",
    secret: Annotated[
        str, typer.Option(envvar="MEDPATH_WATCH_SECRET", help="What a web address's deliveries are signed with.")
    ] = "",
    language: Annotated[str, typer.Option("--lang", metavar="en|zh", help="The language of e-mail.")] = "en",
    as_json: AsJSON = False,
) -> None:
    """Add a watch; it is told what comes from now on. Without medicines or filters it is told everything."""
    from medpath.errors import UsageError
    from medpath.store.watches import Wanted
    from medpath.watches.delivering import add_watch
    from medpath.watches.matching import filters_of

    ways = [(way, given) for way, given in (("email", email), ("webhook", webhook), ("file", folder)) if given]
    if len(ways) != 1:
        raise UsageError("A watch needs exactly one of --email, --webhook and --folder.")
    if language not in ("en", "zh"):
        raise UsageError("--lang takes en or zh.")
    given = given_of(context)
    register = given.register()
    way, address = ways[0]
    made = secrets.token_urlsafe(32) if way == "webhook" and not secret else secret
    filters = {
        "q": query,
        "status": statuses,
        "atc": codes,
        "substance": substances,
        "area": areas,
        "organisation": organisations,
    }
    wanted = Wanted(
        medicines=tuple(register.resolve(one) for one in medicines or ()),
        filters={key: value for key, value in filters.items() if value},
        kinds=tuple(kinds or ()),
        way=way,  # type: ignore[arg-type]  # checked by add_watch
        address=address,
        every=every,  # type: ignore[arg-type]
        language=language,
        secret=made if way == "webhook" else "",
    )
    settings = given.settings()
    search = given.search()
    with _writing(context) as database:
        watch = add_watch(database, search, name, wanted)
    if wanted.filters and not search.medicines(filters_of(watch.wanted), limit=1, facet_values=0).total:
        printing.say("No medicine fits its filters today; see whether they are what you mean.")
    if as_json:
        printing.write_json(_shown(watch) | ({"secret": made} if way == "webhook" and not secret else {}))
        return
    printing.out(f"The watch “{watch.name}” is told what comes from now on.")
    if way == "webhook" and not secret:
        printing.out(f"Its deliveries are signed with this secret, which is not shown again: {made}")
    if way == "email" and not (settings.smtp_host and settings.mail_from):
        printing.say("No mail server is set yet: MEDPATH_SMTP_HOST and MEDPATH_MAIL_FROM are needed.")


@app.command("list")
def list_watches(context: typer.Context, as_json: AsJSON = False) -> None:
    """List the watches, and how their deliveries went."""
    from medpath.store import watches as kept

    with given_of(context).register().database.reading() as connection:
        found = [(one, kept.deliveries(connection, watch_id=one.id)) for one in kept.watches(connection)]
    if as_json:
        printing.write_json([_shown(one, sent) for one, sent in found])
        return
    if not found:
        printing.say("There is no watch; “medpath watch add” makes one.")
        return
    header = ("name", "told by", "address", "every", "sent", "waiting", "problem")
    printing.table(header, [_row(one, sent) for one, sent in found])


@app.command()
def remove(context: typer.Context, name: Name) -> None:
    """Remove a watch, with what it has still to send."""
    from medpath.store import watches as kept

    with _writing(context) as database, database.writing() as connection:
        kept.remove(connection, name)
    printing.out(f"The watch “{name}” is removed.")


@app.command()
def pause(
    context: typer.Context, name: Name, off: Annotated[bool, typer.Option("--off", help="Let it go on.")] = False
) -> None:
    """Stop a watch for a while; what changes meanwhile is told when it goes on."""
    from medpath.store import watches as kept

    with _writing(context) as database, database.writing() as connection:
        kept.pause(connection, name, not off)
    printing.out(f"The watch “{name}” {'goes on' if off else 'is paused'}.")


@app.command()
def retry(context: typer.Context, name: Name) -> None:
    """Have everything of a watch that did not arrive tried again by the next “medpath deliver”."""
    from medpath.model.times import now
    from medpath.store import watches as kept

    with _writing(context) as database, database.writing() as connection:
        count = kept.try_again(connection, name, now())
    printing.out(f"{count} {'delivery is' if count == 1 else 'deliveries are'} tried again.")


def deliver(context: typer.Context, as_json: AsJSON = False) -> None:
    """Tell the watches what changed, and send what did not arrive before."""
    from medpath.watches.delivering import look, send

    given = given_of(context)
    with _writing(context) as database:
        found = look(database, given.search())
        done = send(database, given.settings(), printing.say)
    done.watches, done.made = found.watches, found.made
    if as_json:
        printing.write_json(asdict(done))
    else:
        printing.out(
            f"{done.watches:,} watches looked at, {done.made:,} deliveries made, {done.sent:,} sent, "
            f"{done.failed:,} failed."
        )
    raise typer.Exit(4 if done.failed else 0)


@contextmanager
def _writing(context: typer.Context) -> Iterator[Database]:
    """The store, with the writer's lock held."""
    given = given_of(context)
    database = given.register().database
    with database.lock(given.settings().data):
        yield database


def _shown(watch: Any, deliveries: Any = ()) -> dict[str, Any]:
    wanted = asdict(watch.wanted)
    del wanted["secret"]
    last = deliveries[-1] if deliveries else None
    return {
        "name": watch.name,
        **wanted,
        "created_at": watch.created_at,
        "due_at": watch.due_at,
        "paused": watch.paused,
        "sent": sum(one.sent_at is not None for one in deliveries),
        "waiting": sum(one.due_at is not None for one in deliveries),
        "given_up": sum(one.sent_at is None and one.due_at is None for one in deliveries),
        "last_sent_at": max((one.sent_at for one in deliveries if one.sent_at), default=None),
        "problem": last.problem if last else None,
    }


def _row(watch: Any, deliveries: Any) -> tuple[str, ...]:
    shown = _shown(watch, deliveries)
    name = f"{watch.name} (paused)" if watch.paused else watch.name
    numbers = (str(shown["sent"]), str(shown["waiting"] + shown["given_up"]))
    return name, shown["way"], shown["address"], shown["every"], *numbers, shown["problem"] or ""
