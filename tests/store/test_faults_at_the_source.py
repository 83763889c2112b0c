"""Faults at the source: half the rows, an emptied column, an old file again. Each is an alarm, and none is news."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.cli import main
from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.fetch.snapshots import Snapshots
from medpath.search.searching import Search
from medpath.sources.facts import datasets
from medpath.store.tables import store_fact
from medpath.store.watches import Wanted
from medpath.sync.store_writer import StoreWriter
from medpath.watches.delivering import add_watch, look, send
from tests.lists import Store, authorised, row, write_report
from tests.store.test_related_events import SHORTAGES, shortage

HOLDER = "marketing_authorisation_developer_applicant_holder"
NUMBERS = range(5001, 5041)
TRUE = {"2026-03-01": "January Pharma Ltd", "2026-03-08": "February Pharma Ltd"}


class Watched(Store):
    """Forty medicines; fifteen got another holder, and one a new status, before a watch was made."""

    def __init__(self, folder: Path, url: str = "") -> None:
        super().__init__(folder, url)
        self.folder = folder / "files"
        self.search = Search(self.settings.index)

    def begin(self) -> None:
        for day in TRUE:
            self.read(day, self.rows(day))
        add_watch(self.database, self.search, "all", Wanted(way="file", address="all"))

    def rows(self, day: str, **changed: str) -> list[dict[str, str]]:
        first = [authorised(one, **{HOLDER: TRUE[day]} | changed) for one in NUMBERS[:15]]
        ended = row(5016) if day == "2026-03-08" else authorised(5016)
        return [*first, ended, *(authorised(one) for one in NUMBERS[16:])]

    def read(self, day: str, rows: list[dict[str, str]]) -> int:
        return int(self.sync(write_report(self.folder, day, rows)).exit_code)

    def sent(self) -> int:
        with self.database.lock(self.settings.data):
            look(self.database, self.search)
            return send(self.database, self.settings).sent

    def news(self) -> list[dict[str, Any]]:
        return [one for one in self.told() if one["cause"] == "source"]

    def alarms(self) -> dict[str, str]:
        alarms = self.register.operation()["alarms"]
        return {one["code"]: one["message"] for one in alarms if one["dataset"] == "ema.medicines"}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of such a store, to be copied."""
    folder = tmp_path_factory.mktemp("begun")
    watched = Watched(folder)
    watched.begin()
    watched.database.dispose()
    return folder


@pytest.fixture
def store(begun: Path, tmp_path: Path) -> Iterator[Watched]:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    watched = Watched(tmp_path)
    with watched.database.writing() as connection:  # another store, for what a process keeps in memory of each
        identity = store_fact.c.name == "store_id"
        connection.execute(store_fact.update().where(identity).values(value=str(uuid4())))
    yield watched
    watched.database.dispose()


def half_the_rows(store: Watched) -> int:
    return store.read("2026-03-15", store.rows("2026-03-08")[:20])


def an_emptied_column(store: Watched) -> int:
    return store.read("2026-03-15", [one | {HOLDER: ""} for one in store.rows("2026-03-08")])


def a_column_emptied_in_many_rows(store: Watched) -> int:
    return store.read("2026-03-15", store.rows("2026-03-08", **{HOLDER: ""}))


def an_old_file(store: Watched) -> int:
    """As EMA's site shows it."""
    path = write_report(store.folder, "2026-03-01", store.rows("2026-03-01"))
    dataset = datasets()["ema.medicines"]
    file = SourceFile("ema.medicines", path.name, dataset.url, path.read_bytes(), retrieved_at=datetime.now(UTC))
    with pytest.raises(SourceFailed) as refused:
        StoreWriter(store.database, Snapshots(store.settings.snapshots), bounded=False).write_report(
            file, dataset, live=True
        )
    return refused.value.exit_code


def an_old_file_under_a_new_date(store: Watched) -> int:
    return store.read("2026-03-15", store.rows("2026-03-01"))


FAULTS = [
    (half_the_rows, 4, "failing", "20 records where the last good report had 40"),
    (an_emptied_column, 4, "failing", "“holder” is empty in every record"),
    (a_column_emptied_in_many_rows, 0, "vanished", "in the data of 2026-03-15 many rows lost holder"),
    (an_old_file, 4, "failing", "older than the one of 2026-03-08T05:00:00Z that is kept"),
    (an_old_file_under_a_new_date, 0, "reverted", "many rows say again what they said in an older list"),
]


