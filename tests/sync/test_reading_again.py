"""Reading kept bytes again: whole or not at all, and never in the way of others."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from medpath.errors import SourceFailed
from medpath.fetch.snapshots import Snapshots
from medpath.sources.facts import datasets
from medpath.store.database import Database
from medpath.store.tables import snapshot, store_fact
from medpath.sync.reading_again import read_again
from medpath.sync.store_writer import StoreWriter
from tests.lists import Store, authorised, write_report
from tests.sync.test_folder import PAGE, write_archive
from tests.test_cli import environment
from tests.test_kills import Store as Killed

MEDICINES, PAGES = datasets()["ema.medicines"], datasets()["ema.epar_pages"]


class Watched(Snapshots):
    """Kept bytes that, whenever some are asked for, write to the database as somebody else would."""

    def __init__(self, folder: Path, other: Database) -> None:
        super().__init__(folder)
        self.other = other
        self.asked = 0

    def get(self, sha256: str) -> bytes:
        self.asked += 1
        with self.other.writing() as connection:
            connection.execute(store_fact.insert(), {"name": f"written-{self.asked}", "value": ""})
        return super().get(sha256)


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Store:
    return Store(tmp_path, database_url)


def test_others_can_write_while_it_reads(store: Store, tmp_path: Path) -> None:
    for month in (1, 2, 3):
        write_report(tmp_path / "lists", f"2026-0{month}-01", [authorised(revision_number=str(month))])
    store.sync(tmp_path / "lists")
    before = store.told(), store.shown()
    watched = Watched(store.settings.snapshots, Database(store.settings.database))
    assert read_again(StoreWriter(store.database, watched, bounded=False), MEDICINES).rows == 3
    assert watched.asked == 3
    assert (store.told(), store.shown()) == before


def test_an_archive_is_opened_once_for_all_its_pages_and_equal_pages_are_all_read(store: Store, tmp_path: Path) -> None:
    for day in ("2026-04-01", "2026-05-01"):
        write_archive(tmp_path / f"pages_{day}.tar.gz", f"rezurock-{day}.html", PAGE.read_bytes())
        store.sync(tmp_path / f"pages_{day}.tar.gz")
    before = store.told(), store.shown()
    watched = Watched(store.settings.snapshots, Database(store.settings.database))
    assert read_again(StoreWriter(store.database, watched), PAGES).rows == 2
    assert watched.asked == 2
    store.sync(tmp_path / "pages_2026-05-01.tar.gz")
    assert (store.told(), store.shown()) == before


def test_bytes_that_are_gone_leave_everything_as_it_was(store: Store, tmp_path: Path) -> None:
    for month in (1, 2):
        write_report(tmp_path / "lists", f"2026-0{month}-01", [authorised(revision_number=str(month))])
    store.sync(tmp_path / "lists")
    before = store.told(), store.shown()
    snapshots = Snapshots(store.settings.snapshots)
    snapshots.remove(sorted(snapshots.all())[0])
    with pytest.raises(SourceFailed, match="is not kept any more"):
        read_again(StoreWriter(store.database, snapshots), MEDICINES)
    assert store.replay().exit_code == 4
    assert (store.told(), store.shown()) == before


def test_what_a_better_reader_dates_otherwise_takes_its_place(store: Store, tmp_path: Path) -> None:
    for month, name in ((1, "First name"), (2, "Second name")):
        write_report(tmp_path / "lists", f"2026-0{month}-01", [authorised(name_of_medicine=name)])
    store.sync(tmp_path / "lists")
    before = store.told(), store.shown()
    misread = {"observed_at": "2026-03-01T00:00:00Z", "observed_to": "2026-03-01T00:00:00Z"}
    with store.database.writing() as connection:
        older = snapshot.c.observed_at < "2026-02"
        connection.execute(snapshot.update().where(older).values(reader_version=MEDICINES.reader + 1, **misread))
    store.sync(tmp_path / "lists")
    assert (store.told(), store.shown()) == before


def test_what_was_read_and_waits_to_be_written_leaves_no_file(store: Store, tmp_path: Path) -> None:
    store.sync(write_report(tmp_path, "2026-01-01", [authorised()]))
    before = sorted(path.name for path in store.settings.data.rglob("*") if "index" not in path.parts)
    store.replay()
    assert sorted(path.name for path in store.settings.data.rglob("*") if "index" not in path.parts) == before


def test_a_kill_while_reading_again_loses_nothing(sample_data: Path, tmp_path: Path) -> None:
    chance = random.Random(20180323)
    shutil.copytree(sample_data, tmp_path / "data")
    store = Killed(tmp_path / "data", f"sqlite:///{tmp_path / 'data' / 'medpath.sqlite'}")
    before, units = store.content(), store.units()
    command = [sys.executable, "-m", "medpath", "--data", store.data, "sync", "--from-snapshots", "--json"]
    for _ in range(4):
        process = subprocess.Popen(
            command, env=environment(MEDPATH_SAMPLE="1"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert process.stderr is not None
        process.stderr.readline()
        time.sleep(chance.uniform(0, 0.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert store.units() == units
    done = subprocess.run(command, env=environment(MEDPATH_SAMPLE="1"), capture_output=True, check=True)
    assert json.loads(done.stdout)["failed"] == 0
    assert store.content() == before
