"""A medicine's page as one file that needs nothing else: for keeping, sending and printing."""

from __future__ import annotations

import asyncio
import re
from datetime import date

from medpath import urls
from medpath.http.state import State
from medpath.settings import Settings
from medpath.translations.language import language
from medpath.web import medicine
from medpath.web.asked import Asked
from medpath.web.static_files import static_files

# What needs a server or another page, in our own templates' markup, in which text of a source has no sign of HTML.
_NOT_IN_A_FILE = re.compile(
    r'<link [^>]*>|<script src=[^>]*></script>|<a class="skip".*?</a>|<form class="find".*?</form>|<nav .*?</nav>'
    r'|<li>[^<]*<a href="[^"]*" download>.*?</li>|<p><a href="/[^"]*" rel="nofollow">.*?</p>',
    re.DOTALL,
)
_OURS = re.compile(r' href="(/[^"]*)"')


def dossier(settings: Settings, number: str, code: str, as_of: date | None = None) -> bytes:
    """The page of a medicine in a language, now or as of a day, as one HTML file with its style in it.

    Links to pages of the register are whole where it has an address from outside, else they are text; everything that
    the page folds is open. Raises NotFound, UsageError, StoreUnusable.
    """
    state = State(settings)
    try:
        query = (("as_of", as_of.isoformat()),) if as_of is not None else ()
        asked = Asked(language(code), urls.medicine(number), query)
        page = medicine.show(state, asked, asyncio.run(state.stamp()), number)
    finally:
        state.close()
    whole = _NOT_IN_A_FILE.sub("", page.body.decode())
    kept = f' href="{settings.public_url}\\1"' if settings.public_url else ""
    whole = _OURS.sub(kept, whole).replace("<details ", "<details open ")
    style = static_files()["style.css"].body.decode()
    return whole.replace("</head>", f"<style>\n{style}\n</style>\n</head>", 1).encode()
