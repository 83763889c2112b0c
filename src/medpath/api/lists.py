"""A list in its three forms: a part as JSON, or the whole of it as CSV or JSON Lines while it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from medpath.errors import UsageError
from medpath.http.answers import Content, answer, json_content, stream
from medpath.http.kept import LONGEST_SECONDS
from medpath.http.state import Stamp, State, state_of
from medpath.model.terms import MEDICINES
from medpath.search.searching import Results
from medpath.tabular import csv_lines

CSV = "text/csv; charset=utf-8; header=present"
JSON_LINES = "application/jsonl; charset=utf-8"
PIECE = 64_000  # bytes that are sent at once

Place = TypeVar("Place", str, int)


@dataclass
class Part:
    """A part of a list as it is shown: ``next`` is the address of the part after it."""

    items: list[dict[str, Any]]
    total: int
    next: str | None = None
    facets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)


@dataclass
class Whole:
    """A whole list: its records one after the other, and how each becomes rows of a table.

    ``origin`` gives the source and the date of the data of a record, ``line`` what of it is an item
    of the list.
    """

    records: Callable[[], Iterable[dict[str, Any]]]
    columns: Iterable[str]
    rows: Callable[[dict[str, Any], str, str | None], Iterable[Mapping[str, Any]]]
    origin: Callable[[dict[str, Any], Stamp], tuple[str, str | None]]
    line: Callable[[dict[str, Any]], dict[str, Any]] = lambda record: record


def data_date_of(state: State, stamp: Stamp, as_of: date | None) -> str | None:
    """The date of the data that a list is made of, now or as of a day."""
    return stamp.store.data_date if as_of is None else state.register.data_date(as_of)


def told_as_of(state: State, as_of: date | None) -> dict[str, Any]:
    """What a list as of a day says of that day; nothing of the present."""
    return {} if as_of is None else {"as_of": as_of.isoformat(), "data_date": state.register.data_date(as_of)}


async def list_answer(
    request: Request,
    name: str,
    form: str,
    part: Callable[[], Part],
    whole: Whole,
    *,
    keep_seconds: float = LONGEST_SECONDS,
    dataset: str = MEDICINES,
) -> Response:
    """Answers with a list in the form that was asked for. ``name`` is that of its file."""
    state = state_of(request)
    if form == "json":

        def make(stamp: Stamp) -> Content:
            found = part()
            return json_content(
                {
                    "items": found.items,
                    "total": found.total,
                    "next": found.next,
                    "facets": found.facets,
                    "source": state.attribution(dataset),
                    "data_date": stamp.store.data_date,
                    "sample": stamp.store.sample,
                    **found.more,
                }
            )

        return await answer(request, make, keep_seconds=keep_seconds)
    write = _csv if form == "csv" else _json_lines
    recent = await state.stamp()
    day = (recent.store.data_date or "undated")[:10]
    sample = "-sample-data" if recent.store.sample else ""
    records = await state.read(whole.records)  # here, so that a faulty question is told before anything is sent

    def lines(stamp: Stamp) -> Iterator[bytes]:
        return _pieces(write(records, whole, stamp))

    return await stream(request, lines, CSV if form == "csv" else JSON_LINES, f"medpath-{name}-{day}{sample}.{form}")


def continued(cursor: str | None, find: Callable[[], Results]) -> Results:
    """What ``find`` finds; a cursor that belongs to another list is a conflict (409)."""
    try:
        return find()
    except UsageError as problem:
        if cursor is not None:
            raise HTTPException(409, str(problem)) from problem
        raise


def _csv(records: Iterable[dict[str, Any]], whole: Whole, stamp: Stamp) -> Iterator[bytes]:
    rows = (row for record in records for row in whole.rows(record, *whole.origin(record, stamp)))
    for line in csv_lines(whole.columns, rows):
        yield line.encode()


def _json_lines(records: Iterable[dict[str, Any]], whole: Whole, stamp: Stamp) -> Iterator[bytes]:
    for record in records:
        source, data_date = whole.origin(record, stamp)
        line = {**whole.line(record), "source": source, "data_date": data_date}
        if stamp.store.sample:
            line["sample"] = True
        yield msgspec.json.encode(line) + b"\n"


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines joined to pieces that are worth a message of their own."""
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def parts(read: Callable[[Place | None], tuple[list[dict[str, Any]], Place | None]]) -> Iterator[dict[str, Any]]:
    """All items of a list that is read part by part (``read`` gives the items from a place on, and the next place).

    The first part is read at once.
    """
    return _rest(read, *read(None))


def _rest(
    read: Callable[[Place | None], tuple[list[dict[str, Any]], Place | None]],
    items: list[dict[str, Any]],
    place: Place | None,
) -> Iterator[dict[str, Any]]:
    yield from items
    while place is not None:
        items, place = read(place)
        yield from items
