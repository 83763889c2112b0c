"""The state of the register for Prometheus, in its text format (version 0.0.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from medpath.api.parameters import Empty
from medpath.api.responses import PROBLEM
from medpath.errors import StoreUnusable
from medpath.http.state import State, state_of
from medpath.search.index import State as IndexState

router = APIRouter(tags=["health"])

TYPE = "text/plain; version=0.0.4; charset=utf-8"
RESULTS = ("ok", "unchanged", "failed")
Sample = tuple[Mapping[str, str], float]

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Metrics in Prometheus' text format.",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    },
    422: {"description": "There are no parameters.", "content": PROBLEM},
    503: {"description": "The store can't be used.", "content": PROBLEM},
}


@router.get("/metrics", response_class=PlainTextResponse, responses=ANSWERS)
async def metrics(request: Request, _asked: Annotated[Empty, Query()]) -> Response:
    """Ages, counts, results and issues of the datasets, changes, texts, deliveries and alarms, for Prometheus."""
    state = state_of(request)
    text = await state.read(_text, state)
    return Response(text, headers={"cache-control": "no-store"}, media_type=TYPE)


def _text(state: State) -> str:
    facts = state.register.operation()
    datasets, deliveries = facts["datasets"], facts["deliveries"]
    by_name = [({"dataset": one["name"]}, one) for one in datasets]
    runs = [(name, one["last_run"]) for name, one in by_name if one["last_run"] is not None]
    ages = [(name, one["age_days"] * 86_400) for name, one in by_name if one["age_days"] is not None]
    index = _index(state)
    parts = [
        _metric("dataset_age_seconds", "Age of the newest data of a dataset.", ages),
        _metric("dataset_records", "Records of a dataset.", ((name, one["records"]) for name, one in by_name)),
        _metric(
            "dataset_listed", "Records that the publisher lists.", ((name, one["listed"]) for name, one in by_name)
        ),
        _metric(
            "dataset_bound",
            "Between these counts of records a report is taken.",
            (({**name, "side": side}, one["bounds"][side]) for name, one in by_name for side in ("minimum", "maximum")),
        ),
        _metric(
            "dataset_last_result",
            "1 for the result of the last run.",
            (({**name, "result": result}, run["result"] == result) for name, run in runs for result in RESULTS),
        ),
        _metric("dataset_last_rows", "Rows of the last run.", ((name, run["rows"]) for name, run in runs)),
        _metric("dataset_last_rejected", "Rows that it rejected.", ((name, run["rejected"]) for name, run in runs)),
        _metric(
            "dataset_failing",
            "1 while a dataset fails.",
            ((name, one["failed_since"] is not None) for name, one in by_name),
        ),
        _metric(
            "issues",
            "Issues in the present data.",
            (({**name, "code": code}, count) for name, one in by_name for code, count in one["issues_by_code"].items()),
        ),
        _metric(
            "waiting",
            "Pages and files that wait to be asked for.",
            (({"dataset": name}, count) for name, count in facts["waiting"].items()),
        ),
        _metric("medicines", "Medicines in the register.", [({}, facts["medicines"])]),
        _metric(
            "changes",
            "Changes that hold, by kind and cause.",
            (({"kind": kind, "cause": cause}, count) for (kind, cause), count in sorted(facts["changes"].items())),
        ),
        _metric(
            "texts",
            "Texts of documents, by type and what became of them.",
            (({"type": kind, "result": result}, count) for (kind, result), count in sorted(facts["texts"].items())),
        ),
        _metric("watches", "Watches.", [({}, deliveries["watches"])]),
        _metric(
            "deliveries",
            "Deliveries by state.",
            (({"state": one}, deliveries[one]) for one in ("sent", "waiting", "given_up")),
        ),
        _metric("store_sequence", "The newest version of a medicine.", [({}, facts["sequence"])]),
        _metric("index_sequence", "How far the index has come.", [({}, index.sequence)] if index else []),
        _metric("index_ready", "1 where the index can be read.", [({}, index is not None)]),
        _metric(
            "alarm",
            "What an operator should look at.",
            (
                ({"code": code, "dataset": dataset}, 1)
                for code, dataset in sorted({(one["code"], one["dataset"] or "") for one in facts["alarms"]})
            ),
        ),
    ]
    return "".join(parts)


def _index(state: State) -> IndexState | None:
    try:
        return state.search.state()
    except StoreUnusable:
        return None


def _metric(name: str, meaning: str, samples: Iterable[Sample]) -> str:
    lines = [f"# HELP medpath_{name} {meaning}", f"# TYPE medpath_{name} gauge"]
    for labels, value in samples:
        said = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        number = float(value)
        shown = str(int(number)) if number == int(number) else f"{number:.3f}"
        lines.append(f"medpath_{name}{{{said}}} {shown}" if said else f"medpath_{name} {shown}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
