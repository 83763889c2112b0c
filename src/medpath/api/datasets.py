"""The datasets, how old they are, how their reading went, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from medpath.api.dataset_shapes import Dataset, DatasetWithRuns, DisagreementOf, Issue, Quality
from medpath.api.list_shapes import ListOf
from medpath.api.lists import Part, Whole, list_answer, parts
from medpath.api.parameters import LARGEST_LIMIT, DatasetName, Disagreed, Empty, Faulty, Formed
from medpath.api.responses import FOUND, LIST, RECORD
from medpath.errors import NotFound
from medpath.http.answers import Content, answer, json_content
from medpath.http.state import Stamp, state_of
from medpath.tabular import (
    DATASET_COLUMNS,
    DISAGREEMENT_COLUMNS,
    ISSUE_COLUMNS,
    dataset_row,
    disagreement_row,
    issue_row,
)

router = APIRouter(prefix="/api/v1", tags=["sources"])

AGES_SECONDS = 60.0  # ages move with the clock


@router.get("/datasets", response_model=ListOf[Dataset], responses=LIST)
async def list_datasets(request: Request, asked: Annotated[Formed, Query()]) -> Response:
    """Every dataset, those that were never read among them."""
    register = state_of(request).register

    def part() -> Part:
        found = register.datasets()
        return Part(found, len(found))

    def rows(dataset: dict[str, Any], _source: str, _data_date: str | None) -> Iterator[dict[str, str]]:
        yield dataset_row(dataset)

    def origin(dataset: dict[str, Any], _stamp: Stamp) -> tuple[str, str | None]:
        return dataset["attribution"], dataset["observed_at"]

    whole = Whole(register.datasets, DATASET_COLUMNS, rows, origin)
    return await list_answer(request, "datasets", asked.format, part, whole, keep_seconds=AGES_SECONDS)


@router.get("/datasets/{name}", response_model=DatasetWithRuns, responses=FOUND)
async def dataset(request: Request, name: DatasetName, _asked: Annotated[Empty, Query()]) -> Response:
    """One dataset with its last runs."""
    register = state_of(request).register

    def make(_stamp: Stamp) -> Content:
        found = register.dataset(name)
        if found is None:
            raise _unknown(name)
        return json_content(found)

    return await answer(request, make, keep_seconds=AGES_SECONDS)


@router.get("/issues", response_model=ListOf[Issue], responses={**LIST, 404: FOUND[404]})
async def list_issues(request: Request, asked: Annotated[Faulty, Query()]) -> Response:
    """What is wrong in the data as they are now."""
    state = state_of(request)

    def part() -> Part:
        found = state.register.issues(
            dataset=asked.dataset, code=asked.code, record=asked.record, after=asked.after, limit=asked.limit
        )
        following = asked.next_url("/api/v1/issues", after=found.next) if found.next else None
        return Part(found.items, found.total, following)

    def items(cursor: int | None) -> tuple[list[dict[str, Any]], int | None]:
        found = state.register.issues(
            dataset=asked.dataset, code=asked.code, record=asked.record, after=cursor or 0, limit=LARGEST_LIMIT
        )
        return found.items, found.next

    def records() -> Iterator[dict[str, Any]]:
        observed.update({one["name"]: one["observed_at"] for one in state.register.datasets()})
        return parts(items)

    def rows(issue: dict[str, Any], source: str, data_date: str | None) -> Iterator[dict[str, str]]:
        yield issue_row(issue, source, data_date)

    def origin(issue: dict[str, Any], _stamp: Stamp) -> tuple[str, str | None]:
        return state.attribution(issue["dataset"]), observed.get(issue["dataset"])

    if asked.dataset is not None and await state.read(state.register.dataset, asked.dataset) is None:
        raise _unknown(asked.dataset)
    observed: dict[str, str | None] = {}
    whole = Whole(records, ISSUE_COLUMNS, rows, origin)
    return await list_answer(request, "issues", asked.format, part, whole)


@router.get("/quality", response_model=Quality, responses=RECORD)
async def quality(request: Request, _asked: Annotated[Empty, Query()]) -> Response:
    """The quality of the data in counts: issues by kind and by day, disagreements by field, what is not joined."""
    register = state_of(request).register
    found = await anyio.to_thread.run_sync(register.quality)
    return await answer(request, lambda _stamp: json_content(found))


@router.get("/disagreements", response_model=ListOf[DisagreementOf], responses=LIST)
async def list_disagreements(request: Request, asked: Annotated[Disagreed, Query()]) -> Response:
    """Where sources say different things of a medicine now, by field; as CSV one row for what each source says."""
    state = state_of(request)
    every = await anyio.to_thread.run_sync(state.register.disagreements)
    found = [one for one in every if asked.field in (None, one["field"])]
    observed: dict[str, str | None] = {}

    def records() -> list[dict[str, Any]]:
        observed.update(state.register.observed())
        return found

    def rows(one: dict[str, Any], _source: str, _data_date: str | None) -> Iterator[dict[str, str]]:
        for said in one["values"]:
            dataset = said["dataset"]
            yield disagreement_row(one, said, state.attribution(dataset), observed.get(dataset))

    def origin(one: dict[str, Any], _stamp: Stamp) -> tuple[str, str | None]:
        datasets = list(dict.fromkeys(said["dataset"] for said in one["values"]))
        attributions = dict.fromkeys(state.attribution(dataset) for dataset in datasets)
        return "; ".join(attributions), max(filter(None, map(observed.get, datasets)), default=None)

    whole = Whole(records, DISAGREEMENT_COLUMNS, rows, origin)
    return await list_answer(request, "disagreements", asked.format, lambda: Part(found, len(found)), whole)


def _unknown(name: str) -> NotFound:
    return NotFound(f"There is no dataset “{name[:80]}”; /api/v1/datasets lists them all.")
