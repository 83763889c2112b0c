"""The pages over the bundled sample and over small stores of a test's own, as a browser gets them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.settings import Settings
from tests.lists import Store, write_report
from tests.sample_store import SampleStore
from tests.web.pages import Pages


@pytest.fixture(scope="package")
def sample(sample_store: SampleStore) -> Iterator[Pages]:
    """The pages over the bundled sample."""
    with TestClient(create_app(sample_store.settings), follow_redirects=False) as client:
        yield Pages(client)


@pytest.fixture
def pages_of(tmp_path: Path) -> Iterator[Callable[..., Pages]]:
    """Makes the pages over EMA's lists with these rows, by day: ``pages_of({"2026-01-01": rows, …})``."""
    with ExitStack() as stack:

        def make(editions: dict[str, list[dict[str, str]]], *, sample: bool = False) -> Pages:
            store = Store(tmp_path / "store")
            for day, rows in editions.items():
                write_report(tmp_path / "reports", day, rows)
            store.sync(tmp_path / "reports")
            settings = Settings(data=store.settings.data, database_url=store.settings.database_url, sample=sample)
            client = TestClient(create_app(settings), follow_redirects=False)
            return Pages(stack.enter_context(client))

        yield make
