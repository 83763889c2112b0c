"""`make run` as it is started: what it serves with and without a network, and what it says."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from medpath.sample import editions
from tests.test_cli import environment


@pytest.fixture
def nowhere() -> str:
    """An address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


class Running:
    """A started `make run`: its address and what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        self.said: list[str] = []
        for line in process.stderr:
            self.said.append(line.rstrip())
            if found := re.search(r"http://127\.0\.0\.1:\d+(?=;)", line):
                self.address = found[0]
                return
        pytest.fail("\n".join(self.said))

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return json.load(answer)


@contextmanager
def running(data: Path, *arguments: str | Path, **more: str) -> Iterator[Running]:
    command = [sys.executable, "-m", "medpath.running", "--data", data, "--port", "0", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment(**more))
    try:
        yield Running(process)
    finally:
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)
        assert "Traceback" not in rest
        assert process.returncode in (0, 130)


def failed(data: Path, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "medpath.running", "--data", data, "--port", "0", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment(**more))


def test_without_network_the_sample_is_served_and_said_so_in_one_sentence(tmp_path, nowhere):
    with running(tmp_path, MEDPATH_EMA_URL=nowhere) as run:
        said = [line for line in run.said if "sample data are served" in line]
        assert len(said) == 1
        assert "can't be reached" in said[0]
        assert run.get("/api/v1/medicines/EMEA-H-C-004258")["name"] == "Alofisel"
    assert (tmp_path / "sample" / "medpath.sqlite").is_file()


def test_every_start_asks_again_and_the_sample_is_never_mixed_with_real_data(tmp_path, nowhere):
    data = tmp_path / "var"
    with running(data, MEDPATH_EMA_URL=nowhere) as run:
        assert run.get("/api/v1/medicines?limit=1")["total"] == 66
    with running(data, "--from", many_medicines(tmp_path / "from")) as run:
        assert "reading the reports from" in run.said[0]
        assert run.get("/api/v1/medicines?limit=1")["total"] == 1_200
    with running(data, MEDPATH_EMA_URL=nowhere) as run:
        assert run.get("/api/v1/medicines?limit=1")["total"] == 1_200
        assert not [line for line in run.said if "sample" in line or "register is empty" in line]


def many_medicines(folder: Path) -> Path:
    """A folder with EMA's list of medicines, as long as real ones: one row of the sample, many times."""
    report = json.loads((editions()[0] / "medicines-output-medicines_json-report_en.json").read_text(encoding="utf-8"))
    row = report["data"][0]
    report["data"] = [
        {
            **row,
            "name_of_medicine": f"Medicine {number}",
            "ema_product_number": f"EMEA/H/C/{number:06}",
            "medicine_url": f"{row['medicine_url']}-{number}",
        }
        for number in range(1, 1_201)
    ]
    report["meta"]["total_records"] = 1_200
    folder.mkdir()
    (folder / "medicines-output-medicines_json-report_en.json").write_text(json.dumps(report), encoding="utf-8")
    return folder


def test_pages_and_later_files_follow_in_the_background(tmp_path):
    source = tmp_path / "from"
    source.mkdir()
    first, second = editions()
    for file in first.glob("*.json"):
        (source / file.name).write_bytes(file.read_bytes())
    data = tmp_path / "var"
    with running(data, "--from", source, MEDPATH_SAMPLE="1") as run:
        assert run.get("/api/v1/medicines?limit=1")["total"] == 61
    for file in second.glob("*.json"):
        (source / file.name).write_bytes(file.read_bytes())
    with running(data, "--from", source, MEDPATH_SAMPLE="1") as run:
        until = time.monotonic() + 60
        while run.get("/api/v1/medicines?limit=1")["total"] != 66 and time.monotonic() < until:
            time.sleep(0.2)
        assert run.get("/api/v1/medicines?limit=1")["total"] == 66


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path):
    ran = failed(tmp_path, "--from", tmp_path / "nothing")
    assert ran.returncode == 2
    assert "There is no folder" in ran.stderr


def test_a_folder_with_nothing_to_serve_is_a_failed_source(tmp_path):
    (tmp_path / "empty").mkdir()
    ran = failed(tmp_path / "var", "--from", tmp_path / "empty")
    assert ran.returncode == 4
    assert "there is nothing to serve" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_port_that_is_none_is_wrong_usage(tmp_path):
    ran = failed(tmp_path, "--port", "70000")
    assert ran.returncode == 2
    assert "a port is a number up to 65535" in ran.stderr
