"""Records of EMA that are joined to medicines, looked up from the records' side: shortages now, designations, plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.compose import medicine_id
from medpath.model.related import KINDS
from medpath.store.packing import unpack
from medpath.store.tables import relation, snapshot, source_record, source_version
from medpath.store.writing import chunks

SHORTAGES = "shortages"
ONGOING = "ongoing"


def shortages_now(connection: Connection) -> dict[str, Any]:
    """Which medicines EMA's list of shortages names as short now.

    ``observed_at``: when the list stood so, None where it was never read; ``since``: the first day of an ongoing
    shortage (None where no day is stated) by the id of its medicine.
    """
    dataset = KINDS[SHORTAGES][0]
    observed = connection.scalar(sa.select(sa.func.max(snapshot.c.observed_to)).where(snapshot.c.dataset == dataset))
    since: dict[str, str | None] = {}
    for row in connection.execute(_joined(SHORTAGES)):
        described = KINDS[SHORTAGES][1](unpack(row.body))
        if (described["status"] or {}).get("code") != ONGOING:
            continue
        day, other = described["date"], since.get(row.medicine)
        since[row.medicine] = min(day, other) if day and other else day or other
    return {"observed_at": observed, "since": since}


def related_to(connection: Connection, kind: str, numbers: Iterable[str]) -> list[dict[str, Any]]:
    """The records of a kind of `medpath.model.related.KINDS` that are joined to medicines, the newest first.

    Each as it is told of a medicine, with ``url`` and ``medicines``, their ids.
    """
    found: dict[str, dict[str, Any]] = {}
    for some in chunks([medicine_id(number) for number in numbers]):
        for row in connection.execute(_joined(kind).where(relation.c.medicine.in_(some))):
            if row.source_key not in found:
                body = unpack(row.body)
                found[row.source_key] = {**KINDS[kind][1](body), "url": body.get("url"), "medicines": []}
            found[row.source_key]["medicines"].append(row.medicine)
    return sorted(found.values(), key=lambda one: (one["date"] or "", one["url"] or ""), reverse=True)


def _joined(kind: str) -> Any:
    return (
        sa.select(relation.c.medicine, source_record.c.source_key, source_version.c.body)
        .join(
            source_record,
            (source_record.c.dataset == relation.c.dataset) & (source_record.c.source_key == relation.c.target),
        )
        .join(source_version, source_version.c.id == source_record.c.current_version)
        .where(
            relation.c.type == kind,
            relation.c.dataset == KINDS[kind][0],
            source_record.c.no_longer_listed_at.is_(None),
            source_version.c.body.is_not(None),
        )
        .order_by(relation.c.medicine, source_record.c.source_key)
    )
