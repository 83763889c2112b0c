"""The sources: how fresh each dataset is, under which licence, and what was wrong in it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from medpath.errors import NotFound
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.translations.language import Language
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.page import page

ISSUE_PARAMETERS = ("code", "after")
ISSUES_SHOWN = 50
KEEP_SECONDS = 60.0  # ages are told, and while data come in they move


def show_all(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The page of all sources."""
    _ = asked.language.gettext
    facts = state.register.operation()
    datasets = [in_words(asked.language, one) for one in facts["datasets"]]
    return page(
        state,
        stamp,
        asked,
        "sources.html",
        _("Sources"),
        description=_("Every dataset of this register with its age, its counts, its licence and its issues."),
        publishers=[(name, list(some)) for name, some in groupby(datasets, key=lambda one: one["publisher"])],
        alarms=facts["alarms"],
        waiting=facts["waiting"],
    )


def show(state: State, asked: Asked, stamp: Stamp, name: str) -> Content:
    """The page of one dataset. Raises NotFound, UsageError."""
    _ = asked.language.gettext
    dataset = state.register.dataset(name)
    if dataset is None:
        raise NotFound(_("There is no dataset “%(name)s”.") % {"name": name[:80]})
    code = asked.one("code")
    issues = state.register.issues(dataset=name, code=code, after=asked.count("after"), limit=ISSUES_SHOWN)
    told = in_words(asked.language, dataset)
    return page(
        state,
        stamp,
        asked,
        "dataset.html",
        told["title_word"] or told["title"],
        description=f"{told['title_word'] or told['title']}. {told['publisher']}",
        dataset=told,
        issues=issues,
        code=code,
        next_address=asked.changed(after=str(issues.next)) if issues.next else None,
        first_address=asked.changed() if asked.count("after") else None,
    )


def in_words(language: Language, dataset: dict[str, Any]) -> dict[str, Any]:
    """A dataset with its title, the age of its data and its state in words."""
    return {
        **dataset,
        "title_word": word(language, "dataset", dataset["name"]),
        "age": age(language, dataset["age_days"]),
        "state": "failed" if dataset["failed_since"] else "never" if dataset["last_ok_at"] is None else "ok",
    }


def age(language: Language, days: float | None) -> str | None:
    """How old data are, in whole hours below two days, else in whole days."""
    if days is None:
        return None
    if days < 0:
        return language.gettext("from the future")
    hours = int(days * 24)
    if hours < 48:
        return language.ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": language.number(hours)}
    return language.ngettext("%(num)s day", "%(num)s days", int(days)) % {"num": language.number(int(days))}
