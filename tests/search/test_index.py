"""The index follows the store, is made again whenever it can't be trusted, and survives kills."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from medpath.errors import StoreUnusable
from medpath.sample import editions
from medpath.search import reader
from medpath.search.index import CURRENT, Index, current_folder
from medpath.search.searching import Search
from medpath.settings import Settings
from medpath.store.database import Database
from medpath.store.read import Register
from medpath.sync import sync
from tests.sample_store import fill

REPORT = "medicines-output-medicines_json-report_en.json"


@pytest.fixture
def data(sample_data: Path, tmp_path: Path) -> Path:
    """A copy of the sample's data folder, with its index."""
    return shutil.copytree(sample_data, tmp_path / "data")


@pytest.fixture
def database(data: Path) -> Iterator[Database]:
    """The database of the copy."""
    database = Database(Settings(data=data, sample=True).database)
    yield database
    database.dispose()


def alofisel(folder: Path) -> dict[str, object]:
    """What a search finds for Alofisel; the search is opened anew."""
    found = Search(folder).search("Alofisel").items[0]
    assert found["product_number"] == "EMEA/H/C/004258"
    return found


def next_edition(folder: Path, changed: dict[str, str], day: str) -> Path:
    """A folder with the list of medicines of a later day, in which Alofisel's row is changed."""
    report = json.loads((editions()[-1] / REPORT).read_text(encoding="utf-8"))
    report["meta"]["timestamp"] = f"{day}T06:00:00Z"
    for row in report["data"]:
        if row["ema_product_number"] == "EMEA/H/C/004258":
            row.update(changed)
    folder.mkdir()
    (folder / REPORT).write_text(json.dumps(report), encoding="utf-8")
    return folder


def test_a_sync_leaves_an_index_that_has_come_as_far_as_the_store(data: Path, database: Database) -> None:
    search = Search(data / "index")
    register = Register(database)
    assert (search.sequence(), search.store_id()) == (register.sequence(), register.store_id())
    assert search.medicines().total == register.count() == 66


def test_an_index_that_is_up_to_date_is_left_alone(data: Path, database: Database) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in (data / "index").rglob("*")}
    assert Index(data / "index").follow(database) == 0
    assert {path.name: path.stat().st_mtime_ns for path in (data / "index").rglob("*")} == before


def test_a_small_change_is_written_into_the_present_index(data: Path, database: Database, tmp_path: Path) -> None:
    search = Search(data / "index")
    folder, before = current_folder(data / "index"), search.sequence()
    assert search.search("sunnyvale").total == 0
    later = next_edition(
        tmp_path / "later", {"international_non_proprietary_name_common_name": "sunnyvale"}, "2026-04-01"
    )
    sync(Settings(data=data, sample=True), database, origin=str(later))
    assert current_folder(data / "index") == folder
    assert search.sequence() == Register(database).sequence() > before
    assert [item["name"] for item in search.search("sunnyvale", kind="medicine").items] == ["Alofisel"]
    assert search.medicines().total == 66
    assert search.search("Alofisel", kind="document").total == 9


def test_an_updated_index_answers_as_one_made_anew(data: Path, database: Database, tmp_path: Path) -> None:
    later = next_edition(tmp_path / "later", {"name_of_medicine": "Alofisel (previously Cupistem)"}, "2026-04-01")
    sync(Settings(data=data, sample=True), database, origin=str(later))
    Index(tmp_path / "anew").follow(database)
    updated, anew = Search(data / "index"), Search(tmp_path / "anew")
    for query in ("alofisel", "cupistem", "cupistm", "adalimumab", "arthritis", "L04", "免疫", ""):
        one, other = updated.search(query, limit=1000), anew.search(query, limit=1000)
        assert (one.items, one.total, one.facets) == (other.items, other.total, other.facets)
    for kind in ("substance", "condition", "organisation", "atc-class", "document"):
        assert updated.search("", kind=kind, limit=1000) == anew.search("", kind=kind, limit=1000)


