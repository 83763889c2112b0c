"""The form in which bytes arrive, from wherever they come."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from medpath.model.records import Precision


@dataclass(frozen=True)
class SourceFile:
    """The bytes of one unit (a report, a page, a document) with all that is known of their origin.

    ``name`` is what people recognise in messages: a path inside the folder or archive, or the
    address. ``url`` is the publisher's address of these bytes, whoever handed us the copy.
    ``retrieved_at`` is when we fetched them ourselves, None for a copy that somebody else fetched.
    ``observed_at`` is when the publisher stood so, as far as the transport tells (Last-Modified, a
    date in the file's name); a reader may know better from the content. Instants are aware, in UTC.
    """

    dataset: str
    name: str
    url: str
    data: bytes = field(repr=False)
    media_type: str = ""
    retrieved_at: datetime | None = None
    observed_at: datetime | None = None
    observed_precision: Precision = "second"
    etag: str | None = None
    last_modified: str | None = None

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def readable(name: str) -> str:
    """A file's name as text: what is no UTF-8 in it becomes the sign for that, since no store can keep it."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
