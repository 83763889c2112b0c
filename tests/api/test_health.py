"""Whether the process lives and can answer."""

from pathlib import Path

from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.settings import Settings


def test_with_store_and_index_everything_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["store"]["sequence"] == ready.json()["index"]["sequence"] > 0
    assert ready.headers["cache-control"] == "no-store"


def test_without_a_store_the_process_lives_and_says_why_it_is_not_ready(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data=tmp_path / "missing"))) as client:
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert ready.status_code == 503
        for part in ("store", "index"):
            assert ready.json()[part]["ok"] is False
            assert ready.json()[part]["reason"].endswith(".")
        answer = client.get("/api/v1/medicines/EMEA-H-C-004258")
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["retry-after"]
