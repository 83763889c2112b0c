"""The application over the bundled sample, as a client sees it."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from medpath.app import create_app
from tests.sample_store import SampleStore


@pytest.fixture(scope="package")
def client(sample_store: SampleStore) -> Iterator[TestClient]:
    """A client of the application; it follows no redirects."""
    with TestClient(create_app(sample_store.settings), follow_redirects=False) as client:
        yield client
