"""The history that EMA's real tables tell, against comparisons that know nothing of the store."""

import gzip
import shutil
import tarfile
from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from medpath.fetch.files import SourceFile
from medpath.model.records import Report
from medpath.settings import Settings
from medpath.sources.ema import medicines
from medpath.store.database import Database
from medpath.sync import sync
from tests.lists import Store, comparable
from tests.real.plain_histories import Compared, compare
from tests.real.plain_pages import pages
from tests.real.plain_rows import differing, plain

TABLES = "data/ema/tables"
PAGES = "data/ema/epar_pages"


class RealStore(Store):
    """A store of real data, with the bounds of whole reports in force."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.settings = Settings(data=folder / "data")
        self.database = Database(self.settings.database)


@pytest.fixture(scope="module")
def history(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> RealStore:
    """Every dated table read into one store."""
    store = RealStore(tmp_path_factory.mktemp("history"))
    result = sync(store.settings, store.database, ["ema"], origin=str(shared / TABLES))
    assert result.exit_code == 0
    assert sum(outcome.rows for outcome in result.outcomes) == sum(
        outcome.records + outcome.rejected for outcome in result.outcomes
    )
    return store


@pytest.fixture(scope="module")
def told(history: RealStore) -> list[dict[str, Any]]:
    return history.told()


@lru_cache(maxsize=3)
def bodies(shared: Path, name: str) -> dict[str, dict[str, Any]]:
    """The cleaned rows of one table."""
    data = (shared / TABLES / name).read_bytes()
    file = SourceFile("ema.medicines", name, "", gzip.decompress(data) if name.endswith(".gz") else data)
    return {record.key: record.body for record in medicines.read(file, Report("ema.medicines"))}


def dated_tables(shared: Path) -> list[Path]:
    """The tables of medicines, oldest first."""
    tables = sorted((shared / TABLES).glob("[em][pe]*_table_*"), key=lambda path: path.name.partition("table_")[2])
    assert len(tables) == 14
    return tables


def holders_as_printed(table: Path) -> dict[str, str]:
    """What stands in the cells of a table, by product number: nothing is cleaned."""
    rows = CalamineWorkbook.from_path(str(table)).get_sheet_by_index(0).to_python()
    head, *cells = rows[next(place for place, row in enumerate(rows) if "EMA product number" in row) :]
    number, holder = (
        next(place for place, name in enumerate(head) if word in str(name)) for word in ("EMA product number", "holder")
    )
    return {str(row[number]): str(row[holder]) for row in cells}


def observed(told: list[dict[str, Any]], day: str) -> list[dict[str, Any]]:
    return [one for one in told if one["observed_at"].startswith(day)]


def test_the_register_holds_every_medicine_of_the_newest_table(shared: Path, history: RealStore) -> None:
    newest = bodies(shared, "medicines_table_2026-03-14.xlsx")
    shown = {one["product_number"]: one for one in history.register.all_medicines()}
    assert len(newest) == 2673
    assert newest.keys() <= shown.keys()
    gone = {shown[number]["name"] for number in shown.keys() - newest.keys()}
    assert gone == {"Hopveus", "Dexmedetomidine Accord"}
    for number, body in newest.items():
        assert shown[number]["status"]["source_value"] == (body["status"] or {}).get("source_value")
        assert shown[number]["name"] == body["name"]
        for key, day in body["dates"].items():
            assert shown[number]["dates"][key] == day


def test_the_weeks_from_january_to_march_2026_are_told_as_the_tables_differ(
    shared: Path, told: list[dict[str, Any]]
) -> None:
    names = [f"medicines_table_2026-0{day}.xlsx" for day in ("1-29", "3-14")]
    printed = [holders_as_printed(shared / TABLES / name) for name in names]
    assert sum(printed[0][number] != printed[1][number] for number in printed[0].keys() & printed[1].keys()) == 59
    before, after = (bodies(shared, name) for name in names)
    differing = Counter(
        name
        for number in before.keys() & after.keys()
        for name in ("therapeutic_indication", "holder", "status", "name", "latest_procedure", "revision")
        if before[number][name] != after[number][name]
    )
    assert (differing["therapeutic_indication"], differing["holder"], differing["status"]) == (36, 25, 24)
    news = [one for one in observed(told, "2026-03-14") if one["cause"] == "source"]
    kinds = Counter(one["kind"] for one in news)
    assert kinds["newly-listed"] == len(after.keys() - before.keys()) == 23
    fields = Counter(field["field"] for one in news for field in one["fields"])
    assert (fields["therapeutic_indication"], fields["holder"]) == (36, 25)
    # Two indications and three holders are missing in March; Soliris has the holder again that it lacked in January.
    assert (kinds["indication-changed"], kinds["holder-changed"]) == (34, 21)
    gone = [one for one in news if one["kind"] == "value-vanished"]
    assert sum(field["field"] == "therapeutic_indication" for one in gone for field in one["fields"]) == 2
    back = [one for one in news if one["kind"] == "value-reverted"]
    assert {(one["name"], field["field"]) for one in back for field in one["fields"]} >= {("Soliris", "holder")}
    steps = Counter(
        (field["before"], field["after"]) for one in news if one["kind"] == "status-changed" for field in one["fields"]
    )
    assert steps == {("opinion", "authorised"): 19, ("authorised", "withdrawn"): 5}


def test_over_all_tables_the_changes_are_the_fields_that_differ(
    shared: Path, history: RealStore, told: list[dict[str, Any]]
) -> None:
    """Nothing that differs between two tables is left out, and nothing else is told.

    Four medicines are left aside: one row of each has something else in place of the product number.
    """
    changed: dict[tuple[str, str], set[str]] = {}
    strange = set()
    for one in told:
        number = one["medicine"].rpartition(":")[2].replace("-", "/")
        names = {field["field"] for field in one["fields"]}
        if "source_product_number" in names:
            strange.add(number)
        if one["dataset"] == "ema.medicines" and not {"newly-listed", "no-longer-listed"} & {one["kind"]}:
            changed.setdefault((number, one["observed_at"][:10]), set()).update(names)
    tables = dated_tables(shared)
    last: dict[str, dict[str, Any]] = {}
    compared = 0
    for path in tables:
        day = path.name.partition("table_")[2][:10]
        for number, body in bodies(shared, path.name).items():
            row, before = plain(body), last.get(number)
            last[number] = row
            if before is None or number in strange:
                continue
            names = changed.get((number, day), set()) - {"no_longer_listed_at", "opinion.outcome"}
            assert names == differing(before, row), (number, day)
            compared += len(names)
    assert len(strange) == 4
    assert compared > 45_000


def test_from_2023_to_2024_only_dated_approvals_and_ends_are_news(told: list[dict[str, Any]]) -> None:
    news = [one for one in observed(told, "2024-08-15") if one["cause"] == "source"]
    assert {one["kind"] for one in news} == {"newly-listed", "status-changed", "date-changed"}
    assert all(one["date"] > "2023-06-12" for one in news)
    assert sum(one["kind"] == "newly-listed" and one["fields"][0]["after"] == "authorised" for one in news) == 96
    assert sum(one["kind"] == "status-changed" for one in news) == 11


def test_rows_that_miss_and_return_are_told_so_and_not_as_withdrawals(told: list[dict[str, Any]]) -> None:
    listing = {
        name: [(one["kind"], one["cause"]) for one in told if one["name"] == name and "listed" in one["kind"]]
        for name in ("Xydalba", "Xromi", "Bondronat", "Duloxetine Lilly")
    }
    for name, changes in listing.items():
        assert changes[-2:] == [("no-longer-listed", "layout"), ("listed-again", "layout")], name
        assert not any(one["name"] == name and one["kind"] == "status-changed" for one in told), name
    # The table of 2024 only misses a slash in MenQuadfi's number; the row was there.
    assert not any(one["name"] == "MenQuadfi" and one["kind"] in ("no-longer-listed", "listed-again") for one in told)


def test_the_line_of_alofisel_is_told_right(history: RealStore) -> None:
    seen = []
    for version in history.register.history("EMEA/H/C/004258")["versions"]:
        medicine = history.register.medicine("EMEA/H/C/004258", date.fromisoformat(version["observed_from"][:10]))
        assert medicine is not None
        seen.append((version["observed_from"][:7], medicine["revision"], medicine["status"]["code"]))
    assert [one for one in seen if one[0] != "2025-03"] == [
        ("2018-12", 1, "authorised"),
        ("2020-04", 4, "authorised"),
        ("2022-11", 8, "authorised"),
        ("2023-03", 9, "authorised"),
        ("2023-06", 10, "authorised"),
        ("2024-08", 11, "authorised"),
        ("2025-01", 11, "withdrawn"),
        ("2025-07", 12, "withdrawn"),
    ]
    changes = history.register.history("EMEA/H/C/004258")["changes"]
    ends = [(one["kind"], one["cause"], one["date"]) for one in changes if one["kind"] == "status-changed"]
    assert ends == [("status-changed", "source", "2024-12-13")]


def test_what_happens_to_whole_columns_is_no_news(told: list[dict[str, Any]]) -> None:
    """In January 2025 the group of nearly every medicine was rewritten; in July 230 days of ends came years late."""
    january = observed(told, "2025-01-27")
    rewritten = [
        one["cause"] for one in january for field in one["fields"] if field["field"] == "pharmacotherapeutic_group"
    ]
    assert len(rewritten) > 2000
    assert set(rewritten) == {"layout"}
    july = [
        one
        for one in observed(told, "2025-07-15")
        for field in one["fields"]
        if field["field"] == "dates.withdrawal_expiry_revocation_lapse" and field["after"] <= "2025-03-24"
    ]
    assert len(july) > 200
    assert {one["cause"] for one in july} == {"layout"}


def test_as_of_a_day_is_what_a_store_filled_until_then_shows(shared: Path, history: RealStore, tmp_path: Path) -> None:
    until = RealStore(tmp_path)
    for path in sorted((shared / TABLES).glob("epar_table_*")):
        if path.name < "epar_table_2023":
            sync(until.settings, until.database, ["ema"], origin=str(path))
    assert until.register.count() == 1959
    for medicine in until.register.all_medicines():
        then = history.register.medicine(medicine["product_number"], date(2022, 12, 31))
        assert comparable(then) == comparable(medicine)


def with_pages(shared: Path, history: RealStore, folder: Path, letters: str = "") -> Compared:
    """Reads the pages whose names begin so, all editions, into a copy of the store."""
    shutil.copytree(history.settings.data, folder / "data")
    archives = sorted((shared / PAGES).glob("*.tar.gz"))
    assert len(archives) == 3
    for archive in archives:
        with tarfile.open(archive) as given:
            some = [one for one in given if one.name.rpartition("/")[2].startswith(letters)]
            given.extractall(folder / "pages" / archive.name, some, filter="data")
    store = RealStore(folder)
    assert store.sync(folder / "pages", "ema").exit_code == 0
    told = store.told()
    # No page is older than the table of July 2025; earlier ones matter to medicines that it no longer lists.
    tables = [path.name for path in dated_tables(shared)[-3 if letters else 1 :]]
    rows = []
    for name in tables:
        day = name.partition("table_")[2][:10]
        at = {
            one["observed_at"] for one in told if one["dataset"] == "ema.medicines" and one["observed_at"][:10] == day
        }
        rows.append((at.pop(), bodies(shared, name)))
    return compare(told, rows, [page for archive in archives for page in pages(archive, letters)])


def test_the_editions_of_pages_are_told_as_they_differ_beside_the_tables(
    shared: Path, history: RealStore, tmp_path: Path
) -> None:
    """The pages of one letter; `make soak` has all of them."""
    compared = with_pages(shared, history, tmp_path, letters="k")
    assert compared.unlike == []
    assert compared.counts["page: told"] > 30
    assert compared.counts["documents"] == compared.counts["documents told"] > 30


@pytest.mark.soak
def test_all_editions_of_all_pages_are_told_as_they_differ(shared: Path, history: RealStore, tmp_path: Path) -> None:
    compared = with_pages(shared, history, tmp_path)
    assert {(number, name) for number, _, _, name, _ in compared.unlike} == {
        ("EMEA/H/C/002392", "dates.latest_european_commission_decision"),  # a day later than the page: an issue
        ("EMEA/H/C/003876", "documents"),  # a file that moved and has another title: told as removed and added
        ("EMEA/H/C/005839", "therapeutic_areas"),  # a page that prints some areas twice
    }
    assert compared.counts == {
        "page: fields": 4731,
        "page: told": 4487,  # the others are holders of the same name, with their address run together
        "row: fields": 408,
        "row: told": 407,
        "documents": 3042,
        "documents told": 3042,
    }
