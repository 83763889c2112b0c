"""A medicine's page as one file that needs nothing else: for keeping, sending and printing."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from medpath import urls
from medpath.http.state import State
from medpath.pdf.making import Frame, Made, make_pdf
from medpath.settings import Settings
from medpath.translations.language import Language, language
from medpath.translations.words import word
from medpath.web import medicine
from medpath.web.asked import Asked
from medpath.web.found import medicine_of, status_now
from medpath.web.static_files import static_files

# What needs a server or another page, in our own templates' markup, in which text of a source has no sign of HTML.
_NOT_IN_A_FILE = re.compile(
    r'<link [^>]*>|<script src=[^>]*></script>|<a class="skip".*?</a>|<form class="find".*?</form>|<nav .*?</nav>'
    r'|<li>[^<]*<a href="[^"]*" download>.*?</li>|<p><a href="/[^"]*" rel="nofollow">.*?</p>',
    re.DOTALL,
)
# Where the register has no address from outside, a line that is nothing but a link to it says nothing.
_LEADS_NOWHERE = re.compile(
    r' · <a href="/[^"]*">[^<]*</a>(?=</p>)|<p(?: class="note")?><a href="/[^"]*"[^>]*>[^<]*</a></p>'
)
# What flags mean that a medicine does not have stays folded: on paper it reads as if it had them.
_FOLDED = re.compile(r'<details (?!class="meanings")')
_OURS = re.compile(r' href="(/[^"]*)"')


def dossier(settings: Settings, number: str, code: str, as_of: date | None = None) -> bytes:
    """The page of a medicine in a language, now or as of a day, as one HTML file with its style in it.

    Links to pages of the register are whole where it has an address from outside, else they are text; everything that
    the page folds is open. Raises NotFound, UsageError, StoreUnusable.
    """
    state = State(settings)
    try:
        whole = _page(state, number, code, as_of)
    finally:
        state.close()
    style = static_files()["style.css"].body.decode()
    return whole.replace("</head>", f"<style>\n{style}\n</style>\n</head>", 1).encode()


def dossier_pdf(settings: Settings, number: str, code: str, as_of: date | None = None) -> Made:
    """The same page as a PDF. Raises what ``dossier`` raises, and MedPathError as ``make_pdf`` says."""
    state = State(settings)
    try:
        whole = _page(state, number, code, as_of)
        frame = _frame(state, language(code), number, as_of)
    finally:
        state.close()
    return make_pdf(whole, frame)


def _page(state: State, number: str, code: str, as_of: date | None) -> str:
    """The page without what needs a server or another page, and without a style."""
    query = (("as_of", as_of.isoformat()),) if as_of is not None else ()
    asked = Asked(language(code), urls.medicine(number), query)
    page = medicine.show(state, asked, asyncio.run(state.stamp()), number)
    whole = _NOT_IN_A_FILE.sub("", page.body.decode())
    public_url = state.settings.public_url
    whole = _OURS.sub(f' href="{public_url}\\1"', whole) if public_url else _OURS.sub("", _LEADS_NOWHERE.sub("", whole))
    return _FOLDED.sub("<details open ", whole)


def _frame(state: State, language: Language, number: str, as_of: date | None) -> Frame:
    """What every page of the PDF says of the medicine and of the data."""
    _ = language.gettext
    shown = medicine_of(state, language, number, as_of)
    now = status_now(state, shown, as_of)
    about = [shown["name"], shown["product_number"], *([language.day(as_of.isoformat())] if as_of is not None else [])]
    warnings = [_("Sample data")] if state.register.is_sample() else []
    warnings += [_ended(language, one) for one in (shown["status"], now) if one and one["code"] != "authorised"]
    data_date = state.register.data_date(as_of)
    dated = _("Date of the data: %(instant)s, the newest list of EMA that was read.")
    return Frame(
        " · ".join(about),
        " · ".join(warnings),
        dated % {"instant": language.instant(data_date)} if data_date else "",
        f"{shown['licence']['attribution']} · {_('MedPath informs. It gives no medical advice.')}",
        data_date,
    )


def _ended(language: Language, status: Mapping[str, Any]) -> str:
    """That a medicine is not authorised, and since when."""
    _ = language.gettext
    said = word(language, "status_sentence", status["code"] or "")
    if not said:
        unknown = _("Not known to be authorised: EMA gives the status “%(status)s”, which MedPath does not know yet.")
        return unknown % {"status": status["source_value"] or "–"}
    if not status["date"]:
        return _("%(sentence)s.") % {"sentence": said}
    return _("%(sentence)s (%(day)s).") % {"sentence": said, "day": language.day(status["date"])}
