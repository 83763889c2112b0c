"""Archives of hostile hands: whatever stands in their headers, memory and time stay bounded."""

import gzip
import io
import tarfile
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medpath.errors import SourceFailed
from medpath.fetch.archives import HEADER_LIMIT
from medpath.fetch.snapshots import members


def block(kind: bytes, size: int, name: str = "page.html") -> bytes:
    """One header of a tar archive, as it says that so many bytes follow."""
    member = tarfile.TarInfo(name)
    member.type, member.size = kind, size
    return member.tobuf(tarfile.GNU_FORMAT)


def padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 512)


def archive(*blocks: bytes) -> bytes:
    return gzip.compress(b"".join(blocks) + b"\0" * 1024, 1)


def files(names: list[str], form: int = tarfile.PAX_FORMAT, text: bytes = b"a page") -> bytes:
    """An archive without compression."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=form) as made:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = len(text)
            made.addfile(member, io.BytesIO(text))
    return held.getvalue()


PAGE = padded(b"a page")
MANY = 300 * 1024 * 1024


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK])
def test_a_header_that_unpacks_to_hundreds_of_megabytes_is_not_unpacked(kind: bytes) -> None:
    packed = archive(block(kind, MANY), bytes(MANY), block(tarfile.REGTYPE, 6), PAGE)
    assert len(packed) < MANY / 100
    tracemalloc.start()
    with pytest.raises(SourceFailed, match="its headers are too long"):
        list(members(packed, "pages.tar.gz"))
    assert tracemalloc.get_traced_memory()[1] < 10 * 1024 * 1024
    tracemalloc.stop()


def test_many_long_headers_are_too_much_and_some_are_not() -> None:
    text = b"%d comment=%s\n" % (HEADER_LIMIT, b"a" * (HEADER_LIMIT - 15))
    page = block(tarfile.XHDTYPE, HEADER_LIMIT) + text + block(tarfile.REGTYPE, 6) + PAGE
    assert len(list(members(archive(page * 10), "pages.tar.gz"))) == 10
    with pytest.raises(SourceFailed, match="its headers are too long"):
        list(members(archive(page * 20), "pages.tar.gz"))


def test_a_header_that_python_reads_slowly_takes_less_than_seconds() -> None:
    slow = block(tarfile.XHDTYPE, HEADER_LIMIT) + b"1" * HEADER_LIMIT + block(tarfile.REGTYPE, 6) + PAGE
    started = time.process_time()
    assert len(list(members(archive(slow), "pages.tar.gz"))) == 1
    assert time.process_time() - started < 5


def test_headers_that_follow_each_other_without_end_are_damage() -> None:
    comment = block(tarfile.XHDTYPE, 14) + padded(b"14 comment=ab\n")
    with pytest.raises(SourceFailed, match="damaged"):
        list(members(archive(comment * 5_000, block(tarfile.REGTYPE, 6), PAGE), "pages.tar.gz"))


@pytest.mark.parametrize(
    "holes",
    [
        block(tarfile.GNUTYPE_SPARSE, 6) + PAGE,
        block(tarfile.XHDTYPE, 50) + padded(b"22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n6 a=b\n")
        + block(tarfile.REGTYPE, 512) + padded(b"99999999999\n0\n"),
    ],
)  # fmt: skip
def test_files_with_holes_are_refused(holes: bytes) -> None:
    with pytest.raises(SourceFailed, match="files with holes"):
        list(members(archive(holes), "pages.tar.gz"))


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
@pytest.mark.parametrize("pack", [gzip.compress, bytes])
def test_long_names_and_common_headers_are_read(form: int, pack: Callable[[bytes], bytes]) -> None:
    names = ["pages/alofisel.html", "pages/" + "a" * 90 + ".html"]
    names += [] if form == tarfile.USTAR_FORMAT else ["pages/é中/" + "b" * 3_000 + ".html"]
    common = block(tarfile.XGLTYPE, 52) + padded(b"52 comment=0123456789012345678901234567890123456789\n")
    found = list(members(pack(common + files(names, form)), "pages.tar.gz"))
    assert found == [(name, b"a page") for name in names]


def test_ten_thousand_members_with_headers_of_their_own_are_read() -> None:
    names = [f"{'p' * 120}/{number}.html" for number in range(10_000)]
    assert len(list(members(files(names), "pages.tar"))) == len(names)


@settings(deadline=5_000, max_examples=200)
@given(st.data())
def test_any_damage_costs_the_archive_at_most(data: st.DataObject) -> None:
    """Some bytes of headers are replaced; what is read then is read, or one sentence says that it can't be."""
    form = data.draw(st.sampled_from([tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]))
    whole = bytearray(files(["a.html", "é" * 120, "c.html"], form))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(whole) - 1))
        new = data.draw(st.binary(min_size=1, max_size=12))
        whole[place : place + len(new)] = new
    for start in range(0, len(whole) - 511, 512):  # the sums of the headers are right, so that the damage is looked at
        header = whole[start : start + 512]
        if data.draw(st.booleans()):
            total = sum(header[:148]) + sum(header[156:]) + 8 * 32
            whole[start + 148 : start + 156] = b"%06o\0 " % total
    found = []
    with suppress(SourceFailed):
        found.extend(members(bytes(whole), "pages.tar"))
    assert all(len(content) <= len(whole) for _, content in found)
