"""What changed, by day of observation, the newest first, and by medicine, the weightiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.model.changes import CAUSES, KINDS
from medpath.model.grouping import MedicineDay, by_day_and_medicine
from medpath.translations.differences import changes_in_words
from medpath.translations.language import Language
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.page import page

PARAMETERS = ("kind", "cause", "since", "until", "after")
AT_LEAST = 60  # a page takes whole days until it has so many changes
AT_MOST = 150
ALL = "all"


@dataclass(frozen=True)
class ToldDay:
    """The changes of one medicine on one day in words; ``old`` and ``new`` are the versions before and after them.

    ``old`` is None where the first of them made the medicine known. ``status`` is the present one.
    """

    day: str
    number: str
    name: str
    url: str
    changes: list[dict[str, Any]]
    old: int | None
    new: int
    status: dict[str, Any] | None = None


def show(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The page of changes: regulatory news unless another cause is asked for. Raises UsageError."""
    language, _ = asked.language, asked.language.gettext
    kind = asked.one("kind")
    asked_cause = asked.one("cause") or "source"
    cause = None if asked_cause == ALL else asked_cause
    until, since = asked.day("until"), asked.day("since")
    days = state.register.change_days(kind=kind, cause=cause)
    block, later = days_of_page(days, since, until)
    groups, counts, next_address = _found(state, asked, block, kind, cause)
    older = [day for day, _count in days if block and day < block[-1][0]]
    told = [word(language, "change", kind or "")]
    if block and (since or until):
        told += dict.fromkeys(language.day(day) for day in (block[-1][0], block[0][0]))
    return page(
        state,
        stamp,
        asked,
        "changes.html",
        " – ".join(filter(None, (_("Changes"), *told))),
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
        counts=counts,
        next_address=next_address,
    )


def _found(
    state: State, asked: Asked, block: list[tuple[str, int]], kind: str | None, cause: str | None
) -> tuple[list[tuple[str, list[ToldDay]]], list[tuple[str, int, str]], str | None]:
    """((day, its medicines) of the page, (kind, number, address) of the whole days, the address at which they go on).

    A day can have thousands of changes: whole medicines are taken until there are enough for a page.
    """
    if not block:
        return [], [], None
    first, last = block[-1][0], block[0][0]
    between = {"since": date.fromisoformat(first), "until": date.fromisoformat(last)}
    rows = state.register.change_places(**between, kind=kind, cause=cause)
    numbers = Counter(row["kind"] for row in rows)
    counts = [
        (word(asked.language, "change", name) or name, numbers[name], asked.changed(kind=name, since=first, until=last))
        for name in KINDS
        if numbers[name]
    ]
    groups, start = by_day_and_medicine(rows), asked.count("after")
    some = enough(groups[start:], AT_MOST)
    end = start + len(some)
    following = asked.changed(since=first, until=last, after=str(end)) if end < len(groups) else None
    sequences = [row["sequence"] for group in some for row in group.changes]
    whole = by_day_and_medicine(change for change, _hash in state.register.told_changes(sequences))
    statuses = {
        one["id"]: one["status"] for one in state.register.medicines_of(sorted({_number(one) for one in whole}))
    }
    told = [told_day(asked.language, one, statuses.get(one.medicine)) for one in whole]
    return [(day, list(of_day)) for day, of_day in groupby(told, lambda one: one.day)], counts, following


def enough(groups: Iterable[MedicineDay], most: int) -> list[MedicineDay]:
    """The first ones, whole, that together have at most so many changes; one where it alone has more."""
    found: list[MedicineDay] = []
    number = 0
    for group in groups:
        number += len(group.changes)
        if found and number > most:
            break
        found.append(group)
    return found


def _number(group: MedicineDay) -> str:
    return group.medicine.rpartition(":")[2].replace("-", "/")


def told_day(language: Language, group: MedicineDay, status: dict[str, Any] | None = None) -> ToldDay:
    """A medicine's changes of a day in words."""
    newest = max(group.changes, key=lambda one: int(one["versions"][-1]))
    known = [one["versions"][0] for one in group.changes if len(one["versions"]) > 1]
    return ToldDay(
        group.day,
        _number(group),
        group.name,
        newest["url"],
        changes_in_words(language, group.changes),
        min(known) if len(known) == len(group.changes) else None,
        newest["versions"][-1],
        status,
    )


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


def _exported(kind: str | None, cause: str | None, block: list[tuple[str, int]]) -> str:
    parts = [f"kind={kind}"] if kind else []
    parts += [f"cause={cause}"] if cause else []
    parts += [f"since={block[-1][0]}&until={block[0][0]}"] if block else []
    return "/api/v1/changes?" + "&".join([*parts, "format=csv"])
