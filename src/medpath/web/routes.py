"""All addresses of pages, each in every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import quote

import anyio
import anyio.to_thread
from fastapi import APIRouter
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response

from medpath import urls
from medpath.errors import NotFound, UsageError
from medpath.http.answers import HTML, Content, answer
from medpath.http.kept import LONGEST_SECONDS
from medpath.http.state import Stamp, State, state_of
from medpath.model import atc as classes
from medpath.model.mesh import is_place
from medpath.model.numbers import eu_number, product_number
from medpath.store.sections import PARTS
from medpath.web import (
    about,
    atc,
    changes,
    citing,
    comparison,
    documents,
    entities,
    finding,
    headings,
    history,
    home,
    medicine,
    names,
    offline,
    pictures,
    procedures,
    quality,
    redlines,
    sections,
    sitemap,
    sources,
    texts,
    watches,
)
from medpath.web.asked import Asked, asked_by
from medpath.web.environment import environment
from medpath.web.errors import error_page
from medpath.web.static_files import static_file

router = APIRouter(include_in_schema=False)

Make = Callable[[State, Asked, Stamp], Content]
_ID = re.compile(r"EMEA-[HV]-[A-Z]-\d{6}")
_BELOW = re.compile(rf"{_ID.pattern}/(.+)")
REDLINES_AT_ONCE = 2
COLLECTIONS = {"substances": "substance", "conditions": "condition", "organisations": "organisation"}


class _PartConvertor(StringConvertor):
    regex = "|".join(PARTS)


register_url_convertor("part", _PartConvertor())
_redlining = anyio.CapacityLimiter(REDLINES_AT_ONCE)
_reading = anyio.CapacityLimiter(1)  # what is read of the whole store, once for each state of it


async def _page(
    request: Request, make: Make, parameters: Sequence[str] = (), keep_seconds: float = LONGEST_SECONDS
) -> Response:
    state, asked = state_of(request), known(request, parameters)
    return await answer(request, lambda stamp: make(state, asked, stamp), keep_seconds=keep_seconds)


def known(request: Request, parameters: Sequence[str]) -> Asked:
    """What is asked, without parameters that the page does not have.

    Raises UsageError for a day that the page can't go back to: the present must not be taken for that day.
    """
    asked = asked_by(request)
    if "as_of" not in parameters and asked.one("as_of") is not None:
        _ = asked.language.gettext
        raise UsageError(_("This page shows the present alone; lists and pages of medicines can go back to a day."))
    return replace(asked, query=tuple(item for item in asked.query if item[0] in parameters))


def _redirect(request: Request, location: str, status: int) -> Response:
    query = request.scope["query_string"].decode("ascii", "replace")
    return Response(None, status, {"location": location + (f"?{query}" if query else "")})


async def home_page(request: Request) -> Response:
    """``/``"""
    return await _page(request, home.show)


async def search_page(request: Request) -> Response:
    """``/search``; with ``kind=section`` in the texts of documents."""
    if asked_by(request).one("kind") == "section":
        return await _page(request, finding.texts, finding.SEARCH_PARAMETERS)
    return await _page(request, finding.search, finding.SEARCH_PARAMETERS)


async def suggestions(request: Request) -> Response:
    """``/suggest``: what is being typed may become, as a piece of a page."""
    state, asked = state_of(request), known(request, ("q",))

    def make(_stamp: Stamp) -> Content:
        template = environment(asked.language.code).get_template("suggestions.html")
        return Content(template.render(items=finding.suggest(state, asked)).encode(), HTML)

    return await answer(request, make)


async def medicines_page(request: Request) -> Response:
    """``/medicines``"""
    return await _page(request, finding.medicines, finding.LIST_PARAMETERS)


async def medicine_page(request: Request) -> Response:
    """``/medicines/{id}``: EMA's product number with hyphens; other spellings, EU numbers and names lead there."""
    number = await _meant(request, request.path_params["id"])
    if isinstance(number, Response):
        return number
    return await _page(request, lambda state, asked, stamp: medicine.show(state, asked, stamp, number), ("as_of",))


async def history_page(request: Request) -> Response:
    """``/medicines/{id}/history``"""
    number = await _meant(request, request.path_params["id"], "/history")
    if isinstance(number, Response):
        return number
    return await _page(
        request, lambda state, asked, stamp: history.show(state, asked, stamp, number), history.PARAMETERS
    )


async def procedures_page(request: Request) -> Response:
    """``/medicines/{id}/procedures``"""
    number = await _meant(request, request.path_params["id"], "/procedures")
    if isinstance(number, Response):
        return number
    return await _page(request, lambda state, asked, stamp: procedures.show(state, asked, stamp, number), ("as_of",))


