"""The history of a medicine: its versions, newest first, and what changed from one to the next."""

from __future__ import annotations

from typing import Any

from medpath.errors import NotFound
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.translations.differences import changes_in_words
from medpath.web.asked import Asked
from medpath.web.found import medicine_of, status_now
from medpath.web.page import dataset_titles, page

PARAMETERS = ("from", "to", "as_of")


def show(state: State, asked: Asked, stamp: Stamp, number: str) -> Content:
    """The page of a medicine's history, all or what had been observed by a day. Raises NotFound, UsageError."""
    _ = asked.language.gettext
    as_of = asked.day_of_the_past("as_of")
    medicine = medicine_of(state, asked.language, number, as_of)
    held = state.register.history(number, as_of)
    title = _("History of %(name)s") % {"name": medicine["name"]}
    if as_of is not None:
        title = f"{title} – {asked.language.day(as_of.isoformat())}"
    return page(
        state,
        stamp,
        asked,
        "history.html",
        title,
        description=_("All versions of %(name)s in this register and what changed between them.")
        % {"name": medicine["name"]},
        indexed=as_of is None,
        until=as_of,
        medicine=medicine,
        as_of=as_of.isoformat() if as_of is not None else None,
        now=status_now(state, medicine, as_of),
        versions=versions_of(asked, held),
        indications=indications_of(asked, held),
        compared=compared(state, asked, held),
        titles=dataset_titles(state, asked.language),
    )


def versions_of(asked: Asked, held: dict[str, Any]) -> list[dict[str, Any]]:
    """The versions, newest first, each with the changes that led to it and the inputs that it has anew."""
    told = changes_in_words(asked.language, held["changes"])
    versions = []
    before: set[tuple[str, ...]] = set()
    for version in held["versions"]:
        inputs = {_key(one): one for one in version["inputs"]}
        versions.append(
            {
                **version,
                "changes": [one for one in told if one["versions"][-1] == version["version"]],
                "new_inputs": [one for key, one in inputs.items() if key not in before],
            }
        )
        before = set(inputs)
    return versions[::-1]


def indications_of(asked: Asked, held: dict[str, Any]) -> list[dict[str, Any]]:
    """Each change of the indication, newest first: when its new text was first seen, with what changed in it."""
    found = []
    for one in held["changes"]:
        fields = [field for field in one["fields"] if field["field"] == "therapeutic_indication"]
        if fields:
            found += changes_in_words(asked.language, [{**one, "fields": fields}])
    return found[::-1]


def compared(state: State, asked: Asked, held: dict[str, Any]) -> dict[str, Any] | None:
    """What differs between the two versions that are asked for; None where none are. Raises NotFound, UsageError."""
    if asked.one("from") is None and asked.one("to") is None:
        return None
    new = asked.count("to") if asked.one("to") is not None else held["versions"][-1]["version"]
    old = asked.count("from") if asked.one("from") is not None else max(new - 1, 1)
    known = {one["version"]: one["observed_from"] for one in held["versions"]}
    for version in (old, new):
        if version not in known:
            _ = asked.language.gettext
            raise NotFound(_("There is no version %(number)s; there are 1 to %(last)s.") % {
                "number": version, "last": len(known)
            })  # fmt: skip
    found = state.register.compare_versions(held["product_number"], old, new)
    return {
        "old": old,
        "new": new,
        "old_from": known[old],
        "new_from": known[new],
        "changes": changes_in_words(asked.language, [{**one, "cause": "source"} for one in found]),
    }


def _key(given: dict[str, Any]) -> tuple[str, ...]:
    return given["dataset"], given["key"], given["sha256"]
