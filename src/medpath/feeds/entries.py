"""The entries of a feed: each change in words, with an id that stays the same wherever the register is filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from markupsafe import Markup, escape

from medpath import urls
from medpath.feeds.choosing import Document
from medpath.http.state import State
from medpath.translations.differences import changes_in_words
from medpath.translations.language import Language
from medpath.translations.words import word
from medpath.web.environment import environment

SPACE = UUID("6f0f5b5e-2f0a-5c39-9d0c-0a2e3f4d5b61")  # of all ids here; never another


@dataclass(frozen=True)
class Entry:
    """``content`` is HTML; ``terms`` are the kind and the cause with their words."""

    id: str
    title: str
    updated: str
    url: str
    content: Markup
    summary: str
    terms: list[tuple[str, str]]
    source: str


def entry_id(change: Mapping[str, Any], fields_hash: str) -> str:
    """The id of a change: from what it says, not from when it was written here."""
    told = (change["medicine"], change["kind"], change["cause"], change["observed_at"], change["date"], fields_hash)
    return uuid5(SPACE, "\n".join(str(part) for part in told)).urn


def address_id(path: str) -> str:
    """The id of a feed, from its address below the register."""
    return uuid5(SPACE, path).urn


def entries_of(state: State, language: Language, document: Document, origin: str) -> list[Entry]:
    """The entries of a document, in its order, with addresses below ``origin``."""
    told = state.register.told_changes(document.sequences)
    numbers = sorted({_number(change) for change, _hash in told})
    statuses = {one["id"]: one["status"] for one in state.register.medicines_of(numbers)}
    worded = changes_in_words(language, [change for change, _hash in told])
    return [
        _entry(state, language, change, entry_id(change, hashed), statuses.get(change["medicine"]), origin)
        for change, (_change, hashed) in zip(worded, told, strict=True)
    ]


def _number(change: Mapping[str, Any]) -> str:
    return str(change["medicine"]).rpartition(":")[2].replace("-", "/")


def _entry(
    state: State,
    language: Language,
    change: Mapping[str, Any],
    identity: str,
    status: Mapping[str, Any] | None,
    origin: str,
) -> Entry:
    _ = language.gettext
    colon = "：" if language.code == "zh" else ": "
    name = str(change["name"])
    code = (status or {}).get("code")
    if code != "authorised":  # wherever a medicine is named that is not authorised now, that is said
        now = word(language, "status", code or "") or (status or {}).get("source_value") or _("Status not stated")
        name = f"{name}（{now}）" if language.code == "zh" else f"{name} ({now})"
    title = f"{name}{colon}{change['kind_word']}"
    observed = _("first observed %(day)s") % {"day": language.instant(change["observed_at"])}
    days = [_("stated for %(day)s") % {"day": language.day(change["date"])}] if change["date"] else []
    said = "; ".join([*days, observed, change["cause_word"]])
    parts: Any = environment(language.code).get_template("parts.html").module
    number = _number(change)
    links = [
        Markup('<a href="{}">{}</a>').format(
            f"{origin}{urls.history(number, version, language.code)}", _("Version %(number)s") % {"number": version}
        )
        for version in change["versions"]
    ]
    source = state.attribution(change["dataset"])
    content = Markup("{}<p>{}</p><p>{}</p><p>{}</p>").format(
        parts.before_after(change["differences"]), said, Markup(" · ").join(links), source
    )
    terms = [(change["kind"], change["kind_word"]), (change["cause"], change["cause_word"])]
    url = f"{origin}{urls.prefixed(change['url'], language.code)}"
    return Entry(identity, title, change["observed_at"], url, escape(content), said, terms, source)
