"""Watches and their deliveries in the store: what is wanted, what is news, what was sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.errors import NotFound, UsageError
from medpath.store.changes import as_contract
from medpath.store.packing import pack, unpack
from medpath.store.tables import change, dataset, delivery, medicine_version, snapshot, watch
from medpath.store.writing import chunks, next_id

Way = Literal["email", "webhook", "file"]
Every = Literal["sync", "day", "week", "month"]


@dataclass(frozen=True)
class Wanted:
    """What a watch is for, and how it is told.

    ``medicines`` are product numbers; ``filters`` a search, as the fields of ``search.Filters`` (empty: all
    medicines); both together are what either gives. ``kinds`` are kinds of change (empty: all). ``way`` and ``address``
    say where to: an e-mail address, a URL, or a folder's name below the data folder. ``every`` is how often at most.
    ``secret`` signs what goes to a URL.
    """

    medicines: tuple[str, ...] = ()
    filters: dict[str, Any] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    way: Way = "file"
    address: str = ""
    every: Every = "sync"
    language: str = "en"
    secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Watch:
    """A watch as it is kept; ``sequence`` and ``snapshot`` are up to where it was looked for."""

    id: int
    name: str
    wanted: Wanted
    created_at: str
    sequence: int
    snapshot: int
    due_at: str
    paused: bool


@dataclass(frozen=True)
class Delivery:
    """What is to be sent, or was: ``changes`` are sequences. ``due_at`` is None when it was sent or given up."""

    id: int
    watch_id: int
    key: str
    made_at: str
    changes: tuple[int, ...]
    attempts: int
    due_at: str | None
    sent_at: str | None
    problem: str | None


_DECODER = msgspec.json.Decoder(Wanted)


def place_of(connection: Connection) -> tuple[int, int]:
    """(the newest sequence of a change, the newest id of a snapshot)."""
    sequence = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(change.c.sequence), 0)))
    newest = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(snapshot.c.id), 0)))
    return int(sequence or 0), int(newest or 0)


def add(connection: Connection, name: str, wanted: Wanted, at: str, due_at: str) -> Watch:
    """Keeps a new watch, which begins with what comes from now on. Raises UsageError for a name that is taken."""
    if connection.scalar(sa.select(watch.c.id).where(watch.c.name == name)) is not None:
        raise UsageError(f"There is a watch called “{name}” already; remove it first, or choose another name.")
    sequence, newest = place_of(connection)
    row = {
        "id": next_id(connection, watch.c.id),
        "name": name,
        "body": msgspec.json.encode(wanted).decode(),
        "created_at": at,
        "sequence": sequence,
        "snapshot": newest,
        "due_at": due_at,
        "paused": 0,
    }
    connection.execute(watch.insert(), row)
    return named(connection, name)


def named(connection: Connection, name: str) -> Watch:
    """The watch of a name. Raises NotFound."""
    row = connection.execute(sa.select(watch).where(watch.c.name == name)).first()
    if row is None:
        raise NotFound(f"There is no watch called “{name[:80]}”; “medpath watch list” shows those there are.")
    return _watch(row)


def watches(connection: Connection, due_by: str | None = None) -> list[Watch]:
    """All watches by name, or those that are not paused and due by an instant."""
    query = sa.select(watch).order_by(watch.c.name)
    if due_by is not None:
        query = query.where(watch.c.paused == 0, watch.c.due_at <= due_by)
    return [_watch(row) for row in connection.execute(query)]


def remove(connection: Connection, name: str) -> None:
    """Removes a watch with what it has still to send. Raises NotFound."""
    one = named(connection, name)
    connection.execute(delivery.delete().where(delivery.c.watch_id == one.id))
    connection.execute(watch.delete().where(watch.c.id == one.id))


def pause(connection: Connection, name: str, paused: bool) -> None:
    """Stops a watch, or lets it go on; what changed meanwhile is told then. Raises NotFound."""
    one = named(connection, name)
    connection.execute(watch.update().where(watch.c.id == one.id).values(paused=int(paused)))


def news_after(connection: Connection, sequence: int, newest: int) -> list[dict[str, Any]]:
    """The changes that the publisher made and that are news after a place: as in the contract, in their order.

    A change is news where the file that it was observed in came after the place, and was the newest of its report or
    address when it came: old files that are read late are history and no news.
    """
    later = snapshot.alias("later")
    whole = sa.select(dataset.c.name).where(dataset.c.kind.in_(("report", "vocabulary")))
    came_late = sa.exists().where(
        later.c.dataset == snapshot.c.dataset,
        later.c.id < snapshot.c.id,
        later.c.observed_at > snapshot.c.observed_at,
        (later.c.url == snapshot.c.url) | snapshot.c.dataset.in_(whole),
    )
    fresh = (
        sa.select(snapshot.c.dataset, snapshot.c.observed_at)
        .where(snapshot.c.id > newest, ~came_late)
        .distinct()
        .subquery()
    )
    query = (
        sa.select(change)
        .join(fresh, (fresh.c.dataset == change.c.dataset) & (fresh.c.observed_at == change.c.observed_at))
        .where(change.c.sequence > sequence, change.c.cause == "source", change.c.superseded_at.is_(None))
        .order_by(change.c.sequence)
    )
    return [as_contract(row) for row in connection.execute(query)]


def changes_of(connection: Connection, sequences: Sequence[int]) -> list[dict[str, Any]]:
    """The changes with these sequences, also those that don't hold any more, in their order."""
    found: dict[int, dict[str, Any]] = {}
    for some in chunks(sequences, 500):
        rows = connection.execute(sa.select(change).where(change.c.sequence.in_(some)))
        found.update({row.sequence: as_contract(row) for row in rows})
    return [found[sequence] for sequence in sequences if sequence in found]


