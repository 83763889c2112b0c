"""What classes of medicines look like, and substances, conditions and organisations."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from medpath.api.medicine_shapes import Instant, Named


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
