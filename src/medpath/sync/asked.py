"""What asking a site gave, between asking and writing."""

from __future__ import annotations

from dataclasses import dataclass, field

from medpath.model.records import Issue
from medpath.store.writing import Unit

# Codes of issues about asking for a page or a document.
TROUBLES = tuple(f"{noun}-{code}" for noun in ("page", "document") for code in ("gone", "moved", "failed", "unread"))


@dataclass(frozen=True)
class Kept:
    """The newest snapshot of an address."""

    sha256: str
    observed_at: str
    reader_version: int
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True)
class Seen:
    """An address that still shows what its newest snapshot holds, with the validators of today."""

    url: str
    at: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass
class Visits:
    """Some pages that were asked for: read ones, ones still the same, and what stood in the way of others.

    ``troubles`` are (address, issue); its code is one of `TROUBLES`.
    """

    units: list[Unit] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    troubles: list[tuple[str, Issue]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.units) + len(self.seen) + len(self.troubles)