async def citation(request: Request) -> Response:
    """``/medicines/{id}/cite.ris``, ``…/cite.bib``: the reference to a version, as a file."""
    form = request.scope["path"].rpartition(".")[2]
    number = await _meant(request, request.path_params["id"], f"/cite.{form}")
    if isinstance(number, Response):
        return number
    return await _page(request, lambda state, asked, _stamp: citing.show(state, asked, number, form), ("as_of",))


async def section_page(request: Request) -> Response:
    """``/medicines/{id}/{part}/{section}``: a section of the product information; without section its contents."""
    part, section = request.path_params["part"], request.path_params.get("section")
    below = f"/{part}" + (f"/{quote(section, safe='')}" if section is not None else "")
    number = await _meant(request, request.path_params["id"], below)
    if isinstance(number, Response):
        return number

    def make(state: State, asked: Asked, stamp: Stamp) -> Content:
        if section is None:
            return sections.show_part(state, asked, stamp, number, part)
        return sections.show(state, asked, stamp, number, part, section)

    return await _page(request, make, texts.PARAMETERS)


async def document_page(request: Request) -> Response:
    """``/medicines/{id}/documents/{file}``: the text of a document."""
    file = request.path_params["file"]
    number = await _meant(request, request.path_params["id"], f"/documents/{quote(file, safe='')}")
    if isinstance(number, Response):
        return number
    return await _page(
        request, lambda state, asked, stamp: documents.show(state, asked, stamp, number, file), texts.PARAMETERS
    )


async def redline_page(request: Request) -> Response:
    """``/medicines/{id}/documents/{file}/diff``: what changed from one version of a document to another."""
    file = request.path_params["file"]
    number = await _meant(request, request.path_params["id"], f"/documents/{quote(file, safe='')}/diff")
    if isinstance(number, Response):
        return number
    state, asked = state_of(request), known(request, redlines.PARAMETERS)
    found = await anyio.to_thread.run_sync(redlines.compared, state, asked, number, file, limiter=_redlining)
    return await _page(
        request, lambda state, asked, stamp: redlines.show(state, asked, stamp, found), redlines.PARAMETERS
    )


async def comparison_page(request: Request) -> Response:
    """``/compare``: the same section of several medicines."""
    return await _page(request, comparison.show, comparison.PARAMETERS)


async def _meant(request: Request, text: str, below: str = "") -> str | Response:
    """The product number that an address means, or where it leads. Raises NotFound where nothing fits."""
    if _ID.fullmatch(text):
        return text.replace("-", "/")
    state, asked = state_of(request), asked_by(request)
    _ = asked.language.gettext
    if unknown := _BELOW.fullmatch(text):
        said = _("A medicine has no page “%(text)s”; the parts of its product information are %(parts)s.")
        raise NotFound(said % {"text": unknown[1][:40], "parts": ", ".join(PARTS)})
    text = text.removeprefix("ema:medicine:")
    try:
        number = await state.read(state.register.resolve, text)
    except NotFound as problem:
        if problem.candidates:
            return error_page(request, 300, "", problem.candidates)
        raise NotFound(_("No medicine is known here as “%(text)s”; try a search.") % {"text": text[:80]}) from problem
    permanent = product_number(text) is not None and eu_number(text) is None
    return _redirect(request, urls.medicine(number, asked.language.code) + below, 308 if permanent else 302)


async def entity_page(request: Request) -> Response:
    """``/substances/{slug}``, ``/conditions/{slug}``, ``/organisations/{slug}``"""
    state, asked = state_of(request), known(request, ())
    kind = COLLECTIONS[asked.path.split("/")[1]]
    slug = request.path_params["slug"]
    if kind == "condition" and is_place(slug):
        return await _page(request, lambda state, asked, stamp: headings.show(state, asked, stamp, slug))
    location = await state.read(entities.elsewhere, state, asked, kind, slug)
    if location is not None:
        return _redirect(request, location, 308)
    return await _page(request, lambda state, asked, stamp: entities.show(state, asked, stamp, kind, slug))


async def conditions_page(request: Request) -> Response:
    """``/conditions``"""
    return await _page(request, headings.show_all)


async def names_page(request: Request) -> Response:
    """``/substances``, ``/organisations``"""
    kind = COLLECTIONS[asked_by(request).path.split("/")[1]]
    return await _page(request, lambda state, asked, stamp: names.show(state, asked, stamp, kind), names.PARAMETERS)


async def classes_page(request: Request) -> Response:
    """``/atc``"""
    return await _page(request, atc.show_all)


async def atc_page(request: Request) -> Response:
    """``/atc/{code}``"""
    given, language = request.path_params["code"], asked_by(request).language
    code = classes.normal_code(given)
    if code is None:
        raise NotFound(language.gettext("“%(text)s” is no ATC code.") % {"text": given[:20]})
    if code != given:
        return _redirect(request, urls.atc_class(code, language.code), 308)
    return await _page(request, lambda state, asked, stamp: atc.show(state, asked, stamp, code))


