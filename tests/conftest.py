"""Fixtures for all tests: where the agencies' real data lie, and how many tests were skipped without them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the agencies' real data; with CI=true its absence fails the test."""
    folder = Path(os.environ.get("MEDPATH_SHARED") or ROOT.parent / "shared").resolve()
    if not (folder / "data" / "ema").is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("the agencies' real data are missing; set MEDPATH_SHARED to their folder")
        pytest.skip("the agencies' real data are not here")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = len(terminalreporter.stats.get("skipped", []))
    if skipped:
        terminalreporter.write_line(f"{skipped} tests on the agencies' real data did not run: the data are not here.")
