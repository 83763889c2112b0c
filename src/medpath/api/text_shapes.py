"""What the texts of documents look like: sections, versions, differences, comparisons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from medpath.api.medicine_shapes import Instant, Status, Url

Part = Literal["smpc", "annex-ii", "labelling", "package-leaflet"]
Confidence = Annotated[float, Field(ge=0, le=1, description="How sure it is where the section begins and ends.")]


class SectionDocument(BaseModel):
    """The document of a section, and which version of its text this is."""

    id: str
    title: str | None
    url: Url
    version: int


class SectionHead(BaseModel):
    """Which section of a text it is. `part` is null in documents that are no product information."""

    part: Part | None
    section: str | None = Field(
        description="The template's number, else the heading's own; `0` stands before the first."
    )
    title: str | None = Field(description="The template's title; in the leaflet's, X stands for the medicine.")
    product: str | None = Field(description="What it is for, where the file has several summaries, labels or leaflets.")
    unit: int = Field(description="Counts the summaries, labels and leaflets of a part from 1.")
    level: int
    page: int = Field(description="The page of the publisher's file on which it begins.")
    confidence: Confidence
    url: str


class TextSection(SectionHead):
    """A section. `text` has a paragraph, item or row of a table each; `tables` the same rows as cells."""

    text: list[str]
    tables: list[list[list[str]]]


class Section(TextSection):
    """A section of a product information, with its document."""

    document: SectionDocument


class Fault(BaseModel):
    """What could not be read well."""

    code: str
    message: str
    place: str


class TextVersion(BaseModel):
    """A version of a document's text: when the publisher was seen to show it, and from which bytes it was made."""

    version: int
    observed_from: Instant
    observed_to: Instant
    dataset: str
    retrieved_at: Instant | None
    sha256: str
    title: str | None
    pages: int
    result: Literal["split", "outlined", "not-split", "no-text"]
    conversion: int
    faults: list[Fault]


class TextDocument(BaseModel):
    """A document with a text, and its medicine."""

    id: str
    product_number: str
    name: str
    status: Status
    title: str | None
    type: str | None
    file: str
    language: str
    document_url: Url
    url: str


class Sourced(BaseModel):
    """Whom the texts are from, and the date of the data."""

    source: str = Field(description="The attributions that the publishers ask for.")
    data_date: Instant | None = Field(description="How the newest list of medicines dates itself; never today.")
    sample: bool = Field(description="The bundled sample data and nothing real.")


class DocumentText(TextDocument, Sourced):
    """The text of a document with its versions, oldest first."""

    version: TextVersion
    versions: list[TextVersion]
    sections: list[TextSection]


class Run(BaseModel):
    """Words in a row that are the same, added or removed. `number`: a number that changed."""

    kind: Literal["same", "added", "removed"]
    text: str
    number: bool


class Edit(BaseModel):
    """A paragraph that was added, removed, moved or changed; `runs` are the words of a changed one."""

    kind: Literal["added", "removed", "moved", "changed"]
    old: str | None
    new: str | None
    runs: list[Run]


class Difference(SectionHead):
    """A section that differs. One that only one version has may be new, dropped, or not recognised in the other."""

    kind: Literal["changed", "only-old", "only-new"]
    text: list[str] = Field([], description="Of a section that only one version has.")
    edits: list[Edit]


class DocumentDifference(TextDocument, Sourced):
    """What changed in a document's text from one version to another; sections that are the same are left out."""

    from_: TextVersion = Field(alias="from")
    to: TextVersion
    differences: list[Difference]


class Side(BaseModel):
    """A medicine in a comparison; where it has no such section, `missing` says what is not held."""

    product_number: str
    name: str
    status: Status
    url: str
    sections: list[Section]
    missing: str | None


class ComparedMedicine(BaseModel):
    """Which medicine stands in a column of a comparison."""

    product_number: str
    name: str
    status: Status
    url: str


class FactCompared(BaseModel):
    """A fact of each medicine, by the name of its column in the list of medicines as CSV."""

    field: str
    values: list[str | bool | int | list[str] | None] = Field(
        description="In the order of the medicines; null or empty where nothing is stated."
    )
    differs: bool


class FactComparison(Sourced):
    """The facts and days that at least one of several medicines has."""

    medicines: list[ComparedMedicine]
    facts: list[FactCompared]


class Comparison(Sourced):
    """The same section of several medicines."""

    part: Part
    section: str
    medicines: list[Side]
