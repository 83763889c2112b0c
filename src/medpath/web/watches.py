"""Watches in the browser, for who has the operator's access token; without one there is no such page.

The browser asks for the token itself (HTTP Basic, any name), so that no cookie is set. What changes something must come
from a page of this register: browsers say where a form was sent from.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from medpath import urls
from medpath.errors import NotFound, UsageError
from medpath.http.answers import HTML
from medpath.http.problems import told
from medpath.http.state import Stamp, State, state_of
from medpath.model.changes import KINDS
from medpath.model.times import now
from medpath.store import watches as kept
from medpath.store.watches import Delivery, Wanted, Watch
from medpath.translations.language import language as spoken
from medpath.translations.words import word
from medpath.watches.delivering import EVERY, add_watch
from medpath.web.asked import Asked, asked_by
from medpath.web.page import page

LONGEST_FORM = 20_000
MOST_FIELDS = 200
WAYS = ("email", "webhook", "file")
ACTIONS = ("add", "remove", "pause", "resume", "retry")
REALM = {"www-authenticate": 'Basic realm="MedPath watches", charset="UTF-8"'}

_PARTED = re.compile(r"[;\n]+")


async def show(request: Request) -> Response:
    """``GET /watches``: the watches, how their deliveries went, and a form for a new one."""
    refused = _refused(request)
    if refused is not None:
        return refused
    return await _page(request)


async def change(request: Request) -> Response:
    """``POST /watches``: adds a watch, or does what a button of one asks for."""
    refused = _refused(request) or _foreign(request)
    if refused is not None:
        return refused
    state, asked = state_of(request), asked_by(request)
    try:
        form = await _form(request)
        said = await state.write(_done, state, asked, form)
    except (UsageError, NotFound) as problem:
        return await _page(request, problem=str(problem), status=problem.http_status)
    return await _page(request, said=said)


def _refused(request: Request) -> Response | None:
    """The answer to who does not show the token; None for who does."""
    token = state_of(request).settings.access_token.get_secret_value()
    _ = asked_by(request).language.gettext
    if not token:
        raise NotFound(_("There is nothing at this address."))
    scheme, _blank, given = request.headers.get("authorization", "").partition(" ")
    shown = b""
    if scheme.lower() == "basic":
        try:
            shown = base64.b64decode(given, validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            shown = b""
    if secrets.compare_digest(shown, token.encode()):
        return None
    return told(request, 401, _("Watches are managed by who has the access token of this register."), headers=REALM)


def _foreign(request: Request) -> Response | None:
    """The refusal of what was not sent from a page of this register; None where the browser says that it was."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site == "same-origin" or (site is None and origin and urlsplit(origin).netloc == request.headers.get("host")):
        return None
    _ = asked_by(request).language.gettext
    return told(request, 403, _("This can only be sent from the page of watches itself."))


async def _form(request: Request) -> list[tuple[str, str]]:
    """The fields of a form that was sent. Raises UsageError where it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            raise UsageError(asked_by(request).language.gettext("The form is too long."))
    try:
        return parse_qsl(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
    except ValueError as problem:
        raise UsageError(asked_by(request).language.gettext("The form is too long.")) from problem


def _done(state: State, asked: Asked, form: list[tuple[str, str]]) -> str:
    """Does what a form asks for; returns what is to be said of it. Raises UsageError, NotFound."""
    _ = asked.language.gettext
    fields = dict(form)
    action, name = next((one for one in ACTIONS if one in fields), ""), " ".join(fields.get("name", "").split())
    if action == "add":
        secret = secrets.token_urlsafe(32) if fields.get("way") == "webhook" else ""
        watch = add_watch(state.database, state.search, name, _wanted(state, fields, form, secret))
        said = _("The watch “%(name)s” is told what comes from now on.") % {"name": watch.name}
        if secret:
            said += " " + _("Its deliveries are signed with this secret, which is not shown again: %(secret)s") % {
                "secret": secret
            }
        return said
    with state.database.writing() as connection:
        if action == "remove":
            kept.remove(connection, name)
            return _("The watch “%(name)s” is removed.") % {"name": name}
        if action in ("pause", "resume"):
            kept.pause(connection, name, action == "pause")
            text = _("The watch “%(name)s” is paused.") if action == "pause" else _("The watch “%(name)s” goes on.")
            return text % {"name": name}
        if action == "retry":
            kept.try_again(connection, name, now())
            return _("What did not arrive is tried again.")
    raise UsageError(_("The form does not say what to do."))


def _wanted(state: State, fields: dict[str, str], form: list[tuple[str, str]], secret: str) -> Wanted:
    medicines = [one.strip() for one in _PARTED.split(fields.get("medicines", "")) if one.strip()]
    query = fields.get("query", "").strip()
    return Wanted(
        medicines=tuple(state.register.resolve(one) for one in medicines),
        filters={"q": query} if query else {},
        kinds=tuple(value for key, value in form if key == "kind"),
        way=fields.get("way", ""),  # type: ignore[arg-type]  # checked by add_watch
        address=fields.get("address", "").strip(),
        every=fields.get("every", "sync"),  # type: ignore[arg-type]
        language=fields.get("language", "en") if fields.get("language") in ("en", "zh") else "en",
        secret=secret,
    )


async def _page(request: Request, *, said: str = "", problem: str = "", status: int = 200) -> Response:
    state, asked = state_of(request), asked_by(request)
    stamp = await state.stamp()
    content = await state.read(_content, state, asked, stamp, said, problem)
    return Response(content, status, {"cache-control": "no-store"}, media_type=HTML)


def _content(state: State, asked: Asked, stamp: Stamp, said: str, problem: str) -> bytes:
    language, _ = asked.language, asked.language.gettext
    with state.database.reading() as connection:
        found = [(one, kept.deliveries(connection, watch_id=one.id)) for one in kept.watches(connection)]
    return page(
        state,
        stamp,
        asked,
        "watches.html",
        _("Watches"),
        indexed=False,
        said=said,
        problem=problem,
        watches=[_shown(one, sent) for one, sent in found],
        kinds=[(kind, word(language, "change", kind) or kind) for kind in KINDS],
        ways=[(way, word(language, "way", way) or way) for way in WAYS],
        times=[(time, word(language, "every", time) or time) for time in EVERY],
        languages=[spoken(code) for code in urls.LANGUAGES],
        mail_is_set=bool(state.settings.smtp_host and state.settings.mail_from),
    ).body


def _shown(watch: Watch, deliveries: list[Delivery]) -> dict[str, object]:
    return {
        "watch": watch,
        "query": watch.wanted.filters.get("q", ""),
        "filters": {key: value for key, value in watch.wanted.filters.items() if key != "q"},
        "sent": sum(one.sent_at is not None for one in deliveries),
        "waiting": sum(one.due_at is not None for one in deliveries),
        "given_up": sum(one.sent_at is None and one.due_at is None for one in deliveries),
        "problem": next((one.problem for one in reversed(deliveries) if one.sent_at is None), None),
    }
