"""What the addresses of pictures and of estimates answer, for the OpenAPI document."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from medpath.api.list_shapes import EntryStatus, ListOf, MedicineEntry
from medpath.api.medicine_shapes import Day


class PictureCell(BaseModel):
    """A number of one series."""

    column: str = Field(description="The series: a flag, a status, or what the picture says.")
    count: int
    url: str = Field(description="The list of exactly these medicines.")


class PictureDays(BaseModel):
    """Days, in quartiles; between two values in proportion."""

    shortest: int
    lower: float = Field(description="Lower quartile.")
    median: float
    upper: float = Field(description="Upper quartile.")
    longest: int


class PictureRow(BaseModel):
    """How many medicines have a value."""

    value: str
    label: str | None = Field(description="The name of an area, holder or class.")
    names: dict[str, str | None] | None = Field(description="Of a class: its names by language.")
    count: int
    url: str = Field(description="The list of exactly these medicines.")
    cells: list[PictureCell] = Field(description="The same year in each series; empty for a picture without.")
    days: PictureDays | None = Field(description="For the time from opinion to decision.")


class LeftOut(MedicineEntry):
    """A medicine that is in no row."""

    reason: str = Field(description="Why, as a code.")


class PictureCounts(ListOf[PictureRow]):
    """A picture's rows."""

    medicines: int = Field(description="How many medicines were counted.")
    estimate: bool = Field(description="Whether the picture counts estimates and no stated facts.")
    method: str = Field(description="How it is counted, in English.")
    left_out: list[LeftOut] = Field(description="Those without the value; they are in no row.")


class PictureNamed(BaseModel):
    """A picture that there is."""

    name: str
    title: str
    description: str
    method: str
    estimate: bool
    url: str = Field(description="Its counts.")
    page: str = Field(description="Its page.")
    settles: list[str] = Field(description="Filters that it does not take, because it settles them itself.")


class CountedFrom(BaseModel):
    """The medicine from whose authorisation a period is counted."""

    product_number: str
    name: str
    date: Day


class ProtectionEstimate(BaseModel):
    """When protection of data and market ends by estimate; else why there is no estimate."""

    basis: Literal["own", "first-of-holder"] | None = Field(
        description="`own`: this medicine was the first with its substances; `first-of-holder`: another one of the "
        "same holder was."
    )
    counted_from: CountedFrom | None
    data_protection_until: date | None
    market_protection_until: date | None
    market_protection_until_at_most: date | None = Field(description="With an eleventh year for a new indication.")
    reason: str | None = Field(description="Why there is no estimate, as a code.")


class OrphanEstimate(BaseModel):
    """When the exclusivity of an orphan medicine ends by estimate, for the indications it was authorised with."""

    market_exclusivity_until: date | None
    reason: str | None = Field(description="Why there is no estimate, as a code.")


class Protection(BaseModel):
    """Estimates of a medicine's protection; null for one that never had an authorisation."""

    estimate: Literal[True]
    product_number: str
    name: str
    protection: ProtectionEstimate | None
    orphan_exclusivity: OrphanEstimate | None


class ProtectedMedicine(Protection):
    """A medicine of a list with the estimates of its protection."""

    status: EntryStatus
    active_substances: list[str]
    holder: str | None
    marketing_authorisation_date: Day
    url: str
