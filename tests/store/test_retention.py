import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from medpath.fetch.snapshots import Snapshots
from medpath.sample import editions
from medpath.settings import load_settings
from medpath.store.database import Database
from medpath.store.retention import drop_uncited
from medpath.store.tables import snapshot, source_version
from medpath.sync import sync
from tests.lists import Store

SHORTAGES = "shortages-output-json-report_en.json"


def shortages_at(folder: Path, moment: datetime, **changed: str) -> Path:
    """EMA's report of shortages as of an instant: the sample's, with another time and with changed values."""
    report = json.loads((editions()[0] / SHORTAGES).read_text(encoding="utf-8"))
    report["meta"]["timestamp"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    report["data"][0] |= changed
    file = folder / f"{moment:%Y%m%d%H}" / SHORTAGES
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(report), encoding="utf-8")
    return file


@pytest.fixture
def store(database_url, tmp_path):
    """(settings, database) of an empty store for sample data."""
    settings = load_settings(data=tmp_path / "data", database_url=database_url, sample=True)
    database = Database(settings.database)
    yield settings, database
    database.dispose()


@pytest.fixture
def read_often(store, tmp_path):
    """A store with five readings of the report of shortages; only the first and the fourth brought something new."""
    settings, database = store
    start = datetime.now(UTC) - timedelta(days=100)
    for number, changed in enumerate([{}, {}, {}, {"shortage_status": "Resolved"}, {}]):
        if number == 4:
            changed = {"shortage_status": "Resolved"}
        file = shortages_at(tmp_path / "files", start + timedelta(days=number), **changed)
        assert not sync(settings, database, ["ema.shortages"], origin=str(file)).failures
    return settings, database


def kept(database: Database) -> list[bool]:
    with database.reading() as connection:
        rows = connection.execute(sa.select(snapshot.c.dropped_at).order_by(snapshot.c.observed_at))
        return [row.dropped_at is None for row in rows]


def test_what_no_version_cites_is_dropped_after_its_days(read_often):
    settings, database = read_often
    snapshots = Snapshots(settings.snapshots)
    assert drop_uncited(database, snapshots, 100) == 0
    assert drop_uncited(database, snapshots, 30) == 2
    assert kept(database) == [True, False, False, True, True]
    assert len(list(snapshots.all())) == 3
    assert drop_uncited(database, snapshots, 30) == 0


def test_nothing_is_ever_dropped_by_default(read_often):
    settings, database = read_often
    assert load_settings().keep_snapshots_days == 0
    assert drop_uncited(database, Snapshots(settings.snapshots), 0) == 0
    assert all(kept(database))


def test_the_bytes_behind_versions_and_the_newest_ones_stay(read_often):
    settings, database = read_often
    snapshots = Snapshots(settings.snapshots)
    drop_uncited(database, snapshots, 1)
    with database.reading() as connection:
        cited = connection.scalars(
            sa.select(snapshot.c.sha256).join(source_version, source_version.c.snapshot_id == snapshot.c.id)
        )
        assert all(snapshots.has(sha256) for sha256 in cited)
        newest = connection.scalar(sa.select(snapshot.c.sha256).order_by(snapshot.c.observed_at.desc()).limit(1))
        assert snapshots.has(newest)


def test_reading_everything_again_gives_the_same_from_what_is_left(read_often):
    settings, database = read_often

    def versions() -> list[tuple]:
        with database.reading() as connection:
            columns = (source_version.c.record_id, source_version.c.hash, source_version.c.observed_from)
            return sorted(tuple(row) for row in connection.execute(sa.select(*columns)))

    before = versions()
    drop_uncited(database, Snapshots(settings.snapshots), 30)
    assert not sync(settings, database, from_snapshots=True).failures
    assert versions() == before


def test_until_when_something_was_shown_is_still_known_after_reading_again(read_often):
    """Reports two and three showed what the first did; without their bytes that is known all the same."""
    settings, database = read_often

    def seen() -> list[tuple[str, str]]:
        with database.reading() as connection:
            columns = (source_version.c.observed_from, source_version.c.observed_to)
            return sorted(tuple(row) for row in connection.execute(sa.select(*columns)))

    before = seen()
    assert len({until for _, until in before}) == 2
    assert drop_uncited(database, Snapshots(settings.snapshots), 30) == 2
    assert not sync(settings, database, from_snapshots=True).failures
    assert seen() == before


def test_questions_are_archived_as_of_when_they_were_last_shown_also_after_dropping_and_reading_again(
    tmp_path, database_url
):
    """The page shows its questions three times, each time with other bytes, then drops them."""
    store = Store(tmp_path, database_url)
    page = (editions()[1] / "epar-pages/hefiya_2026-03-15.html").read_text(encoding="utf-8")
    without = re.sub(r"<h2>Overview</h2>.*?(?=<h2)", "", page, flags=re.S)
    shown = {"01": page, "02": page + "<!-- -->", "03": page + "<!-- again -->", "04": without}
    for month, html in shown.items():
        (tmp_path / f"hefiya_2026-{month}-15.html").write_text(html, encoding="utf-8")
        assert not store.sync(tmp_path / f"hefiya_2026-{month}-15.html").failures
    (before,) = store.shown()
    assert before["overview"]["archived_at"] == "2026-03-15T00:00:00Z"
    assert drop_uncited(store.database, Snapshots(store.settings.snapshots), 30) == 2
    store.replay()
    assert store.shown() == [before]


def test_files_that_an_earlier_drop_was_stopped_before_go_with_the_next(read_often):
    settings, database = read_often
    with database.writing() as connection:
        second = sa.select(snapshot.c.id).order_by(snapshot.c.observed_at).offset(1).limit(1)
        connection.execute(
            snapshot.update().where(snapshot.c.id == second.scalar_subquery()).values(dropped_at="2026-01-01T00:00:00Z")
        )
    assert drop_uncited(database, Snapshots(settings.snapshots), 36_500) == 1


def test_bytes_that_another_snapshot_still_has_stay(read_often):
    settings, database = read_often
    with database.writing() as connection:
        first, second = connection.scalars(sa.select(snapshot.c.sha256).order_by(snapshot.c.observed_at).limit(2))
        connection.execute(snapshot.update().where(snapshot.c.sha256 == second).values(sha256=first))
    snapshots = Snapshots(settings.snapshots)
    assert drop_uncited(database, snapshots, 30) == 1
    assert kept(database) == [True, False, False, True, True]
    assert snapshots.has(first)


def test_an_archive_stays_as_long_as_one_of_its_members(read_often):
    settings, database = read_often
    snapshots = Snapshots(settings.snapshots)
    archive = snapshots.put(b"an archive")
    with database.writing() as connection:
        connection.execute(snapshot.update().values(archive=archive))
    drop_uncited(database, snapshots, 30)
    assert kept(database) == [True, False, False, True, True]
    assert snapshots.has(archive)


def test_the_setting_is_used_at_the_end_of_a_sync(read_often, tmp_path):
    settings, database = read_often
    told: list[str] = []
    sync(
        settings.model_copy(update={"keep_snapshots_days": 30}), database, ["ema.shortages"],
        origin=str(next((tmp_path / "files").glob("*"))), say=told.append,
    )  # fmt: skip
    assert kept(database) == [True, False, False, True, True]
    assert "2 kept files that nothing cites were dropped." in told
