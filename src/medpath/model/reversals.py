"""Values that go and come back: what a field had been before, as far as its changes tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from medpath.model.differences import Difference, same_list
from medpath.model.times import moment

LONGEST = timedelta(days=366)  # a value that returns later than that is a new one


def is_empty(value: Any) -> bool:
    """Whether a source says nothing."""
    return value in (None, "", [])


@dataclass
class Earlier:
    """The values that each field of a medicine had and lost, with the instant at which that was observed."""

    lost: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)

    def add(self, at: str, fields: Iterable[Mapping[str, Any]]) -> None:
        """Notes the fields of a change that was observed at an instant."""
        for one in fields:
            if not is_empty(one["before"]) and not isinstance(one["before"], bool):  # a flag has nothing else to be
                self.lost.setdefault(one["field"], []).append((at, one["before"]))

    def had(self, difference: Difference, at: str) -> bool:
        """Whether the field had the value that it has now, and lost it within the year before an instant."""
        return any(
            lost_at < at and moment(at) - moment(lost_at) <= LONGEST and _same(value, difference.after)
            for lost_at, value in self.lost.get(difference.name, ())
        )


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, list) and isinstance(theirs, list):
        return same_list(ours, theirs)
    return bool(ours == theirs)
