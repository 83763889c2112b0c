import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from medpath.errors import StoreUnusable, UsageError
from medpath.store.database import Database
from medpath.store.migrate import head, upgrade
from medpath.store.opening import revision
from medpath.store.tables import metadata, store_fact


@pytest.fixture
def database(database_url: str):
    opened = Database(database_url)
    yield opened
    opened.dispose()


def test_an_empty_database_gets_every_table_and_an_id_of_its_own(database: Database):
    assert revision(database) is None
    upgrade(database)
    upgrade(database)
    assert revision(database) == head()
    with database.reading() as connection:
        assert set(sa.inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
        assert len(connection.scalars(sa.select(store_fact.c.value)).all()) == 1


def test_the_migrations_make_the_tables_that_are_declared(database: Database):
    upgrade(database)
    with database.reading() as connection:
        found = sa.inspect(connection)
        for table in metadata.sorted_tables:
            assert [column["name"] for column in found.get_columns(table.name)] == [one.name for one in table.columns]
            assert found.get_pk_constraint(table.name)["constrained_columns"] == [
                one.name for one in table.primary_key.columns
            ]
            assert {index["name"] for index in found.get_indexes(table.name) if not index["unique"]} == {
                index.name for index in table.indexes if not index.unique
            }


def test_a_store_of_a_newer_software_is_refused(database: Database):
    upgrade(database)
    with database.writing() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StoreUnusable, match="newer MedPath"):
        upgrade(database)


def test_what_is_read_together_comes_over_one_connection_and_what_comes_after_does_not(database: Database):
    upgrade(database)
    with database.reading_together():
        with database.reading() as first:
            before = len(first.scalars(sa.select(store_fact.c.name)).all())
        with database.reading_together(), database.reading() as second:
            assert second is first
        with database.reading() as third:
            assert third is first
        with database.writing() as writer:
            writer.execute(store_fact.insert(), [{"name": "more", "value": "1"}])
    with database.reading() as after:
        assert len(after.scalars(sa.select(store_fact.c.name)).all()) == before + 1
        assert after is not first


def test_an_error_in_what_is_read_together_is_told_and_ends_it(database: Database):
    upgrade(database)
    with pytest.raises(StoreUnusable), database.reading_together(), database.reading() as connection:
        connection.execute(sa.text("select nothing from nowhere"))
    with database.reading() as connection:
        assert connection.scalar(sa.text("select 1")) == 1


def test_a_failed_transaction_leaves_nothing(database: Database):
    upgrade(database)
    fact = {"name": "half", "value": "written"}
    with pytest.raises(StoreUnusable), database.writing() as connection:
        connection.execute(store_fact.insert(), [fact, fact])
    with database.reading() as connection:
        assert connection.scalar(sa.select(store_fact.c.value).where(store_fact.c.name == "half")) is None


def test_readers_do_not_wait_for_a_writer(database: Database):
    upgrade(database)
    with database.writing() as writer:
        writer.execute(store_fact.insert(), {"name": "new", "value": "1"})
        with database.reading() as reader:
            assert reader.scalar(sa.select(store_fact.c.value).where(store_fact.c.name == "new")) is None


LOCKING = """
import sys
from pathlib import Path
from medpath.errors import StoreUnusable
from medpath.store.database import Database
try:
    with Database(sys.argv[1]).lock(Path(sys.argv[2])):
        print("taken")
except StoreUnusable as problem:
    print(problem)
"""


def lock_elsewhere(url: str, folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    return subprocess.run(
        [sys.executable, "-c", LOCKING, url, str(folder)], capture_output=True, text=True, check=True, env=environment
    ).stdout.strip()


def test_one_process_writes_at_a_time(database: Database, database_url: str, tmp_path: Path):
    folder = tmp_path / "data"
    with database.lock(folder):
        assert lock_elsewhere(database_url, folder).startswith("Another process is writing")
    assert lock_elsewhere(database_url, folder) == "taken"


def test_machines_that_share_a_database_write_one_at_a_time(postgresql_url: str, tmp_path: Path):
    database = Database(postgresql_url)
    with database.lock(tmp_path / "one"):
        assert lock_elsewhere(postgresql_url, tmp_path / "other").startswith("Another machine is writing")
    assert lock_elsewhere(postgresql_url, tmp_path / "other") == "taken"
    database.dispose()


@pytest.mark.parametrize("url", ["mysql://host/base", "no address", "sqlite+pysqlcipher://"])
def test_other_databases_are_refused_by_one_sentence(url: str):
    with pytest.raises((UsageError, StoreUnusable)):
        Database(url)


def test_a_database_that_can_not_be_reached_says_so_without_its_address(tmp_path: Path):
    database = Database(f"postgresql://someone:secret@/base?host={tmp_path}")
    with pytest.raises(StoreUnusable) as raised, database.reading():
        pass
    assert str(raised.value).startswith("The store can't be used: ")
    assert "secret" not in str(raised.value)


def test_a_broken_file_says_what_to_do(tmp_path: Path):
    (tmp_path / "medpath.sqlite").write_bytes(b"no database at all" * 400)
    database = Database(f"sqlite:///{tmp_path / 'medpath.sqlite'}")
    with pytest.raises(StoreUnusable, match=r"not a database; move .* away and restore a backup"), database.reading():
        pass
    database.dispose()
