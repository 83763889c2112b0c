"""Metrics for Prometheus: their form, and that they say what the store says."""

import re
from pathlib import Path

from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.settings import Settings
from medpath.store.read import Register
from tests.sample_store import SampleStore

SAMPLE = re.compile(r'medpath_[a-z_]+(\{([a-z_]+="[^"\\\n]*"(,|(?=\})))*\})? -?\d+(\.\d+)?')


def metrics(client: TestClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.text.splitlines()
    for line in lines:
        assert line.startswith(("# HELP medpath_", "# TYPE medpath_")) or SAMPLE.fullmatch(line), line
    samples = [line.rpartition(" ") for line in lines if not line.startswith("#")]
    assert len({name for name, _, _ in samples}) == len(samples), "a sample comes twice"
    return {name: float(value) for name, _, value in samples}


def test_they_say_what_the_store_says(client: TestClient, sample_store: SampleStore) -> None:
    found, register = metrics(client), Register(sample_store.database)
    assert found["medpath_medicines"] == register.count()
    assert found["medpath_store_sequence"] == found["medpath_index_sequence"] == register.sequence()
    assert found["medpath_index_ready"] == 1
    for one in register.datasets():
        assert found[f'medpath_dataset_records{{dataset="{one["name"]}"}}'] == one["records"]
        assert found[f'medpath_dataset_failing{{dataset="{one["name"]}"}}'] == 0
        for code, count in one["issues_by_code"].items():
            assert found[f'medpath_issues{{dataset="{one["name"]}",code="{code}"}}'] == count
    changes = sum(value for name, value in found.items() if name.startswith("medpath_changes{"))
    assert changes == register.changes(limit=1).total


def test_the_sample_is_old_and_nothing_else_is_the_matter(client: TestClient) -> None:
    alarms = {name for name in metrics(client) if name.startswith("medpath_alarm{")}
    assert 'medpath_alarm{code="old",dataset="ema.medicines"}' in alarms
    assert {name.partition('code="')[2].partition('"')[0] for name in alarms} <= {"old", "drift"}


def test_without_a_store_they_are_not_there_and_why(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data=tmp_path / "missing"))) as client:
        answer = client.get("/metrics")
    assert answer.status_code == 503
    assert answer.json()["detail"].endswith(".")
