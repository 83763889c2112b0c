"""Functions called in a process of their own: the answer comes back, and nothing else gets out of it."""

import time
import zlib

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
