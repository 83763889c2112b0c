"""The server as a process of its own: it says where it is, answers, bounds what comes in, and ends in order."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from medpath.errors import StoreUnusable, UsageError
from medpath.http import serving
from medpath.settings import Settings
from medpath.store.database import Database
from medpath.store.read import Register
from tests.sample_store import SampleStore


@contextmanager
def served(data: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`medpath serve` on a free port: (process, address)."""
    command = [sys.executable, "-m", "medpath", "--data", str(data), "serve", "--port", "0", *more]
    environment = {**os.environ, "FASTAPI_OTEL_AUTO_CONFIGURE": "true"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert "http://127.0.0.1:" in line, line + process.stderr.read()
        address = line.split(" serves ")[1].split(";")[0]
        for _ in range(100):
            try:
                httpx2.get(f"{address}/healthz")
                break
            except httpx2.TransportError:
                time.sleep(0.1)
        yield process, address
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def test_it_says_where_it_is_answers_and_ends_in_order(sample_store: SampleStore) -> None:
    with served(sample_store.settings.data) as (process, address):
        answer = httpx2.get(f"{address}/api/v1/medicines/EMEA-H-C-004258")
        assert answer.json()["name"] == "Alofisel"
        assert "server" not in answer.headers
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0


def test_several_processes_share_one_address(sample_store: SampleStore) -> None:
    with served(sample_store.settings.data, "--workers", "2") as (process, address):
        for _ in range(8):
            assert httpx2.get(f"{address}/api/v1/medicines/EMEA-H-C-004258").status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_an_empty_folder_is_served_as_an_empty_register(tmp_path: Path) -> None:
    with served(tmp_path / "new") as (_process, address):
        for _ in range(100):
            ready = httpx2.get(f"{address}/readyz")
            if ready.status_code == 200:
                break
            time.sleep(0.1)
        assert ready.json()["store"]["sequence"] == 0
        part = httpx2.get(f"{address}/api/v1/medicines").json()
        assert (part["items"], part["total"], part["data_date"]) == ([], 0, None)


def test_headers_without_end_are_refused(sample_store: SampleStore) -> None:
    with served(sample_store.settings.data) as (_process, address):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
            client.settimeout(10)
            answer = b""
            try:
                client.sendall(b"X-Filler: " + b"a" * 100_000 + b"\r\n")
                answer = client.recv(1_000)
            except ConnectionError:
                pass
        assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
        assert httpx2.get(f"{address}/healthz").status_code == 200


def test_a_port_that_is_taken_is_told_in_one_sentence(sample_store: SampleStore) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port}: .*; choose another --port"):
            serving.run(lambda _settings: None, sample_store.settings, "127.0.0.1", port, 1)  # type: ignore[arg-type,return-value]


def test_preparing_makes_an_empty_store_that_can_be_read(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    serving.prepare(settings)
    serving.prepare(settings)
    serving.follow(settings)
    assert Register(Database(settings.database)).stamp().sequence == 0


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    serving.prepare(settings)
    database = Database(settings.database)
    with database.writing() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999_of_the_future'")
    with pytest.raises(StoreUnusable, match="newer MedPath"):
        serving.prepare(settings)


def test_while_another_process_writes_the_index_is_left_to_it(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    serving.prepare(settings)
    database = Database(settings.database)
    with database.lock(settings.data):
        serving.follow(settings)
    assert not (settings.index / "current").exists()
