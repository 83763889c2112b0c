"""What a reader gives: records, and what it says about a file beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Key = tuple[str, str]
Severity = Literal["error", "warning", "info"]
Precision = Literal["second", "day"]

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
    looks for others (see `medpath.sources.keys`).
    """

    key: str
    body: dict[str, Any]
    place: str
    medicine: str | None = None
    offers: tuple[Key, ...] = ()
    seeks: tuple[Key, ...] = ()


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
