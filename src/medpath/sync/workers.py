"""Processes that read pages and documents beside the one that writes.

They are started afresh and not forked: a copy of the writer would hold its lock and its connections
beyond its death. They leave interruptions to the writer, and end when it ends, however it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from medpath.errors import SourceFailed

PROCESSES = 2
PART = 25
SMALL_PART = 8  # of what takes long
AHEAD = 2  # parts a process that are ready or begun before they are taken

Item = TypeVar("Item")
Result = TypeVar("Result")


class Workers:
    """The processes, for the time of a ``with`` block; they start with the first long list."""

    def __enter__(self) -> Workers:
        self._pool = ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn"), _begin)
        return self

    def __exit__(self, *_problem: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def share(self, work: Callable[[list[Item]], list[Result]], items: list[Item]) -> list[Result]:
        """Calls ``work`` for parts of the items in all processes, for a short list in this one; all results in order.

        Raises SourceFailed where a process ends before its work is done.
        """
        if len(items) <= PART:
            return work(items)
        parts = [items[start : start + PART] for start in range(0, len(items), PART)]
        try:
            return [result for part in self._pool.map(work, parts) for result in part]
        except BrokenProcessPool as problem:
            raise SourceFailed("A process that read files ended before its work was done; sync again.") from problem

    def stream(self, work: Callable[[list[Item]], list[Result]], items: list[Item]) -> Iterator[list[Result]]:
        """Calls ``work`` for small parts of the items in all processes and yields each part's results, in order.

        Not more parts are begun than are taken soon, so that results don't pile up. Raises SourceFailed where a
        process ends before its work is done.
        """
        if len(items) <= SMALL_PART:
            yield work(items)
            return
        begun: deque[Future[list[Result]]] = deque()
        try:
            for start in range(0, len(items), SMALL_PART):
                begun.append(self._pool.submit(work, items[start : start + SMALL_PART]))
                if len(begun) > PROCESSES * AHEAD:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        except BrokenProcessPool as problem:
            raise SourceFailed("A process that read files ended before its work was done; sync again.") from problem


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_writer, daemon=True).start()


def _end_with_the_writer() -> None:
    writer = multiprocessing.parent_process()
    if writer is not None:
        writer.join()
        os._exit(1)
