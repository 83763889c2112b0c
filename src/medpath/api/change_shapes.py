"""What changes and the versions of a medicine look like."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from medpath.api.medicine_shapes import Day, Instant, Provenance


class FieldChange(BaseModel):
    """One field before and after."""

    field: str
    before: Any
    after: Any


class Change(BaseModel):
    """What changed at one observation, of one kind. `sequence` orders the list as written."""

    sequence: int
    medicine: str
    name: str
    kind: str
    cause: Literal["source", "layout", "reader"]
    date: Day
    observed_at: Instant
    fields: list[FieldChange]
    versions: list[int]
    dataset: str
    url: str


class Version(BaseModel):
    """A version of a medicine and what it was made from."""

    version: int
    sequence: int
    observed_from: Instant
    written_at: Instant
    inputs: list[Provenance]


class History(BaseModel):
    """The versions of a medicine, oldest first, and its changes: all, or those observed by the end of a day."""

    id: str
    product_number: str
    versions: list[Version]
    changes: list[Change]
    as_of: Day = Field(None, description="The day asked for; only where one was.")
