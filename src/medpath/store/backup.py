"""The whole store in one file, and back, into either database.

A backup is a plain tar of four kinds of members, in this order: ``medpath-backup.json`` (what it
is), ``medpath.sqlite`` (all tables, whichever database they came from), ``snapshots/ab/<sha256>.z``
(the kept bytes), and ``manifest.json`` with the size and SHA-256 of every other member. A file
without the manifest at its end is cut off. Nothing else is accepted.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath import __version__
from medpath.errors import StoreUnusable, UsageError
from medpath.model.times import now
from medpath.store.database import Database
from medpath.store.migrate import upgrade
from medpath.store.tables import medicine, metadata, run, snapshot

if TYPE_CHECKING:
    from medpath.fetch.snapshots import Snapshots

FORMAT = 1
HEAD, TABLES, MANIFEST = "medpath-backup.json", "medpath.sqlite", "manifest.json"
TEXT_LIMIT = 256 * 1024 * 1024
BLOCK = 1024 * 1024
ROWS = 2_000
STAGING = ".restore-"

_SNAPSHOT = re.compile(r"snapshots/([0-9a-f]{2})/(\1[0-9a-f]{62})\.z")

Progress = Callable[[str, int, int], None]


@dataclass
class Contents:
    """What a backup holds. ``missing`` are cited bytes that the store itself no longer had."""

    medicines: int
    snapshots: int = 0
    size: int = 0
    missing: list[str] = field(default_factory=list)


def write_backup(database: Database, snapshots: Snapshots, file: Path, progress: Progress | None = None) -> Contents:
    """Writes the store as it is now into ``file``, which appears whole or not at all.

    A sync may go on meanwhile. Raises UsageError where the file can't be written, or is a device, pipe or folder.
    """
    if file.exists() and not file.is_file():
        raise UsageError(f"{file} is no file that could be replaced; choose another place.")
    try:
        folder = Path(tempfile.mkdtemp(dir=file.parent, prefix=f".{file.name}-"))
    except OSError as problem:
        raise UsageError(f"{file} can't be written ({problem.strerror}); choose another place.") from problem
    try:
        tables = folder / TABLES
        contents, cited = _copy_out(database, tables)
        whole = folder / "whole"
        with tarfile.open(whole, "w", format=tarfile.PAX_FORMAT) as archive:
            _write(archive, tables, snapshots, cited, contents, progress)
        contents.size = whole.stat().st_size
        _to_disk(whole)
        whole.replace(file)
        _to_disk(file.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return contents


def read_backup(
    file: Path, database: Database, snapshots: Snapshots, *, replace: bool = False, progress: Progress | None = None
) -> Contents:
    """Puts a backup in place of the store: whole, or not at all. The caller holds the writer's lock.

    Bytes that the restored store does not cite are dropped. Raises UsageError for what is no file or no
    backup, and for a store that is not empty (without ``replace``), and StoreUnusable for a backup
    that is damaged, cut off or newer than the software.
    """
    upgrade(database)
    if not replace and not is_empty(database):
        raise UsageError(
            "The store is not empty; with --replace the backup takes its place, and what is there is lost."
        )
    home = snapshots.folder.parent
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob(f"{STAGING}*"):  # of a restore that was stopped
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=STAGING) as name:
        staging = Path(name)
        _unpack(file, staging, progress)
        restored = _checked(staging / TABLES, file)
        try:
            contents = _install(restored, database, snapshots, staging)
        finally:
            restored.dispose()
    contents.size = file.stat().st_size
    return contents


def is_empty(database: Database) -> bool:
    """Whether a store holds nothing yet."""
    with database.reading() as connection:
        return not any(
            connection.scalar(sa.select(sa.exists().select_from(table))) for table in (medicine, snapshot, run)
        )


# -- writing


def _copy_out(database: Database, file: Path) -> tuple[Contents, list[str]]:
    """Copies all tables into a new SQLite file; returns what it holds and the SHA-256 of the cited bytes."""
    copy = Database(f"sqlite:///{file}")
    try:
        upgrade(copy)
        with database.reading_one_state() as source, copy.writing() as target:
            _copy_tables(source, target)
        with copy.reading() as connection:
            count = connection.scalar(sa.select(sa.func.count()).select_from(medicine)) or 0
            cited = sorted(_cited(connection))
    finally:
        copy.dispose()
    return Contents(int(count)), cited


def _copy_tables(source: Connection, target: Connection) -> None:
    """Replaces the rows of every table by those of another database."""
    for table in metadata.sorted_tables:
        target.execute(table.delete())
        for rows in source.execution_options(stream_results=True).execute(sa.select(table)).mappings().partitions(ROWS):
            target.execute(table.insert(), [dict(row) for row in rows])


def _cited(connection: Connection) -> set[str]:
    kept = snapshot.c.dropped_at.is_(None)
    cited = sa.select(sa.func.coalesce(snapshot.c.archive, snapshot.c.sha256)).where(kept).distinct()
    return {str(sha256) for sha256 in connection.scalars(cited)}


def _write(
    archive: tarfile.TarFile,
    tables: Path,
    snapshots: Snapshots,
    cited: list[str],
    contents: Contents,
    progress: Progress | None,
) -> None:
    manifest: dict[str, dict[str, Any]] = {}
    head = {"format": FORMAT, "software": f"MedPath {__version__}", "made_at": now(), "medicines": contents.medicines}
    _add(archive, HEAD, json.dumps(head, indent=1).encode(), manifest)
    _add(archive, TABLES, tables, manifest)
    for number, sha256 in enumerate(cited):
        path = snapshots.path(sha256)
        if path.is_file():
            _add(archive, f"snapshots/{sha256[:2]}/{sha256}.z", path, manifest)
            contents.snapshots += 1
        else:
            contents.missing.append(sha256)
        if progress is not None:
            progress("writing", number + 1, len(cited))
    _add(archive, MANIFEST, json.dumps({"files": manifest, "missing": contents.missing}).encode(), {})


def _add(archive: tarfile.TarFile, name: str, content: bytes | Path, manifest: dict[str, dict[str, Any]]) -> None:
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as stream:
        member = tarfile.TarInfo(name)
        member.size = len(content) if isinstance(content, bytes) else os.fstat(stream.fileno()).st_size
        member.mode = 0o644
        reader = _Hashing(stream)
        archive.addfile(member, reader)
    manifest[name] = {"size": member.size, "sha256": reader.hash.hexdigest()}


class _Hashing:
    """A stream that hashes what is read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.hash.update(data)
        return data


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# -- reading


