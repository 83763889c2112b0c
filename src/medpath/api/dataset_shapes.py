"""What datasets, their runs and issues, and the quality of their data look like."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from medpath.api.list_shapes import EntryStatus
from medpath.api.medicine_shapes import Day, Instant, Url


class Run(BaseModel):
    """One reading of a dataset."""

    name: str
    url: str
    layout: str
    reader_version: int
    software_version: str
    started_at: Instant
    finished_at: Instant
    observed_at: Instant | None
    result: str
    reason: str | None
    rows: int
    records: int
    rejected: int
    issues: int
    changed: int


class Bounds(BaseModel):
    """How many rows a report must and may have."""

    minimum: int
    maximum: int


class Dataset(BaseModel):
    """A dataset of a publisher: what it is, how old it is, how its reading went."""

    name: str
    source: str
    title: str
    kind: str
    publisher: str
    homepage: str
    licence: str
    licence_url: str
    attribution: str
    url: Url
    schedule: str | None
    bounds: Bounds
    records: int
    listed: int
    snapshots: int
    first_observed_at: Instant | None
    observed_at: Instant | None
    retrieved_at: Instant | None
    age_days: float | None
    issues_by_code: dict[str, int]
    issues: int
    not_joined: int | None = Field(description="Records that belong to no medicine here; null where they need not.")
    last_run: Run | None
    last_ok_at: Instant | None
    failed_since: Instant | None


class NotJoined(BaseModel):
    """A record that belongs to no medicine here."""

    key: str
    title: str | None
    url: Url


class DatasetWithRuns(Dataset):
    """A dataset with its last runs, newest first."""

    runs: list[Run]
    not_joined_records: list[NotJoined]


class Issue(BaseModel):
    """What is wrong in the data as they are now."""

    id: int
    dataset: str
    severity: str
    code: str
    place: str
    record: str | None
    message: str


class Example(BaseModel):
    """One issue of a kind."""

    message: str
    place: str
    record: str | None


class IssueKind(BaseModel):
    """A kind of issue in a dataset."""

    dataset: str
    code: str
    severity: str
    standing: int = Field(description="How many stand in the data as they are now.")
    before: int = Field(description="How many stood in older files, or were since read otherwise.")
    example: Example


class Observation(BaseModel):
    """What was wrong in the files of a dataset as they stood on a day."""

    dataset: str
    observed_on: Day
    rows: int
    records: int
    rejected: int
    issues: int
    by_code: dict[str, int]


class Disagreeing(BaseModel):
    """How many medicines these datasets say different things of in a field."""

    field: str
    datasets: list[str]
    count: int


class Joining(BaseModel):
    """How many records of a dataset are listed, and how many of them are joined to no medicine."""

    dataset: str
    listed: int
    not_joined: int


class Quality(BaseModel):
    """The quality of the data in counts."""

    kinds: list[IssueKind]
    observations: list[Observation]
    disagreements: list[Disagreeing]
    not_joined: list[Joining]


class Said(BaseModel):
    """What a source says of a field."""

    dataset: str
    value: Any
    last_updated: Day = None


class DisagreementOf(BaseModel):
    """A field of a medicine of which sources say different things now."""

    product_number: str
    name: str
    status: EntryStatus
    field: str
    values: list[Said]
    url: Url