async def changes_page(request: Request) -> Response:
    """``/changes``"""
    return await _page(request, changes.show, changes.PARAMETERS)


async def sources_page(request: Request) -> Response:
    """``/sources``"""
    return await _page(request, sources.show_all, (), sources.KEEP_SECONDS)


async def quality_page(request: Request) -> Response:
    """``/quality``"""
    await state_of(request).stamp()
    await anyio.to_thread.run_sync(quality.read, state_of(request), limiter=_reading)
    return await _page(request, quality.show)


async def dataset_page(request: Request) -> Response:
    """``/sources/{dataset}``"""
    name = request.path_params["dataset"]
    return await _page(
        request,
        lambda state, asked, stamp: sources.show(state, asked, stamp, name),
        sources.ISSUE_PARAMETERS,
        sources.KEEP_SECONDS,
    )


async def offline_page(request: Request) -> Response:
    """``/offline``"""
    return await _page(request, offline.show)


async def offline_list(request: Request) -> Response:
    """``/offline.json``"""
    return await _page(request, offline.medicines)


async def about_page(request: Request) -> Response:
    """``/about``"""
    return await _page(request, about.show)


async def robots(request: Request) -> Response:
    """``/robots.txt``"""
    return await _page(request, lambda state, _asked, stamp: sitemap.robots(state, stamp))


async def sitemap_index(request: Request) -> Response:
    """``/sitemap.xml``"""
    return await _page(request, lambda state, _asked, stamp: sitemap.index(state, stamp))


async def sitemap_part(request: Request) -> Response:
    """``/sitemap-{part}.xml``"""
    name = request.path_params["part"]
    return await _page(request, lambda state, _asked, stamp: sitemap.part(state, stamp, name))


async def pictures_page(request: Request) -> Response:
    """``/pictures``"""
    return await _page(request, pictures.show_all)


async def picture_page(request: Request) -> Response:
    """``/pictures/{name}``: counts as a chart and a table."""
    name = request.path_params["name"]
    return await _page(
        request, lambda state, asked, stamp: pictures.show(state, asked, stamp, name), pictures.parameters(name)
    )


async def picture_drawn(request: Request) -> Response:
    """``/pictures/{name}.svg``: the chart alone; ``width=narrow`` for phones, ``width=glance`` for the overview."""
    name = request.path_params["name"]
    width = asked_by(request).one("width")
    return await _page(
        request, lambda state, asked, _stamp: pictures.draw(state, asked, name, width), pictures.parameters(name)
    )


_PAGES = {
    "/": home_page,
    "/search": search_page,
    "/suggest": suggestions,
    "/medicines": medicines_page,
    "/medicines/{id:path}/history": history_page,
    "/medicines/{id:path}/procedures": procedures_page,
    "/medicines/{id:path}/{part:part}": section_page,
    "/medicines/{id:path}/{part:part}/{section}": section_page,
    "/medicines/{id:path}/documents/{file}/diff": redline_page,
    "/medicines/{id:path}/documents/{file}": document_page,
    "/medicines/{id:path}": medicine_page,
    "/substances": names_page,
    "/conditions": conditions_page,
    "/organisations": names_page,
    "/atc": classes_page,
    "/substances/{slug:path}": entity_page,
    "/conditions/{slug:path}": entity_page,
    "/organisations/{slug:path}": entity_page,
    "/atc/{code:path}": atc_page,
    "/compare": comparison_page,
    "/pictures": pictures_page,
    "/pictures/{name}.svg": picture_drawn,
    "/pictures/{name}": picture_page,
    "/changes": changes_page,
    "/sources": sources_page,
    "/sources/{dataset}": dataset_page,
    "/quality": quality_page,
    "/about": about_page,
    "/offline": offline_page,
}
for _form in citing.FORMS:  # before the page, whose address would take them
    router.add_route(f"/medicines/{{id:path}}/cite.{_form}", citation, methods=["GET"])
for _path, _handler in _PAGES.items():
    for _language in urls.LANGUAGES:
        router.add_route(urls.prefixed(_path, _language).rstrip("/") or "/", _handler, methods=["GET"])
for _language in urls.LANGUAGES:
    router.add_route(urls.prefixed("/watches", _language), watches.show, methods=["GET"])
    router.add_route(urls.prefixed("/watches", _language), watches.change, methods=["POST"])
router.add_route("/offline.json", offline_list, methods=["GET"])
router.add_route("/service-worker.js", offline.worker, methods=["GET"])
router.add_route("/manifest.webmanifest", offline.manifest, methods=["GET"])
router.add_route("/static/{name}", static_file, methods=["GET"])
router.add_route("/robots.txt", robots, methods=["GET"])
router.add_route("/sitemap.xml", sitemap_index, methods=["GET"])
router.add_route("/sitemap-{part}.xml", sitemap_part, methods=["GET"])
