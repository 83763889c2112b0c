"""The addresses of feeds: every page that lists changes or medicines has one beside it, in every language."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response

from medpath.errors import UsageError
from medpath.feeds import atom, json_feed
from medpath.feeds.choosing import document_of
from medpath.feeds.entries import address_id, entries_of
from medpath.feeds.subjects import subject_of
from medpath.http.answers import Content, answer
from medpath.http.origin import origin_of
from medpath.http.state import Stamp, State, state_of
from medpath.search.asked import YEARS
from medpath.web.asked import Asked, asked_by
from medpath.web.finding import FILTERS
from medpath.web.page import about_sources

router = APIRouter(include_in_schema=False)

PARAMETERS = ("kind", "cause", "archive")
TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}
WRITERS = {"atom": atom.written, "json": json_feed.written}
LIMITS = ("q", *FILTERS, *YEARS, "as_of")  # what narrows a list; who asks for less must not get more unawares
NEVER = "1970-01-01T00:00:00Z"  # a feed must have a day; an empty register has none


class _FormConvertor(StringConvertor):
    regex = "atom|json"


register_url_convertor("feed", _FormConvertor())


async def feed(request: Request) -> Response:
    """A feed in one of its two forms."""
    form: str = request.path_params["form"]
    state, asked = state_of(request), asked_by(request)
    path = asked.path.rpartition("/")[0]
    known = (*PARAMETERS, "q", *FILTERS) if path in ("/search", "/medicines") else PARAMETERS
    for name, _value in asked.query:
        if name in LIMITS and name not in known:
            raise UsageError(asked.language.gettext("A feed can't be limited by “%(name)s”.") % {"name": name})
    asked = replace(asked, query=tuple(item for item in asked.query if item[0] in known))
    origin = origin_of(request, state.settings)
    return await answer(request, lambda stamp: feed_content(state, asked, stamp, path, form, origin), depends=origin)


def feed_content(state: State, asked: Asked, stamp: Stamp, path: str, form: str, origin: str) -> Content:
    """A document of the feed at ``path``, addresses below ``origin``. Raises NotFound, UsageError, StoreUnusable."""
    subject = subject_of(state, asked, path)
    document = document_of(state, asked, subject)
    entries = entries_of(state, asked.language, document, origin)
    _ = asked.language.gettext
    feed_address = f"{origin}{asked.changed(archive=None)}"
    other = "json" if form == "atom" else "atom"

    def archived(number: int) -> str:
        return f"{origin}{asked.changed(archive=str(number))}"

    links = [
        ("self", TYPES[form], f"{origin}{asked.address()}"),
        ("alternate", "text/html", f"{origin}{subject.page}"),
        ("alternate", TYPES[other], feed_address.replace(f"/changes.{form}", f"/changes.{other}", 1)),
    ]
    if document.archive is not None:
        links.append(("current", TYPES[form], feed_address))
    if document.older is not None:
        links.append(("prev-archive", TYPES[form], archived(document.older)))
    if document.newer is not None:
        links.append(("next-archive", TYPES[form], archived(document.newer)))
    title = f"{subject.title} – MedPath"
    if stamp.store.sample:
        title = f"{title} ({_('Sample data')})"
    made = atom.Feed(
        address_id(asked.changed(archive=None).partition("/changes.")[0] + _question(asked)),
        title,
        asked.language.tag,
        max((entry.updated for entry in entries), default=stamp.store.data_date or NEVER),
        links,
        "; ".join(credit.attribution for credit in about_sources(state).credits),
        document.archive is not None,
        entries,
    )
    return Content(WRITERS[form](made), f"{TYPES[form]}; charset=utf-8")


def _question(asked: Asked) -> str:
    return "&".join(sorted(f"{name}={value}" for name, value in asked.query if name != "archive"))


router.add_route("/{subject:path}/changes.{form:feed}", feed, methods=["GET"])
