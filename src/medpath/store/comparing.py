"""What differs between any two versions of a medicine."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.errors import NotFound
from medpath.model.changes import KINDS
from medpath.model.compose import medicine_id
from medpath.model.differences import field_differences
from medpath.model.list_differences import list_differences
from medpath.store.packing import unpack
from medpath.store.tables import medicine_version
from medpath.store.versions import facts_of


def compare_versions(connection: Connection, number: str, old: int, new: int) -> list[dict[str, Any]]:
    """The differing fields by kind, each ``{"kind", "fields"}`` as in a change.

    Nobody judges here whose doing a difference was, and what a source said first in between counts too. Raises
    NotFound for a version that there is none of.
    """
    (before, was), (after, now) = (_version(connection, number, one) for one in (old, new))
    was = replace(was, datasets=was.datasets | now.datasets)
    found = field_differences(before, was, after, now) + list_differences(before, was, after, now, "", {})
    told = []
    for kind in KINDS:
        fields = [{"field": one.name, "before": one.before, "after": one.after} for one in found if one.kind == kind]
        if fields:
            told.append({"kind": kind, "fields": fields})
    return told


def _version(connection: Connection, number: str, version: int) -> tuple[dict[str, Any], Any]:
    columns = medicine_version.c
    row = connection.execute(
        sa.select(columns.body, columns.inputs).where(
            columns.medicine == medicine_id(number), columns.number == version, columns.superseded_at.is_(None)
        )
    ).first()
    if row is None:
        raise NotFound(f"{number} has no version {version}.")
    return unpack(row.body), facts_of(unpack(row.inputs))
