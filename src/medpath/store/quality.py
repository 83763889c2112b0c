"""The quality of the data: issues by kind and over time, where sources disagree, and what is joined to no medicine."""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath import urls
from medpath.store import reports
from medpath.store.bodies import Bodies
from medpath.store.tables import issue, medicine, run
from medpath.store.writing import chunks


class _Said(msgspec.Struct):
    dataset: str
    value: Any = None
    last_updated: str | None = None


class _Disagreement(msgspec.Struct):
    field: str
    values: list[_Said]


class _Status(msgspec.Struct):
    code: str | None = None
    source_value: str | None = None
    date: str | None = None


class _Medicine(msgspec.Struct):
    product_number: str
    name: str
    status: _Status
    disagreements: list[_Disagreement] = []


_MEDICINES = Bodies(_Medicine)


def disagreements(connection: Connection) -> list[dict[str, Any]]:
    """Every field of a medicine in which sources say different things now, by field, then by name.

    Each has ``product_number``, ``name``, ``status``, ``field``, ``values`` (as of a medicine) and ``url``.
    """
    found = [
        {
            "product_number": one.product_number,
            "name": one.name,
            "status": msgspec.to_builtins(one.status),
            "field": each.field,
            "values": msgspec.to_builtins(each.values),
            "url": urls.medicine(one.product_number),
        }
        for one in _MEDICINES.read(connection, sa.select(medicine.c.sequence))
        for each in one.disagreements
    ]
    return sorted(found, key=lambda one: (one["field"], one["name"].casefold(), one["product_number"]))


def quality(connection: Connection) -> dict[str, Any]:
    """The whole picture: ``kinds`` of issues, ``observations``, ``disagreements`` by field, and ``not_joined``."""
    return {
        "kinds": kinds(connection),
        "observations": observations(connection),
        "disagreements": _by_field(disagreements(connection)),
        "not_joined": reports.not_joined(connection),
    }


def kinds(connection: Connection) -> list[dict[str, Any]]:
    """The kinds of issues by dataset: how many stand now, how many stood before, and one of them as an example."""
    columns = (issue.c.dataset, issue.c.code, issue.c.severity)
    standing = sa.func.sum(issue.c.current)
    newest_standing = sa.func.max(sa.case((issue.c.current == 1, issue.c.id)))
    rows = connection.execute(
        sa.select(
            *columns,
            standing.label("standing"),
            sa.func.count().label("number"),
            sa.func.coalesce(newest_standing, sa.func.max(issue.c.id)).label("example"),
        )
        .group_by(*columns)
        .order_by(standing.desc(), *columns)
    ).all()
    examples = {
        row.id: row
        for some in chunks([row.example for row in rows])
        for row in connection.execute(sa.select(issue).where(issue.c.id.in_(some)))
    }
    return [
        {
            "dataset": row.dataset,
            "code": row.code,
            "severity": row.severity,
            "standing": int(row.standing),
            "before": row.number - int(row.standing),
            "example": {name: getattr(examples[row.example], name) for name in ("message", "place", "record")},
        }
        for row in rows
    ]


def observations(connection: Connection) -> list[dict[str, Any]]:
    """What was wrong in each dataset as it stood on each day, the newest first: of each file its newest reading counts.

    ``rows``, ``records`` and ``rejected`` rows are of the files of that day, ``by_code`` are the issues in them.
    """
    readings = (
        sa.select(sa.func.max(run.c.id))
        .where(run.c.result == "ok", run.c.observed_at.is_not(None))
        .group_by(run.c.dataset, run.c.name, run.c.observed_at)
    )
    day = sa.func.substr(run.c.observed_at, 1, 10).label("day")
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in connection.execute(
        sa.select(
            run.c.dataset,
            day,
            sa.func.sum(run.c.rows).label("rows"),
            sa.func.sum(run.c.records).label("records"),
            sa.func.sum(run.c.rejected).label("rejected"),
        )
        .where(run.c.id.in_(readings))
        .group_by(run.c.dataset, day)
        .order_by(run.c.dataset, day.desc())
    ):
        found[row.dataset, row.day] = {
            "dataset": row.dataset,
            "observed_on": row.day,
            "rows": int(row.rows),
            "records": int(row.records),
            "rejected": int(row.rejected),
            "issues": 0,
            "by_code": {},
        }
    for row in connection.execute(
        sa.select(run.c.dataset, day, issue.c.code, sa.func.count().label("number"))
        .join(issue, issue.c.run_id == run.c.id)
        .where(run.c.id.in_(readings), issue.c.dataset == run.c.dataset)
        .group_by(run.c.dataset, day, issue.c.code)
        .order_by(issue.c.code)
    ):
        one = found[row.dataset, row.day]
        one["by_code"][row.code] = row.number
        one["issues"] += row.number
    return list(found.values())


def _by_field(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many medicines sources disagree about, by field and the sources that do."""
    counted: dict[tuple[str, tuple[str, ...]], int] = {}
    for one in found:
        key = (one["field"], tuple(each["dataset"] for each in one["values"]))
        counted[key] = counted.get(key, 0) + 1
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [{"field": field, "datasets": list(datasets), "count": count} for (field, datasets), count in ordered]
