"""What a medicine's page says of the protection of its data and market: estimates, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medpath.errors import StoreUnusable
from medpath.http.state import State
from medpath.translations.language import Language
from medpath.translations.pictures import BASES, REASONS

SELF_EVIDENT = ("veterinary", "not-authorised")


def protection_of(state: State, language: Language, medicine: Mapping[str, Any]) -> dict[str, Any] | None:
    """The estimates of a medicine in words; None where the page says nothing of them, or while there is no index."""
    try:
        told = state.search.estimates(medicine["product_number"])
    except StoreUnusable:
        return None
    if told is None or told["protection"]["reason"] in SELF_EVIDENT:
        return None
    market, orphan = told["protection"], told["orphan_exclusivity"]
    why = BASES.get(market["basis"]) or REASONS[market["reason"]]
    if orphan is not None and orphan["reason"]:
        why_no_orphan = REASONS[orphan["reason"]]
        orphan = {**orphan, "why": language.gettext(why_no_orphan)}
    return {**market, "why": language.gettext(why), "orphan": orphan}
