import pytest
import sqlalchemy as sa

from medpath.errors import StoreUnusable
from medpath.store.database import Database
from medpath.store.migrate import head, upgrade
from medpath.store.opening import newest_form, open_store


@pytest.fixture
def made(database_url):
    """The URL of a store that is there and empty."""
    database = Database(database_url)
    upgrade(database)
    database.dispose()
    return database_url


def set_form(url: str, form: str) -> None:
    database = Database(url)
    with database.writing() as connection:
        connection.execute(sa.text("update alembic_version set version_num = :form"), {"form": form})
    database.dispose()


def test_the_newest_form_is_that_of_the_migrations():
    assert newest_form() == head()


def test_a_store_in_its_present_form_is_opened(made):
    database = open_store(made)
    with database.reading() as connection:
        assert connection.scalar(sa.text("select count(*) from medicine")) == 0
    database.dispose()


def test_a_store_of_another_form_is_not_read(made):
    set_form(made, "0000")
    with pytest.raises(StoreUnusable, match="older MedPath"):
        open_store(made)
    set_form(made, "9999")
    with pytest.raises(StoreUnusable, match="newer MedPath"):
        open_store(made)


def test_a_database_without_a_register_is_none(postgresql_url, tmp_path):
    with pytest.raises(StoreUnusable, match="holds no register yet"):
        open_store(postgresql_url)
    file = tmp_path / "medpath.sqlite"
    with pytest.raises(StoreUnusable, match="There is no register at"):
        open_store(f"sqlite:///{file}")
    assert not file.exists()
    file.touch()
    with pytest.raises(StoreUnusable, match="holds no register yet"):
        open_store(f"sqlite:///{file}")
