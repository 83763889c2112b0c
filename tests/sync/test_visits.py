"""Which pages are asked for next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from medpath.fetch.snapshots import Snapshots
from medpath.model.records import Issue, Report, SourceRecord
from medpath.model.times import instant
from medpath.sources.facts import Dataset
from medpath.store.writing import Origin, Unit
from medpath.sync.asked import Seen, Visits
from medpath.sync.store_writer import StoreWriter
from medpath.sync.visits import address_of, pages_in_turn
from tests.lists import Store, row, write_report

PAGES = Dataset(name="ema.epar_pages", title="Pages", kind="pages")
NOW = datetime.now(UTC)


def path(number: int) -> str:
    return f"/en/medicines/human/EPAR/medicine-{number}"


def day(days_ago: int) -> str:
    return (NOW - timedelta(days=days_ago)).strftime("%d/%m/%Y")


def page(number: int, seen: datetime, **body: Any) -> Unit:
    """A page as read from EMA's site."""
    at, url = instant(seen), address_of(PAGES, path(number))
    origin = Origin("ema.epar_pages", path(number), url, "0" * 64, 1, at, retrieved_at=at)
    return Unit(origin, Report("ema.epar_pages", rows=1), [SourceRecord(path(number), body, "")])


class Shelf:
    """A store with a list of medicines, and pages that were seen."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.store = folder, Store(folder, url)
        self.writer = StoreWriter(self.store.database, Snapshots(self.store.settings.snapshots))

    def lists(self, *rows: dict[str, str]) -> None:
        self.store.sync(write_report(self.folder / "lists", "2026-03-14", rows))

    def saw(self, *units: Unit, seen: Sequence[Seen] = (), troubles: Sequence[tuple[str, Issue]] = ()) -> None:
        self.writer.write_visits(Visits(list(units), list(seen), list(troubles)), PAGES, "pages")

    def turns(self, days: float = 1) -> list[int]:
        with self.store.database.reading() as connection:
            return [int(one.path.rpartition("-")[2]) for one in pages_in_turn(connection, PAGES, days)]


@pytest.fixture
def shelf(tmp_path: Path, database_url: str) -> Shelf:
    return Shelf(tmp_path, database_url)


def test_new_pages_come_first_then_changed_ones_then_the_oldest(shelf: Shelf) -> None:
    days_ago = {1: 3, 2: 100, 3: 50, 4: 400, 5: 500}
    shelf.lists(*(row(number, last_updated_date=day(ago)) for number, ago in days_ago.items()))
    shelf.saw(
        page(1, NOW - timedelta(days=10)),  # changed since
        page(2, NOW - timedelta(days=20)),
        page(3, NOW - timedelta(days=30)),
    )
    assert shelf.turns() == [4, 5, 1, 3, 2]


def test_pages_seen_a_short_while_ago_are_left_alone(shelf: Shelf) -> None:
    shelf.lists(row(1, last_updated_date=day(30)), row(2, last_updated_date=day(30)))
    shelf.saw(page(1, NOW - timedelta(hours=20)), page(2, NOW - timedelta(hours=30)))
    assert shelf.turns() == [2]
    assert shelf.turns(days=0) == [2, 1]


def test_a_page_that_states_the_day_of_the_list_has_not_changed(shelf: Shelf) -> None:
    stated = (NOW - timedelta(days=1)).date().isoformat()
    shelf.lists(row(1, last_updated_date=day(1)), row(2, last_updated_date=day(1)))
    shelf.saw(page(1, NOW, last_updated=stated), page(2, NOW, last_updated="2020-01-01"))
    assert shelf.turns() == [2]


def test_a_page_that_never_states_the_day_of_the_list_does_not_take_the_turn_of_others(shelf: Shelf) -> None:
    shelf.lists(row(1, last_updated_date=day(10)), row(2, last_updated_date=day(90)))
    shelf.saw(page(1, NOW - timedelta(days=5), last_updated="2020-01-01"), page(2, NOW - timedelta(days=6)))
    assert shelf.turns() == [2, 1]


def test_a_page_found_unchanged_has_been_seen(shelf: Shelf) -> None:
    shelf.lists(row(1), row(2))
    shelf.saw(page(1, NOW - timedelta(days=9)), page(2, NOW - timedelta(days=8)))
    shelf.saw(seen=[Seen(address_of(PAGES, path(1)), instant(NOW))])
    assert shelf.turns() == [2]


@pytest.mark.parametrize(
    ("code", "turns"),
    [("page-gone", [3]), ("page-moved", [3]), ("page-unread", [3]), ("page-failed", [3, 1])],
)
def test_what_is_gone_waits_and_what_failed_is_tried_again(shelf: Shelf, code: str, turns: list[int]) -> None:
    shelf.lists(row(1), row(2), row(3))
    shelf.saw(page(2, NOW))
    shelf.saw(troubles=[(address_of(PAGES, path(1)), Issue("warning", code, path(1), path(1), "It went wrong."))])
    assert shelf.turns() == turns
    assert [one["code"] for one in shelf.store.register.issues(dataset="ema.epar_pages").items] == [code]
    shelf.saw(page(1, NOW))
    assert shelf.turns() == [3]
    assert shelf.store.register.issues(dataset="ema.epar_pages").items == []


def test_trouble_is_told_once_and_takes_no_record_away(shelf: Shelf) -> None:
    shelf.lists(row(1))
    shelf.saw(page(1, NOW, name="Medicine 1"))
    for _ in range(2):
        issue = Issue("warning", "page-gone", path(1), path(1), "It is gone.")
        shelf.saw(troubles=[(address_of(PAGES, path(1)), issue)])
    assert shelf.store.register.issues(dataset="ema.epar_pages").total == 1
    with shelf.store.database.reading() as connection:
        assert [one.path for one in pages_in_turn(connection, PAGES, 0)] == [path(1)]


def test_pages_that_the_list_does_not_name_any_more_are_still_visited(shelf: Shelf) -> None:
    shelf.lists(row(1))
    shelf.saw(page(1, NOW - timedelta(days=5)), page(2, NOW - timedelta(days=6)))
    assert shelf.turns() == [2, 1]


@pytest.mark.parametrize(
    "path",
    [
        "/en/medicines/human/EPAR/a/../../../../user/logout",
        "/admin",
        "/en/medicines/human/EPAR/a%2e%2e%2fb",
        "/en/medicines/human/EPAR/",
        "/en/medicines/human/EPAR/..",
        "/en/medicines/human/EPAR/" + "x" * 300,
        "",
    ],
)
def test_only_paths_of_pages_of_medicines_are_asked_for(shelf: Shelf, path: str) -> None:
    shelf.lists(row(1), row(2, medicine_url=f"https://www.ema.europa.eu{path}"))
    assert shelf.turns() == [1]


def test_an_address_on_a_strangers_host_is_an_issue_and_not_asked_for(shelf: Shelf) -> None:
    shelf.lists(row(1), row(2, medicine_url="http://169.254.169.254/en/medicines/human/EPAR/medicine-2"))
    assert shelf.turns() == [1]
    assert [one["code"] for one in shelf.store.register.issues(dataset="ema.medicines").items] == ["unsafe-url"]
