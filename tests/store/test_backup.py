import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from medpath.errors import StoreUnusable, UsageError
from medpath.fetch.snapshots import Snapshots
from medpath.store.backup import HEAD, MANIFEST, TABLES, is_empty, read_backup, write_backup
from medpath.store.database import Database
from medpath.store.migrate import upgrade
from medpath.store.read import Register
from medpath.store.tables import metadata


@pytest.fixture(scope="session")
def backup(sample_data, tmp_path_factory) -> Path:
    """A backup of the bundled sample."""
    file = tmp_path_factory.mktemp("backup") / "sample.medpath"
    database = Database(f"sqlite:///{sample_data / 'medpath.sqlite'}")
    contents = write_backup(database, Snapshots(sample_data / "snapshots"), file)
    assert (contents.medicines, contents.missing) == (Register(database).count(), [])
    database.dispose()
    return file


@pytest.fixture
def database(database_url):
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def snapshots(tmp_path) -> Snapshots:
    return Snapshots(tmp_path / "snapshots")


def everything(database: Database) -> dict[str, list[tuple]]:
    """The rows of all tables."""
    with database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def members(file: Path) -> list[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(file) as archive:
        return [(member, archive.extractfile(member).read()) for member in archive]


def rewritten(file: Path, target: Path, change) -> Path:
    """The backup with its members changed by a function over (name, bytes); the manifest is as it was."""
    with tarfile.open(target, "w") as archive:
        for member, data in members(file):
            for name, content in change(member.name, data):
                made = tarfile.TarInfo(name)
                made.size = len(content)
                archive.addfile(made, io.BytesIO(content))
    return target


def with_manifest(file: Path, target: Path, change) -> Path:
    """The backup with its members changed, and a manifest that agrees with them."""
    said = {}

    def keep(name, data):
        for new_name, content in [(name, data)] if name == MANIFEST else change(name, data):
            if name == MANIFEST:
                yield name, json.dumps({"files": said, "missing": []}).encode()
            else:
                said[new_name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
                yield new_name, content

    return rewritten(file, target, keep)


def test_a_restored_store_is_the_same_on_either_database(backup, database, snapshots, sample_data):
    contents = read_backup(backup, database, snapshots)
    original = Database(f"sqlite:///{sample_data / 'medpath.sqlite'}")
    assert everything(database) == everything(original)
    assert list(Register(database).all_medicines()) == list(Register(original).all_medicines())
    assert bytes_in(snapshots.folder) == bytes_in(sample_data / "snapshots")
    assert (contents.medicines, contents.missing) == (Register(original).count(), [])
    original.dispose()


def test_a_backup_of_either_database_can_be_restored_into_the_other(backup, database, snapshots, tmp_path):
    read_backup(backup, database, snapshots)
    second = tmp_path / "second.medpath"
    write_backup(database, snapshots, second)
    other = Database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    read_backup(second, other, Snapshots(tmp_path / "other-snapshots"))
    assert everything(other) == everything(database)
    other.dispose()


def test_a_store_that_is_not_empty_is_kept_unless_it_is_to_be_replaced(backup, database, snapshots):
    read_backup(backup, database, snapshots)
    with database.writing() as connection:
        connection.execute(sa.text("delete from change"))
    stray = snapshots.put(b"cited by nothing")
    changed = everything(database)
    with pytest.raises(UsageError, match="not empty; with --replace"):
        read_backup(backup, database, snapshots)
    assert everything(database) == changed
    read_backup(backup, database, snapshots, replace=True)
    assert everything(database)["change"]
    assert not snapshots.has(stray)


def test_a_backup_is_one_state_though_a_sync_goes_on(backup, database, snapshots, tmp_path):
    read_backup(backup, database, snapshots)
    file = tmp_path / "b.medpath"

    def sync_meanwhile(_stage, done, _total):
        if done == 1:
            with database.writing() as connection:
                connection.execute(sa.text("delete from medicine"))

    contents = write_backup(database, snapshots, file, sync_meanwhile)
    assert contents.medicines > 0
    assert is_empty(database) is False
    read_backup(file, database, snapshots, replace=True)
    assert Register(database).count() == contents.medicines


def test_bytes_that_the_store_lost_are_named_and_the_rest_is_saved(backup, tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'medpath.sqlite'}")
    snapshots = Snapshots(tmp_path / "snapshots")
    read_backup(backup, database, snapshots)
    lost = next(snapshots.all())
    snapshots.remove(lost)
    assert write_backup(database, snapshots, tmp_path / "b.medpath").missing == [lost]
    contents = read_backup(tmp_path / "b.medpath", database, snapshots, replace=True)
    assert contents.missing == [lost]
    database.dispose()


def test_the_file_appears_whole_or_not_at_all(sample_data, tmp_path):
    database = Database(f"sqlite:///{sample_data / 'medpath.sqlite'}")
    file = tmp_path / "b.medpath"
    file.write_text("an older backup")

    def stopped(_stage, _done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_backup(database, Snapshots(sample_data / "snapshots"), file, stopped)
    assert file.read_text() == "an older backup"
    assert [path.name for path in tmp_path.iterdir()] == ["b.medpath"]
    with pytest.raises(UsageError, match="choose another place"):
        write_backup(database, Snapshots(sample_data / "snapshots"), tmp_path / "no" / "b.medpath")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="no file that could be replaced"):
        write_backup(database, Snapshots(sample_data / "snapshots"), tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()
    database.dispose()


def refused(file: Path, tmp_path: Path, error: type[Exception]) -> str:
    """Restores a bad file into an empty store; returns what was said, having seen that nothing was changed."""
    home = tmp_path / "home"
    database = Database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    upgrade(database)
    before = everything(database)
    with pytest.raises(error) as raised:
        read_backup(file, database, Snapshots(home / "snapshots"))
    assert everything(database) == before
    assert not bytes_in(tmp_path / "home")
    database.dispose()
    assert "Traceback" not in str(raised.value)
    return str(raised.value)


def test_a_damaged_backup_changes_nothing(backup, tmp_path):
    def flip(name, data):
        if name.startswith("snapshots/"):
            data = data[:-1] + bytes([data[-1] ^ 1])
        yield name, data

    assert "damaged" in refused(rewritten(backup, tmp_path / "b", flip), tmp_path, StoreUnusable)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_backup_that_is_cut_off_changes_nothing(backup, tmp_path, share):
    data = backup.read_bytes()
    (tmp_path / "b").write_bytes(data[: int(len(data) * share)])
    said = refused(tmp_path / "b", tmp_path, StoreUnusable)
    assert "damaged" in said or "cut off" in said


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 10_240, b"PK\x03\x04" * 300])
def test_other_files_are_no_backups(content, tmp_path):
    (tmp_path / "b").write_bytes(content)
    assert "is no backup of MedPath" in refused(tmp_path / "b", tmp_path, UsageError)


def test_a_folder_is_no_backup(tmp_path):
    (tmp_path / "b").mkdir()
    assert "is a folder" in refused(tmp_path / "b", tmp_path, UsageError)


def test_another_archive_is_no_backup(tmp_path):
    with tarfile.open(tmp_path / "b", "w") as archive:
        archive.addfile(tarfile.TarInfo("readme.txt"))
    assert "is no backup of MedPath" in refused(tmp_path / "b", tmp_path, UsageError)


HOSTILE = [
    "../outside", "/etc/passwd", "snapshots/../../outside", "snapshots/ab/" + "cd" * 32 + ".z", "snapshots/aa/x.z",
    "medpath.sqlite-wal", "./medpath.sqlite", "snapshots/" + "aa/" * 3 + "aa" * 32 + ".z",
]  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_paths_that_no_backup_has_are_refused(backup, tmp_path, hostile):
    def add(name, data):
        yield name, data
        if name == TABLES:
            yield hostile, b"evil"

    file = with_manifest(backup, tmp_path / "b", add)
    assert "holds what no backup holds" in refused(file, tmp_path, StoreUnusable)
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_links_devices_and_folders_are_refused(backup, tmp_path, kind):
    with tarfile.open(tmp_path / "b", "w") as archive:
        for member, data in members(backup):
            archive.addfile(member, io.BytesIO(data))
            if member.name == HEAD:
                link = tarfile.TarInfo("snapshots/aa/" + "aa" * 32 + ".z")
                link.type, link.linkname = kind, "/etc/passwd"
                archive.addfile(link)
    assert "holds what no backup holds" in refused(tmp_path / "b", tmp_path, StoreUnusable)


def test_the_same_member_twice_is_refused(backup, tmp_path):
    def twice(name, data):
        yield name, data
        if name == TABLES:
            yield name, data

    assert "holds what no backup holds" in refused(
        with_manifest(backup, tmp_path / "b", twice), tmp_path, StoreUnusable
    )


@pytest.mark.parametrize(
    "statement",
    [
        "create trigger t after insert on run begin delete from medicine; end",
        "create view v as select 1",
    ],
)
def test_tables_that_do_something_by_themselves_are_refused(backup, tmp_path, statement):
    def armed(name, data):
        if name == TABLES:
            file = tmp_path / "armed.sqlite"
            file.write_bytes(data)
            connection = sqlite3.connect(file)
            connection.execute(statement)
            connection.commit()
            connection.close()
            data = file.read_bytes()
        yield name, data

    said = refused(with_manifest(backup, tmp_path / "b", armed), tmp_path, StoreUnusable)
    assert "not MedPath's" in said


def test_tables_that_are_no_database_are_refused(backup, tmp_path):
    file = with_manifest(backup, tmp_path / "b", lambda name, data: [(name, b"x" * 5000 if name == TABLES else data)])
    assert "damaged" in refused(file, tmp_path, StoreUnusable)


def test_a_backup_of_a_newer_software_is_refused(backup, tmp_path):
    def newer(name, data):
        if name == TABLES:
            file = tmp_path / "newer.sqlite"
            file.write_bytes(data)
            connection = sqlite3.connect(file)
            connection.execute("update alembic_version set version_num = '9999'")
            connection.commit()
            connection.close()
            data = file.read_bytes()
        yield name, data

    assert "newer MedPath" in refused(with_manifest(backup, tmp_path / "b", newer), tmp_path, StoreUnusable)
    other_format = rewritten(
        backup, tmp_path / "c", lambda name, data: [(name, b'{"format": 2}' if name == HEAD else data)]
    )
    assert "another MedPath" in refused(other_format, tmp_path, StoreUnusable)


def test_what_a_stopped_restore_left_is_cleared_away(backup, tmp_path):
    left = tmp_path / ".restore-old"
    left.mkdir()
    (left / "medpath.sqlite").write_bytes(b"half")
    database = Database(f"sqlite:///{tmp_path / 'medpath.sqlite'}")
    read_backup(backup, database, Snapshots(tmp_path / "snapshots"))
    assert not list(tmp_path.glob(".restore-*"))
    database.dispose()


def test_the_commands_restore_what_they_saved_and_the_index_follows(sample_data, tmp_path):
    from tests.test_cli import medpath

    file = tmp_path / "b.medpath"
    saved = medpath("--data", sample_data, "backup", file)
    assert saved.returncode == 0, saved.stderr
    restored = medpath("--data", tmp_path / "new", "restore", file)
    assert restored.returncode == 0, restored.stderr
    assert "medicines and" in restored.stdout
    found = medpath("--data", tmp_path / "new", "search", "alofisel", "--json")
    assert "EMEA/H/C/004258" in found.stdout
    again = medpath("--data", tmp_path / "new", "restore", file)
    assert again.returncode == 2
    assert "--replace" in again.stderr
    assert medpath("--data", tmp_path / "new", "restore", file, "--replace").returncode == 0
    shutil.rmtree(tmp_path / "new" / "index")
    (tmp_path / "new" / "index").write_bytes(b"no folder")
    blocked = medpath("--data", tmp_path / "new", "restore", file, "--replace")
    assert blocked.returncode == 5
    assert "The store is restored, but its index could not be made" in blocked.stderr
    shutil.rmtree(tmp_path / "new")
