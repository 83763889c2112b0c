"""What happened to whole columns between two lists of medicines: none of it is news about medicines.

Between two of EMA's tables the values of whole columns may vanish, come years late, change only in letter case, or
change their language. A column counts as so treated where it happened to many rows at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from medpath.model.differences import same_list, spelling_of

MANY = 25  # rows; no day of EMA's list has so many true changes of the kinds judged here
MANY_LOSSES = 10  # rows; a value that EMA once stated does not end to be true in so many rows at once
WHOLE = 0.4  # share of the rows that could, for a column that came or went
REWRITTEN = 0.6  # share of the filled rows that changed at once
NEVER_REWRITTEN = ("revision", "latest_procedure", "dates.latest_european_commission_decision", "last_updated")
_SETS = ("whole", "vanished", "late", "respelt")
NAMES = {
    "atcvet": "atc",
    "opinion_outcome": "opinion.outcome",
}


@dataclass(frozen=True)
class Columns:
    """Fields by what happened to them in one list, against the list before.

    ``whole``: the column came, went or was rewritten; ``vanished``: many rows lost their value; ``late``: many rows
    got a value that they had lacked; ``respelt``: many rows changed in spelling alone. ``back``: many rows say again
    exactly what they said in an older list, as where the publisher shows an old file under a new date.
    """

    whole: frozenset[str] = frozenset()
    vanished: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    respelt: frozenset[str] = frozenset()
    back: bool = False

    def as_json(self) -> dict[str, Any]:
        """For the store."""
        return {name: sorted(getattr(self, name)) for name in _SETS} | {"back": self.back}

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Columns:
        """From the store."""
        return cls(**{name: frozenset(held.get(name, ())) for name in _SETS}, back=bool(held.get("back")))


def compare_columns(before: Mapping[Any, dict[str, Any]], after: Mapping[Any, dict[str, Any]]) -> Columns:
    """Compares the bodies of two lists, by record."""
    came: Counter[str] = Counter()
    went: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    respelt: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    for key, body in before.items():
        values, later = _flat(body), _flat(after[key]) if key in after else None
        for name, value in values.items():
            empty = value in (None, "", [])
            if not empty:
                filled[name] += 1
            if later is None or value == later.get(name):
                continue
            now = later.get(name)
            if empty:
                came[name] += 1
            elif now in (None, "", []):
                went[name] += 1
            elif not (isinstance(value, list) and isinstance(now, list) and same_list(value, now)):
                changed[name] += 1
                respelt[name] += _spelling(value) == _spelling(now)
    total = len(before)

    def many(counts: Counter[str], least: int = MANY) -> set[str]:
        return {name for name, count in counts.items() if count >= least}

    whole = {name for name in many(went) if went[name] >= WHOLE * filled[name]}
    whole |= {name for name in many(came) if came[name] >= WHOLE * (total - filled[name])}
    whole |= {
        name
        for name in many(changed)
        if name not in NEVER_REWRITTEN and changed[name] >= REWRITTEN * filled[name] and not name.startswith("flags.")
    }
    return Columns(_named(whole), _named(many(went, MANY_LOSSES)), _named(many(came)), _named(many(respelt)))


def emptied(before: Iterable[dict[str, Any]], after: Iterable[dict[str, Any]]) -> list[str]:
    """The fields that most bodies had and none has now: a list that lost a column, which no publisher means."""
    bodies = list(before)
    had = Counter(name for body in bodies for name, value in _flat(body).items() if value not in (None, "", []))
    have = {name for body in after for name, value in _flat(body).items() if value not in (None, "", [])}
    return sorted(name for name, count in had.items() if count >= max(MANY, len(bodies) / 2) and name not in have)


def _named(fields: set[str]) -> frozenset[str]:
    """The fields by the names that a composed medicine has for them."""
    return frozenset(NAMES.get(name, name) for name in fields)


def _flat(body: dict[str, Any]) -> dict[str, Any]:
    """The fields one level deep, ``dates.refusal`` among them."""
    found: dict[str, Any] = {}
    for name, value in body.items():
        if isinstance(value, dict):
            found.update({f"{name}.{inner}": item for inner, item in value.items()})
        else:
            found[name] = value
    return found


def _spelling(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(spelling_of(item) for item in value)
    return spelling_of(value) if isinstance(value, str) else value
