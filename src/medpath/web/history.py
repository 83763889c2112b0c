"""The history of a medicine: its versions, newest first, and what changed from one to the next."""

from __future__ import annotations

from typing import Any

from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.web.asked import Asked
from medpath.web.differences import changes_in_words
from medpath.web.found import medicine_of
from medpath.web.page import dataset_titles, page


def show(state: State, asked: Asked, stamp: Stamp, number: str) -> Content:
    """The page of a medicine's history. Raises NotFound."""
    _ = asked.language.gettext
    medicine = medicine_of(state, asked.language, number)
    held = state.register.history(number)
    return page(
        state,
        stamp,
        asked,
        "history.html",
        _("History of %(name)s") % {"name": medicine["name"]},
        description=_("All versions of %(name)s in this register and what changed between them.")
        % {"name": medicine["name"]},
        medicine=medicine,
        versions=versions_of(asked, held),
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


def _key(given: dict[str, Any]) -> tuple[str, ...]:
    return given["dataset"], given["key"], given["sha256"]
