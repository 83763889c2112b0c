"""The application over the sample, and over small lists of a test's own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.settings import Settings
from tests.lists import Store, write_report
from tests.sample_store import SampleStore

PUBLIC = "https://register.example"


@pytest.fixture(scope="package")
def sample(sample_store: SampleStore) -> Iterator[TestClient]:
    settings = sample_store.settings.model_copy(update={"public_url": PUBLIC})
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


@pytest.fixture
def register_of(tmp_path: Path) -> Iterator[Callable[..., TestClient]]:
    """Makes the application over EMA's lists with these rows, by day, read in the order that is given."""
    with ExitStack() as stack:
        made = iter(range(100))

        def make(*editions: tuple[str, list[dict[str, str]]]) -> TestClient:
            folder = tmp_path / str(next(made))
            store = Store(folder)
            for day, rows in editions:
                store.sync(write_report(folder / day, day, rows))
            settings = Settings(data=store.settings.data, database_url=store.settings.database_url)
            return stack.enter_context(TestClient(create_app(settings), follow_redirects=False))

        yield make
