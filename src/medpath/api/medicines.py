"""Medicines: the list, one medicine, its documents, history and changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from medpath import urls
from medpath.api.change_shapes import Change, History
from medpath.api.changes import change_list
from medpath.api.list_shapes import ListThen, MedicineList
from medpath.api.lists import Part, Whole, continued, data_date_of, list_answer, parts, told_as_of
from medpath.api.medicine_shapes import Document, Medicine
from medpath.api.parameters import LARGEST_LIMIT, AsOf, ChangedThen, Empty, FormedThen, ListedThen, MedicineId
from medpath.api.picture_shapes import Protection
from medpath.api.responses import LIST, MEANT, RECORD
from medpath.errors import NotFound, UsageError
from medpath.http.answers import Content, answer, json_content
from medpath.http.problems import told
from medpath.http.state import Stamp, State, state_of
from medpath.model.numbers import eu_number, product_number
from medpath.search.searching import FACET_VALUES, Results
from medpath.search.then import medicines_as_of
from medpath.tabular import DOCUMENT_COLUMNS, MEDICINE_COLUMNS, csv_cell, document_rows, medicine_row

router = APIRouter(prefix="/api/v1/medicines", tags=["medicines"])

_ID = re.compile(r"EMEA-[HV]-[A-Z]-\d{6}")


@router.get("", response_model=MedicineList, responses=LIST)
async def list_medicines(request: Request, asked: Annotated[ListedThen, Query()]) -> Response:
    """The medicines that fit all filters, now or as of a day. As CSV and JSON Lines each is a whole record."""
    state = state_of(request)

    def find(limit: int, cursor: str | None, facet_values: int = FACET_VALUES) -> Results:
        filters = replace(asked.filters(), q=asked.q)
        if asked.as_of is not None:
            told = state.search.spelt_out(filters)
            try:
                return medicines_as_of(state.register, asked.as_of, told, sort=asked.sort, limit=limit, cursor=cursor)
            except UsageError as problem:  # each parameter is right, but not beside the day
                raise HTTPException(409, str(problem)) from problem
        return state.search.medicines(filters, sort=asked.sort, limit=limit, cursor=cursor, facet_values=facet_values)

    def part() -> Part:
        found = continued(asked.cursor, lambda: find(asked.limit, asked.cursor))
        following = asked.next_url("/api/v1/medicines", cursor=found.next) if found.next else None
        day = asked.as_of
        more: dict[str, Any] = {}
        if day is not None:
            more = {"horizon": state.register.horizon(), **told_as_of(state, day)}
        return Part(found.items, found.total, following, found.facets, more)

    def items(cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
        found = find(LARGEST_LIMIT, cursor, facet_values=0)
        return found.items, found.next

    def records() -> Iterator[dict[str, Any]]:
        listed = parts(items)
        if asked.as_of is not None:
            return state.register.medicines_of_then([item["product_number"] for item in listed], asked.as_of)
        return state.register.medicines_of(item["product_number"] for item in listed)

    def origin(medicine: dict[str, Any], stamp: Stamp) -> tuple[str, str | None]:
        source, data_date = medicine_origin(medicine, stamp)
        return source, data_date if asked.as_of is None else data_date_then()

    @cache
    def data_date_then() -> str | None:
        return state.register.data_date(asked.as_of)

    whole = Whole(records, MEDICINE_COLUMNS, medicine_rows, origin)
    name = "medicines" if asked.as_of is None else f"medicines-as-of-{asked.as_of.isoformat()}"
    return await list_answer(request, name, asked.format, part, whole)


@router.get("/{id:path}/documents", response_model=ListThen[Document], responses={**LIST, **MEANT})
async def list_documents(request: Request, id: MedicineId, asked: Annotated[FormedThen, Query()]) -> Response:
    """A medicine's documents, by group and the newest first, now or as of a day."""
    state = state_of(request)
    number = await meant(request, id, "/documents")
    if isinstance(number, Response):
        return number

    def part() -> Part:
        documents = _medicine(state, number, asked.as_of)["documents"]
        groups: dict[str, int] = {}
        for document in documents:
            groups[document["group"]] = groups.get(document["group"], 0) + 1
        facet = [{"value": group, "count": count} for group, count in groups.items()]
        return Part(documents, len(documents), facets={"group": facet}, more=told_as_of(state, asked.as_of))

    def records() -> list[dict[str, Any]]:
        medicine = _medicine(state, number, asked.as_of)
        return [{**medicine, "documents": [document]} for document in medicine["documents"]]

    def rows(medicine: dict[str, Any], source: str, data_date: str | None) -> Iterator[dict[str, str]]:
        for row in document_rows(medicine, data_date):
            yield {**row, "source": csv_cell(source)}

    def origin(medicine: dict[str, Any], stamp: Stamp) -> tuple[str, str | None]:
        return medicine_origin(medicine, stamp)[0], data_date_of(state, stamp, asked.as_of)

    whole = Whole(records, DOCUMENT_COLUMNS, rows, origin, line=lambda medicine: medicine["documents"][0])
    return await list_answer(request, f"{urls.medicine_path_id(number)}-documents", asked.format, part, whole)


