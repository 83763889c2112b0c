"""What the answers for an operator's probes look like."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


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
