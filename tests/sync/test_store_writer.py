"""What a sync writes, where syncs are stopped, reports come late, and readers change."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.fetch.snapshots import Snapshots
from medpath.model.records import Report, SourceRecord
from medpath.sources.facts import Dataset, datasets
from medpath.store.migrate import upgrade
from medpath.store.tables import snapshot, source_version
from medpath.store.writing import Origin, Unit
from medpath.sync.asked import Seen, Visits
from medpath.sync.reading_again import to_read_again
from medpath.sync.store_writer import StoreWriter
from tests.lists import Store, authorised, write_report

MEDICINES = datasets()["ema.medicines"]
PAGES = Dataset(name="ema.epar_pages", title="Pages", kind="pages")


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Store:
    return Store(tmp_path, database_url)


def writer(store: Store) -> StoreWriter:
    upgrade(store.database)
    return StoreWriter(store.database, Snapshots(store.settings.snapshots), bounded=False)


def fetched(path: Path, at: str = "2026-11-01T10:00:00+00:00") -> SourceFile:
    """A report as it comes from EMA's site."""
    return SourceFile(
        "ema.medicines", path.name, MEDICINES.url, path.read_bytes(), retrieved_at=datetime.fromisoformat(at)
    )


def observed_to(store: Store) -> list[str]:
    with store.database.reading() as connection:
        return list(connection.scalars(sa.select(source_version.c.observed_to).order_by(source_version.c.id)))


def test_a_late_report_takes_its_place_even_where_the_sync_was_stopped_before(store: Store, tmp_path: Path) -> None:
    new = write_report(tmp_path / "new", "2026-02-01", [authorised(name_of_medicine="Second name")])
    old = write_report(tmp_path / "old", "2026-01-01", [authorised(name_of_medicine="First name")])
    store.sync(new)
    writer(store).write_report(fetched(old), MEDICINES)  # and here the process is killed
    assert store.sync(old).outcomes[0].result == "unchanged"
    versions = store.register.history("EMEA/H/C/004258")["versions"]
    assert [one["observed_from"] for one in versions] == ["2026-01-01T05:00:00Z", "2026-02-01T05:00:00Z"]
    assert store.shown()[0]["name"] == "Second name"


def test_a_late_report_is_told_with_its_own_counts(store: Store, tmp_path: Path) -> None:
    store.sync(write_report(tmp_path / "new", "2026-02-01", [authorised()]))
    (outcome,) = store.sync(write_report(tmp_path / "old", "2026-01-01", [authorised(), authorised(2)])).outcomes
    assert (outcome.result, outcome.rows, outcome.records) == ("ok", 2, 2)


def test_a_report_that_the_site_shows_now_and_that_is_older_is_refused(store: Store, tmp_path: Path) -> None:
    store.sync(write_report(tmp_path / "new", "2026-02-01", [authorised(name_of_medicine="Second name")]))
    old = write_report(tmp_path / "old", "2026-01-01", [authorised(name_of_medicine="First name")])
    with pytest.raises(SourceFailed, match="older than the one of 2026-02-01T05:00:00Z that is kept"):
        writer(store).write_report(fetched(old), MEDICINES, live=True)
    assert store.register.dataset("ema.medicines")["last_run"]["result"] == "failed"
    assert store.shown()[0]["name"] == "Second name"
    assert len(store.register.history("EMEA/H/C/004258")["versions"]) == 1


def test_after_a_reading_anew_a_report_is_measured_against_one_report(store: Store, tmp_path: Path) -> None:
    rows = [authorised(number) for number in range(1, 31)]
    for month in (1, 2, 3):
        write_report(tmp_path / "lists", f"2026-0{month}-01", rows)
    store.sync(tmp_path / "lists")
    store.replay()
    assert store.sync(write_report(tmp_path / "next", "2026-04-01", rows)).exit_code == 0
    half = store.sync(write_report(tmp_path / "half", "2026-05-01", rows[:15]))
    assert half.exit_code == 4
    assert "15 records where the last good report had 30" in str(half.failures[0].reason)


def test_what_an_older_reader_read_is_read_again_before_anything_else(store: Store, tmp_path: Path) -> None:
    lists = write_report(tmp_path / "lists", "2026-01-01", [authorised()])
    store.sync(lists)
    with store.database.writing() as connection:
        connection.execute(snapshot.update().values(reader_version=MEDICINES.reader + 1))
    assert to_read_again(store.database, {"ema.medicines"}) == [(MEDICINES, None, "reader")]
    before = store.shown()
    assert store.sync(lists).outcomes[0].result == "unchanged"
    assert to_read_again(store.database, {"ema.medicines"}) == []
    assert (store.told(), store.shown()) == ([], before)


