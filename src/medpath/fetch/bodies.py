"""The body of an answer, unpacked and bounded while it comes in."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from medpath.errors import FetchFailed

_STEP = 1 << 20


class BodyBroken(Exception):
    """The transfer did not bring a whole body; another try may."""


def read_body(chunks: Iterable[bytes], encoding: str, limit: int, name: str) -> bytes:
    """The whole body, of at most ``limit`` bytes after unpacking.

    ``encoding`` is the answer's Content-Encoding; only gzip is asked for and understood. Raises
    FetchFailed for a body that is too large or packed otherwise, BodyBroken for one that is
    damaged or cut.
    """
    coding = encoding.strip().lower()
    if coding in ("gzip", "x-gzip"):
        chunks = _unpacked(chunks)
    elif coding not in ("", "identity"):
        raise FetchFailed(f"{name}: comes packed as “{coding[:40]}”, which was not asked for; it was not read.")
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise FetchFailed(f"{name}: is larger than {limit:,} bytes; it was not read and the old data are kept.")
    return bytes(body)


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Unpacks in steps, so that a small body can't fill the memory before its size is known."""
    unpacker = zlib.decompressobj(31)
    begun = False
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if unpacker.eof:  # gzip bodies may be several, one behind the other
                    unpacker = zlib.decompressobj(31)
                begun = True
                yield unpacker.decompress(rest, _STEP)
                rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            while not unpacker.eof and (more := unpacker.decompress(b"", _STEP)):
                yield more
    except zlib.error as problem:
        raise BodyBroken("the packed body is damaged") from problem
    if begun and not unpacker.eof:
        raise BodyBroken("the packed body is cut off")
