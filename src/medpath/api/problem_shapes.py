"""What an answer looks like that says what went wrong."""

from __future__ import annotations

from pydantic import BaseModel

from medpath.api.medicine_shapes import Status


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