@router.get("/{id:path}/history", response_model=History, responses={**RECORD, **MEANT})
async def medicine_history(request: Request, id: MedicineId, asked: Annotated[AsOf, Query()]) -> Response:
    """A medicine's versions, oldest first, each with what it was made from, and its changes; all or as of a day."""
    register = state_of(request).register
    number = await meant(request, id, "/history")
    if isinstance(number, Response):
        return number
    return await answer(request, lambda _stamp: json_content(register.history(number, asked.as_of)))


@router.get("/{id:path}/changes", response_model=ListThen[Change], responses={**LIST, **MEANT})
async def medicine_changes(request: Request, id: MedicineId, asked: Annotated[ChangedThen, Query()]) -> Response:
    """What changed about a medicine, now or as of a day."""
    state = state_of(request)
    number = await meant(request, id, "/changes")
    if isinstance(number, Response):
        return number
    if await state.read(state.register.medicine_sequence, number) is None:
        raise _unknown(number)
    return await change_list(request, asked, number, f"{urls.api_medicine(number)}/changes", asked.as_of)


@router.get("/{id:path}/protection", response_model=Protection, responses={**RECORD, **MEANT})
async def medicine_protection(request: Request, id: MedicineId, _asked: Annotated[Empty, Query()]) -> Response:
    """Estimates of when the protection of a medicine's data and market ends, each with its basis, or why there is none.

    No facts: what they are counted from, and what is not known, says the method of the pictures `protection` and
    `exclusivity`.
    """
    state = state_of(request)
    number = await meant(request, id, "/protection")
    if isinstance(number, Response):
        return number

    def make(_stamp: Stamp) -> Content:
        name = _medicine(state, number)["name"]
        told = state.search.estimates(number) or {"protection": None, "orphan_exclusivity": None}
        return json_content({"estimate": True, "product_number": number, "name": name, **told})

    return await answer(request, make)


@router.get("/{id:path}", response_model=Medicine, responses={**RECORD, **MEANT})
async def medicine(request: Request, id: MedicineId, asked: Annotated[AsOf, Query()]) -> Response:
    """One medicine, by its product number with hyphens. Other spellings, EU numbers and names lead here."""
    state = state_of(request)
    number = await meant(request, id)
    if isinstance(number, Response):
        return number

    def make(_stamp: Stamp) -> Content:
        if asked.as_of is not None:
            return json_content(_medicine(state, number, asked.as_of))
        found = state.register.medicine_bytes(number)
        if found is None:
            raise _unknown(number)
        return Content(found[1])

    return await answer(request, make)


async def meant(request: Request, text: str, below: str = "") -> str | Response:
    """The product number that a part of the address means, or the redirect or choice to answer with.

    Raises NotFound where nothing fits.
    """
    state = state_of(request)
    if _ID.fullmatch(text):
        return text.replace("-", "/")
    text = text.removeprefix("ema:medicine:")
    try:
        number = await state.read(state.register.resolve, text)
    except NotFound as problem:
        if not problem.candidates:
            raise
        return told(request, 300, str(problem), candidates=problem.candidates)
    permanent = product_number(text) is not None and eu_number(text) is None
    query = request.scope["query_string"].decode("ascii", "replace")
    location = urls.api_medicine(number) + below + (f"?{query}" if query else "")
    return Response(status_code=308 if permanent else 302, headers={"location": location})


def _unknown(number: str) -> NotFound:
    return NotFound(f"No medicine has the product number {number}.")


def _medicine(state: State, number: str, as_of: date | None = None) -> dict[str, Any]:
    found = state.register.medicine(number, as_of)
    if found is None and as_of is not None and state.register.medicine_sequence(number) is not None:
        raise NotFound(
            f"By {as_of.isoformat()} nothing had been observed of {number}; "
            f"the register knows of medicines since {(state.register.horizon() or 'never')[:10]}."
        )
    if found is None:
        raise _unknown(number)
    return found


def medicine_rows(medicine: dict[str, Any], source: str, data_date: str | None) -> Iterator[dict[str, str]]:
    """A medicine as the row of a table."""
    yield {**medicine_row(medicine, data_date), "source": csv_cell(source)}


def medicine_origin(medicine: dict[str, Any], stamp: Stamp) -> tuple[str, str | None]:
    """Whom a medicine is from, and of when."""
    return medicine["licence"]["attribution"], stamp.store.data_date
