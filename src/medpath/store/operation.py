"""What an operator looks at: how old and how whole the data are, what waits, what was delivered, what is alarming."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.store import reports
from medpath.store.alarms import alarms, strange_lately
from medpath.store.tables import change, delivery, document_text, medicine, store_fact, watch


def operation(connection: Connection) -> dict[str, Any]:
    """``datasets``, ``medicines``, ``sequence``, counts and ``alarms``, all of one state.

    ``waiting`` are the pages and files that the last run did not come to, by dataset; ``changes`` by (kind, cause),
    ``texts`` by (type, result), ``deliveries`` by what became of them; ``alarms`` as in `medpath.store.alarms`.
    """
    datasets, deliveries = reports.datasets(connection), _deliveries(connection)
    facts = connection.execute(sa.select(store_fact).where(store_fact.c.name.startswith("waiting.", autoescape=True)))
    return {
        "datasets": datasets,
        "medicines": connection.scalar(sa.select(sa.func.count()).select_from(medicine)) or 0,
        "sequence": connection.scalar(sa.select(sa.func.max(medicine.c.sequence))) or 0,
        "waiting": {row.name.removeprefix("waiting."): int(row.value) for row in facts},
        "changes": _changes(connection),
        "texts": _texts(connection),
        "deliveries": deliveries,
        "alarms": alarms(datasets, deliveries, strange_lately(connection)),
    }


def _deliveries(connection: Connection) -> dict[str, int]:
    """How many watches there are, and deliveries: ``watches``, ``sent``, ``waiting``, ``given_up``."""
    row = connection.execute(
        sa.select(
            sa.func.count(delivery.c.sent_at).label("sent"),
            sa.func.count(delivery.c.due_at).label("waiting"),
            sa.func.count().label("all"),
        )
    ).one()
    number = connection.scalar(sa.select(sa.func.count()).select_from(watch))
    return {
        "watches": int(number or 0),
        "sent": row.sent,
        "waiting": row.waiting,
        "given_up": row.all - row.sent - row.waiting,
    }


def _changes(connection: Connection) -> dict[tuple[str, str], int]:
    """How many changes hold, by kind and cause."""
    query = sa.select(change.c.kind, change.c.cause, sa.func.count()).where(change.c.superseded_at.is_(None))
    rows = connection.execute(query.group_by(change.c.kind, change.c.cause))
    return {(kind, cause): number for kind, cause, number in rows}


def _texts(connection: Connection) -> dict[tuple[str, str], int]:
    """How many texts of documents there are, by type and what became of them."""
    query = sa.select(document_text.c.type, document_text.c.result, sa.func.count())
    rows = connection.execute(query.group_by(document_text.c.type, document_text.c.result))
    return {(kind, result): number for kind, result, number in rows}
