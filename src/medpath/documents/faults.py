"""What a reader of documents could not read."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """A code in lower case with hyphens, one sentence, and where it stands ("" for the whole document)."""

    code: str
    message: str
    place: str
