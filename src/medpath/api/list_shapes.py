"""What the list of medicines looks like beyond every list: it may be as of a day."""

from __future__ import annotations

from pydantic import Field

from medpath.api.medicine_shapes import Day, Instant
from medpath.api.shapes import ListOf, MedicineEntry


class MedicineList(ListOf[MedicineEntry]):
    """Medicines as they are, or as they were at the end of a day (`data_date` is then that of the data of that day)."""

    as_of: Day = Field(None, description="The day asked for; only where one was.")
    horizon: Instant | None = Field(None, description="The first instant of which the register knows anything.")
