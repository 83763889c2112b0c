"""Watches and their deliveries in the store: what is wanted, what is news, what was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    fresh = _fresh(connection, newest)
    query = (
        sa.select(change)
        .where(change.c.sequence > sequence, change.c.cause == "source", change.c.superseded_at.is_(None))
        .order_by(change.c.sequence)
    )
    return [as_contract(row) for row in connection.execute(query) if (row.dataset, row.observed_at) in fresh]


def _fresh(connection: Connection, newest: int) -> set[tuple[str, str]]:
    """(dataset, time of observation) of the files that came after one and were the newest of their kind then."""
    whole = set(connection.scalars(sa.select(dataset.c.name).where(dataset.c.kind.in_(("report", "vocabulary")))))
    columns = (snapshot.c.dataset, snapshot.c.url, snapshot.c.observed_at)
    came = connection.execute(sa.select(*columns).where(snapshot.c.id > newest).order_by(snapshot.c.id)).all()
    latest: dict[tuple[str, str], str] = {}
    before = sa.select(snapshot.c.dataset, snapshot.c.url, sa.func.max(snapshot.c.observed_at).label("last")).where(
        snapshot.c.id <= newest
    )
    for some in chunks(sorted({row.url for row in came}), 500):
        asked = before.where(snapshot.c.url.in_(some)).group_by(snapshot.c.dataset, snapshot.c.url)
        latest.update({(row.dataset, row.url): row.last for row in connection.execute(asked)})
    if reports := sorted({row.dataset for row in came} & whole):
        asked = before.where(snapshot.c.dataset.in_(reports)).group_by(snapshot.c.dataset, snapshot.c.url)
        for row in connection.execute(asked):
            latest[row.dataset, ""] = max(row.last, latest.get((row.dataset, ""), ""))
    fresh = set()
    for row in came:
        key = (row.dataset, "" if row.dataset in whole else row.url)
        if row.observed_at >= latest.get(key, ""):
            fresh.add((row.dataset, row.observed_at))
            latest[key] = row.observed_at
    return fresh


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
    found: Sequence[tuple[Watch, Sequence[int], str]],
    place: tuple[int, int],
    at: str,
    new_key: Callable[[], str],
) -> None:
    """Moves watches on to a place, and keeps what they have to send where something fits.

    ``found``: each watch, the sequences of what it is told, and when it is due next.
    """
    if not found:
        return
    moved = [
        {"b_id": one.id, "b_sequence": place[0], "b_snapshot": place[1], "b_due": due_at} for one, _, due_at in found
    ]
    connection.execute(
        watch.update()
        .where(watch.c.id == sa.bindparam("b_id"))
        .values(sequence=sa.bindparam("b_sequence"), snapshot=sa.bindparam("b_snapshot"), due_at=sa.bindparam("b_due")),
        moved,
    )
    rows = [
        {
            "id": number,
            "watch_id": one.id,
            "key": new_key(),
            "made_at": at,
            "changes": pack(sorted(sequences)),
            "attempts": 0,
            "due_at": at,
            "sent_at": None,
            "problem": None,
        }
        for number, (one, sequences) in enumerate(
            ((one, sequences) for one, sequences, _ in found if sequences), next_id(connection, delivery.c.id)
        )
    ]
    if rows:
        connection.execute(delivery.insert(), rows)


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