def bodies_around(connection: Connection, changes: Sequence[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Of each medicine that changed, by its id, the states before and after its changes."""
    wanted: dict[str, set[int]] = {}
    for one in changes:
        wanted.setdefault(one["medicine"], set()).update(one["versions"])
    found: dict[str, list[dict[str, Any]]] = {}
    for some in chunks(wanted, 200):
        query = sa.select(medicine_version.c.medicine, medicine_version.c.number, medicine_version.c.body).where(
            medicine_version.c.medicine.in_(some), medicine_version.c.superseded_at.is_(None)
        )
        for row in connection.execute(query):
            if row.number in wanted[row.medicine]:
                found.setdefault(row.medicine, []).append(unpack(row.body))
    return found


def note_matches(
    connection: Connection,
    one: Watch,
    sequences: Collection[int],
    place: tuple[int, int],
    at: str,
    due_at: str,
    key: str,
) -> None:
    """Moves a watch on to a place, and keeps what it has to send where something fits."""
    connection.execute(
        watch.update().where(watch.c.id == one.id).values(sequence=place[0], snapshot=place[1], due_at=due_at)
    )
    if sequences:
        row = {
            "id": next_id(connection, delivery.c.id),
            "watch_id": one.id,
            "key": key,
            "made_at": at,
            "changes": pack(sorted(sequences)),
            "attempts": 0,
            "due_at": at,
            "sent_at": None,
            "problem": None,
        }
        connection.execute(delivery.insert(), row)


def deliveries(connection: Connection, due_by: str | None = None, watch_id: int | None = None) -> list[Delivery]:
    """Deliveries in their order: those to be sent by an instant, and of one watch where it is given."""
    query = sa.select(delivery).order_by(delivery.c.id)
    if due_by is not None:
        query = query.where(delivery.c.due_at <= due_by)
    if watch_id is not None:
        query = query.where(delivery.c.watch_id == watch_id)
    return [
        Delivery(
            row.id, row.watch_id, row.key, row.made_at, tuple(unpack(row.changes)), row.attempts, row.due_at,
            row.sent_at, row.problem,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def note_sent(connection: Connection, one: Delivery, at: str) -> None:
    """Notes that a delivery arrived."""
    connection.execute(
        delivery.update()
        .where(delivery.c.id == one.id)
        .values(attempts=one.attempts + 1, due_at=None, sent_at=at, problem=None)
    )


def note_failed(connection: Connection, one: Delivery, problem: str, again_at: str | None) -> None:
    """Notes why a delivery did not arrive, and when it is tried again; None: it is given up."""
    connection.execute(
        delivery.update()
        .where(delivery.c.id == one.id)
        .values(attempts=one.attempts + 1, due_at=again_at, problem=problem[:400])
    )


def try_again(connection: Connection, name: str, at: str) -> int:
    """Has everything of a watch that was not sent tried again; returns how much. Raises NotFound."""
    one = named(connection, name)
    unsent = delivery.update().where(delivery.c.watch_id == one.id, delivery.c.sent_at.is_(None))
    result = connection.execute(unsent.values(due_at=at, attempts=0))
    return int(result.rowcount)


def _watch(row: Any) -> Watch:
    return Watch(
        row.id, row.name, _DECODER.decode(row.body), row.created_at, row.sequence, row.snapshot, row.due_at,
        bool(row.paused),
    )  # fmt: skip
