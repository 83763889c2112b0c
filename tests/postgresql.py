"""A throwaway PostgreSQL for the tests: a cluster of its own in a temporary folder, reached by a Unix socket."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

USER = "medpath"
# Nothing here outlives the tests, so nothing has to reach the disk.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "listen_addresses": "''"}


class Cluster:
    """A running server that hands out empty databases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def new_database(self, like: str | None = None) -> str:
        """Makes a database, empty or a copy of another one to which nobody is connected, and returns its URL."""
        name = f"test{next(self._numbers)}"
        template = make_url(like).database if like is not None else "template0"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'create database "{name}" template "{template}"')
        return self.url(name)

    def drop(self, url: str) -> None:
        """Takes a database away: where many are made, they fill the disk."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'drop database "{make_url(url).database}" with (force)')


def programs() -> Path | None:
    """The folder of PostgreSQL's programs; None where it is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in installed), key=lambda path: float(path.parent.name), default=None)


@contextmanager
def running(bin_folder: Path) -> Iterator[Cluster]:
    """A cluster for the time of the block. PostgreSQL refuses to run as root: then it runs as another user."""
    folder = Path(tempfile.mkdtemp(prefix="medpath-pg-"))
    other: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = _unprivileged()
        os.chown(folder, account.pw_uid, account.pw_gid)
        other = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    try:
        data, log = folder / "data", folder / "log"
        subprocess.run(
            [bin_folder / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, **other,
        )  # fmt: skip
        options = [f"-c{name}={value.strip(chr(39))}" for name, value in QUICK.items()]
        with log.open("wb") as stream:
            server = subprocess.Popen(
                [bin_folder / "postgres", "-D", data, "-k", folder, *options],
                stdout=stream, stderr=subprocess.STDOUT, cwd=folder, preexec_fn=_end_with_the_tests, **other,
            )  # fmt: skip
        try:
            cluster = Cluster(folder)
            _wait(cluster, server, log)
            yield cluster
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing of it is wanted any more
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        subprocess.Popen(["rm", "-rf", folder], start_new_session=True)  # many files; nobody has to wait for that


def _end_with_the_tests() -> None:
    """Asks Linux to end this process when the tests end, also where they are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _wait(cluster: Cluster, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(cluster.url("postgres")).close()
            return
        except psycopg.OperationalError as problem:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}") from problem
            time.sleep(0.05)
