"""What lists look like, and their entries by kind; a whole medicine stands in `medicine_shapes`."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from medpath.api.medicine_shapes import Day, Instant

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


class ListThen(ListOf[Item], Generic[Item]):
    """A list as it is, or as it was at the end of a day (`data_date` is then that of the data of that day)."""

    as_of: Day = Field(None, description="The day asked for; only where one was.")


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


class MedicineList(ListThen[MedicineEntry]):
    """Medicines as they are, or as they were at the end of a day."""

    horizon: Instant | None = Field(None, description="The first instant of which the register knows anything.")


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
