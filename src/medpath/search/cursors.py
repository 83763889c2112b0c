"""Where a list continues: after which entry, in which order, of which question."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from medpath.errors import UsageError

_BAD = "The cursor is not one of this list; start again without it."
LONGEST = 600


@dataclass(frozen=True)
class Place:
    """After the entry with this key, which the given step found."""

    step: int
    key: str


def question_mark(*question: object) -> str:
    """A short mark of a question, so that a cursor is used with no other one."""
    return hashlib.sha256(json.dumps(question).encode()).hexdigest()[:8]


def write_cursor(place: Place, mark: str) -> str:
    """The cursor as text for addresses."""
    body = base64.urlsafe_b64encode(bytes.fromhex(place.key)).decode().rstrip("=")
    return f"{place.step}-{mark}-{body}"


def read_cursor(text: str, mark: str) -> Place:
    """The place that a cursor means. Raises UsageError for a cursor that is none, or of another question."""
    step, first, rest = text.partition("-")
    asked, second, body = rest.partition("-")
    if len(text) > LONGEST or not first or not second or not (step.isascii() and step.isdigit()) or len(step) > 3:
        raise UsageError(_BAD)
    if asked != mark:
        raise UsageError("The cursor belongs to another question or order; start again without it.")
    try:
        key = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True).hex()
    except (ValueError, binascii.Error) as problem:
        raise UsageError(_BAD) from problem
    if not key:
        raise UsageError(_BAD)
    return Place(int(step), key)
