"""What an operator should look at: sources that fail or are old, formats that drift, deliveries that don't arrive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.model.columns import MANY_LOSSES, Columns
from medpath.model.terms import MEDICINES
from medpath.model.times import instant, moment
from medpath.store.tables import change, snapshot

# After so many days a dataset is old, by how often its publisher brings it up to date.
OLD_DAYS = {"twice a day": 3, "daily": 4, "monthly": 65, "yearly": 430, "yearly in January": 430}
DRIFT = ("unknown-field", "renamed-field", "unknown-value", "unknown-label", "unknown-section", "missing-cells")


LATELY = timedelta(days=7)  # before the newest data
LOST_IN_GOOD_ORDER = {"opinion.outcome"}  # EMA's list drops it once the Commission has decided


def alarms(
    datasets: Iterable[Mapping[str, Any]], deliveries: Mapping[str, int], lately: Sequence[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """Each ``{"code", "dataset", "since", "message"}``.

    ``code`` is ``failing``, ``old``, ``drift``, ``vanished``, ``reverted`` or ``undelivered``. ``datasets`` are those
    of `Register.datasets`, ``deliveries`` as in `medpath.store.operation`, ``lately`` what `strange_lately` found.
    """
    found = []
    for one in datasets:
        name, run = one["name"], one["last_run"]
        if one["failed_since"] is not None:
            reason = run["reason"] if run is not None else None
            found.append(_alarm("failing", name, one["failed_since"], reason or f"{name} failed."))
        old = OLD_DAYS.get(one["schedule"] or "")
        if old is not None and one["age_days"] is not None and one["age_days"] > old:
            message = f"{name}: the newest data are {int(one['age_days'])} days old; new ones come {one['schedule']}."
            found.append(_alarm("old", name, one["observed_at"], message))
        drift = sum(one["issues_by_code"].get(code, 0) for code in DRIFT)
        if drift:
            what = "1 value or field was" if drift == 1 else f"{drift:,} values or fields were"
            found.append(_alarm("drift", name, None, f"{name}: {what} not known; its format may have changed."))
    found += [_alarm(one["code"], one["dataset"], one["since"], one["message"]) for one in lately]
    if deliveries["given_up"]:
        what = "1 delivery was" if deliveries["given_up"] == 1 else f"{deliveries['given_up']:,} deliveries were"
        message = f"{what} given up; “medpath watch list” says why."
        found.append(_alarm("undelivered", None, None, message))
    return found


def _alarm(code: str, dataset: str | None, since: str | None, message: str) -> dict[str, Any]:
    return {"code": code, "dataset": dataset, "since": since, "message": message}


def strange_lately(connection: Connection) -> list[dict[str, str]]:
    """Observations of the last seven days of a dataset in which many values vanished, or came back, at once.

    Many are ten: ten changes of the kind ``value-vanished`` or ``value-reverted``, ten rows of EMA's list that lost the
    value of one column, or ten that say again what an older list said. The last two are no news (`medpath.model`).
    """
    newest = dict(
        connection.execute(
            sa.select(snapshot.c.dataset, sa.func.max(snapshot.c.observed_at)).group_by(snapshot.c.dataset)
        ).all()
    )
    since = {name: instant(moment(at) - LATELY) for name, at in newest.items()}
    found: list[dict[str, str]] = []
    columns = change.c
    counts = connection.execute(
        sa.select(columns.dataset, columns.observed_at, columns.kind, sa.func.count().label("number"))
        .where(
            columns.kind.in_(("value-vanished", "value-reverted")),
            columns.superseded_at.is_(None),
            columns.observed_at >= min(since.values(), default=""),
        )
        .group_by(columns.dataset, columns.observed_at, columns.kind)
        .having(sa.func.count() >= MANY_LOSSES)
    )
    for row in counts:
        if row.observed_at >= since.get(row.dataset, ""):
            code = row.kind.removeprefix("value-")
            what = "vanished" if code == "vanished" else "are again what they had been"
            found.append(_strange(code, row.dataset, row.observed_at, f"values of {row.number:,} medicines {what}"))
    lists = connection.execute(
        sa.select(snapshot.c.observed_at, snapshot.c.columns).where(
            snapshot.c.dataset == MEDICINES, snapshot.c.observed_at >= since.get(MEDICINES, "")
        )
    )
    for row in lists:
        happened = Columns.from_json(json.loads(row.columns))
        if lost := happened.vanished - LOST_IN_GOOD_ORDER:
            what = f"many rows lost {', '.join(sorted(lost))}"
            found.append(_strange("vanished", MEDICINES, row.observed_at, what))
        if happened.back:
            what = "many rows say again what they said in an older list; that is not told as news"
            found.append(_strange("reverted", MEDICINES, row.observed_at, what))
    return sorted(found, key=lambda one: (one["dataset"], one["since"], one["code"]))


def _strange(code: str, dataset: str, at: str, what: str) -> dict[str, str]:
    return {"code": code, "dataset": dataset, "since": at, "message": f"{dataset}: in the data of {at[:10]} {what}."}
