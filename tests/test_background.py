"""When the next sync begins, and that syncs and deliveries run beside the server."""

import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

import pytest

from medpath.background import BUSY_SECONDS, HOUR, JITTER, Background, next_sync, seconds_until_next
from medpath.search.searching import Search
from medpath.store.watches import Wanted
from medpath.watches.delivering import add_watch
from tests.lists import Store, authorised, row, write_report
from tests.test_cli import environment

NOTHING = timedelta(0)
MEDPATH = (sys.executable, "-m", "medpath")


@pytest.mark.parametrize(
    ("after", "following"),
    [
        ("2026-01-14T03:00:00+00:00", "2026-01-14T05:20:00+00:00"),  # 06:20 in winter
        ("2026-07-14T03:00:00+00:00", "2026-07-14T04:20:00+00:00"),  # and in summer
        ("2026-01-14T05:20:00+00:00", "2026-01-14T17:20:00+00:00"),
        ("2026-01-14T20:00:00+00:00", "2026-01-15T05:20:00+00:00"),
        ("2026-03-28T20:00:00+00:00", "2026-03-29T04:20:00+00:00"),  # the night in which summer begins
    ],
)
def test_emas_reports_are_asked_for_after_they_were_made(after, following):
    assert next_sync(datetime.fromisoformat(after), NOTHING) == datetime.fromisoformat(following)


def test_how_long_to_wait_depends_on_how_the_last_sync_ended():
    at = datetime(2026, 1, 14, 6, 0, tzinfo=UTC)
    until = (datetime(2026, 1, 14, 17, 20, tzinfo=UTC) - at).total_seconds()
    for code, answer in ((0, '{"stopped": null}'), (4, '{"stopped": null}'), (-9, ""), (1, "no JSON"), (0, "[]")):
        assert until <= seconds_until_next(code, answer, at) <= until + JITTER.total_seconds()
    assert seconds_until_next(0, '{"stopped": "The budget is used up."}', at) == HOUR
    assert seconds_until_next(5, "", at) == BUSY_SECONDS


def test_what_can_not_be_started_is_said_and_tried_again_soon(tmp_path, capsys):
    beside = Background(["--data", str(tmp_path)], tmp_path / "not there yet", None)
    assert seconds_until_next(*beside._run(["sync"])) == BUSY_SECONDS
    assert "sync could not be started (No such file or directory)" in capsys.readouterr().err
    beside.log.parent.mkdir()
    assert beside._run(["--help"])[0] == 0


def test_run_serves_syncs_and_delivers(tmp_path):
    store = Store(tmp_path)
    files = tmp_path / "files"
    store.sync(write_report(files, "2026-03-01", [authorised()]))
    add_watch(store.database, Search(store.settings.index), "all", Wanted(way="file", address="all"))
    store.database.dispose()
    write_report(files, "2026-03-08", [row()])
    log = (tmp_path / "run.log").open("w+")
    process = subprocess.Popen(
        [*MEDPATH, "--data", str(store.settings.data), "run", "--port", "0", "--from", str(files)],
        stdout=log, stderr=log, env=environment() | {"MEDPATH_SAMPLE": "true"},
    )  # fmt: skip
    try:
        address = told = None
        end = time.monotonic() + 60
        while time.monotonic() < end and not (address and told):
            assert process.poll() is None, (tmp_path / "run.log").read_text()
            said = (tmp_path / "run.log").read_text()
            address = next((word.rstrip("/;,.") for word in said.split() if word.startswith("http://127.0.0.1:")), None)
            told = next((store.settings.deliveries / "all").glob("*.json"), None)
            time.sleep(0.1)
        with urlopen(f"{address}/api/v1/medicines/EMEA-H-C-004258") as answer:
            assert json.load(answer)["status"]["code"] == "withdrawn"
        assert {one["kind"] for one in json.loads(told.read_bytes())["changes"]} >= {"status-changed"}
    finally:
        process.terminate()
        assert process.wait(20) in (0, -15, 143)
        log.close()
