"""What every reader of a source takes and gives.

A reader is ``def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]``: pure, without
network or database. It takes each field of a row by name (`Row.take`); what it leaves behind
becomes an issue. Faults of the data are issues in the `Report`, never exceptions; only a file that
can't be read at all raises `SourceFailed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from medpath.model.records import Issue, Key, Report, Severity, SourceRecord

__all__ = ["Issue", "Key", "Report", "Row", "Severity", "SourceRecord"]


FIELD_LENGTH = 200_000  # signs; the longest text of EMA's lists has 8,000


class Row:
    """The fields of one row, each to be taken once. `leave` reports what nobody took.

    ``missed`` are the fields that were sought and are not there.
    """

    def __init__(self, fields: Mapping[str, Any], place: str, report: Report) -> None:
        self._fields = dict(fields)
        self.place = place
        self.report = report
        self.record: str | None = None
        self.missed: set[str] = set()

    def take(self, *names: str) -> Any:
        """The value under the first of ``names`` that is there (removed), or None.

        A text that is longer than any field can be is None and the issue ``long-text``.
        """
        for name in names:
            if name in self._fields:
                value = self._fields.pop(name)
                if isinstance(value, str) and len(value) > FIELD_LENGTH:
                    self.issue("long-text", f"The field “{name[:80]}” has {len(value):,} signs; it is not shown.")
                    return None
                return value
        self.missed.add(names[0])
        return None

    def has(self, name: str) -> bool:
        """Whether the row holds the field and nobody has taken it."""
        return name in self._fields

    def names(self) -> list[str]:
        """The names of the fields that nobody has taken yet."""
        return list(self._fields)

    def issue(self, code: str, message: str, severity: Severity = "warning") -> None:
        """Notes a fault at this row's place."""
        self.report.issue(code, message, self.place, self.record, severity)

    def leave(self, ignore: Iterable[str] = ()) -> None:
        """Reports every field that was neither taken nor listed under ``ignore``."""
        for name in sorted(self._fields.keys() - set(ignore)):
            self.issue("unknown-field", f"The field “{name[:80]}” is not known; its values are not shown.")
