"""Kept bytes: every file that a record was read from, by its SHA-256, compressed.

Bytes lie in ``snapshots/ab/abcdef….z`` (zlib). Archives (.tar.gz, .tar.xz) are kept as they are,
once, and their members are read out of them.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from medpath.errors import SourceFailed
from medpath.fetch.archives import bounded_headers
from medpath.fetch.files import readable

MEMBER_LIMIT = 64 * 1024 * 1024
ARCHIVE_LIMIT = 4 * 1024 * 1024 * 1024
MEMBERS_LIMIT = 200_000


class Snapshots:
    """The folder of kept bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unsynced = False

    def path(self, sha256: str) -> Path:
        """Where the bytes lie, compressed."""
        return self.folder / sha256[:2] / f"{sha256}.z"

    def has(self, sha256: str) -> bool:
        """Whether the bytes are kept."""
        return self.path(sha256).exists()

    def put(self, data: bytes) -> str:
        """Keeps the bytes and returns their SHA-256; what is there already is not written again."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        packed = zlib.compress(data, 1)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(packed)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        self._unsynced = True
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises SourceFailed where they are not kept any more or damaged."""
        try:
            data = zlib.decompress(self.path(sha256).read_bytes())
        except FileNotFoundError as problem:
            raise SourceFailed(f"The snapshot {sha256[:12]}… is not kept any more; fetch the file again.") from problem
        except OSError as problem:
            raise SourceFailed(f"The snapshot {self.path(sha256)} can't be read ({problem.strerror}).") from problem
        except zlib.error as problem:
            raise SourceFailed(f"The snapshot {sha256[:12]}… is damaged; fetch the file again.") from problem
        if hashlib.sha256(data).hexdigest() != sha256:
            raise SourceFailed(f"The snapshot {sha256[:12]}… is damaged; fetch the file again.")
        return data

    def remove(self, sha256: str) -> None:
        """Drops the bytes."""
        self.path(sha256).unlink(missing_ok=True)

    def all(self) -> Iterator[str]:
        """The SHA-256 of everything kept."""
        for path in sorted(self.folder.glob("??/*.z")):
            yield path.stem

    def flush(self) -> None:
        """Brings what was put onto the disk, before a transaction that cites it is committed."""
        if self._unsynced:
            os.sync()
            self._unsynced = False


def members(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The regular files of a .tar.gz or .tar.xz as (path, bytes), in their order.

    Members over 64 MB, links and devices are passed over. Raises SourceFailed for a damaged
    archive, one that unpacks to more than 4 GB, and one with headers beyond measure.
    """
    unpacked = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r|*", tarinfo=bounded_headers()) as archive:
            for number, member in enumerate(archive):
                if number > MEMBERS_LIMIT:
                    raise SourceFailed(f"{name}: holds more than {MEMBERS_LIMIT} files and was not read further.")
                unpacked += max(member.size, 0)
                if unpacked > ARCHIVE_LIMIT:
                    raise SourceFailed(f"{name}: unpacks to more than {ARCHIVE_LIMIT >> 30} GB; not read further.")
                stream = archive.extractfile(member) if member.isfile() and member.size <= MEMBER_LIMIT else None
                if stream is not None:
                    yield readable(member.name.removeprefix("./")), stream.read()
    except (tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError, ValueError, RecursionError) as problem:
        raise SourceFailed(f"{name}: the archive is damaged ({str(problem)[:100]}).") from problem


def take_out(snapshots: Snapshots, archive: str, wanted: set[str], folder: Path) -> None:
    """Writes those members of a kept archive whose SHA-256 are wanted into a folder, each named by it.

    Raises SourceFailed where the archive is not kept any more or damaged.
    """
    for _, data in members(snapshots.get(archive), "a kept archive"):
        if (sha256 := hashlib.sha256(data).hexdigest()) in wanted:
            (folder / sha256).write_bytes(data)
