"""The live way on EMA's real data: a sync from a mirror of EMA's site, and each fault that the site may have."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medpath.settings import Settings
from medpath.sources.facts import datasets
from medpath.store.database import Database
from medpath.store.read import Register
from medpath.sync import SyncResult, sync

QUICK: dict[str, Any] = {"page_interval": 0, "report_interval": 0, "retry_seconds": 0.02, "read_seconds": 20}
REPORTS = 8  # those that the mirror serves
DAY = "2026-03-14"


class LiveStore:
    """A store of real data, filled from a mirror."""

    def __init__(self, mirror: Any, folder: Path) -> None:
        self.mirror, self.folder = mirror, folder
        self.settings = Settings(data=folder)
        self.database = Database(self.settings.database)
        self.register = Register(self.database)
        self.said: list[str] = []

    def sync(self, *names: str, **given: Any) -> SyncResult:
        self.said.clear()
        self.mirror.clear_log()
        settings = Settings(data=self.folder, **(QUICK | given))
        return sync(settings, self.database, names, origin=self.mirror.url, pages=False, say=self.said.append)

    @property
    def failures(self) -> list[str]:
        return [text for text in self.said if text.startswith("FAILED")]

    def state(self) -> tuple[Any, ...]:
        """What must not move when a source fails."""
        counts = [(one["name"], one["records"], one["listed"]) for one in self.register.datasets()]
        alofisel = self.register.medicine("EMEA/H/C/004258")
        return self.register.sequence(), self.register.changes(limit=1).total, counts, alofisel


@pytest.fixture(scope="module")
def mirror(shared: Path) -> Iterator[Any]:
    sys.path.insert(0, str(shared / "tools"))
    from ema_mirror import Mirror

    with Mirror(date=DAY, limit_rate=0) as site:
        yield site


@pytest.fixture(scope="module")
def filled(mirror: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[LiveStore, SyncResult, list[dict[str, Any]]]:
    """A store with every report that the mirror serves, the result of that sync and the mirror's log."""
    store = LiveStore(mirror, tmp_path_factory.mktemp("live"))
    result = store.sync(report_interval=0.1)
    return store, result, mirror.log()


@pytest.fixture
def store(filled: tuple[LiveStore, SyncResult, list[dict[str, Any]]]) -> Iterator[LiveStore]:
    yield filled[0]
    filled[0].mirror.set_faults({})


def test_every_report_is_read_and_those_that_are_not_there_fail_singly(filled: Any) -> None:
    store, result, _ = filled
    results = {outcome.dataset: outcome for outcome in result.outcomes}
    good = {name: one.records for name, one in results.items() if one.result == "ok"}
    assert good == {
        "ema.medicines": 2673,
        "ema.epar_documents": good["ema.epar_documents"],
        "ema.orphan_designations": 3072,
        "ema.paediatric_investigation_plans": 3281,
        "ema.referrals": 580,
        "ema.shortages": 61,
        "ema.safety_communications": 145,
        "ema.periodic_safety_assessments": 2348,
    }
    assert good["ema.epar_documents"] > 15_000
    assert all("is not there (404)" in str(one.reason) for one in result.failures)
    assert len(result.failures) == len(results) - len(good)
    assert result.exit_code == 4
    assert result.medicines >= 2673
    assert store.register.medicine("EMEA/H/C/004258") is not None


def test_the_mirrors_log_shows_politeness(filled: Any) -> None:
    _, _, log = filled
    assert {entry["method"] for entry in log} == {"GET"}
    assert all(entry["user_agent"].startswith("MedPath/") for entry in log)
    assert {entry["accept_encoding"] for entry in log} == {"gzip"}
    assert len({entry["path"] for entry in log}) == len(log)
    gaps = [after["seconds"] - before["seconds"] for before, after in itertools.pairwise(log)]
    assert min(gaps) >= 0.09


