"""Substances and organisations by name, one letter after the other."""

from __future__ import annotations

import unicodedata
from typing import Any

from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model.names import fold
from medpath.web.asked import Asked
from medpath.web.page import page

PARAMETERS = ("begins",)
OTHERS = "0-9"
AT_ONCE = 1_000


def named(state: State, kind: str) -> list[dict[str, Any]]:
    """Everything of a kind that a medicine names now, by name; ``medicines`` and ``authorised`` say how many do."""

    def read() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor = None
        while True:
            part = state.search.search("", kind=kind, sort="name", limit=AT_ONCE, cursor=cursor, facet_values=0)
            found += [one for one in part.items if one["medicines"]]
            cursor = part.next
            if cursor is None:
                return found

    return state.once(("named", kind), read)


def initial(name: str) -> str:
    """The letter under which a name stands, without accents; ``0-9`` for all that begins with no Latin letter."""
    plain = unicodedata.normalize("NFKD", fold(name) or name)
    first = plain[:1].upper()
    return first if first.isascii() and first.isalpha() else OTHERS


def show(state: State, asked: Asked, stamp: Stamp, kind: str) -> Content:
    """The page of all substances or organisations, those of one letter. Raises StoreUnusable."""
    _ = asked.language.gettext
    titles = {"substance": _("Substances"), "organisation": _("Organisations")}
    letters: dict[str, list[dict[str, Any]]] = {}
    for one in named(state, kind):
        letters.setdefault(initial(one["name"]), []).append(one)
    order = sorted(letters, key=lambda letter: (letter == OTHERS, letter))
    asked_for = (asked.one("begins") or "").upper()
    letter = asked_for if asked_for in letters else order[0] if order else ""
    return page(
        state,
        stamp,
        asked,
        "names.html",
        titles[kind],
        description={
            "substance": _("All active substances by name, with how many medicines each has."),
            "organisation": _(
                "All holders of authorisations and applicants by name, with how many medicines each has."
            ),
        }[kind],
        kind=kind,
        letter=letter,
        letters=[(one, len(letters[one]), asked.changed(begins=one)) for one in order],
        names=letters.get(letter, []),
        total=sum(map(len, letters.values())),
        api_address=f"/api/v1/{kind}s",
    )