def test_without_an_index_search_is_unusable_and_the_next_writer_makes_it(data: Path, database: Database) -> None:
    shutil.rmtree(data / "index")
    search = Search(data / "index")
    for ask in (search.sequence, lambda: search.search("x"), search.medicines, lambda: search.suggest("x")):
        with pytest.raises(StoreUnusable, match="index"):
            ask()
    assert Index(data / "index").follow(database) > 66
    assert search.medicines().total == 66


def test_an_index_of_another_store_is_made_again(data: Path, tmp_path: Path) -> None:
    other = fill(tmp_path / "other")
    other_index = Search(other.settings.index)
    assert other_index.store_id() != Search(data / "index").store_id()
    shutil.rmtree(other.settings.index)
    shutil.copytree(data / "index", other.settings.index)
    assert Index(other.settings.index).follow(other.database) > 0
    assert Search(other.settings.index).store_id() == Register(other.database).store_id()
    other.database.dispose()


def test_an_index_ahead_of_the_store_is_made_again(data: Path, database: Database, tmp_path: Path) -> None:
    store = (data / "medpath.sqlite").read_bytes()
    sync(Settings(data=data, sample=True), database,
         origin=str(next_edition(tmp_path / "later", {"name_of_medicine": "Alofisel Nova"}, "2026-04-01")))  # fmt: skip
    assert Search(data / "index").search("Alofisel Nova", kind="medicine").items[0]["name"] == "Alofisel Nova"
    database.dispose()
    for leftover in data.glob("medpath.sqlite*"):
        leftover.unlink()
    (data / "medpath.sqlite").write_bytes(store)  # as after restoring a backup
    assert Index(data / "index").follow(database) > 0
    assert alofisel(data / "index")["name"] == "Alofisel"


