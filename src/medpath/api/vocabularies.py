"""Classes, substances, conditions and organisations."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from medpath.api.list_shapes import ListOf, NamedEntry
from medpath.api.lists import Part, Whole, continued, list_answer, parts
from medpath.api.parameters import (
    LARGEST_LIMIT,
    ClassCode,
    ConditionSlug,
    Empty,
    EntryKind,
    Listed,
    OrganisationSlug,
    SubstanceSlug,
)
from medpath.api.responses import FOUND, LIST, MEANT
from medpath.api.search import SEARCH_COLUMNS, entry_rows, origin
from medpath.api.vocabulary_shapes import AtcClassDetail, EntityDetail
from medpath.errors import NotFound
from medpath.http.answers import Content, answer, json_content
from medpath.http.state import Stamp, state_of
from medpath.model import atc
from medpath.search.searching import FACET_VALUES, Results

router = APIRouter(prefix="/api/v1", tags=["vocabularies"])


@router.get("/atc/{code}", response_model=AtcClassDetail, responses={**FOUND, 308: MEANT[308]})
async def atc_class(request: Request, code: ClassCode, _asked: Annotated[Empty, Query()]) -> Response:
    """A class of ATC or ATCvet: names, the classes above and below, what replaced it where it was retired."""
    register = state_of(request).register
    usual = atc.normal_code(code)
    if usual is None:
        raise NotFound(f"“{code[:40]}” is no ATC code; codes look like L, L04, L04A, L04AC or L04AC05.")
    if usual != code:
        return Response(status_code=308, headers={"location": f"/api/v1/atc/{usual}"})

    def make(_stamp: Stamp) -> Content:
        found = register.atc_class(usual)
        if found is None:
            raise NotFound(f"No class {usual} is known here.")
        return json_content({**found, "medicines": f"/api/v1/medicines?{urlencode({'atc': usual})}"})

    return await answer(request, make)


@router.get("/substances", response_model=ListOf[NamedEntry], responses=LIST)
async def list_substances(request: Request, asked: Annotated[Listed, Query()]) -> Response:
    """Active substances, with how many medicines they have."""
    return await _entries(request, asked, "substance", "substances")


@router.get("/conditions", response_model=ListOf[NamedEntry], responses=LIST)
async def list_conditions(request: Request, asked: Annotated[Listed, Query()]) -> Response:
    """Therapeutic areas, with how many medicines they have."""
    return await _entries(request, asked, "condition", "conditions")


@router.get("/organisations", response_model=ListOf[NamedEntry], responses=LIST)
async def list_organisations(request: Request, asked: Annotated[Listed, Query()]) -> Response:
    """Holders of authorisations and applicants, with how many medicines they have."""
    return await _entries(request, asked, "organisation", "organisations")


@router.get("/substances/{slug}", response_model=EntityDetail, responses=FOUND)
async def substance(request: Request, slug: SubstanceSlug, _asked: Annotated[Empty, Query()]) -> Response:
    """An active substance, by its slug or id."""
    return await _entity(request, "substance", slug, "substance")


@router.get("/conditions/{slug}", response_model=EntityDetail, responses=FOUND)
async def condition(request: Request, slug: ConditionSlug, _asked: Annotated[Empty, Query()]) -> Response:
    """A therapeutic area, by its slug or id."""
    return await _entity(request, "condition", slug, "area")


@router.get("/organisations/{slug}", response_model=EntityDetail, responses=FOUND)
async def organisation(request: Request, slug: OrganisationSlug, _asked: Annotated[Empty, Query()]) -> Response:
    """A holder of authorisations or an applicant, by its slug or id."""
    return await _entity(request, "organisation", slug, "organisation")


async def _entries(request: Request, asked: Listed, kind: EntryKind, name: str) -> Response:
    state = state_of(request)
    sort = "relevance" if asked.q else "name"

    def find(limit: int, cursor: str | None, facet_values: int = FACET_VALUES) -> Results:
        return state.search.search(asked.q, kind=kind, sort=sort, limit=limit, cursor=cursor, facet_values=facet_values)

    def part() -> Part:
        found = continued(asked.cursor, lambda: find(asked.limit, asked.cursor))
        following = asked.next_url(f"/api/v1/{name}", cursor=found.next) if found.next else None
        return Part(found.items, found.total, following, found.facets)

    def items(cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
        found = find(LARGEST_LIMIT, cursor, facet_values=0)
        return found.items, found.next

    whole = Whole(lambda: parts(items), SEARCH_COLUMNS, entry_rows, origin(state))
    return await list_answer(request, name, asked.format, part, whole)


async def _entity(request: Request, kind: str, slug: str, parameter: str) -> Response:
    register = state_of(request).register

    def make(_stamp: Stamp) -> Content:
        found = register.entity(kind, slug)
        if found is None:
            raise NotFound(f"No {kind} “{slug[:80]}” is known here; try a search.")
        address = f"/api/v1/medicines?{urlencode({parameter: found['slug']})}"
        return json_content({**found, "medicines": address})

    return await answer(request, make)