def test_the_next_sync_asks_whether_anything_changed_and_nothing_did(store: LiveStore) -> None:
    before = store.state()
    result = store.sync()
    log = [entry for entry in store.mirror.log() if entry["status"] != 404]
    assert [entry["status"] for entry in log] == [304] * REPORTS
    assert all(entry["if_modified_since"] for entry in log)
    assert sum(entry["if_none_match"] is not None for entry in log) == 1
    assert (result.changed, result.versions, result.changes) == (0, 0, 0)
    assert store.state() == before


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("truncate", "broke off"),
        ("slow", "took longer than 1 s"),
        ("drop", "broke off"),
        ("500", "answered 500 (Internal Server Error)"),
        ("503", "answered 503 (Service Unavailable) (asked 4 times)"),
        ("429", "answered 429 (Too Many Requests) (asked 4 times)"),
        ("403", "answered 403 (Forbidden)"),
        ("404", "is not there (404)"),
        ("html-instead-of-json", "is a web page in place of JSON"),
        ("schema-rename", "“ema_product_number”"),
        ("half", "1337 records where the last good report had 2673"),
        ("half:keep-total", "has 1337 records where it states 2673"),
        ("empty", "0 usable records are outside the bounds"),
    ],
)
def test_each_fault_is_one_sentence_and_the_old_data_stay(store: LiveStore, fault: str, says: str) -> None:
    before = store.state()
    store.mirror.set_faults({"medicines_json": fault})
    result = store.sync("ema.medicines", "ema.shortages", request_seconds=1 if fault == "slow" else 60)
    assert {one.dataset: one.result for one in result.outcomes} == {
        "ema.medicines": "failed",
        "ema.shortages": "unchanged",
    }
    assert result.exit_code == 4
    (told,) = store.failures
    assert says in told
    assert "\n" not in told
    assert store.state() == before
    medicines = store.register.dataset("ema.medicines")
    assert medicines is not None
    assert medicines["last_run"]["result"] == "failed"
    assert medicines["failed_since"] is not None
    store.mirror.set_faults({})
    assert store.sync("ema.medicines").exit_code == 0
    recovered = store.register.dataset("ema.medicines")
    assert recovered is not None
    assert recovered["failed_since"] is None


@pytest.mark.parametrize(
    ("dataset", "fault", "code"),
    [("ema.epar_documents", "broken-json", "broken-json"), ("ema.medicines", "bom", None)],
)
def test_slips_that_emas_site_has_made_are_read_over(
    store: LiveStore, dataset: str, fault: str, code: str | None
) -> None:
    before = store.state()
    file = datasets()[dataset].url.rpartition("/")[2]
    store.mirror.set_faults({file: fault})
    result = store.sync(dataset)
    assert [one.result for one in result.outcomes] == ["ok"]
    assert (result.exit_code, result.changed, result.versions) == (0, 0, 0)
    assert store.state() == before
    codes = {one["code"] for one in store.register.issues(dataset=dataset).items}
    assert code is None or code in codes


@pytest.mark.parametrize("fault", ["500", "drop", "503"])
def test_a_site_that_fails_everywhere_is_soon_left_alone(store: LiveStore, fault: str) -> None:
    before = store.state()
    store.mirror.set_faults({".": fault})
    result = store.sync()
    assert result.exit_code == 4
    assert {one.result for one in result.outcomes} == {"failed"}
    assert len(store.mirror.log()) == 4 + 1 + 1  # four tries, then one each, then no more
    assert len(store.failures) == 4
    assert "it is not asked further in this run" in store.failures[-1]
    assert store.state() == before


def test_a_fault_that_passes_is_not_noticed(store: LiveStore) -> None:
    store.mirror.set_faults({"shortages": "503*1", "referrals": "truncate*2"})
    result = store.sync("ema.shortages", "ema.referrals")
    assert result.exit_code == 0
    assert store.failures == []
    assert [entry["status"] for entry in store.mirror.log()] == [200, 200, 304, 503, 304]
