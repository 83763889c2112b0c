"""The tests of one file share what they read of the agencies' data: one process runs them all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.search import all_medicines

from medpath.search.searching import Search
from tests.real.registers import WITH_VOCABULARIES, searching

OF_ONE_REGISTER = ("test_finding", "test_search")


def pytest_itemcollected(item: pytest.Item) -> None:
    stem = item.path.stem
    item.add_marker(pytest.mark.xdist_group("searching" if stem in OF_ONE_REGISTER else stem))


@pytest.fixture(scope="session")
def search(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    """The search over the newest table with all vocabularies."""
    with searching(shared, tmp_path_factory, WITH_VOCABULARIES) as made:
        yield made


@pytest.fixture(scope="session")
def medicines(search: Search) -> list[dict[str, Any]]:
    """The items of all medicines, gathered part by part."""
    return all_medicines(search)
