import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from medpath.errors import SourceFailed
from medpath.sync.workers import PART, Workers
from tests.test_cli import environment


def doubled(items: list[int]) -> list[int]:
    return [item * 2 for item in items]


def ended(items: list[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return items


def where(items: list[int]) -> list[int]:
    return [os.getpid() for _ in items]


def test_results_come_in_the_order_of_the_items():
    with Workers() as workers:
        assert workers.share(doubled, list(range(PART * 3 + 1))) == [item * 2 for item in range(PART * 3 + 1)]


def test_a_short_list_needs_no_other_process():
    with Workers() as workers:
        assert set(workers.share(where, list(range(PART)))) == {os.getpid()}
        assert os.getpid() not in workers.share(where, list(range(PART + 1)))


def test_a_process_that_ends_before_its_work_fails_the_file_and_not_the_sync():
    with Workers() as workers, pytest.raises(SourceFailed, match="ended before its work was done"):
        workers.share(ended, list(range(PART + 1)))


WRITER = """
import sys, time
from tests.sync.test_workers import slow
from medpath.sync.workers import PART, Workers
if __name__ == "__main__":
    with Workers() as workers:
        print("started", flush=True)
        workers.share(slow, list(range(PART * 2)))
"""


def slow(items: list[int]) -> list[int]:
    time.sleep(60)
    return items


def test_the_processes_end_when_the_writer_is_killed(tmp_path):
    file = tmp_path / "writer.py"
    file.write_text(WRITER)
    paths = os.pathsep.join([environment()["PYTHONPATH"], str(Path.cwd())])
    process = subprocess.Popen(
        [sys.executable, file], env=environment() | {"PYTHONPATH": paths}, start_new_session=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"started\n"
    time.sleep(1.5)
    process.kill()
    process.wait()
    process.stdout.close()
    for _ in range(200):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    pytest.fail("the reading processes went on without their writer")
