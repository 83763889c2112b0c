"""Bodies as stored: JSON in a settled order of keys, compressed."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any, TypeVar

import msgspec

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder()

T = TypeVar("T")


def pack(body: Any) -> bytes:
    """A body as compressed JSON."""
    return zlib.compress(_ENCODER.encode(body), 3)


def unpack(data: bytes) -> Any:
    """The body that `pack` made the bytes of."""
    return _DECODER.decode(zlib.decompress(data))


def unpack_as(decoder: msgspec.json.Decoder[T], data: bytes) -> T:
    """The body that `pack` made the bytes of, as what the decoder makes of JSON."""
    return decoder.decode(zlib.decompress(data))


def digest(*values: Any) -> str:
    """A hash of values that does not depend on the order of keys."""
    hasher = hashlib.sha256()
    for value in values:
        hasher.update(_ENCODER.encode(value))
    return hasher.hexdigest()[:32]
