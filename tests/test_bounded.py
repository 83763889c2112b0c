"""Functions called in a process of their own: the answer comes back, and nothing else gets out of it."""

import os
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from medpath.bounded import Breach, call_apart

EVALUATE = "builtins:eval"


def called(function: str, data: bytes, seconds: float = 20) -> bytes:
    return call_apart(function, data, seconds=seconds, memory=400 << 20, answer=1 << 20)


def test_the_answer_is_the_function_s() -> None:
    assert called("zlib:decompress", zlib.compress(b"abc" * 100_000)) == b"abc" * 100_000


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (b"bytes(10**10)", "memory"),
        (b"__import__('os').abort()", "ended"),
        (b"__import__('ctypes').string_at(0)", "ended"),
        (b"1 / 0", "failed"),
        (b"bytes(2 << 20)", "answer"),
    ],
)
def test_what_ends_the_process_ends_nothing_else(program: bytes, reason: str) -> None:
    with pytest.raises(Breach) as breach:
        called(EVALUATE, program)
    assert breach.value.reason == reason


def test_time_is_bounded_also_where_nobody_reads_the_data() -> None:
    began = time.monotonic()
    with pytest.raises(Breach) as breach:
        called(EVALUATE, b"sum(iter(int, 1))", seconds=0.5)
    assert breach.value.reason == "time"
    assert time.monotonic() - began < 5
    with pytest.raises(Breach) as breach:
        called("no_such_module:read", b"x" * (4 << 20))
    assert breach.value.reason == "failed"


def is_running(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_killed_caller_leaves_no_process_behind(tmp_path: Path) -> None:
    note = tmp_path / "process"
    program = f"__import__('pathlib').Path({str(note)!r}).write_text(str(__import__('os').getpid())), sum(iter(int, 1))"
    calling = f"from medpath.bounded import call_apart; call_apart('builtins:eval', {program.encode()!r}, seconds=60, "
    caller = subprocess.Popen([sys.executable, "-c", f"{calling} memory=400 << 20, answer=100)"])
    until = time.monotonic() + 20
    while not (note.exists() and note.read_text()) and time.monotonic() < until:
        time.sleep(0.02)
    process = int(note.read_text())
    assert is_running(process)
    os.kill(caller.pid, signal.SIGKILL)
    caller.wait()
    while is_running(process) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_running(process)
