"""The texts of documents: sections of the product information, whole texts, what changed, and comparisons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

import anyio
import anyio.to_thread
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from medpath.api.list_shapes import ListOf
from medpath.api.lists import Part, Whole, list_answer
from medpath.api.medicines import meant, medicine_origin, medicine_rows
from medpath.api.parameters import (
    Compared,
    DocumentFile,
    MedicineId,
    Redlined,
    RedlinedFile,
    RedlinedId,
    Sectioned,
    Versioned,
)
from medpath.api.responses import FOUND, LIST, MEANT, RECORD
from medpath.api.text_shapes import Comparison, DocumentDifference, DocumentText, FactComparison, Section
from medpath.http.answers import Content, answer, json_content
from medpath.http.state import Stamp, State, state_of
from medpath.store.editions import Side, asked_section, redline_item, redline_of, side_by_side, side_item
from medpath.store.sections import PARTS, Text, Texts, section_item, text_item
from medpath.tabular import (
    MEDICINE_COLUMNS,
    SECTION_COLUMNS,
    SIDE_COLUMNS,
    csv_cell,
    facts_compared,
    section_row,
    side_rows,
)

router = APIRouter(prefix="/api/v1", tags=["texts"])

REDLINES_AT_ONCE = 2
_redlining = anyio.CapacityLimiter(REDLINES_AT_ONCE)


@router.get("/medicines/{id:path}/sections", response_model=ListOf[Section], responses={**LIST, **MEANT})
async def list_sections(request: Request, id: MedicineId, asked: Annotated[Sectioned, Query()]) -> Response:
    """The sections of a medicine's product information: SmPC, annex II, labelling and package leaflet, in order."""
    state = state_of(request)
    number = await meant(request, id, "/sections")
    if isinstance(number, Response):
        return number
    texts = Texts(state.register)

    def find() -> tuple[Text, list[Any]]:
        text = texts.product_information(number, asked.version, asked.as_of)
        return text, texts.asked_sections(text, asked.part, asked.section)

    text, _found = await state.read(find)

    def items() -> list[dict[str, Any]]:
        text, found = find()
        return [section_item(text, one) for one in found if one.part]

    def part() -> Part:
        found = items()
        counts = {name: sum(one["part"] == name for one in found) for name in PARTS}
        facet = [{"value": name, "count": count} for name, count in counts.items() if count]
        return Part(found, len(found), facets={"part": facet})

    def rows(item: dict[str, Any], source: str, data_date: str | None) -> Iterable[dict[str, Any]]:
        yield {**section_row(text.number, text.medicine["name"], item, data_date), "source": csv_cell(source)}

    def origin(_item: dict[str, Any], _stamp: Stamp) -> tuple[str, str | None]:
        return state.attribution(text.version.dataset), text.version.observed_from

    name = f"{text.number.replace('/', '-')}-sections"
    whole = Whole(items, SECTION_COLUMNS, rows, origin)
    return await list_answer(request, name, asked.format, part, whole, dataset=text.version.dataset)


@router.get(
    "/medicines/{id:path}/documents/{file}/diff", response_model=DocumentDifference, responses={**RECORD, **MEANT}
)
async def document_difference(
    request: Request, id: RedlinedId, file: RedlinedFile, asked: Annotated[Redlined, Query()]
) -> Response:
    """What changed in a document's text from one version to another: sections that are the same are left out."""
    state = state_of(request)
    number = await meant(request, id, f"/documents/{quote(file, safe='')}/diff")
    if isinstance(number, Response):
        return number
    work = partial(redline_of, Texts(state.register), number, file, asked.from_, asked.to)
    found = await anyio.to_thread.run_sync(work, limiter=_redlining)  # it takes time; the others are answered meanwhile
    return await answer(request, lambda stamp: _sourced(state, stamp, redline_item(found), [found.old, found.new]))


@router.get("/medicines/{id:path}/documents/{file}", response_model=DocumentText, responses={**RECORD, **MEANT})
async def document_text(
    request: Request, id: MedicineId, file: DocumentFile, asked: Annotated[Versioned, Query()]
) -> Response:
    """The text of a document by EMA's file name: its sections, and all versions that are held."""
    state = state_of(request)
    number = await meant(request, id, f"/documents/{quote(file, safe='')}")
    if isinstance(number, Response):
        return number
    texts = Texts(state.register)

    def make(stamp: Stamp) -> Content:
        text = texts.document(number, file, asked.version, asked.as_of)
        return _sourced(state, stamp, text_item(text, texts.sections(text)), [text])

    return await answer(request, make)


@router.get("/compare", response_model=FactComparison | Comparison, responses={**LIST, 404: FOUND[404]})
async def compare(request: Request, asked: Annotated[Compared, Query()]) -> Response:
    """The facts and days of two to five medicines, or the same section of each, in the order asked for.

    As CSV and JSON Lines each medicine is a row, as in the list of medicines. Of sections, each is a row of CSV, and a
    medicine that has none has a row that says what is missing.
    """
    state = state_of(request)

    def numbers() -> list[str]:
        return list(dict.fromkeys(state.register.resolve(text) for text in asked.medicine))

    if asked.section is not None:
        return await _sections_compared(request, asked.format, numbers, *asked_section(asked.section))

    def medicines() -> list[dict[str, Any]]:
        return list(state.register.medicines_of(numbers()))

    def facts(stamp: Stamp) -> Content:
        found = medicines()
        return _with_sources(stamp, facts_compared(found), [one["licence"]["attribution"] for one in found])

    if asked.format == "json":
        return await answer(request, facts)
    whole = Whole(medicines, MEDICINE_COLUMNS, medicine_rows, medicine_origin)
    return await list_answer(request, "compared", asked.format, lambda: Part([], 0), whole)


async def _sections_compared(
    request: Request, form: str, numbers: Callable[[], list[str]], part: str, section: str
) -> Response:
    state = state_of(request)

    def sides() -> list[Side]:
        return side_by_side(Texts(state.register), numbers(), part, section)

    def make(stamp: Stamp) -> Content:
        found = sides()
        value = {"part": part, "section": section, "medicines": [side_item(one) for one in found]}
        return _sourced(state, stamp, value, [one.text for one in found if one.text is not None])

    if form == "json":
        return await answer(request, make)

    def records() -> list[dict[str, Any]]:
        return [{"side": one, "item": side_item(one)} for one in sides()]

    def rows(record: dict[str, Any], source: str, data_date: str | None) -> Iterable[dict[str, Any]]:
        item = record["item"]
        for row in side_rows(item, part, section, data_date):
            yield {**row, "source": csv_cell(source)}

    def origin(record: dict[str, Any], stamp: Stamp) -> tuple[str, str | None]:
        text = record["side"].text
        if text is None:
            return medicine_origin(record["side"].medicine, stamp)
        return state.attribution(text.version.dataset), text.version.observed_from

    whole = Whole(records, SIDE_COLUMNS, rows, origin, line=lambda record: record["item"])
    return await list_answer(request, "compared-sections", form, lambda: Part([], 0), whole)


def _sourced(state: State, stamp: Stamp, value: dict[str, Any], texts: list[Text]) -> Content:
    return _with_sources(stamp, value, [state.attribution(one.version.dataset) for one in texts])


def _with_sources(stamp: Stamp, value: dict[str, Any], sources: list[str]) -> Content:
    more = {
        "source": " · ".join(dict.fromkeys(sources)),
        "data_date": stamp.store.data_date,
        "sample": stamp.store.sample,
    }
    return json_content({**value, **more})