def _unpack(file: Path, staging: Path, progress: Progress | None) -> None:
    """Unpacks what a backup may hold into a folder, and compares all of it with the manifest."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    with _opened(file) as archive:
        for member in archive:
            if not found and not (_is_plain(member) and member.name == HEAD):
                break
            if manifest is not None or member.name in found or not _expected(member):
                raise StoreUnusable(f"{file} holds what no backup holds ({member.name[:80]!r}); nothing was changed.")
            stream = archive.extractfile(member)
            assert stream is not None  # it is a plain file
            found[member.name] = _unpack_one(stream, staging / member.name)
            if member.name == HEAD:
                _check_format(_json(staging / HEAD, file), file)
            elif member.name == MANIFEST:
                del found[MANIFEST]
                manifest = _json(staging / MANIFEST, file)
            if progress is not None:
                progress("reading", member.offset_data + member.size, file.stat().st_size)
    if not found:
        raise UsageError(f"{file} is no backup of MedPath.")
    if manifest is None or TABLES not in found:
        raise StoreUnusable(f"{file} is cut off; nothing was changed.")
    if manifest.get("files") != found:
        raise StoreUnusable(f"{file} is damaged: its contents differ from its manifest; nothing was changed.")


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    if file.is_dir():
        raise UsageError(f"{file} is a folder and no backup of MedPath.")
    try:
        with tarfile.open(file, "r|") as archive:
            yield archive
    except FileNotFoundError as problem:
        raise UsageError(f"There is no file {file}.") from problem
    except tarfile.ReadError as problem:
        if file.is_file() and file.stat().st_size > 512 and HEAD.encode() in _beginning(file):
            raise StoreUnusable(f"{file} is damaged or cut off; nothing was changed.") from problem
        raise UsageError(f"{file} is no backup of MedPath.") from problem
    except tarfile.TarError as problem:
        raise StoreUnusable(f"{file} is damaged ({str(problem)[:80]}); nothing was changed.") from problem


def _beginning(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(512)


def _is_plain(member: tarfile.TarInfo) -> bool:
    """A file that is as long as it says: no link, device or folder, and nothing that unpacks to more."""
    return member.isreg() and not member.issparse()


def _expected(member: tarfile.TarInfo) -> bool:
    known = member.name in (HEAD, TABLES, MANIFEST) or _SNAPSHOT.fullmatch(member.name) is not None
    return known and _is_plain(member)


def _json(part: Path, file: Path) -> dict[str, Any]:
    try:
        said = json.loads(part.read_bytes()) if part.stat().st_size <= TEXT_LIMIT else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise StoreUnusable(f"{file} is damaged ({part.name} can't be understood); nothing was changed.")
    return said


def _check_format(head: dict[str, Any], file: Path) -> None:
    if head.get("format") != FORMAT:
        raise StoreUnusable(
            f"{file} was written by another MedPath ({head.get('software')!s:.40}); install that version."
        )


def _unpack_one(stream: IO[bytes], target: Path) -> dict[str, Any]:
    target.parent.mkdir(parents=True, exist_ok=True)
    reader = _Hashing(stream)
    with target.open("wb") as out:
        shutil.copyfileobj(reader, out, BLOCK)
    return {"size": target.stat().st_size, "sha256": reader.hash.hexdigest()}


def _checked(file: Path, backup: Path) -> Database:
    """The tables of a backup, brought to the present form. They hold our tables and nothing that runs by itself."""
    try:
        connection = sqlite3.connect(file)
        try:
            connection.execute("pragma trusted_schema = off")
            sound = connection.execute("pragma quick_check(1)").fetchone()[0] == "ok"
            objects = connection.execute("select type, name from sqlite_master").fetchall()
        finally:
            connection.close()
    except sqlite3.Error as problem:
        raise StoreUnusable(f"The tables in {backup} are damaged; nothing was changed.") from problem
    strange = [name for kind, name in objects if kind not in ("table", "index")]
    if not sound or strange:
        raise StoreUnusable(f"The tables in {backup} are damaged or not MedPath's; nothing was changed.")
    database = Database(f"sqlite:///{file}")
    upgrade(database)
    return database


def _install(restored: Database, database: Database, snapshots: Snapshots, staging: Path) -> Contents:
    held = sorted((staging / "snapshots").glob("??/*.z"))
    for path in held:
        target = snapshots.path(path.stem)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    os.sync()
    with restored.reading() as source:
        with database.writing() as target_connection:
            _copy_tables(source, target_connection)
        count = source.scalar(sa.select(sa.func.count()).select_from(medicine)) or 0
        cited = _cited(source)
    for sha256 in list(snapshots.all()):
        if sha256 not in cited:
            snapshots.remove(sha256)
    missing = sorted(sha256 for sha256 in cited if not snapshots.has(sha256))
    return Contents(int(count), snapshots=len(held), missing=missing)
