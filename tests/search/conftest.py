"""The index of the bundled sample, both editions, for all tests of searching to read."""

from pathlib import Path

import pytest

from medpath.search.searching import Search


@pytest.fixture(scope="session")
def search(sample_data: Path) -> Search:
    """The search over the sample."""
    return Search(sample_data / "index")
