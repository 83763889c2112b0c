"""What answers of the search look like: how a question was understood, what was found, what may be meant."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from medpath.api.list_shapes import DocumentEntry, EntryStatus, ListOf, MedicineEntry, NamedEntry


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
        "for `synonym`, `broader` and `known` the vocabulary that says so (`MedPath`: the words that come with it).",
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
