"""Substances, conditions and organisations, which medicines name."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.store.tables import entity, entity_name


def entity_of(connection: Connection, kind: str, slug_or_id: str) -> dict[str, Any] | None:
    """One with all spellings of its name; None where it is unknown."""
    known = (entity.c.slug == slug_or_id) | (entity.c.id == slug_or_id)
    row = connection.execute(sa.select(entity).where(entity.c.kind == kind, known)).first()
    if row is None:
        return None
    names = connection.scalars(
        sa.select(entity_name.c.name).where(entity_name.c.entity_id == row.id).order_by(entity_name.c.name)
    )
    return {"id": row.id, "kind": kind, "slug": row.slug, "name": row.name, "names": list(names)}


def entities_of(connection: Connection, kind: str) -> list[dict[str, Any]]:
    """All of a kind, by name."""
    rows = connection.execute(sa.select(entity).where(entity.c.kind == kind).order_by(entity.c.name))
    return [{"id": row.id, "slug": row.slug, "name": row.name} for row in rows]
