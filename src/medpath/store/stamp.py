"""In which state the store is, told in one small query: what was made from an equal state need not be made again."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.terms import MEDICINES
from medpath.store.tables import change, issue, medicine_version, run, snapshot, store_fact


@dataclass(frozen=True)
class StoreStamp:
    """Two equal stamps are one state of the store.

    ``changed_at``: when anything in the store was last written, None for an empty one. ``data_date``:
    the instant at which EMA stood as the newest list of medicines says.
    """

    store_id: str
    sample: bool
    sequence: int
    change: int
    run: int
    issue: int
    changed_at: str | None
    data_date: str | None


def stamp(connection: Connection) -> StoreStamp:
    """The state of the store as this connection sees it."""
    last_run = sa.select(run.c.finished_at).order_by(run.c.id.desc()).limit(1)
    last_version = sa.select(medicine_version.c.written_at).order_by(medicine_version.c.sequence.desc()).limit(1)
    row = connection.execute(
        sa.select(
            sa.select(sa.func.max(medicine_version.c.sequence)).scalar_subquery().label("sequence"),
            sa.select(sa.func.max(change.c.sequence)).scalar_subquery().label("change"),
            sa.select(sa.func.max(run.c.id)).scalar_subquery().label("run"),
            sa.select(sa.func.max(issue.c.id)).scalar_subquery().label("issue"),
            last_run.scalar_subquery().label("ran_at"),
            last_version.scalar_subquery().label("written_at"),
            sa.select(sa.func.max(snapshot.c.observed_at))
            .where(snapshot.c.dataset == MEDICINES)
            .scalar_subquery()
            .label("data_date"),
        )
    ).one()
    facts = {one.name: one.value for one in connection.execute(sa.select(store_fact))}
    return StoreStamp(
        store_id=facts.get("store_id", ""),
        sample=facts.get("sample") == "yes",
        sequence=row.sequence or 0,
        change=row.change or 0,
        run=row.run or 0,
        issue=row.issue or 0,
        changed_at=max(filter(None, (row.ran_at, row.written_at)), default=None),
        data_date=row.data_date,
    )
