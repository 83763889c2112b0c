"""Rendered answers kept in memory, compressed once a client takes them so, the least used dropped first."""

from __future__ import annotations

import gzip
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Any

KEPT_BYTES = 160_000_000
LARGEST = 4_000_000  # a longer answer is made each time
LONGEST_SECONDS = 600.0
SMALL = 1_000  # shorter bodies are not worth compressing
OVERHEAD = 1_200  # what an entry takes beside its body, about

Headers = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Kept:
    """One answer: its headers but for the body's length and coding, and its body, compressed if ``packed``."""

    stamp: Any
    until: float
    etag: str
    last_modified: str
    headers: Headers
    body: bytes
    packed: bool


class KeptAnswers:
    """Answers by path and query. An answer counts as long as the data's stamp is the one it was made from."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self.limit = limit
        self.size = 0
        self._answers: OrderedDict[tuple[str, bytes], Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, path: str, query: bytes, stamp: Any) -> Kept | None:
        """The answer, or None where there is none of this stamp."""
        key = (path, query)
        kept = self._answers.get(key)
        if kept is None:
            return None
        if kept.stamp != stamp or time.monotonic() >= kept.until:
            self._drop(key)
            return None
        self._answers.move_to_end(key)
        return kept

    def put(self, path: str, query: bytes, kept: Kept) -> None:
        """Keeps an answer, and drops those least recently used where there is no room."""
        key = (path, query)
        self._drop(key)
        if len(kept.body) > LARGEST:
            return
        self._answers[key] = kept
        self.size += _size(key, kept)
        while self.size > self.limit and self._answers:
            self._drop(next(iter(self._answers)))

    def reply(self, path: str, query: bytes, kept: Kept, asked: Mapping[str, str]) -> tuple[int, Headers, bytes]:
        """(status, headers, body) for a request with these headers: 304 where the client has the answer already.

        The compressed body takes the place of the plain one when it is first asked for.
        """
        if unchanged(asked, kept.etag, kept.last_modified):
            return 304, [header for header in kept.headers if header[0] != b"content-type"], b""
        body, headers = kept.body, list(kept.headers)
        if wants_gzip(asked) and (kept.packed or len(body) >= SMALL):
            if not kept.packed:
                body = pack(body)
                if self._answers.get((path, query)) is kept:
                    self.put(path, query, replace(kept, body=body, packed=True))
            headers.append((b"content-encoding", b"gzip"))
        elif kept.packed:
            body = gzip.decompress(body)
        headers.append((b"content-length", str(len(body)).encode()))
        return 200, headers, body

    def _drop(self, key: tuple[str, bytes]) -> None:
        kept = self._answers.pop(key, None)
        if kept is not None:
            self.size -= _size(key, kept)


def _size(key: tuple[str, bytes], kept: Kept) -> int:
    return len(kept.body) + len(key[0]) + len(key[1]) + OVERHEAD


def pack(body: bytes) -> bytes:
    """The body compressed, quickly rather than well."""
    return gzip.compress(body, 3, mtime=0)


def wants_gzip(headers: Mapping[str, str]) -> bool:
    """Whether the client takes gzip."""
    accepted = headers.get("accept-encoding", "").lower()
    if "gzip" not in accepted:
        return False
    for part in accepted.split(","):
        coding, _, quality = part.partition(";")
        if coding.strip() == "gzip":
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def unchanged(headers: Mapping[str, str], etag: str, last_modified: str) -> bool:
    """Whether the client has this answer: by its tags where it names any, else by its time (RFC 9110, 13.2.2)."""
    tags = headers.get("if-none-match")
    if tags is not None:
        opaque = etag.removeprefix("W/")
        return tags.strip() == "*" or any(tag.strip().removeprefix("W/") == opaque for tag in tags.split(","))
    since = headers.get("if-modified-since")
    if since is None or not last_modified:
        return False
    try:
        return parsedate_to_datetime(last_modified) <= parsedate_to_datetime(since)
    except (ValueError, TypeError, OverflowError):
        return False
