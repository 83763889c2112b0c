"""The versions of source records, as a medicine is composed from them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from medpath.model.records import Key


@dataclass(slots=True)
class Version:
    """One version of a source record. ``body`` is None where a whole report no longer had the record.

    ``linked`` are the documents that this version or an earlier one about the same medicine sought: one
    that EMA's page does not link any more still tells what happened.
    """

    body: Any
    place: str
    sha256: str
    name: str
    url: str
    retrieved_at: str | None
    observed_from: str
    observed_to: str
    issues: list[list[str]]
    attribution: str = ""
    licence_url: str = ""
    medicine: str | None = None
    offers: frozenset[Key] = frozenset()
    seeks: frozenset[Key] = frozenset()
    linked: frozenset[Key] = frozenset()


@dataclass(slots=True)
class History:
    """A source record with all its versions, oldest first."""

    dataset: str
    key: str
    versions: list[Version] = field(default_factory=list)
    instants: list[str] = field(default_factory=list)

    def add(self, version: Version) -> None:
        """Adds a later version."""
        self.versions.append(version)
        self.instants.append(version.observed_from)

    def until(self, at: str) -> list[Version]:
        """The versions observed by an instant."""
        return self.versions[: bisect_right(self.instants, at)]


@dataclass(slots=True)
class Source:
    """A record as it had been observed by an instant: its versions until then, none of them later."""

    dataset: str
    key: str
    medicine: str | None
    versions: list[Version]

    @property
    def version(self) -> Version:
        """The last version with a body (a record that is no longer listed keeps what it last said)."""
        return next(version for version in reversed(self.versions) if version.body is not None)

    @property
    def body(self) -> dict[str, Any]:
        """What the record says, or last said."""
        body: dict[str, Any] = self.version.body
        return body

    @property
    def no_longer_listed_at(self) -> str | None:
        """Since when a whole report does not have the record any more."""
        last = self.versions[-1]
        return last.observed_from if last.body is None else None


@dataclass(slots=True)
class Found:
    """A record of another dataset that a medicine found, and by which keys."""

    source: Source
    keys: list[Key]


@dataclass(slots=True)
class Inputs:
    """All that had been observed about one medicine by an instant."""

    number: str
    at: str
    own: list[Source]
    found: list[Found]

    def one(self, dataset: str) -> Source | None:
        """The medicine's own record of a dataset that has one per medicine."""
        return next((source for source in self.own if source.dataset == dataset), None)

    def of(self, dataset: str) -> list[Source]:
        """The medicine's own records of a dataset."""
        return [source for source in self.own if source.dataset == dataset]

    def found_in(self, dataset: str) -> list[Found]:
        """The records of a dataset that the medicine found."""
        return [found for found in self.found if found.source.dataset == dataset]
