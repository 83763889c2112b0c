"""Looking what watches are to be told, and sending it.

What is found is kept with the watch's new place in one transaction, and sent afterwards, each delivery until it
arrived: a stop between the two loses nothing. A stop between the arrival and its note sends again, under the same key:
a file is not laid twice, a mail has the same Message-ID, a web address gets the same ``MedPath-Delivery``.
"""

from __future__ import annotations

import calendar
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from medpath.digest import digest_of
from medpath.errors import UsageError
from medpath.model.changes import KINDS
from medpath.model.times import instant, moment, now
from medpath.search.searching import Search
from medpath.settings import Settings
from medpath.store import watches as kept
from medpath.store.database import Database
from medpath.store.read import Register
from medpath.store.watches import Delivery, Wanted, Watch
from medpath.watches import email, files, webhooks
from medpath.watches.matching import News, filters_of
from medpath.watches.messages import Told, as_json, as_message
from medpath.watches.undelivered import Undelivered

NAME_LENGTH = 80
WAITS = (60, 300, 1_800, 7_200, 21_600, 43_200, 86_400, 86_400, 86_400)  # seconds after each failure; then given up
CHECKS: dict[str, Callable[[str], str]] = {
    "email": email.check_address,
    "webhook": webhooks.check_address,
    "file": files.check_address,
}
EVERY = ("sync", "day", "week", "month")


@dataclass
class Delivered:
    """What a run did: watches looked at, deliveries made, sent, failed and given up; ``reasons`` of failures."""

    watches: int = 0
    made: int = 0
    sent: int = 0
    failed: int = 0
    given_up: int = 0
    reasons: list[str] = field(default_factory=list)


def next_due(every: str, at: datetime) -> datetime:
    """When a watch is due after an instant: at once with ``sync``, else after a day, a week or a calendar month."""
    if every == "month":
        year, month = divmod(at.year * 12 + at.month, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return at.replace(year=year, month=month + 1, day=min(at.day, last))
    return at + {"sync": timedelta(0), "day": timedelta(days=1), "week": timedelta(days=7)}[every]


def add_watch(database: Database, search: Search, name: str, wanted: Wanted) -> Watch:
    """Keeps a watch, which is told what comes from now on. Raises UsageError for anything that makes no sense."""
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        raise UsageError(f"A watch needs a name of at most {NAME_LENGTH} signs.")
    if wanted.way not in CHECKS:
        raise UsageError(f"There is no way “{wanted.way[:40]}” of delivery; there are {', '.join(CHECKS)}.")
    if wanted.every not in EVERY:
        raise UsageError(f"“{wanted.every[:40]}” is no time between deliveries; there are {', '.join(EVERY)}.")
    for kind in wanted.kinds:
        if kind not in KINDS:
            raise UsageError(f"There is no kind of change “{kind[:40]}”; there are {', '.join(KINDS)}.")
    CHECKS[wanted.way](wanted.address)
    if wanted.way == "webhook" and len(wanted.secret) < 16:
        raise UsageError("A watch that is delivered to a web address needs a secret of 16 signs or more, to sign with.")
    settled = search.settled(filters_of(wanted)) if wanted.filters else None
    filters = {key: value for key, value in vars(settled).items() if value} if settled is not None else {}
    at = datetime.fromisoformat(now())
    with database.writing() as connection:
        return kept.add(
            connection,
            name,
            Wanted(
                tuple(wanted.medicines), filters, tuple(wanted.kinds), wanted.way, wanted.address, wanted.every,
                wanted.language, wanted.secret,
            ),
            instant(at),
            instant(next_due(wanted.every, at)),
        )  # fmt: skip


def look(database: Database, search: Search, at: str | None = None) -> Delivered:
    """Finds what the watches that are due by an instant (the present one) are told, and keeps it to be sent.

    The caller holds the writer's lock. Raises StoreUnusable where there is no index to look in.
    """
    at = at or now()
    done = Delivered()
    with database.reading() as connection:
        due = kept.watches(connection, due_by=at)
        if not due:
            return done
        place = kept.place_of(connection)
        news: dict[tuple[int, int], News] = {}
        for one in due:
            since = (one.sequence, one.snapshot)
            if since not in news:
                changes = kept.news_after(connection, *since)
                news[since] = News(changes, kept.bodies_around(connection, changes), search)
    told = [(one, news[one.sequence, one.snapshot].of(one.wanted)) for one in due]
    moved = [
        (one, sequences, instant(_following(one, moment(at))))
        for one, sequences in told
        if sequences or (one.sequence, one.snapshot) != place or one.wanted.every != "sync"
    ]
    with database.writing() as connection:
        kept.note_matches(connection, moved, place, at, lambda: str(uuid4()))
    done.watches = len(due)
    done.made = sum(bool(sequences) for _, sequences in told)
    return done


def _following(one: Watch, at: datetime) -> datetime:
    """When a watch is due next: its own hour of the day stays."""
    due = moment(one.due_at)
    while due <= at and one.wanted.every != "sync":
        due = next_due(one.wanted.every, due)
    return due


def send(database: Database, settings: Settings, say: Callable[[str], None] = lambda _text: None) -> Delivered:
    """Sends what is due, each delivery in a transaction of its own, within the time of a run.

    The caller holds the writer's lock, so that nobody else sends the same.
    """
    done = Delivered()
    until = time.monotonic() + settings.deliver_seconds
    with database.reading() as connection:
        waiting = kept.deliveries(connection, due_by=now())
        by_id = {one.id: one for one in kept.watches(connection)}
    register = Register(database)
    for one in waiting:
        watch = by_id.get(one.watch_id)
        if watch is None or watch.paused:
            continue
        if time.monotonic() >= until:
            say("The time for deliveries is used up; the next run goes on.")
            break
        try:
            _send_one(database, settings, register, watch, one)
        except Undelivered as problem:
            again = _again_at(one)
            done.failed += 1
            done.given_up += again is None
            reason = f"{watch.name}: {problem}"
            done.reasons.append(reason)
            say(f"FAILED  {reason}" + ("" if again else " It was tried too often and is given up."))
            with database.writing() as connection:
                kept.note_failed(connection, one, str(problem), again)
            continue
        with database.writing() as connection:
            kept.note_sent(connection, one, now())
        done.sent += 1
    return done


def _again_at(one: Delivery) -> str | None:
    if one.attempts >= len(WAITS):
        return None
    return instant(moment(now()) + timedelta(seconds=WAITS[one.attempts]))


def _send_one(database: Database, settings: Settings, register: Register, watch: Watch, one: Delivery) -> None:
    with database.reading() as connection:
        changes = kept.changes_of(connection, one.changes)
    told = Told(watch.name, one.key, one.made_at, digest_of(register, changes, public_url=settings.public_url))
    wanted = watch.wanted
    if wanted.way == "email":
        email.send(settings, wanted.address, one.key, as_message(told, wanted.language))
    elif wanted.way == "webhook":
        webhooks.send(settings, wanted.address, wanted.secret, one.key, as_json(told))
    else:
        files.send(settings, wanted.address, f"{one.made_at[:10]}-{one.key}.json", as_json(told))
