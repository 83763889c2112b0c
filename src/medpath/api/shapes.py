"""What lists, entries, changes, sources and problems look like; a medicine stands in `medicine_shapes`."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from medpath.api.medicine_shapes import Day, Instant, Named, Provenance, Status, Url

Item = TypeVar("Item")


class Facet(BaseModel):
    """How many entries have a value."""

    value: str
    count: int
    label: str | None = None
    names: dict[str, str | None] | None = Field(None, description="Of a class: its names by language.")
    level: int | None = Field(None, description="Of a class: its level.")


class ListOf(BaseModel, Generic[Item]):
    """A list, or a part of it."""

    items: list[Item]
    total: int
    next: str | None = Field(description="The address of the next part, null at the end.")
    facets: dict[str, list[Facet]]
    source: str = Field(description="The attributions that the publishers ask for.")
    data_date: Instant | None = Field(description="How the newest list of medicines dates itself; never today.")
    sample: bool = Field(description="The bundled sample data and nothing real.")


class EntryStatus(BaseModel):
    """The status in a list."""

    code: str | None
    source_value: str | None = None
    date: Day = None


class MedicineEntry(BaseModel):
    """A medicine in a list."""

    kind: Literal["medicine"]
    id: str
    product_number: str
    name: str
    status: EntryStatus
    category: str | None
    active_substances: list[str]
    atc: list[str]
    therapeutic_areas: list[str]
    holder: str | None
    eu_numbers: list[str]
    flags: list[str] = Field(description="Those that are true.")
    marketing_authorisation_date: Day
    last_updated: Day
    no_longer_listed_at: Instant | None
    matched: str | None = Field(None, description="What of the question was found where.")
    url: str


class NamedEntry(BaseModel):
    """A substance, condition, organisation or class in a list, with how many medicines it has."""

    kind: Literal["substance", "condition", "organisation", "atc-class"]
    id: str
    name: str
    slug: str
    code: str | None = Field(None, description="Of a class: its code.")
    names: dict[str, str | None] | None = Field(None, description="Of a class: its names by language.")
    level: int | None = Field(None, description="Of a class: its level.")
    system: Literal["ATC", "ATCvet"] | None = Field(None, description="Of a class: its classification.")
    retired_at: Instant | None = Field(None, description="Of a class: since when WHO no longer lists it.")
    medicines: int
    authorised: int
    matched: str | None = None
    url: str


class EntryMedicine(BaseModel):
    """The medicine of a document."""

    product_number: str
    name: str
    status: EntryStatus
    url: str


class DocumentEntry(BaseModel):
    """A document in a list."""

    kind: Literal["document"]
    id: str
    name: str
    type: str | None
    group: str | None
    reference_number: str | None
    first_published: Day
    last_updated: Day
    medicine: EntryMedicine
    matched: str | None = None
    url: str


class Understood(BaseModel):
    """A part of the question that was taken for more than a word."""

    text: str
    as_: str = Field(alias="as")
    value: Any
    name: str | None = None
    values: list[str] | None = None
    count: int | None = None
    means: list[str] | None = Field(
        None,
        description="What a kind of medicine without a code of its own stands for; "
        "for `synonym`, `broader` and `known` the vocabulary that says so.",
    )
    year: str | None = Field(None, description="The year of a status, for `status-year`.")


class Nearest(BaseModel):
    """Another question that finds something, and how it differs."""

    as_: Literal["without", "wider", "broader", "part", "spelling"] = Field(
        alias="as",
        description="`without` filters, in a `wider` kind, a `broader` condition, with `part` of the words, "
        "or other `spelling`.",
    )
    query: str
    total: int


class PassageRun(BaseModel):
    """A part of a passage."""

    text: str
    marked: bool = Field(description="Whether it is one of the words that were asked for.")


class PassageDocument(BaseModel):
    """The document that a passage stands in."""

    id: str
    url: str
    title: str | None
    type: str | None
    version: int


class PassageEntry(BaseModel):
    """A section of a document with its passage that fits best."""

    kind: Literal["section", "document"] = Field(description="`section` of product information; else `document`.")
    id: str
    product_number: str
    name: str
    status: EntryStatus
    document: PassageDocument
    part: str | None
    section: str | None
    title: str | None
    product: str | None
    page: int
    passage: list[PassageRun]
    url: str
    source_url: str


class SearchAnswer(ListOf[MedicineEntry | NamedEntry | DocumentEntry | PassageEntry]):
    """What fits a question."""

    query: str
    understood: list[Understood]
    nearest: list[Nearest] = Field(description="Where nothing fits: other questions that find something.")


class Suggestion(BaseModel):
    """What may be meant."""

    kind: str
    text: str
    detail: str | None
    status: str | None
    product_number: str | None = Field(None, description="Of a medicine.")
    slug: str | None = Field(None, description="Of a substance, condition, organisation or class.")
    names: dict[str, str | None] | None = Field(None, description="Of a class: its names by language.")
    medicines: int | None = None
    authorised: int | None = None
    matched: str | None = None
    url: str


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
    """All versions of a medicine, oldest first, and all its changes."""

    id: str
    product_number: str
    versions: list[Version]
    changes: list[Change]


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


class ClassName(BaseModel):
    """A class above or below."""

    code: str
    name: dict[str, str | None]


class AtcClassDetail(BaseModel):
    """A class of ATC or ATCvet with its place in the classification."""

    code: str
    system: Literal["ATC", "ATCvet"]
    level: int
    name: dict[str, str | None]
    zh_translated_by_us: bool
    path: list[ClassName]
    children: list[ClassName]
    retired_at: Instant | None
    replaced_by: list[str]
    vocabulary: bool = Field(description="Whether the classification itself has been read.")
    medicines: str = Field(description="The address of the list of its medicines.")


class EntityDetail(Named):
    """A substance, condition or organisation with all spellings of its name."""

    kind: Literal["substance", "condition", "organisation"]
    names: list[str]
    medicines: str = Field(description="The address of the list of its medicines.")


class Alive(BaseModel):
    """The process lives."""

    status: Literal["ok"]


class Part(BaseModel):
    """Whether the store or the index can be read, and how far it has come."""

    ok: bool
    sequence: int | None
    reason: str | None


class Readiness(BaseModel):
    """Whether questions can be answered."""

    ready: bool
    store: Part
    index: Part


class Candidate(BaseModel):
    """A medicine that may be meant."""

    product_number: str
    name: str
    status: Status
    active_substances: list[str]
    url: str


class ParameterError(BaseModel):
    """What is wrong with a parameter."""

    parameter: str
    message: str


class Problem(BaseModel):
    """What went wrong (RFC 9457): `detail` is a sentence for people."""

    type: str
    title: str
    status: int
    detail: str
    candidates: list[Candidate] = []
    errors: list[ParameterError] = []
