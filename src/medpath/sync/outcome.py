"""What a sync did, file by file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from medpath.store.writing import Counts


@dataclass
class Outcome:
    """What became of one file: ``result`` is ok, unchanged or failed (then ``reason`` says why)."""

    dataset: str
    name: str
    result: str
    rows: int = 0
    records: int = 0
    rejected: int = 0
    issues: int = 0
    changed: int = 0
    reason: str | None = None

    @classmethod
    def of(cls, dataset: str, name: str, counts: Counts) -> Outcome:
        """The outcome of a file that was read."""
        return cls(dataset, name, "ok", counts.rows, counts.records, counts.rejected, counts.issues, counts.changed)


@dataclass
class Pages:
    """What became of the pages or documents of a site: how many were asked for, read, found unchanged, gone, or failed.

    ``waiting`` are those never seen, or changed since, that this run did not come to.
    """

    asked: int = 0
    read: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    waiting: int = 0


@dataclass
class SyncResult:
    """The outcomes of one sync, what was not recognised, and what was composed. ``say`` tells people as it goes.

    ``stopped`` says why a sync from a site ended before it had asked for everything; the next one
    goes on from there.
    """

    say: Callable[[str], None] = lambda _text: None
    outcomes: list[Outcome] = field(default_factory=list)
    unrecognised: list[str] = field(default_factory=list)
    medicines: int = 0
    versions: int = 0
    changes: int = 0
    texts: int = 0
    pages: Pages | None = None
    documents: Pages | None = None
    stopped: str | None = None

    def add(self, outcome: Outcome) -> None:
        """Notes an outcome and tells it."""
        self.outcomes.append(outcome)
        if outcome.result == "ok":
            self.say(
                f"{outcome.dataset or 'archive'}  {outcome.name}: {outcome.rows} rows, {outcome.records} records, "
                f"{outcome.rejected} rejected, {outcome.issues} issues, {outcome.changed} new or changed"
            )

    def say_failed(self, dataset: str, name: str, reason: str) -> None:
        """Notes a failure and tells it."""
        self.outcomes.append(Outcome(dataset, name, "failed", reason=reason))
        self.say(f"FAILED  {reason}")

    @property
    def failures(self) -> list[Outcome]:
        """What failed."""
        return [outcome for outcome in self.outcomes if outcome.result == "failed"]

    @property
    def changed(self) -> int:
        """How many records are new or different."""
        return sum(outcome.changed for outcome in self.outcomes)

    @property
    def exit_code(self) -> int:
        """0, or 4 where something failed and the old data were kept."""
        return 4 if self.failures else 0

    def as_json(self) -> dict[str, Any]:
        """The result for programs."""
        return {
            "outcomes": [asdict(outcome) for outcome in self.outcomes],
            "unrecognised": self.unrecognised,
            "records_changed": self.changed,
            "medicines_composed": self.medicines,
            "medicine_versions": self.versions,
            "changes": self.changes,
            "texts": self.texts,
            "failed": len(self.failures),
            "pages": asdict(self.pages) if self.pages is not None else None,
            "documents": asdict(self.documents) if self.documents is not None else None,
            "stopped": self.stopped,
        }
