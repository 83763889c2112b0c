"""A folder as origin: which of its files belong to which dataset, and when each was observed.

Reports are recognised by EMA's file names (the patterns of ``source.yml``), pages and documents by
what they say about themselves in their first lines. A date in a file's name says when it was
observed. Everything else is named once as not recognised.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

from medpath.errors import SourceFailed, UsageError
from medpath.fetch.files import readable

FILE_LIMIT = 512 * 1024 * 1024
UNPACKED_LIMIT = 512 * 1024 * 1024
ARCHIVES = (".tar.gz", ".tar.xz", ".tgz")
LOOSE = re.compile(r"\.(?:html?|md|pdf(?:-\d{1,3})?)$")

_DATE = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")
_PATTERN_SUFFIXES = (".json", ".csv", ".tsv", ".xls", ".xlsx", ".jsonl")


@dataclass(frozen=True)
class Pattern:
    """File names (fnmatch, lower case) that belong to a dataset."""

    dataset: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A file of the folder. ``dataset`` is "" for archives and loose pages, which say themselves what they are."""

    path: Path
    name: str
    dataset: str
    observed_at: datetime | None
    archive: bool = False


@dataclass
class Listing:
    """What a folder holds: entries in order of observation, undated ones last, and what is not recognised."""

    entries: list[Entry] = field(default_factory=list)
    unrecognised: list[str] = field(default_factory=list)


def list_folder(folder: Path, patterns: Iterable[Pattern]) -> Listing:
    """Finds the readable files in any depth. Raises UsageError where there is no such folder."""
    if folder.is_file():
        paths, root = [folder], folder.parent
    elif folder.is_dir():
        paths, root = sorted(path for path in folder.rglob("*") if path.is_file()), folder
    else:
        raise UsageError(f"There is no folder or file {folder}; give a path or a base URL after --from.")
    listing = Listing()
    known = list(patterns)
    for path in paths:
        name = readable(path.relative_to(root).as_posix())
        lower = path.name.lower()
        observed_at = date_in(path.name)
        dataset = next((one.dataset for one in known if _fits(lower, one)), None)
        if dataset is not None:
            listing.entries.append(Entry(path, name, dataset, observed_at))
        elif lower.endswith(ARCHIVES):
            listing.entries.append(Entry(path, name, "", observed_at, archive=True))
        elif LOOSE.search(lower):
            listing.entries.append(Entry(path, name, "", observed_at))
        else:
            listing.unrecognised.append(name)
    listing.entries.sort(key=lambda entry: (entry.observed_at is None, entry.observed_at or datetime.min, entry.name))
    return listing


def _fits(name: str, pattern: Pattern) -> bool:
    bare = name.removesuffix(".gz")
    return bare.endswith(_PATTERN_SUFFIXES) and any(fnmatchcase(bare, one) for one in pattern.names)


def date_in(name: str) -> datetime | None:
    """The first day in a file's name, as midnight UTC; None where there is none."""
    for match in _DATE.finditer(name):
        try:
            return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
        except ValueError:
            continue
    return None


def load(path: Path, name: str) -> bytes:
    """The bytes of a file, unpacked where it is gzip (archives stay packed). Raises SourceFailed."""
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise SourceFailed(f"{name}: is larger than {FILE_LIMIT >> 20} MB and was not read.")
        data = path.read_bytes()
    except OSError as problem:
        raise SourceFailed(f"{name}: can't be read ({problem.strerror}).") from problem
    return unpack(data, name) if not name.lower().endswith(ARCHIVES) else data


def unpack(data: bytes, name: str) -> bytes:
    """The content of gzip bytes, other bytes as they are. Raises SourceFailed for bombs and damage."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = zlib.decompressobj(31)
    try:
        unpacked = unpacker.decompress(data, UNPACKED_LIMIT)
    except (zlib.error, gzip.BadGzipFile) as problem:
        raise SourceFailed(f"{name}: the gzip file is damaged.") from problem
    if unpacker.unconsumed_tail:
        raise SourceFailed(f"{name}: unpacks to more than {UNPACKED_LIMIT >> 20} MB and was not read.")
    if not unpacker.eof:
        raise SourceFailed(f"{name}: the gzip file is cut off.")
    return unpacked
