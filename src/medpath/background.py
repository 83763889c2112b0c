"""Syncing and delivering beside the server, on the rhythm in which EMA brings its reports up to date."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from medpath import printing

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TIMES = (time(6, 20), time(18, 20))  # EMA's reports are made at about 06:00 and 18:00
JITTER = timedelta(minutes=20)  # so that not all registers ask at once
HOUR = 3600.0
UNFINISHED_SECONDS = HOUR  # while pages are left for which the budget of a run was too small
BEGIN_SECONDS = 3.0
BUSY_SECONDS = 10.0
DELIVER_SECONDS = 900.0  # deliveries that failed, and digests that are due, don't wait for a sync

LOG = "sync.log"


def next_sync(after: datetime, jitter: timedelta) -> datetime:
    """When the reports are asked for next after an instant: in the morning or evening of Amsterdam, a bit later."""
    day = after.astimezone(AMSTERDAM).date()
    times = [datetime.combine(day + timedelta(days=more), one, AMSTERDAM) for more in (0, 1) for one in TIMES]
    return next(one for one in times if one > after).astimezone(UTC) + jitter


def seconds_until_next(code: int, answer: str, at: datetime | None = None) -> float:
    """How long to wait after a sync that ended with this exit code and answer."""
    if code == 5:  # another process writes; at the start that is the server, which looks after its index
        return BUSY_SECONDS
    at = at or datetime.now(UTC)
    jitter = timedelta(seconds=random.uniform(0, JITTER.total_seconds()))
    waits = (next_sync(at, jitter) - at).total_seconds()
    try:
        return min(waits, UNFINISHED_SECONDS) if json.loads(answer)["stopped"] else waits
    except (ValueError, KeyError, TypeError):
        return waits


class Background:
    """Syncs and deliveries beside the server, one process after the other; what they say goes into a file.

    ``options`` stand before the command: the data folder and the database.
    """

    def __init__(self, options: Sequence[str], data: Path, origin: str | None) -> None:
        self.log = data / LOG
        self._program = [sys.executable, "-m", "medpath", *options]
        self._sync = ["sync", "--json", *(["--from", origin] if origin is not None else [])]
        self._stopped = threading.Event()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Begins the first sync when the server has had time to start."""
        threading.Thread(target=self._go_on, daemon=True, name="sync").start()

    def stop(self) -> None:
        """Ends the process that runs; the next one goes on from there."""
        self._stopped.set()
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def _go_on(self) -> None:
        wait = BEGIN_SECONDS
        while not self._stopped.wait(min(wait, DELIVER_SECONDS)):
            wait -= DELIVER_SECONDS
            if wait <= 0:
                wait = seconds_until_next(*self._run(self._sync))
            if not self._stopped.is_set():
                self._run(["deliver", "--json"])

    def _run(self, command: Sequence[str]) -> tuple[int, str]:
        try:
            with self.log.open("w" if command[0] == "sync" else "a", encoding="utf-8") as log:
                program = [*self._program, *command]
                self._process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=log, text=True)
                answer, _ = self._process.communicate()
        except OSError as problem:  # no room, no memory: the rhythm goes on, and the next run may have some
            printing.say(f"FAILED  {command[0]} could not be started ({problem.strerror}); it is tried again.")
            return 5, ""
        return self._process.returncode, answer
