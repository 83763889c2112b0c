"""Reports that could not be used, as issues: each stands until the next report of its dataset."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from medpath.model.records import MESSAGE_LENGTH
from medpath.sources.facts import Dataset
from medpath.store.tables import issue, run
from medpath.store.writing import next_id

REFUSED = "report-refused"


def note_refusal(connection: Connection, dataset: Dataset, name: str, reason: str) -> None:
    """Notes why a report was not used; its failed run must be the newest run."""
    forget_refusal(connection, dataset)
    connection.execute(
        issue.insert(),
        {
            "id": next_id(connection, issue.c.id),
            "run_id": next_id(connection, run.c.id) - 1,
            "dataset": dataset.name,
            "severity": "error",
            "code": REFUSED,
            "place": name,
            "record": None,
            "message": reason[:MESSAGE_LENGTH],
            "unit": dataset.url,
            "current": 1,
        },
    )


def forget_refusal(connection: Connection, dataset: Dataset) -> None:
    """What was wrong with a report ends to be an issue with the next one."""
    where = (issue.c.dataset == dataset.name) & (issue.c.code == REFUSED) & (issue.c.current == 1)
    connection.execute(issue.update().where(where).values(current=0))
