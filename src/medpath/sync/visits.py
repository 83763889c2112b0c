"""Which pages of a publisher's site are asked for next.

In order of use: never seen, then those that changed since they were last seen according to the list
of medicines, then those seen longest ago. Addresses come from the publisher's own reports, but only
their path is used, and only where it looks like a page of a medicine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.terms import MEDICINES
from medpath.model.times import instant, moment
from medpath.sources.facts import Dataset, source_of
from medpath.sources.keys import path_of
from medpath.store.packing import unpack
from medpath.store.tables import issue, run, snapshot, source_record, source_version
from medpath.store.writing import ABSENT
from medpath.sync.asked import TROUBLES

PAGE = re.compile(r"/en/medicines/(human|veterinary)/EPAR/[A-Za-z0-9][A-Za-z0-9._~-]{0,200}")
SETTLING = timedelta(days=2)  # how long a site may go on showing a page's older state

NEVER_SEEN, CHANGED, OLDEST = range(3)


@dataclass(frozen=True)
class Page:
    """A page to ask for. ``turn`` is NEVER_SEEN, CHANGED or OLDEST."""

    path: str
    url: str
    turn: int


def address_of(dataset: Dataset, path: str) -> str:
    """The publisher's own address of a path, wherever it is asked."""
    return source_of(dataset.name).homepage.rstrip("/") + path


def pages_in_turn(connection: Connection, dataset: Dataset, days: float) -> list[Page]:
    """All pages worth asking for, first those of most use.

    A page seen less than so many ``days`` ago is left out unless it changed since.
    """
    listed = _listed(connection)
    stated = _stated(connection, dataset)
    seen = seen_addresses(connection, dataset)
    troubles = troubles_of(connection, dataset)
    recent = instant(datetime.now(UTC) - timedelta(days=days))
    turns = []
    for path in listed.keys() | {path for url in seen if PAGE.fullmatch(path := path_of(url))}:
        url = address_of(dataset, path)
        code, tried = troubles.get(url, ("", ""))
        last = max(seen.get(url, ""), tried)
        row_day = listed.get(path)
        if not last:
            turn = NEVER_SEEN
        elif code == "page-failed" or _changed(row_day, stated.get(path), last):
            turn = CHANGED
        elif last > recent:
            continue
        else:
            turn = OLDEST
        newest_first = -date.fromisoformat(row_day).toordinal() if row_day and turn == NEVER_SEEN else 0
        turns.append((turn, newest_first, last, path, url))
    return [Page(path, url, turn) for turn, _, _, path, url in sorted(turns)]


def _changed(row_day: str | None, page_day: str | None, last: str) -> bool:
    """Whether the list of medicines states a later update than the page that we saw.

    A page that states an older day than the list is asked again while it may still be an old copy;
    some pages never state the day of the list, and must not take the turn of others for ever.
    """
    if row_day is None or (page_day is not None and page_day >= row_day):
        return False
    settling = SETTLING if page_day is not None else timedelta(0)
    return moment(last).date() - date.fromisoformat(row_day) <= settling


def _listed(connection: Connection) -> dict[str, str | None]:
    """Paths of pages in the current list of medicines, with the day of update that it states."""
    query = (
        sa.select(source_version.c.body)
        .join(source_record, source_record.c.current_version == source_version.c.id)
        .where(source_record.c.dataset == MEDICINES, source_record.c.current_hash != ABSENT)
    )
    found: dict[str, str | None] = {}
    for packed in connection.scalars(query):
        body = unpack(packed)
        path = path_of(body["url"] or "")
        if PAGE.fullmatch(path):
            found[path] = max(found.get(path) or "", body["last_updated"] or "") or None
    return found


def _stated(connection: Connection, dataset: Dataset) -> dict[str, str | None]:
    """The day of update that each kept page states."""
    query = (
        sa.select(source_record.c.source_key, source_version.c.body)
        .join(source_version, source_record.c.current_version == source_version.c.id)
        .where(source_record.c.dataset == dataset.name, source_version.c.body.is_not(None))
    )
    return {row.source_key: unpack(row.body).get("last_updated") for row in connection.execute(query)}


def seen_addresses(connection: Connection, dataset: Dataset) -> dict[str, str]:
    """When each address was last seen with its page."""
    columns = snapshot.c
    query = (
        sa.select(
            columns.url,
            sa.func.max(sa.func.coalesce(columns.retrieved_at, columns.observed_at)).label("fetched"),
            sa.func.max(columns.observed_to).label("shown"),
        )
        .where(columns.dataset == dataset.name)
        .group_by(columns.url)
    )
    return {row.url: max(row.fetched, row.shown) for row in connection.execute(query)}


def troubles_of(connection: Connection, dataset: Dataset) -> dict[str, tuple[str, str]]:
    """What stood in the way when an address was last asked, and when that was."""
    query = (
        sa.select(issue.c.unit, issue.c.code, run.c.finished_at)
        .join(run, run.c.id == issue.c.run_id)
        .where(issue.c.dataset == dataset.name, issue.c.current == 1, issue.c.code.in_(TROUBLES))
    )
    return {row.unit: (row.code, row.finished_at) for row in connection.execute(query)}
