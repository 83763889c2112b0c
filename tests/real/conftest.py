"""The tests of one file share what they read of the agencies' data: one process runs them all."""

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.xdist_group(item.path.stem))
