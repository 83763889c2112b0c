"""A process that delivers is killed at any instant: nothing is lost, and who keeps the keys has everything once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from medpath.store import watches as kept
from medpath.store.watches import Wanted
from medpath.watches.delivering import add_watch
from tests.test_cli import environment
from tests.watches.receivers import mail_server, web_hook
from tests.watches.test_delivering import Register

EACH = 12  # watches of each way


def deliver(register, **settings):
    """Begins to deliver in a process of its own."""
    given = ["--data", str(register.settings.data), "--database-url", register.settings.database, "deliver", "--json"]
    more = {f"MEDPATH_{name.upper()}": str(value) for name, value in settings.items()}
    return subprocess.Popen(
        [sys.executable, "-m", "medpath", *given], env=environment(MEDPATH_SAMPLE="1", **more),
        start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def one_round(register, rng, box, hook, number):
    settings = {
        "smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_security": "none", "mail_from": "m@example.org",
        "webhook_private": "1",
    }  # fmt: skip
    for place in range(EACH):
        for way, address in (("email", "a@example.org"), ("webhook", hook.url), ("file", "all")):
            name = f"{number} {way} {place}"
            wanted = Wanted(way=way, address=address, secret="x" * 16 if way == "webhook" else "")
            add_watch(register.database, register.search, name, wanted)
    register.withdrawn(f"2026-{3 + number // 20:02}-{8 + number % 20:02}", f"Holder {number} Ltd")
    process = deliver(register, **settings)
    time.sleep(rng.uniform(0.2, 1.6))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    while True:
        process = deliver(register, **settings)
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        if not json.loads(out)["sent"]:
            return


def keys_of(register, way):
    with register.database.reading() as connection:
        ids = {one.id for one in kept.watches(connection) if one.wanted.way == way}
        return {one.key: one for one in kept.deliveries(connection) if one.watch_id in ids}


def proved(register, rounds):
    rng = random.Random(rounds)
    with mail_server() as box, web_hook() as hook:
        for number in range(rounds):
            one_round(register, rng, box, hook, number)
            with register.database.writing() as connection:
                for one in kept.watches(connection):
                    kept.pause(connection, one.name, True)
        taken = {
            "email": Counter(letter["Message-ID"][1:-1].partition("@")[0] for letter in box.letters),
            "webhook": Counter(headers["MedPath-Delivery"] for headers, _ in hook.taken),
            "file": Counter(one["delivery"] for one in register.laid()),
        }
        bodies = {(headers["MedPath-Delivery"], body) for headers, body in hook.taken}
    for way, arrived in taken.items():
        made = keys_of(register, way)
        assert len(made) == EACH * rounds, way
        assert set(arrived) == set(made), f"{way}: lost or invented"
        assert all(one.sent_at for one in made.values())
        again = sum(arrived.values()) - len(arrived)
        assert again <= rounds, f"{way}: more than what was in hand came twice"
    assert set(taken["file"].values()) == {1}
    assert len(bodies) == len(taken["webhook"]), "a delivery that came twice said something else"


@pytest.fixture
def register(database_url, tmp_path):
    store = Register(tmp_path, database_url)
    store.first(tmp_path / "files")
    yield store
    store.database.dispose()


def test_kills_lose_no_delivery(register):
    proved(register, 3)


@pytest.mark.soak
def test_many_kills_lose_no_delivery(register):
    proved(register, 30)
