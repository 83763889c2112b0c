"""Changes grouped per medicine and day of observation, in the order in which somebody wants to read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from medpath.model.changes import KINDS

_WEIGHT = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class MedicineDay:
    """What was first observed of one medicine on one day (UTC), the weightiest first."""

    day: str
    medicine: str
    name: str
    changes: list[Mapping[str, Any]]


def by_day_and_medicine(changes: Iterable[Mapping[str, Any]]) -> list[MedicineDay]:
    """The newest day first; of a day the medicines by their weightiest change, then by name.

    Of a change ``medicine``, ``name``, ``kind``, ``observed_at`` and ``sequence`` are read.
    """
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for one in changes:
        groups.setdefault((one["observed_at"][:10], one["medicine"]), []).append(one)
    found = []
    for (day, medicine), some in groups.items():
        some.sort(key=lambda one: (_weight(one), one["observed_at"], one["sequence"]))
        newest = max(some, key=lambda one: (one["observed_at"], one["sequence"]))
        found.append(MedicineDay(day, medicine, newest["name"], some))
    found.sort(key=lambda one: (_weight(one.changes[0]), one.name.casefold(), one.medicine))
    return sorted(found, key=lambda one: one.day, reverse=True)


def _weight(change: Mapping[str, Any]) -> int:
    return _WEIGHT.get(change["kind"], len(_WEIGHT))
