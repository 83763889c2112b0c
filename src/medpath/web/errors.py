"""Errors as pages: what is wrong and what to do, in the reader's language, with the medicines that may be meant."""

from __future__ import annotations

import logging
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from medpath.http.answers import HTML
from medpath.http.state import state_of
from medpath.translations import mark
from medpath.translations.language import language
from medpath.web.asked import Asked, split_language
from medpath.web.page import Frame, known_credits, render

log = logging.getLogger("medpath")

TITLES = {
    300: mark("Which one is meant?"),
    400: mark("The question can't be understood"),
    404: mark("Not found"),
    405: mark("This address can only be read"),
    422: mark("The question can't be understood"),
    503: mark("Not available at the moment"),
}
ADVICE = {
    300: mark("The name fits several medicines. Nothing is picked for you: choose the one that you mean."),
    400: mark("Check the address or go back to where you came from."),
    404: mark("There is nothing at this address. Search for the name or number instead."),
    405: mark("Pages of this register can be read, not written."),
    422: mark("Check the address or go back to where you came from."),
    503: mark("The store or the search index is being made. Please try again in a few seconds."),
}
UNEXPECTED = mark("Something unexpected went wrong here")
TRY_LATER = mark("Please try again later.")


def error_page(request: Request, status: int, sentence: str, candidates: list[dict[str, Any]]) -> Response:
    """The page of an error. It reads nothing, so that it can be shown whatever is broken.

    ``sentence`` is shown as it is, as English where the page is in another language and the sentence has no
    translation; ``candidates`` are medicines as `Register.resolve` names them.
    """
    code, path = split_language(request.scope["path"])
    spoken = language(code)
    asked = Asked(spoken, path)
    title = spoken.gettext(TITLES.get(status, UNEXPECTED))
    state = state_of(request)
    stamp = state.last_stamp()
    frame = Frame(
        asked,
        title,
        data_date=stamp.store.data_date if stamp is not None else None,
        sample=stamp.store.sample if stamp is not None else False,
        credits=known_credits(state),
        indexed=False,
    )
    body = render(
        asked,
        "error.html",
        frame,
        advice=spoken.gettext(ADVICE.get(status, TRY_LATER)),
        sentence=sentence,
        sentence_tag=_tag_of(sentence, spoken.tag),
        candidates=candidates,
    )
    response = Response(body, status)
    response.headers["content-type"] = HTML
    response.headers["cache-control"] = "no-store"
    return response


def _tag_of(sentence: str, tag: str) -> str:
    """The language of a sentence: ours are in the page's language, those of other parts in English."""
    return tag if any("\u4e00" <= sign <= "\u9fff" for sign in sentence) else "en"
