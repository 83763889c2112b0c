"""Fixtures for all tests: where the agencies' real data lie, databases of both kinds, and what could not run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import postgresql
from tests.sample_store import SampleStore, fill

ROOT = Path(__file__).parents[1]

# What hypothesis draws is the same in every run of `make test`; `make soak` draws anew.
settings.register_profile("same", derandomize=True)
settings.register_profile("new", derandomize=False)
settings.load_profile("same")


def missing(what: str) -> None:
    """Ends a test for which something is not installed: a failure with CI=true, else a skip that is counted aloud."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the agencies' real data; with CI=true its absence fails the test."""
    folder = Path(os.environ.get("MEDPATH_SHARED") or ROOT.parent / "shared").resolve()
    if not (folder / "data" / "ema").is_dir():
        missing("the agencies' real data are not here; set MEDPATH_SHARED to their folder")
    return folder


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[postgresql.Cluster]:
    """A throwaway PostgreSQL server; `new_database()` gives the URL of an empty database."""
    found = postgresql.programs()
    if found is None:
        missing("PostgreSQL is not installed (the package postgresql)")
    with postgresql.running(found) as cluster:
        yield cluster


@pytest.fixture
def postgresql_url(postgresql_cluster: postgresql.Cluster) -> str:
    """The URL of an empty PostgreSQL database of this test alone."""
    return postgresql_cluster.new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of this test alone, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'medpath.sqlite'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture(scope="session")
def sample_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleStore]:
    """The bundled sample in a store, both editions, for all tests to read; see tests/sample_store.py."""
    url = ""
    if getattr(request, "param", "sqlite") == "postgresql":
        url = request.getfixturevalue("postgresql_cluster").new_database()
    store = fill(tmp_path_factory.mktemp("sample"), url)
    yield store
    store.database.dispose()


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of such a store on SQLite, to which nobody is connected. To be read only: copy it."""
    store = fill(tmp_path_factory.mktemp("sample"))
    assert not [result.failures for result in store.results if result.failures]
    store.database.dispose()
    return store.settings.data


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, number in sorted(reasons.items()):
        terminalreporter.write_line(f"{number} tests did not run: {reason.removeprefix('Skipped: ')}.")
