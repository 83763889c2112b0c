"""What changed, by day of observation, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model.changes import CAUSES, KINDS
from medpath.translations.differences import changes_in_words
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.page import page

PARAMETERS = ("kind", "cause", "since", "until", "after")
AT_LEAST = 60  # a page takes whole days until it has so many
AT_MOST = 150
OF_A_KIND = 15  # of a day that has too many
ALL = "all"
ORDER = ("status-changed", *(kind for kind in KINDS if kind != "status-changed"))


@dataclass(frozen=True)
class KindOfChanges:
    """Changes of one kind: some or all of ``total``, and the address of all where there are more."""

    label: str
    items: list[dict[str, Any]]
    total: int
    rest: str | None = None


@dataclass(frozen=True)
class DayOfChanges:
    """The changes that were first observed on one day, or on the days from ``first`` to ``last``."""

    first: str
    last: str
    kinds: list[KindOfChanges]


def show(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The page of changes: regulatory news unless another cause is asked for. Raises UsageError."""
    language, _ = asked.language, asked.language.gettext
    kind = asked.one("kind")
    asked_cause = asked.one("cause") or "source"
    cause = None if asked_cause == ALL else asked_cause
    until, since = asked.day("until"), asked.day("since")
    days = state.register.change_days(kind=kind, cause=cause)
    block, later = days_of_page(days, since, until)
    groups, next_address = _found(state, asked, block, kind, cause)
    older = [day for day, _count in days if block and day < block[-1][0]]
    return page(
        state,
        stamp,
        asked,
        "changes.html",
        _("Changes"),
        description=_("What changed about medicines, by the day on which it was first observed."),
        days=days,
        block=block,
        total=sum(count for _day, count in block),
        older_address=asked.changed(since=None, until=older[0]) if older and since is None else None,
        newest_address=asked.changed(since=None, until=None) if later else None,
        kinds=[(name, word(language, "change", name) or name) for name in KINDS],
        causes=[(name, word(language, "cause", name) or name) for name in CAUSES],
        kind=kind,
        cause=asked_cause,
        csv_address=_exported(kind, cause, block),
        groups=groups,
        next_address=next_address,
    )


def _found(
    state: State, asked: Asked, block: list[tuple[str, int]], kind: str | None, cause: str | None
) -> tuple[list[DayOfChanges], str | None]:
    """(the changes of the days, the address at which a list of one kind goes on).

    Where there are too many for a page, the first ones of each kind stand for all, with the address of the rest.
    """
    if not block:
        return [], None
    first, last = block[-1][0], block[0][0]
    language = asked.language
    changes = partial(
        state.register.changes, since=date.fromisoformat(first), until=date.fromisoformat(last), cause=cause
    )
    if kind is not None or sum(count for _day, count in block) <= AT_MOST:
        listed = changes(after=asked.count("after"), kind=kind, limit=AT_MOST)
        following = asked.changed(since=first, until=last, after=str(listed.next)) if listed.next else None
        return by_day(changes_in_words(language, listed.items)), following
    kinds = []
    for name in ORDER:
        listed = changes(kind=name, limit=OF_A_KIND)
        if listed.items:
            items = _by_name(changes_in_words(language, listed.items))
            rest = asked.changed(kind=name, since=first, until=last) if listed.next else None
            kinds.append(KindOfChanges(items[0]["kind_word"], items, listed.total, rest))
    return [DayOfChanges(first, last, kinds)], None


def days_of_page(
    days: Sequence[tuple[str, int]], since: date | None, until: date | None
) -> tuple[list[tuple[str, int]], bool]:
    """(whole days, newest first, until `AT_LEAST` changes are there; whether there are later days).

    With ``since`` the page has exactly the days between the two.
    """
    latest = until.isoformat() if until is not None else "9999"
    below = [one for one in days if one[0] <= latest]
    later = len(below) < len(days)
    if since is not None:
        return [one for one in below if one[0] >= since.isoformat()], later
    block: list[tuple[str, int]] = []
    number = 0
    for day in below:
        if block and number + day[1] > AT_MOST:
            break
        block.append(day)
        number += day[1]
        if number >= AT_LEAST:
            break
    return block, later


def by_day(changes: list[dict[str, Any]]) -> list[DayOfChanges]:
    """The changes by day of observation, the newest first, and by kind, in their order."""
    changes = sorted(changes, key=lambda one: (one["observed_at"][:10], -ORDER.index(one["kind"])), reverse=True)
    found = []
    for day, some in groupby(changes, key=lambda one: one["observed_at"][:10]):
        kinds = []
        for label, same in groupby(some, key=lambda one: one["kind_word"]):
            items = _by_name(list(same))
            kinds.append(KindOfChanges(label, items, len(items)))
        found.append(DayOfChanges(day, day, kinds))
    return found


def _by_name(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(changes, key=lambda one: (one["name"].casefold(), one["sequence"]))


def _exported(kind: str | None, cause: str | None, block: list[tuple[str, int]]) -> str:
    parts = [f"kind={kind}"] if kind else []
    parts += [f"cause={cause}"] if cause else []
    parts += [f"since={block[-1][0]}&until={block[0][0]}"] if block else []
    return "/api/v1/changes?" + "&".join([*parts, "format=csv"])
