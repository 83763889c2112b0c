"""The list of medicines as of a day, as programs get it."""

import csv
import io
import json

from starlette.testclient import TestClient

from medpath.app import create_app
from tests.sample_store import SampleStore


def test_a_list_as_of_a_day_in_its_three_forms(sample_store: SampleStore) -> None:
    with TestClient(create_app(sample_store.settings)) as client:
        question = "/api/v1/medicines?as_of=2026-02-01&status=authorised"
        part = client.get(f"{question}&limit=2").json()
        assert part["as_of"] == "2026-02-01"
        assert part["horizon"] <= part["data_date"] <= "2026-02-01T23:59:59Z"
        assert len(part["items"]) == 2
        assert client.get(part["next"]).json()["total"] == part["total"]
        rows = list(csv.DictReader(io.StringIO(client.get(f"{question}&format=csv").text)))
        lines = [json.loads(line) for line in client.get(f"{question}&format=jsonl").text.splitlines()]
        assert len(rows) == len(lines) == part["total"]
        assert {row["status"] for row in rows} == {"authorised"}
        assert {row["data_date"] for row in rows} == {part["data_date"]}
        assert "Lumark" in {row["name"] for row in rows}, "withdrawn since"
        for given in ("as_of=2999-01-01", "as_of=2026-02-01&q=asthma", "as_of=soon"):
            assert 400 <= client.get(f"/api/v1/medicines?{given}").status_code < 500
        assert client.get("/api/v1/medicines?as_of=2001-01-01").json()["total"] == 0