@pytest.mark.parametrize(("fault", "exit_code", "alarm", "says"), FAULTS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_fault_at_the_source_raises_an_alarm_and_sends_no_news(
    store: Watched, fault: Callable[[Watched], int], exit_code: int, alarm: str, says: str
) -> None:
    before = store.news()
    assert {one["kind"] for one in before} >= {"holder-changed", "status-changed"}
    assert alarm not in store.alarms()
    assert fault(store) == exit_code
    assert says in store.alarms()[alarm]
    assert store.news() == before
    assert store.sent() == 0


@pytest.mark.parametrize("column", ["supply_shortage_status", "start_of_shortage_date"])
def test_a_column_that_another_list_lost_is_a_fault_too(store: Watched, column: str) -> None:
    def read(day: str, **changed: str) -> int:
        rows = [shortage(str(number), medicine_affected=f"Medicine {number}", **changed) for number in NUMBERS]
        report = {"meta": {"total_records": len(rows), "timestamp": f"{day}T06:00:00Z"}, "data": rows}
        store.folder.mkdir(exist_ok=True)
        path = store.folder / f"{SHORTAGES}_{day}.json"
        path.write_text(json.dumps(report), encoding="utf-8")
        return int(store.sync(path).exit_code)

    assert read("2026-03-09") == 0
    before = store.told()
    assert sum(bool(one["related"]["shortages"]) for one in store.register.all_medicines()) == len(NUMBERS)
    assert read("2026-03-16", **{column: ""}) == 4
    assert store.told() == before
    assert store.sent() == 0
    alarms = [one for one in store.register.operation()["alarms"] if one["dataset"] == "ema.shortages"]
    assert ["is empty in every record" in one["message"] for one in alarms if one["code"] == "failing"] == [True]


def test_an_alarm_stands_on_the_page_of_sources_for_prometheus_and_on_the_command_line_but_in_no_feed(
    store: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    with store.database.writing() as connection:
        connection.execute(store_fact.insert(), {"name": "waiting.ema.epar_pages", "value": "7"})
    with TestClient(create_app(store.settings)) as client:
        feed = [one["id"] for one in client.get("/feeds/changes.json").json()["items"]]
        half_the_rows(store)
        an_old_file_under_a_new_date(store)
        store.read("2026-03-16", store.rows("2026-03-01")[:20])
        gauges, page = client.get("/metrics").text, LexborHTMLParser(client.get("/sources").text)
        assert [one["id"] for one in client.get("/feeds/changes.json").json()["items"]] == feed
    assert feed
    assert [one.text() for one in page.css(".datasets .note")] == ["7 wait for the next sync"]
    assert 'medpath_waiting{dataset="ema.epar_pages"} 7' in gauges
    shown = {one.text() for one in page.css("#alarms .code")}
    for code in ("failing", "reverted"):
        assert f'medpath_alarm{{code="{code}",dataset="ema.medicines"}} 1' in gauges
        assert code in shown
    for arguments, exit_code in ((["status"], 0), (["status", "--check"], 4), (["status", "--check", "--json"], 4)):
        with pytest.raises(SystemExit) as left:
            main(["--data", str(store.settings.data), *arguments])
        assert left.value.code == exit_code
    assert "REVERTED  ema.medicines: in the data of 2026-03-15 many rows say again" in capsys.readouterr().err


def test_when_the_source_comes_forward_again_only_what_is_new_is_news(tmp_path: Path, database_url: str) -> None:
    store = Watched(tmp_path, database_url)
    store.begin()
    before = store.news()
    an_old_file_under_a_new_date(store)
    store.read("2026-03-16", [*store.rows("2026-03-08"), authorised(6001, **{HOLDER: "New Pharma Ltd"})])
    assert store.register.medicine("EMEA/H/C/005001")["authorisations"][0]["holder"]["name"] == TRUE["2026-03-08"]
    assert [(one["name"], one["kind"]) for one in store.news() if one not in before] == [
        ("Medicine 6001", "newly-listed")
    ]
    assert store.sent() == 1
    told = {(one["name"], one["cause"]) for one in store.told() if one["observed_at"] > "2026-03-15"}
    assert ("Medicine 5016", "layout") in told
    store.database.dispose()


def test_when_a_column_is_filled_again_that_is_no_news(store: Watched) -> None:
    before = store.news()
    a_column_emptied_in_many_rows(store)
    store.read("2026-03-16", store.rows("2026-03-08"))
    assert store.news() == before
    store.read("2026-04-16", store.rows("2026-03-08"))
    assert not {"vanished", "reverted"} & set(store.alarms())
