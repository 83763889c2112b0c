"""What a change is, in a few words: its kind, or where that is told by what it says, the event itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medpath.translations import mark
from medpath.translations.language import Language
from medpath.translations.vocabulary.medicines import ENDINGS
from medpath.translations.words import field_word, word

STATUSES = {
    **ENDINGS,
    "authorised": mark("Authorised"),
    "application-withdrawn": mark("Application withdrawn"),
    "refused": mark("Marketing authorisation refused"),
    "suspended": mark("Marketing authorisation suspended"),
    "opinion": mark("Opinion adopted"),
    "opinion-under-re-examination": mark("Opinion under re-examination"),
    "withdrawn-from-rolling-review": mark("Withdrawn from rolling review"),
}
DESIGNATIONS = {
    "positive": mark("Orphan designation granted"),
    "negative": mark("Orphan designation refused"),
    "withdrawn": mark("Orphan designation withdrawn"),
    "expired": mark("Orphan designation expired"),
}
STEPS = {
    "procedure_start": mark("Referral started"),
    "prac_recommendation": mark("Referral: recommendation of the PRAC"),
    "cmdh_position": mark("Referral: position of the CMDh"),
    "chmp_cvmp_opinion": mark("Referral: opinion of the CHMP or CVMP"),
    "european_commission_decision": mark("Referral: decision of the European Commission"),
}
VARIATIONS = ("group", "worksharing", "line-extension")


def kind_in_words(language: Language, change: Mapping[str, Any]) -> str:
    """The event that a change is (“Authorised”, “Orphan designation granted”), else the word for its kind."""
    kind, fields = str(change["kind"]), change["fields"]
    general = word(language, "change", kind) or kind
    if change["cause"] != "source" or not fields:
        return general
    found = {_event(kind, one["before"], one["after"]) for one in fields}
    text = found.pop() if len(found) == 1 else None
    if text is None:
        return general
    told, colon = language.gettext(text), "：" if language.code == "zh" else ": "
    if kind == "newly-listed":
        return f"{general}{colon}{told}"
    if kind == "flag-changed" and len(fields) == 1:
        return f"{told}{colon}{field_word(language, fields[0]['field'])}"
    return told


def _event(kind: str, before: Any, after: Any) -> str | None:
    """The event of one field; None where only the general word fits."""
    if kind in ("status-changed", "newly-listed"):
        if after == "authorised" and before in ("suspended", *ENDINGS):
            return mark("Authorised again")
        return STATUSES.get(str(after))
    if kind == "atc-changed":
        return None if before else mark("ATC code assigned")
    if kind == "flag-changed":
        return mark("Flag set") if after is True else mark("Flag dropped")
    if not isinstance(after, Mapping):
        return None
    if kind == "orphan-designation":
        return DESIGNATIONS.get(str(after.get("status")))
    if kind == "referral-step":
        steps, known = after.get("steps") or {}, (before or {}).get("steps") or {}
        new = [step for step in STEPS if steps.get(step) not in (None, known.get(step))]
        return STEPS.get(new[-1]) if new else None
    if kind == "procedure-added":
        code = str(after.get("kind"))
        return mark("New variation") if code.startswith("variation") or code in VARIATIONS else None
    if kind == "related-changed" and before is not None and after.get("no_longer_listed_at"):
        return mark("Related record no longer listed")
    return None
