"""Pages of EMA's site by the live way: a mirror of it that counts, refuses and fails as the site may."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from medpath.fetch.snapshots import members
from medpath.settings import Settings
from medpath.sources.recognise import recognise
from medpath.store.database import Database
from medpath.store.read import Register
from medpath.store.tables import snapshot
from medpath.sync import SyncResult, sync

PAGES = "ema.epar_pages"
LIST = "/en/documents/report/medicines-output-medicines_json-report_en.json"
ALOFISEL = "EMEA/H/C/004258"
ALOFISEL_PAGE = "/en/medicines/human/EPAR/alofisel"


class PageStore:
    """A store with EMA's list of medicines, whose pages are asked for at a mirror."""

    def __init__(self, mirror: Any, folder: Path) -> None:
        self.mirror = mirror
        self.settings = Settings(data=folder, sample=True)  # without the bounds of whole reports
        self.database = Database(self.settings.database)
        self.register = Register(self.database)
        self.said: list[str] = []

    def sync(self, *names: str, **given: Any) -> SyncResult:
        self.said.clear()
        self.mirror.clear_log()
        quick = {"page_interval": 0, "report_interval": 0, "retry_seconds": 0.02, "request_seconds": 20}
        settings = Settings(data=self.settings.data, sample=True, **(quick | given))
        return sync(settings, self.database, names or (PAGES,), origin=self.mirror.url, say=self.said.append)

    def held(self) -> set[str]:
        with self.database.reading() as connection:
            return {
                url.removeprefix("https://www.ema.europa.eu")
                for url in connection.scalars(sa.select(snapshot.c.url).where(snapshot.c.dataset == PAGES))
            }

    @property
    def failures(self) -> list[str]:
        return [text for text in self.said if text.startswith("FAILED")]


@pytest.fixture(scope="module")
def mirror(shared: Path) -> Iterator[Any]:
    sys.path.insert(0, str(shared / "tools"))
    from ema_mirror import Mirror

    with Mirror(limit_rate=0) as site:
        yield site


def serves(mirror: Any, url: str) -> bool:
    """Whether the mirror has a page."""
    try:
        with urllib.request.urlopen(mirror.url + url.removeprefix("https://www.ema.europa.eu")) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False


