"""Calls a function that reads hostile bytes, in a process of its own with bounds.

Two thousand bytes can ask for a sheet of 17 billion cells or a page of a million signs, and where memory ends, or
where a library written in Rust or C++ stops, the whole process ends. So such a library is called in a process that
may end of it. The bytes go in on standard input and the answer comes out on standard output.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import signal
import subprocess
import sys
import threading
from typing import IO, Literal

FAILED, OUT_OF_MEMORY = 70, 71


Reason = Literal["time", "memory", "answer", "failed", "ended"]


_REASONS: dict[int, Reason] = {FAILED: "failed", OUT_OF_MEMORY: "memory"}


class Breach(Exception):
    """The process went beyond a bound or ended otherwise.

    ``reason`` is ``time``, ``memory``, ``answer`` (too long a one), ``failed`` (the function raised something), or
    ``ended`` where the process ended and it is not known why.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def call_apart(function: str, data: bytes, *, seconds: float, memory: int, answer: int) -> bytes:
    """What ``function`` ("package.module:name", bytes to bytes) says of the data, called in a process of its own.

    ``memory`` and ``answer`` are in bytes; memory is bounded where the system can do that. Raises Breach.
    """
    command = [sys.executable, "-P", "-m", "medpath.bounded", function, str(memory), str(int(seconds) + 1)]
    late = threading.Event()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def end() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(seconds, end)
        clock.start()
        feeder = threading.Thread(target=_feed, args=(process.stdin, data), daemon=True)
        feeder.start()
        try:
            said = process.stdout.read(answer + 1)
            if len(said) > answer:
                raise Breach("answer")
            code = process.wait()
        finally:
            clock.cancel()
            process.kill()
            feeder.join()
    if late.is_set():
        raise Breach("time")
    if code:
        raise Breach(_REASONS.get(code, "ended"))
    return said


def _feed(stream: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError):  # the process may end before it has read all
        stream.write(data)
    with contextlib.suppress(OSError):
        stream.close()


def _end_with_the_caller() -> None:
    """Asks Linux to end this process when the one that called it was killed."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def main(function: str, memory: int, seconds: int) -> None:
    """The process's own part: bounds itself, reads, calls, answers."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):  # not every system bounds a process
        pass
    _end_with_the_caller()
    module, _, name = function.partition(":")
    try:
        answer = getattr(importlib.import_module(module), name)(sys.stdin.buffer.read())
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException:
        os._exit(FAILED)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
