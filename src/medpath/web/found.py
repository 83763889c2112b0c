"""The medicine that a page is about, or why there is none, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from medpath.errors import NotFound
from medpath.http.state import State
from medpath.translations.language import Language


def medicine_of(state: State, language: Language, number: str, as_of: date | None = None) -> dict[str, Any]:
    """The medicine, now or as of a day. Raises NotFound."""
    medicine = state.register.medicine(number, as_of)
    if medicine is not None:
        return medicine
    _ = language.gettext
    if as_of is not None and (now := state.register.medicine(number)) is not None:
        first = state.register.history(number)["versions"][0]["observed_from"]
        said = _("Nothing is known about %(name)s as of %(day)s: it was first observed on %(first)s.")
        words = {"name": now["name"], "day": language.day(as_of.isoformat()), "first": language.day(first[:10])}
        raise NotFound(said % words)
    raise NotFound(_("No medicine has the product number %(number)s.") % {"number": number})


def status_now(state: State, medicine: Mapping[str, Any], as_of: date | None) -> dict[str, Any] | None:
    """Of a medicine as it was, how it stands now where it is not authorised any more; else None."""
    if as_of is None:
        return None
    current = state.register.medicine(medicine["product_number"])
    ended = current and current["status"]["code"] not in ("authorised", medicine["status"]["code"])
    return current["status"] if current and ended else None