def test_a_report_still_shown_is_seen_until_then_also_after_a_reading_anew(store: Store, tmp_path: Path) -> None:
    path = write_report(tmp_path, "2026-01-01", [authorised()])
    writer(store).write_report(fetched(path, "2026-01-01T07:00:00+00:00"), MEDICINES, live=True)
    assert observed_to(store) == ["2026-01-01T07:00:00Z"]
    writer(store).unchanged(MEDICINES, "report", Seen(MEDICINES.url, "2026-01-09T07:00:00Z", '"new"', None))
    assert observed_to(store) == ["2026-01-09T07:00:00Z"]
    kept = writer(store).last(MEDICINES, MEDICINES.url)
    assert kept is not None
    assert (kept.etag, kept.observed_at) == ('"new"', "2026-01-01T05:00:00Z")
    store.replay()
    assert observed_to(store) == ["2026-01-09T07:00:00Z"]


def test_a_page_that_says_the_same_with_other_bytes_is_seen_until_then(store: Store, tmp_path: Path) -> None:
    store.sync(write_report(tmp_path, "2026-01-01", [authorised()]))
    url = "https://www.ema.europa.eu/en/medicines/human/EPAR/alofisel"

    def page(sha256: str, at: str) -> Unit:
        origin = Origin("ema.epar_pages", "alofisel", url, sha256, 1, at, retrieved_at=at)
        record = SourceRecord("/en/medicines/human/EPAR/alofisel", {"name": "Alofisel"}, "")
        return Unit(origin, Report("ema.epar_pages", rows=1), [record])

    for visits in (
        Visits([page("a" * 64, "2026-02-01T00:00:00Z")]),
        Visits([page("b" * 64, "2026-02-02T00:00:00Z")]),
        Visits(seen=[Seen(url, "2026-02-03T00:00:00Z")]),
    ):
        writer(store).write_visits(visits, PAGES, "pages")
    assert observed_to(store)[-1] == "2026-02-03T00:00:00Z"
    assert len(observed_to(store)) == 2


def test_a_failed_report_leaves_a_run_that_says_why(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"<html>maintenance</html>")
    store.sync(write_report(tmp_path / "good", "2026-01-01", [authorised()]))
    with pytest.raises(SourceFailed, match="web page in place of JSON"):
        writer(store).write_report(fetched(path), MEDICINES, live=True)
    dataset = store.register.dataset("ema.medicines")
    assert dataset["last_run"]["result"] == "failed"
    assert "web page" in dataset["last_run"]["reason"]
    assert dataset["failed_since"] >= dataset["last_ok_at"]
    assert datetime.fromisoformat(dataset["failed_since"]) <= datetime.now(UTC)


def refusals(store: Store) -> list[tuple[str, str]]:
    items = store.register.issues(dataset="ema.medicines", code="report-refused").items
    return [(one["place"], one["message"]) for one in items]


def test_a_refused_report_is_an_issue_until_a_good_one_comes(store: Store, tmp_path: Path) -> None:
    good = write_report(tmp_path / "good", "2026-01-01", [authorised()])
    store.sync(good)
    bad = tmp_path / "bad" / good.name
    bad.parent.mkdir()
    for content, reason in ((b"<html>maintenance</html>", "is a web page"), (b"\x1f\x8b cut", "gzip file is damaged")):
        bad.write_bytes(content)
        assert [one.result for one in store.sync(bad).outcomes] == ["failed"]
        [(place, message)] = refusals(store)
        assert place == good.name
        assert reason in message
        assert store.register.dataset("ema.medicines")["last_run"]["result"] == "failed"
    writer(store).unchanged(MEDICINES, good.name, Seen(MEDICINES.url, "2026-01-02T00:00:00Z"))
    assert refusals(store) == []
    bad.write_bytes(b"null")
    store.sync(bad)
    assert len(refusals(store)) == 1
    store.sync(write_report(tmp_path / "good", "2026-01-03", [authorised()]))
    assert refusals(store) == []


def test_a_list_that_lost_a_column_is_refused(store: Store, tmp_path: Path) -> None:
    holder = "marketing_authorisation_developer_applicant_holder"
    store.sync(write_report(tmp_path / "full", "2026-01-01", map(authorised, range(1, 41))))
    bare = [authorised(number, **{holder: ""}) for number in range(1, 41)]
    result = store.sync(write_report(tmp_path / "bare", "2026-01-02", bare))
    assert "“holder” is empty in every record" in str(result.failures[0].reason)
    assert all(one["authorisations"][0]["holder"] for one in store.shown())
