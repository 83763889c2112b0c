"""Which changes belong to a feed, and in which document of it each stands.

Archived feeds (RFC 5005, chapter 4): counted from the oldest, every `PART` changes fill an archive, which stays as it
is; the feed itself has the newest archive that is full and what came since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from medpath.errors import NotFound, UsageError
from medpath.feeds.subjects import Subject
from medpath.http.state import State
from medpath.model import atc
from medpath.model.changes import CAUSES, KINDS
from medpath.model.compose import medicine_id
from medpath.model.names import slug
from medpath.search.searching import Filters
from medpath.store.changes import ChangeKey
from medpath.web.asked import Asked

PART = 100
ALL = "all"
AT_ONCE = 1_000
BACK_AND_FORTH = ("other-changed", "value-vanished", "value-reverted")
# What is looked up in the history of a medicine: filter, kinds of change that tell of it, their field, and what
# a value of the field is to the filter.
WHAT_A_MEDICINE_WAS: tuple[tuple[str, tuple[str, ...], str, Callable[[str], Sequence[str]]], ...] = (
    ("status", ("status-changed", *BACK_AND_FORTH), "status.code", lambda code: [code]),
    ("organisation", ("holder-changed", *BACK_AND_FORTH), "holder", lambda name: [slug(name)]),
    ("substance", ("substance-changed", *BACK_AND_FORTH), "active_substances", lambda name: [slug(name)]),
    ("area", ("area-changed", *BACK_AND_FORTH), "therapeutic_areas", lambda name: [slug(name)]),
    ("atc", ("atc-changed", *BACK_AND_FORTH), "atc", atc.ancestors),
)


@dataclass(frozen=True)
class Document:
    """A document of a feed: the sequences of its changes, newest first; ``archive`` is None for the feed itself.

    ``older`` and ``newer`` are the archives beside it.
    """

    sequences: list[int]
    archive: int | None
    older: int | None
    newer: int | None


def document_of(state: State, asked: Asked, subject: Subject) -> Document:
    """The document that is asked for. Raises UsageError, NotFound, StoreUnusable."""
    kinds, causes = _known(asked, "kind", KINDS, ()), _known(asked, "cause", (*CAUSES, ALL), ("source",))
    keys = state.once(("feed-keys",), state.register.change_keys)
    fitting = [key for key in keys if (not kinds or key.kind in kinds) and (ALL in causes or key.cause in causes)]
    if subject.number is not None:
        wanted = medicine_id(subject.number)
        fitting = [key for key in fitting if key.medicine == wanted]
    elif subject.filters not in (None, Filters()):
        assert subject.filters is not None
        fitting = _of_medicines(state, fitting, subject.filters)
    return part_of(asked, [key.sequence for key in fitting])


def part_of(asked: Asked, sequences: Sequence[int]) -> Document:
    """The document of a feed with these changes, oldest first. Raises NotFound for an archive that is not full."""
    archive = asked.count("archive") if asked.one("archive") is not None else None
    full = len(sequences) // PART
    if archive is None:
        first = max(full - 1, 0)
        return Document(list(sequences[first * PART :])[::-1], None, first if first else None, None)
    if not 1 <= archive <= full:
        said = asked.language.gettext("This feed has no archive %(number)s; it has %(count)s.")
        raise NotFound(said % {"number": archive, "count": full})
    newer = archive + 1 if archive < full else None
    some = list(sequences[(archive - 1) * PART : archive * PART])[::-1]
    return Document(some, archive, archive - 1 if archive > 1 else None, newer)


def _known(asked: Asked, name: str, known: Sequence[str], otherwise: tuple[str, ...]) -> tuple[str, ...]:
    values = asked.many(name) or otherwise
    for value in values:
        if value not in known:
            title = "kind of change" if name == "kind" else name
            raise UsageError(f"There is no {title} “{value[:40]}”; there are {', '.join(known)}.")
    return values


def _of_medicines(state: State, keys: list[ChangeKey], filters: Filters) -> list[ChangeKey]:
    """The changes of medicines that fit; what they were right before or after the change counts, not what they are.

    So who reads about authorised medicines learns that one was withdrawn, who follows a company what it gave away, and
    who follows a condition which medicine lost it; and no later change moves what a feed told before. Words, category,
    flags and years are those of today.
    """
    spelt_out = state.search.spelt_out(filters)
    looked_up: dict[str, Any] = {name: () for name, *_rest in WHAT_A_MEDICINE_WAS}
    others = _numbers(state, replace(filters, **looked_up))
    fits = [key for key in keys if others is None or key.medicine in others]
    for name, kinds, field, as_filter in WHAT_A_MEDICINE_WAS:
        wanted = set(getattr(spelt_out, name))
        if not wanted:
            continue
        now = _numbers(state, replace(Filters(), **{name: getattr(filters, name)})) or set()
        steps = state.once(("feed-steps", field), partial(state.register.field_steps, kinds, field))
        fits = [key for key in fits if _had(key, steps.get(key.medicine, ()), now, partial(_has, wanted, as_filter))]
    return fits


def _has(wanted: set[str], as_filter: Callable[[str], Sequence[str]], value: Any) -> bool:
    """Whether the value of a field, a text or several, is one that a filter wants."""
    held = value if isinstance(value, list) else [value] if value else []
    return any(not wanted.isdisjoint(as_filter(str(one))) for one in held)


def _had(
    key: ChangeKey, steps: Sequence[tuple[str, Any, Any]], now: set[str], is_wanted: Callable[[Any], bool]
) -> bool:
    """Whether the medicine had one of the values right before the change or after it."""
    at_once = [step for step in steps if step[0] == key.observed_at]
    if at_once:
        return any(is_wanted(before) or is_wanted(after) for _at, before, after in at_once)
    later = next((step for step in steps if step[0] > key.observed_at), None)
    return is_wanted(later[1]) if later is not None else key.medicine in now


def _numbers(state: State, filters: Filters) -> set[str] | None:
    """The ids of the medicines that fit as they are now; None where every one does."""
    if filters == Filters():
        return None
    found: set[str] = set()
    cursor: str | None = None
    while True:
        listed = state.search.medicines(filters, limit=AT_ONCE, cursor=cursor, facet_values=0)
        found.update(item["id"] for item in listed.items)
        cursor = listed.next
        if cursor is None:
            return found
