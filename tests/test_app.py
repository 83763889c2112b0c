"""The application: pages and API over one register; it sends nothing anywhere."""

import os
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from medpath.app import QUIET, create_app
from medpath.search.searching import Search
from medpath.settings import Settings
from medpath.store.read import Register
from tests.sample_store import SampleStore


@pytest.fixture(scope="module")
def app(sample_store: SampleStore) -> FastAPI:
    return create_app(sample_store.settings)


def test_handlers_find_register_and_search_in_the_state(app: FastAPI) -> None:
    assert isinstance(app.state.register, Register)
    assert isinstance(app.state.search, Search)
    assert app.state.register is app.state.medpath.register


def test_making_the_application_reads_and_writes_nothing(tmp_path: Path) -> None:
    create_app(Settings(data=tmp_path / "missing"))
    assert not (tmp_path / "missing").exists()


def test_no_telemetry_whatever_the_environment_says(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    assert not any(QUIET.values())
    again = create_app(Settings(data=Path("nowhere")))
    assert again._telemetry["auto_configure"] is False
    assert again._telemetry["tracing"] is False


@pytest.mark.parametrize("sample_store", ["sqlite", "postgresql"], indirect=True)
def test_both_databases_give_the_same_answers(sample_store: SampleStore) -> None:
    with TestClient(create_app(sample_store.settings)) as client:
        medicine = client.get("/api/v1/medicines/alofisel").json()
        assert (medicine["name"], medicine["status"]["date"]) == ("Alofisel", "2024-12-13")
        assert client.get("/api/v1/medicines").json()["total"] == 66
        assert len(client.get("/api/v1/medicines?format=jsonl").text.splitlines()) == 66
        assert client.get("/api/v1/changes?limit=3").json()["total"] > 3
        assert client.get("/api/v1/issues?record=%C3%A9").status_code == 200
        assert client.get("/readyz").status_code == 200
        assert client.get("/api/v1/medicines/no-such-thing").status_code == 404
