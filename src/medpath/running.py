"""What `make run` runs: fills an empty store with the reports, serves it, and reads on in the background.

Where EMA can't be reached and nothing is there yet, the bundled sample is served from a store of its own.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from medpath import printing
from medpath.background import Background
from medpath.cli import ended
from medpath.errors import SourceFailed
from medpath.settings import Settings, load_settings
from medpath.store.database import Database
from medpath.store.opening import revision
from medpath.store.read import Register

if TYPE_CHECKING:
    from medpath.sync import SyncResult


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs and ends the program with its exit code."""
    parser = argparse.ArgumentParser("make run", description="Fill an empty store, serve it, and read on.")
    parser.add_argument("--data", type=Path, default=Path("var"))
    parser.add_argument("--from", dest="origin", default="")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=_port, default=8000)
    given = parser.parse_args(arguments)
    raise SystemExit(ended(lambda: run(given.data, given.origin or None, given.host, given.port)))


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"a port is a number up to 65535, not “{text}”")
    return int(text)


def run(data: Path, origin: str | None, host: str, port: int) -> None:
    """Serves until it is stopped. Raises SourceFailed where ``origin`` gives nothing to serve."""
    from medpath.app import serve

    settings = load_settings(data=data)
    if not holds_medicines(settings):
        result = fill(settings, origin)
        if not holds_medicines(settings):
            if origin is not None:
                raise SourceFailed(f"Nothing could be read from {origin}, so there is nothing to serve.")
            serve(sample_store(data, result), host, port)
            return
    background = Background(["--data", str(data)], data, origin)
    printing.say(f"Pages and files follow in the background; what is said about them goes to {background.log}.")
    background.start()
    try:
        serve(settings, host, port)
    finally:
        background.stop()


def holds_medicines(settings: Settings) -> bool:
    """Whether there is a store with anything to show."""
    database = Database(settings.database)
    try:
        if database.file is not None and not database.file.is_file():
            return False
        return revision(database) is not None and Register(database).count() > 0
    finally:
        database.dispose()


def fill(settings: Settings, origin: str | None) -> SyncResult:
    """Reads the reports, which take a minute, and not the pages, which take long."""
    from medpath.commands.progress import progress_bar
    from medpath.sources.facts import datasets
    from medpath.sync import sync

    reports = [name for name, dataset in datasets().items() if dataset.kind in ("report", "vocabulary")]
    if origin is None:  # other publishers come in the background
        reports = [name for name in reports if name.startswith("ema.")]
    printing.say(f"The register is empty: reading the reports from {origin or settings.ema_url}.")
    database = Database(settings.database)
    try:
        with progress_bar() as progress:
            result = sync(settings, database, reports, origin=origin, pages=False, say=_say_read, progress=progress)
    finally:
        database.dispose()
    if len(result.failures) < len(reports):
        for reason in dict.fromkeys(failure.reason for failure in result.failures):
            printing.say(f"FAILED  {reason}")
    return result


def _say_read(text: str) -> None:
    if not text.startswith("FAILED"):  # failures are told when it is known whether they are all the same one
        printing.say(text)


def sample_store(data: Path, failed: SyncResult) -> Settings:
    """The settings of the sample's own store, which is filled where it is empty."""
    from medpath.sample import editions
    from medpath.sync import sync

    reasons = [failure.reason for failure in failed.failures if failure.reason]
    reason = reasons[0].partition(";")[0].rstrip(".") if reasons else "EMA's site gave no medicines"
    printing.say(f"{reason}; sample data are served instead, and the next start asks EMA again.")
    settings = load_settings(data=data / "sample", database_url="", sample=True)
    database = Database(settings.database)
    try:
        for edition in editions():
            sync(settings, database, origin=str(edition))
    finally:
        database.dispose()
    return settings


if __name__ == "__main__":
    main()
