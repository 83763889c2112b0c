"""The state of the datasets: counts, ages, runs, and the issues that stand in the data now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.related import KINDS as RELATED
from medpath.model.times import moment
from medpath.store.packing import unpack
from medpath.store.tables import dataset as dataset_table
from medpath.store.tables import issue, relation, run, snapshot, source_record, source_version

RUNS_SHOWN = 20
NOT_JOINED_SHOWN = 500
# Datasets whose records speak about medicines that they name by number, link or name.
JOINED_BY_RELATION = tuple(dataset for dataset, _ in RELATED.values())
JOINED_BY_NUMBER = ("ema.medicines", "ema.epar_pages", "ema.epar_documents")
_FINISHED = ("ok", "unchanged", "failed")


@dataclass
class IssueList:
    """Issues by id; ``next`` is the id to continue after, None at the end."""

    items: list[dict[str, Any]]
    total: int
    next: int | None


def named_datasets(connection: Connection) -> list[dict[str, Any]]:
    """What every page says of the datasets, in order of reading; ``held`` says whether any record of it was read."""
    columns = dataset_table.c
    held = sa.exists().where(source_record.c.dataset == columns.name)
    rows = connection.execute(
        sa.select(
            columns.name, columns.source, columns.title, columns.attribution, columns.licence_url, held.label("held")
        ).order_by(columns.place)
    )
    return [{**row._mapping, "held": bool(row.held)} for row in rows]


def observed(connection: Connection) -> dict[str, str]:
    """When the publisher last stood as the newest file of each dataset says, by dataset."""
    last = sa.func.max(snapshot.c.observed_to).label("last")
    rows = connection.execute(sa.select(snapshot.c.dataset, last).group_by(snapshot.c.dataset))
    return {row.dataset: row.last for row in rows}


def datasets(connection: Connection) -> list[dict[str, Any]]:
    """The datasets in order of reading, those that were never read among them."""
    rows = connection.execute(sa.select(dataset_table).order_by(dataset_table.c.place)).all()
    counts = {
        row.dataset: row
        for row in connection.execute(
            sa.select(
                source_record.c.dataset,
                sa.func.count().label("records"),
                sa.func.count(source_record.c.no_longer_listed_at).label("gone"),
            ).group_by(source_record.c.dataset)
        )
    }
    times = {
        row.dataset: row
        for row in connection.execute(
            sa.select(
                snapshot.c.dataset,
                sa.func.min(snapshot.c.observed_at).label("first"),
                sa.func.max(snapshot.c.observed_at).label("last"),
                sa.func.max(snapshot.c.observed_to).label("seen"),
                sa.func.max(snapshot.c.retrieved_at).label("retrieved"),
                sa.func.count().label("snapshots"),
            ).group_by(snapshot.c.dataset)
        )
    }
    codes: dict[str, dict[str, int]] = {}
    for row in connection.execute(
        sa.select(issue.c.dataset, issue.c.code, sa.func.count().label("number"))
        .where(issue.c.current == 1)
        .group_by(issue.c.dataset, issue.c.code)
        .order_by(issue.c.dataset, issue.c.code)
    ):
        codes.setdefault(row.dataset, {})[row.code] = row.number
    return [
        _dataset(
            row, counts.get(row.name), times.get(row.name), codes.get(row.name, {}), _runs(connection, row.name, 1)
        )
        | _since(connection, row.name)
        | {"not_joined": _count_not_joined(connection, row.name)}
        for row in rows
    ]


def dataset(connection: Connection, name: str) -> dict[str, Any] | None:
    """One dataset, with its last runs under ``runs``, newest first."""
    found = next((item for item in datasets(connection) if item["name"] == name), None)
    if found is not None:
        found["runs"] = _runs(connection, name, RUNS_SHOWN)
        found["not_joined_records"] = _not_joined_records(connection, name)
    return found


def _not_joined(name: str) -> Any:
    """The condition on source records of a dataset that belong to no medicine; None where they need not."""
    where = (source_record.c.dataset == name) & source_record.c.no_longer_listed_at.is_(None)
    if name in JOINED_BY_NUMBER:
        return where & source_record.c.medicine.is_(None)
    if name in JOINED_BY_RELATION:
        joined = sa.select(relation.c.target).where(relation.c.dataset == name)
        return where & source_record.c.source_key.not_in(joined)
    return None


def not_joined(connection: Connection) -> list[dict[str, Any]]:
    """Of each dataset whose records speak about medicines how many are listed, and how many belong to none."""
    listed = {
        row.dataset: row.number
        for row in connection.execute(
            sa.select(source_record.c.dataset, sa.func.count().label("number"))
            .where(source_record.c.no_longer_listed_at.is_(None))
            .group_by(source_record.c.dataset)
        )
    }
    return [
        {"dataset": name, "listed": listed[name], "not_joined": number}
        for name in connection.scalars(sa.select(dataset_table.c.name).order_by(dataset_table.c.place))
        if name in listed and (number := _count_not_joined(connection, name)) is not None
    ]


def _not_joined_records(connection: Connection, name: str) -> list[dict[str, Any]]:
    where = _not_joined(name)
    if where is None:
        return []
    rows = connection.execute(
        sa.select(source_record.c.source_key, source_version.c.body)
        .join(source_version, source_version.c.id == source_record.c.current_version)
        .where(where)
        .order_by(source_record.c.source_key)
        .limit(NOT_JOINED_SHOWN)
    )
    return [{"key": row.source_key, **_title(unpack(row.body) if row.body else {})} for row in rows]


def _title(body: dict[str, Any]) -> dict[str, Any]:
    """What a record is called, by whichever of its fields says so, and its address."""
    names = ("name", "medicine_name", "medicine_names", "invented_names", "title", "plan_number", "active_substance",
             "active_substances")  # fmt: skip
    value = next((body[name] for name in names if body.get(name)), None)
    return {"title": "; ".join(value) if isinstance(value, list) else value, "url": body.get("url")}


def _dataset(
    row: Any, counts: Any, times: Any, codes: dict[str, int], last_runs: list[dict[str, Any]]
) -> dict[str, Any]:
    observed = times.seen if times is not None else None
    age = (datetime.now(UTC) - moment(observed)).total_seconds() / 86_400 if observed else None
    gone = counts.gone if counts is not None else 0
    records = counts.records if counts is not None else 0
    return {
        "name": row.name,
        "source": row.source,
        "title": row.title,
        "kind": row.kind,
        "publisher": row.publisher,
        "homepage": row.homepage,
        "licence": row.licence,
        "licence_url": row.licence_url,
        "attribution": row.attribution,
        "url": row.url or None,
        "schedule": row.schedule or None,
        "bounds": {"minimum": row.minimum, "maximum": row.maximum},
        "records": records,
        "listed": records - gone,
        "snapshots": times.snapshots if times is not None else 0,
        "first_observed_at": times.first if times is not None else None,
        "observed_at": observed,
        "retrieved_at": times.retrieved if times is not None else None,
        "age_days": round(age, 2) if age is not None else None,
        "issues_by_code": codes,
        "issues": sum(codes.values()),
        "last_run": last_runs[0] if last_runs else None,
    }


def _count_not_joined(connection: Connection, name: str) -> int | None:
    where = _not_joined(name)
    if where is None:
        return None
    return int(connection.scalar(sa.select(sa.func.count()).select_from(source_record).where(where)) or 0)


def _since(connection: Connection, name: str) -> dict[str, Any]:
    """When a dataset was last read well, and since when it fails (None where the last run was good)."""
    last_ok = connection.scalar(
        sa.select(sa.func.max(run.c.finished_at)).where(run.c.dataset == name, run.c.result.in_(("ok", "unchanged")))
    )
    failed = sa.select(sa.func.min(run.c.started_at)).where(run.c.dataset == name, run.c.result == "failed")
    if last_ok is not None:
        newest_ok = sa.select(sa.func.max(run.c.id)).where(run.c.dataset == name, run.c.result.in_(("ok", "unchanged")))
        failed = failed.where(run.c.id > newest_ok.scalar_subquery())
    return {"last_ok_at": last_ok, "failed_since": connection.scalar(failed)}


def _runs(connection: Connection, name: str, limit: int) -> list[dict[str, Any]]:
    query = (
        sa.select(run).where(run.c.dataset == name, run.c.result.in_(_FINISHED)).order_by(run.c.id.desc()).limit(limit)
    )
    names = (
        "name", "url", "layout", "reader_version", "software_version", "started_at", "finished_at", "observed_at",
        "result", "reason", "rows", "records", "rejected", "issues", "changed",
    )  # fmt: skip
    return [{key: getattr(row, key) for key in names} for row in connection.execute(query)]


def issues(
    connection: Connection, dataset: str | None, code: str | None, record: str | None, after: int, limit: int
) -> IssueList:
    """The current issues that fit."""
    where = issue.c.current == 1
    for column, value in ((issue.c.dataset, dataset), (issue.c.code, code), (issue.c.record, record)):
        if value is not None:
            where &= column == value
    total = int(connection.scalar(sa.select(sa.func.count()).select_from(issue).where(where)) or 0)
    rows = connection.execute(
        sa.select(issue).where(where, issue.c.id > after).order_by(issue.c.id).limit(limit + 1)
    ).all()
    names = ("id", "dataset", "severity", "code", "place", "record", "message")
    items = [{name: getattr(row, name) for name in names} for row in rows[:limit]]
    return IssueList(items, total, items[-1]["id"] if len(rows) > limit else None)
