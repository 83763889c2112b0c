"""What every reader of a source takes and gives.

A reader is ``def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]``: pure, without
network or database. It takes each field of a row by name (`Row.take`); what it leaves behind
becomes an issue. Faults of the data are issues in the `Report`, never exceptions; only a file that
can't be read at all raises `SourceFailed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from medpath.fetch.files import Precision

Key = tuple[str, str]
Severity = Literal["error", "warning", "info"]

MESSAGE_LENGTH = 400


@dataclass(frozen=True)
class Issue:
    """A fault of the data: ``code`` names its kind, ``place`` where in the file it stands."""

    severity: Severity
    code: str
    place: str
    record: str | None
    message: str


@dataclass(frozen=True)
class SourceRecord:
    """One row or page, read into the field's terms.

    ``key`` names the record within its dataset for ever. ``medicine`` is the canonical product
    number where the record speaks about one medicine as the publisher says itself. ``offers`` are
    keys under which other medicines may find this record, ``seeks`` those by which its medicine
    looks for others (see `medpath.sources.keys`). ``observed_at`` is given where a record knows
    its own time, else the file's counts.
    """

    key: str
    body: dict[str, Any]
    place: str
    medicine: str | None = None
    offers: tuple[Key, ...] = ()
    seeks: tuple[Key, ...] = ()
    observed_at: datetime | None = None


@dataclass
class Report:
    """What a reader says about a file beside its records."""

    dataset: str
    layout: str = ""
    observed_at: datetime | None = None
    observed_precision: Precision = "second"
    rows: int = 0
    rejected: int = 0
    declared_total: int | None = None
    issues: list[Issue] = field(default_factory=list)

    def issue(
        self, code: str, message: str, place: str = "", record: str | None = None, severity: Severity = "warning"
    ) -> None:
        """Notes a fault. ``code`` is lower case with hyphens; ``message`` is one sentence."""
        message = message.replace("\x00", "\\0")[:MESSAGE_LENGTH]
        self.issues.append(Issue(severity, code, place.replace("\x00", "\\0")[:200], record, message))

    def reject(self, code: str, message: str, place: str, record: str | None = None) -> None:
        """Notes that a row is left out as a whole, and why."""
        self.rejected += 1
        self.issue(code, message, place, record, severity="error")


class Row:
    """The fields of one row, each to be taken once.

    ``aliases`` are older names of keys. `leave` reports what nobody took.
    """

    def __init__(self, fields: Mapping[str, Any], place: str, report: Report) -> None:
        self._fields = dict(fields)
        self.place = place
        self.report = report
        self.record: str | None = None

    def take(self, *names: str) -> Any:
        """The value under the first of ``names`` that is there (removed), or None."""
        for name in names:
            if name in self._fields:
                return self._fields.pop(name)
        return None

    def has(self, name: str) -> bool:
        """Whether the row holds the field and nobody has taken it."""
        return name in self._fields

    def issue(self, code: str, message: str, severity: Severity = "warning") -> None:
        """Notes a fault at this row's place."""
        self.report.issue(code, message, self.place, self.record, severity)

    def leave(self, ignore: Iterable[str] = ()) -> None:
        """Reports every field that was neither taken nor listed under ``ignore``."""
        for name in sorted(self._fields.keys() - set(ignore)):
            self.issue("unknown-field", f"The field “{name[:80]}” is not known; its values are not shown.")