@pytest.fixture(scope="module")
def listed(mirror: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a list of few medicines, rows of EMA's, and no page yet."""
    folder = tmp_path_factory.mktemp("listed")
    with urllib.request.urlopen(mirror.url + LIST) as answer:
        report = json.load(answer)
    human = [row for row in report["data"] if "/human/" in row["medicine_url"]]
    chosen = [*human[::60], *(row for row in human if row["medicine_url"].endswith("/alofisel"))]
    rows = [row for row in chosen if serves(mirror, row["medicine_url"])]
    assert len(rows) > 25
    text = json.dumps({"meta": report["meta"] | {"total_records": len(rows)}, "data": rows})
    (folder / LIST.rpartition("/")[2]).write_text(text, encoding="utf-8")
    made = PageStore(mirror, folder / "data")
    assert sync(made.settings, made.database, ["ema.medicines"], origin=str(folder)).exit_code == 0
    made.database.dispose()
    return made.settings.data


@pytest.fixture
def store(mirror: Any, listed: Path, tmp_path: Path) -> Iterator[PageStore]:
    shutil.copytree(listed, tmp_path / "data")
    made = PageStore(mirror, tmp_path / "data")
    yield made
    made.database.dispose()
    mirror.set_faults({})
    mirror.throttle.limit, mirror.retry_after = 0, "auto"


def test_pages_come_politely_within_the_budget_and_in_turn(store: PageStore) -> None:
    first = store.sync(budget=20, page_interval=0.05)
    log = store.mirror.log()
    assert first.exit_code == 0
    assert first.pages is not None
    assert (first.pages.asked, first.pages.read, first.pages.failed) == (20, 20, 0)
    assert len({entry["path"] for entry in log}) == len(log) == 20
    assert all(entry["user_agent"].startswith("MedPath/") for entry in log)
    gaps = [after["seconds"] - before["seconds"] for before, after in itertools.pairwise(log)]
    assert min(gaps) >= 0.045
    assert "MEDPATH_BUDGET" in str(first.stopped)
    second = store.sync(budget=100)
    assert not {entry["path"] for entry in store.mirror.log()} & {entry["path"] for entry in log}
    assert second.pages is not None
    assert (first.pages.waiting, second.pages.waiting) == (second.pages.asked, 0)
    assert second.stopped is None
    third = store.sync(budget=100)
    assert store.mirror.log() == []
    assert third.exit_code == 0


def test_a_page_makes_the_medicine_complete(store: PageStore) -> None:
    store.sync(budget=100)
    medicine = store.register.medicine(ALOFISEL)
    assert medicine is not None
    assert medicine["status"]["date"] == "2024-12-13"
    assert len(medicine["documents"]) == 9
    assert medicine["overview"]["summary"]
    assert medicine["provenance"]["documents"]


# What may differ between EMA's page by the mirror and the Markdown of the same page: the times of observation, what
# names the copy and which source is the better one by its form; the holder's address, which the Markdown cuts to its
# first line; indications, of which it loses lines.
MAY_DIFFER = {
    "provenance", "version", "sequence", "observed_from", "observed_at", "first_observed_at", "issues", "source",
    "address", "address_complete", "country", "therapeutic_indication",
}  # fmt: skip


def same_in_both(value: Any) -> Any:
    """A medicine without what may differ, and without blanks and the marks of emphasis that the mirror leaves."""
    if isinstance(value, dict):
        return {key: same_in_both(item) for key, item in value.items() if key not in MAY_DIFFER}
    if isinstance(value, list):
        return [same_in_both(item) for item in value]
    return re.sub(r"[*\\\s]", "", value) if isinstance(value, str) else value


def test_the_site_and_a_folder_of_the_same_pages_give_the_same_medicines(
    store: PageStore, listed: Path, shared: Path, tmp_path: Path
) -> None:
    store.sync(budget=100)
    folder = tmp_path / "files"
    folder.mkdir()
    shutil.copy(listed.parent / LIST.rpartition("/")[2], folder)
    archive = shared / "data/ema/epar_pages/epar_pages_md_2026-08-17.tar.gz"
    for number, (name, data) in enumerate(members(archive.read_bytes(), archive.name)):
        found = recognise(data, name)
        if found is not None and found.url.removeprefix("https://www.ema.europa.eu") in store.held():
            (folder / f"{number}_2026-08-17.md").write_bytes(data)
    other = PageStore(store.mirror, tmp_path / "other")
    assert sync(other.settings, other.database, ["ema"], origin=str(folder)).exit_code == 0
    assert other.held() == store.held()
    live, read = ({one["id"]: same_in_both(one) for one in made.register.all_medicines()} for made in (store, other))
    assert live.keys() == read.keys()
    assert [name for name in live if live[name] != read[name]] == []
    assert sum(bool(one["documents"]) for one in live.values()) > 25


def test_a_second_look_at_all_pages_changes_nothing(store: PageStore) -> None:
    store.sync(budget=100)
    before = store.register.sequence()
    again = store.sync(budget=100, page_days=0)
    assert again.pages is not None
    assert again.pages.unchanged == again.pages.asked > 25
    assert (again.changed, again.versions, store.register.sequence()) == (0, 0, before)


def test_too_many_requests_are_obeyed_to_the_second(store: PageStore) -> None:
    store.mirror.throttle.limit, store.mirror.throttle.window = 5, 1.5
    store.mirror.retry_after = "2"
    result = store.sync(budget=15)
    log = store.mirror.log()
    refused = [number for number, entry in enumerate(log) if entry["status"] == 429]
    assert refused
    for number in refused:
        if number + 1 < len(log):
            assert log[number + 1]["seconds"] - log[number]["seconds"] >= 2
    assert result.exit_code == 0
    assert result.pages is not None
    assert result.pages.failed == 0
    assert result.pages.asked == 15 - len(refused)


def test_a_storm_of_too_many_ends_the_visit(store: PageStore) -> None:
    store.mirror.throttle.limit, store.mirror.throttle.window = 4, 3600
    result = store.sync(budget=50)
    assert "asks to be left alone for 3" in str(result.stopped)
    assert [entry["status"] for entry in store.mirror.log()].count(429) == 1
    assert result.pages is not None
    assert result.pages.asked == 4
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("truncate", "broke off"),
        ("slow", "took longer than 1 s"),
        ("drop", "broke off"),
        ("500", "answered 500"),
        ("empty", "is empty"),
    ],
)
def test_each_fault_is_told_page_by_page_and_the_old_pages_stay(store: PageStore, fault: str, says: str) -> None:
    store.sync(budget=100)
    held, before = store.held(), [store.register.sequence(), *store.register.all_medicines()]
    store.mirror.set_faults({"/EPAR/": fault})
    result = store.sync(budget=2, page_days=0, tries=1, request_seconds=1 if fault == "slow" else 20)
    failed = {entry["path"] for entry in store.mirror.log()}
    assert result.exit_code == 4
    assert len(store.failures) == len(failed) == 2
    assert all(says in told for told in store.failures)
    assert store.held() == held
    assert [store.register.sequence(), *store.register.all_medicines()] == before
    issues = store.register.issues(dataset=PAGES, code="page-failed").items
    assert {one["record"] for one in issues} == failed
    store.mirror.set_faults({})
    assert store.sync(budget=100).exit_code == 0
    assert {entry["path"] for entry in store.mirror.log()} == failed
    assert store.register.issues(dataset=PAGES, code="page-failed").items == []


def test_a_notice_in_place_of_the_pages_ends_the_visit_and_the_old_pages_stay(store: PageStore) -> None:
    store.sync(budget=100)
    held, before = store.held(), [store.register.sequence(), *store.register.all_medicines()]
    store.mirror.set_faults({"/EPAR/": "html-instead-of-json"})
    result = store.sync(budget=100, page_days=0)
    assert "shows the same for different pages" in str(result.stopped)
    assert len(store.mirror.log()) == 2
    assert result.exit_code == 4
    assert store.held() == held
    assert [store.register.sequence(), *store.register.all_medicines()] == before
