"""A sync that is killed at any instant leaves a store that opens, with whole units; the next sync completes it.

Each round starts from a store of the sample's first edition (every second one from nothing), kills a real process
that reads the second, and looks. `make soak` does a hundred rounds on each database.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from medpath.errors import StoreUnusable
from medpath.sample import editions
from medpath.search.searching import Search
from medpath.sources.facts import datasets
from medpath.store.opening import open_store
from medpath.store.read import Register
from medpath.store.tables import identifier, medicine, pending, relation, source_record
from tests.test_cli import environment

ROUNDS, SOAK_ROUNDS = 10, 100
State = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Both editions of the sample: reports as they are, pages and documents in archives."""
    made = []
    for edition in editions():
        folder = tmp_path_factory.mktemp(edition.name)
        pages = [path for path in sorted(edition.rglob("*")) if path.suffix in (".html", ".md")]
        for path in sorted(edition.rglob("*")):
            if path.is_file() and path not in pages:
                shutil.copy(path, folder / path.name)
        for day in sorted({path.stem[-10:] for path in pages}):
            with tarfile.open(folder / f"pages_{day}.tar.gz", "w:gz") as archive:
                for path in pages:
                    if path.stem.endswith(day):
                        archive.add(path, path.name)
        made.append(folder)
    return made


class Store:
    """A store that real processes write to: a data folder and a database."""

    def __init__(self, data: Path, url: str) -> None:
        self.data, self.url = data, url

    def start(self, folder: Path) -> subprocess.Popen[bytes]:
        """Begins to sync, in a process group of its own."""
        given = ["--data", self.data, "--database-url", self.url, "sync", "--from", folder]
        return subprocess.Popen(
            [sys.executable, "-m", "medpath", *given],
            env=environment(MEDPATH_SAMPLE="1"), start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

    def sync(self, folder: Path) -> int:
        """Syncs undisturbed; returns how many files it told of."""
        process = self.start(folder)
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
        return len(said.splitlines())

    def sync_killed(self, folder: Path, told: int, after: float) -> None:
        """Syncs, kills the process so many seconds after it has told of so many files; what it had started ends too."""
        process = self.start(folder)
        assert process.stderr is not None
        for _ in range(told):
            process.stderr.readline()
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                os.killpg(process.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
        pytest.fail("processes that the killed sync had started went on")

    def units(self) -> State:
        """The records of every dataset with the hashes of their current versions; {} for a store without tables."""
        try:
            database = open_store(self.url)
        except StoreUnusable:
            return {}
        with database.reading() as connection:
            rows = connection.execute(
                sa.select(source_record.c.dataset, source_record.c.source_key, source_record.c.current_hash)
            ).all()
        database.dispose()
        state: State = {}
        for row in rows:
            state.setdefault(row.dataset, {})[row.source_key] = row.current_hash
        return state

    def content(self) -> dict[str, Any]:
        """Everything that readers see, without the numbers that only count how often it was written."""
        database = open_store(self.url)
        register = Register(database)
        medicines = [{**one, "sequence": None} for one in register.all_medicines()]
        changes = [
            {key: value for key, value in one.items() if key != "sequence"}
            for one in register.changes(limit=100_000).items
        ]
        histories = [
            [(one["version"], one["observed_from"], one["inputs"]) for one in register.history(number)["versions"]]
            for number in register.numbers()
        ]
        with database.reading() as connection:
            assert not connection.scalar(sa.select(sa.func.count()).select_from(pending))
            tables = {
                table.name: sorted(tuple(row) for row in connection.execute(sa.select(table)))
                for table in (identifier, relation)
            }
            newest = connection.scalar(sa.select(sa.func.max(medicine.c.sequence)))
        issues = sorted(
            (one["dataset"], one["code"], one["place"], one["message"]) for one in register.issues(limit=9999).items
        )
        database.dispose()
        assert Search(self.data / "index").sequence() == newest
        changes.sort(
            key=lambda one: (one["medicine"], one["observed_at"], one["kind"], one["cause"], str(one["fields"]))
        )
        return {"medicines": medicines, "changes": changes, "histories": histories, "issues": issues, **tables}


def killed_rounds(kind: str, rounds: int, folders: list[Path], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    chance = random.Random(20241213)
    cluster = request.getfixturevalue("postgresql_cluster") if kind == "postgresql" else None

    def store(name: str, base: Store | None = None) -> Store:
        data = tmp_path / name
        if base is not None:
            shutil.copytree(base.data, data)
        if cluster is None:
            return Store(data, f"sqlite:///{data / 'medpath.sqlite'}")
        return Store(data, cluster.new_database(base.url if base else None))

    first = store("first")
    files = first.sync(folders[0])
    undisturbed_first = first.content()
    both = store("both", first)
    more_files = both.sync(folders[1])
    undisturbed = both.content()
    old, new = first.units(), both.units()
    stages = set()
    for number in range(rounds):
        empty = number % 2 == 1
        one = store(f"round-{number}", None if empty else first)
        folder, last = (folders[0], files) if empty else (folders[1], more_files)
        before, after = ({}, old) if empty else (old, new)
        told = chance.randint(0, last)
        one.sync_killed(folder, told, chance.uniform(0, 0.5 if told in (0, last) else 0.05))
        stages.add(check_units(one.units(), before, after))
        one.sync(folder)
        assert one.units() == after
        check_content(one.content(), undisturbed_first if empty else undisturbed)
        shutil.rmtree(one.data)
        if cluster is not None:
            cluster.drop(one.url)
    assert len(stages) > 2, "the kills all fell into the same moments"


def check_units(found: State, before: State, after: State) -> int:
    """Every report is as it was or as it became, every page too; returns how many datasets had become new."""
    became = 0
    for dataset in {*found, *before, *after}:
        now, was, will_be = found.get(dataset, {}), before.get(dataset, {}), after.get(dataset, {})
        if datasets()[dataset].kind in ("pages", "documents"):
            for key in {*now, *was, *will_be}:
                assert now.get(key) in (was.get(key), will_be.get(key)), (dataset, key)
        else:
            assert now in (was, will_be), dataset
        became += now == will_be
    return became


def check_content(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """What readers see is the same as without any kill; said part by part, and medicine by medicine."""
    pairs = zip(found["medicines"], wanted["medicines"], strict=True)
    assert not [one["name"] for one, other in pairs if one != other]
    for part in wanted:
        assert found[part] == wanted[part], part


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_kills_at_random_instants(kind, folders, tmp_path, request):
    killed_rounds(kind, ROUNDS, folders, tmp_path, request)


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_hundred_kills(kind, folders, tmp_path, request):
    killed_rounds(kind, SOAK_ROUNDS, folders, tmp_path, request)
