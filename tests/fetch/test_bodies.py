"""Bodies are unpacked within their bounds."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.errors import FetchFailed
from medpath.fetch.bodies import BodyBroken, read_body


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@given(st.binary(max_size=2000), st.integers(1, 500), st.booleans())
def test_whatever_way_a_body_is_cut_into_chunks_it_is_read_whole(data: bytes, size: int, packed: bool) -> None:
    sent = gzip.compress(data) if packed else data
    assert read_body(pieces(sent, size), "gzip" if packed else "", 2000, "x") == data


def test_several_gzip_bodies_behind_each_other_are_one() -> None:
    assert read_body([gzip.compress(b"one ") + gzip.compress(b"two")], "x-gzip", 100, "x") == b"one two"


@given(st.integers(1, 30))
def test_a_packed_body_without_its_end_is_broken(missing: int) -> None:
    packed = gzip.compress(bytes(range(256)) * 20)
    with pytest.raises(BodyBroken, match="cut off"):
        read_body([packed[:-missing]], "gzip", 10_000, "x")


def test_what_is_called_gzip_and_is_none_is_broken() -> None:
    with pytest.raises(BodyBroken, match="damaged"):
        read_body([b"<html>"], "gzip", 100, "x")


@pytest.mark.parametrize("packed", [True, False])
def test_a_body_is_read_up_to_its_limit_and_not_one_byte_further(packed: bool) -> None:
    def send(size: int) -> bytes:
        return read_body([gzip.compress(bytes(size)) if packed else bytes(size)], "gzip" if packed else "", 1000, "x")

    assert len(send(1000)) == 1000
    with pytest.raises(FetchFailed, match="larger than 1,000 bytes"):
        send(1001)


def test_a_bomb_does_not_fill_the_memory() -> None:
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(1 << 20)
    bomb = b"".join(packer.compress(zeros) for _ in range(200)) + packer.flush()  # 200 MB in 200 kB
    tracemalloc.start()
    with pytest.raises(FetchFailed, match="larger"):
        read_body([bomb], "gzip", 2 << 20, "x")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 << 20


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "deflate"])
def test_packing_that_was_not_asked_for_is_refused(coding: str) -> None:
    with pytest.raises(FetchFailed, match="was not asked for"):
        read_body([b"x"], coding, 100, "x")
