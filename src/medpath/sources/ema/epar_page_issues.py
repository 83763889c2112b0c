"""Issues of one page: each with the place of its block, and of one kind never more than a few."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from medpath.documents.blocks import Block, Document
from medpath.sources.reading import Report, Severity

MOST_OF_A_KIND = 20


@dataclass
class Issues:
    """Notes what is wrong on a page; what goes beyond `MOST_OF_A_KIND` is counted and told once by `finish`."""

    report: Report
    document: Document
    record: str | None = None
    _counts: Counter[str] = field(default_factory=Counter)

    def note(self, code: str, message: str, block: Block | None = None, severity: Severity = "warning") -> None:
        """Notes a fault at a block's place."""
        self._counts[code] += 1
        if self._counts[code] <= MOST_OF_A_KIND:
            place = self.document.place(block) if block is not None else ""
            self.report.issue(code, message, place, self.record, severity)

    def finish(self) -> None:
        """Tells how many more there were of a kind."""
        for code, count in self._counts.items():
            if count > MOST_OF_A_KIND:
                self.report.issue(code, f"{count - MOST_OF_A_KIND} more of this kind on the page.", "", self.record)