def test_an_index_of_another_schema_is_not_read_and_made_again(
    data: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("medpath.search.index.SCHEMA", 999)
    monkeypatch.setattr(reader, "SCHEMA", 999)
    with pytest.raises(StoreUnusable):
        Search(data / "index").sequence()
    assert Index(data / "index").follow(database) > 0
    assert alofisel(data / "index")


def test_any_damaged_file_is_noticed_by_the_next_writer(data: Path, database: Database) -> None:
    chance = random.Random(20)
    index = data / "index"
    files = sorted(path.name for path in current_folder(index).iterdir() if not path.name.endswith(".lock"))  # type: ignore[union-attr]
    suffixes = {Path(name).suffix for name in files}
    assert {".store", ".term", ".idx", ".fast", ".json"} <= suffixes
    for suffix in sorted(suffixes):
        for harm in ("cut", "flip", "remove", "empty"):
            path = next(path for path in sorted(current_folder(index).iterdir()) if path.suffix == suffix)  # type: ignore[union-attr]
            content = bytearray(path.read_bytes())
            path.unlink()  # a file that tantivy still has mapped must not be cut under it: that ends the process
            if harm == "empty":
                path.write_bytes(b"")
            elif harm == "cut":
                path.write_bytes(content[: len(content) // 2])
            elif harm == "flip":
                content[chance.randrange(len(content))] ^= 0xFF
                path.write_bytes(bytes(content))
            hidden = path.name.startswith(".")  # tantivy's list of files, of which it makes what it needs
            assert Index(index).follow(database) > 0 or hidden, (path.name, harm)
            assert alofisel(index)["name"] == "Alofisel"


@pytest.mark.parametrize("content", ["", "nonsense", "../../..", "1-" + "0" * 32, "1-" + "0" * 31 + "/", "\x00", "é"])
def test_a_pointer_that_leads_nowhere_is_no_index(data: Path, database: Database, content: str) -> None:
    (data / "index" / CURRENT).write_text(content, encoding="utf-8")
    with pytest.raises(StoreUnusable):
        Search(data / "index").sequence()
    assert Index(data / "index").follow(database) > 0
    assert alofisel(data / "index")


def test_damage_under_a_reader_is_said_and_no_crash(data: Path) -> None:
    search = Search(data / "index")
    folder = current_folder(data / "index")
    assert folder
    for path in folder.iterdir():
        if path.suffix in (".store", ".term", ".idx", ".fast", ".pos"):
            with path.open("r+b") as stream:  # in place and never shorter: cutting what is mapped ends the process
                stream.write(b"\x00" * path.stat().st_size)
    for ask in (lambda: search.search("alofisel"), search.medicines, lambda: search.suggest("alo"), search.sequence):
        with pytest.raises(StoreUnusable):
            ask()


def test_a_reader_goes_on_while_the_index_is_replaced_and_then_follows(data: Path, database: Database) -> None:
    search = Search(data / "index")
    assert search.medicines().total == 66
    (current_folder(data / "index") / "contents.json").write_text("{}", encoding="ascii")  # type: ignore[operator]
    old = current_folder(data / "index")
    (old / "meta.json").touch()  # type: ignore[operator]
    (data / "index" / CURRENT).unlink()
    assert Index(data / "index").follow(database) > 0
    assert current_folder(data / "index") != old
    assert search.medicines().total == 66
    folders = {path.name for path in (data / "index").iterdir() if path.is_dir()}
    assert folders - {"passages"} == {current_folder(data / "index").name}  # type: ignore[union-attr]


FOLLOW = """
import sys
from pathlib import Path
from medpath.search.index import Index
from medpath.store.database import Database
print("ready", flush=True)
Index(Path(sys.argv[1])).follow(Database(sys.argv[2]))
"""


def test_kills_leave_the_old_index_or_the_new_one(data: Path, database: Database, tmp_path: Path) -> None:
    """A writer is killed at random instants; readers see the old or the new state, and the next writer completes it."""
    chance = random.Random(5)
    index = data / "index"
    old = Search(index).sequence()
    ahead = Settings(data=data, sample=True)
    kept = shutil.copytree(index, tmp_path / "old")
    sync(
        ahead,
        database,
        origin=str(next_edition(tmp_path / "later", {"name_of_medicine": "Alofisel Nova"}, "2026-04-01")),
    )
    new = Search(index).sequence()
    assert new > old
    command = [sys.executable, "-c", FOLLOW, str(index), ahead.database]
    states = set()
    for turn in range(12):
        shutil.rmtree(index)
        if turn % 3:
            shutil.copytree(kept, index)  # an update; else an index made from nothing
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ))
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        if current_folder(index) is not None:
            state = Search(index).sequence()
            assert state in (old, new)
            assert alofisel(index)["name"] == ("Alofisel" if state == old else "Alofisel Nova")
            states.add(state)
        Index(index).follow(database)
        assert Search(index).sequence() == new
        assert alofisel(index)["name"] == "Alofisel Nova"
        assert Search(index).medicines().total == 66
    assert states


def test_a_disk_that_takes_nothing_is_said(data: Path, database: Database, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="ascii")
    with pytest.raises(Exception, match="can't be written") as refused:
        Index(blocked).follow(database)
    assert "\n" not in str(refused.value)


def test_an_update_writes_no_more_than_what_changed(data: Path, database: Database, tmp_path: Path) -> None:
    later = next_edition(
        tmp_path / "later", {"therapeutic_indication": "sample text, not EMA's wording: fistulas."}, "2026-04-01"
    )
    before = Search(data / "index").sequence()
    kept = shutil.copytree(data / "index", tmp_path / "kept")
    sync(Settings(data=data, sample=True), database, origin=str(later))
    assert Search(kept).sequence() == before
    assert 1 <= Index(kept).follow(database) <= 5  # the medicine and how far the index has come, but no other medicine
    assert Search(kept).search("fistulas", kind="medicine").items[0]["name"] == "Alofisel"


def test_a_vocabulary_that_moved_moves_the_index_though_no_medicine_did(
    data: Path, database: Database, tmp_path: Path
) -> None:
    assert Search(data / "index").search("sugammadex").total == 0
    classes = editions()[0] / "who-atc-ddd-2026-01-29.csv"
    later = tmp_path / "later"
    later.mkdir()
    text = classes.read_text(encoding="utf-8").rstrip("\n") + "\nV03AB35,sugammadex,NA,NA,NA,NA\n"
    (later / "who-atc-ddd-2026-02-28.csv").write_text(text, encoding="utf-8")
    sync(Settings(data=data, sample=True), database, origin=str(later))
    found = Search(data / "index").search("sugammadex").items
    assert [(item["kind"], item["id"], item["medicines"]) for item in found] == [("atc-class", "V03AB35", 0)]
