"""Changes as JSON: to follow the register, and to look back."""

import csv
import io
import json

import pytest
from starlette.testclient import TestClient


def test_following_by_sequence_gives_every_change_once(client: TestClient) -> None:
    seen: list[int] = []
    address: str | None = "/api/v1/changes?limit=5"
    while address is not None:
        part = client.get(address).json()
        seen += [item["sequence"] for item in part["items"]]
        address = part["next"]
    assert len(seen) == part["total"] == len(set(seen)) > 5
    assert seen == sorted(seen)
    last = client.get(f"/api/v1/changes?after={seen[-1]}").json()
    assert (last["items"], last["next"], last["total"]) == ([], None, part["total"])


def test_the_newest_first_is_the_same_list_backwards(client: TestClient) -> None:
    oldest = client.get("/api/v1/changes?limit=1000").json()["items"]
    newest: list[dict[str, object]] = []
    address: str | None = "/api/v1/changes?order=newest&limit=7"
    while address is not None:
        part = client.get(address).json()
        newest += part["items"]
        address = part["next"]
    assert newest == oldest[::-1]


def test_days_of_observation_are_both_included(client: TestClient) -> None:
    days = sorted({item["observed_at"][:10] for item in client.get("/api/v1/changes?limit=1000").json()["items"]})
    within = client.get("/api/v1/changes", params={"since": days[-1], "until": days[-1]}).json()
    assert within["total"] > 0
    assert {item["observed_at"][:10] for item in within["items"]} == {days[-1]}
    assert client.get("/api/v1/changes", params={"since": "2999-01-01"}).json()["total"] == 0


def test_a_medicine_may_be_named_in_any_way(client: TestClient) -> None:
    ways = ["EMEA/H/C/002749", "emea-h-c-2749", "lumark", "LUMARK"]
    totals = {client.get("/api/v1/changes", params={"medicine": way}).json()["total"] for way in ways}
    assert len(totals) == 1
    assert totals.pop() > 0
    assert client.get("/api/v1/changes", params={"medicine": "no such thing"}).status_code == 404


@pytest.mark.parametrize("query", ["kind=sold-out", "cause=weather", "after=-1", "since=1", "order=best"])
def test_unknown_kinds_and_causes_are_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/api/v1/changes?{query}").status_code == 422


def test_kinds_and_causes_are_filters(client: TestClient) -> None:
    part = client.get("/api/v1/changes?kind=status-changed&cause=source").json()
    assert part["total"] == len(part["items"]) > 0
    assert {(item["kind"], item["cause"]) for item in part["items"]} == {("status-changed", "source")}


def test_json_lines_and_csv_have_them_all(client: TestClient) -> None:
    total = client.get("/api/v1/changes?limit=1").json()["total"]
    lines = [json.loads(line) for line in client.get("/api/v1/changes?format=jsonl&limit=1").text.splitlines()]
    assert len(lines) == total
    assert all(line["source"] and line["data_date"] for line in lines)
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/changes?format=csv").text, newline="")))
    assert {int(row["sequence"]) for row in rows} == {line["sequence"] for line in lines}
