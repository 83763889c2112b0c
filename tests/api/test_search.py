"""Finding as JSON."""

import csv
import io
import json

import pytest
from starlette.testclient import TestClient


def test_a_search_says_what_it_understood_and_finds_the_best_first(client: TestClient) -> None:
    found = client.get("/api/v1/search", params={"q": "alofisel"}).json()
    assert found["query"] == "alofisel"
    first = found["items"][0]
    assert (first["kind"], first["product_number"], first["name"]) == ("medicine", "EMEA/H/C/004258", "Alofisel")
    assert first["status"]["code"] == "withdrawn"
    assert first["url"] == "/medicines/EMEA-H-C-004258"


@pytest.mark.parametrize("kind", ["medicine", "substance", "condition", "organisation", "atc-class", "document"])
def test_one_kind_alone(client: TestClient, kind: str) -> None:
    found = client.get("/api/v1/search", params={"kind": kind}).json()
    assert found["total"] > 0
    assert {item["kind"] for item in found["items"]} == {kind}


def test_the_parts_of_a_search_make_the_whole(client: TestClient) -> None:
    whole = client.get("/api/v1/search?q=syndrome&limit=1000").json()
    found: list[str] = []
    address: str | None = "/api/v1/search?q=syndrome&limit=2"
    while address is not None:
        part = client.get(address).json()
        found += [item["id"] for item in part["items"]]
        address = part["next"]
    assert found == [item["id"] for item in whole["items"]]
    assert len(found) == whole["total"]


def test_filters_and_free_text_count_once_each(client: TestClient) -> None:
    listed = client.get("/api/v1/medicines", params={"q": "alofisel", "status": "withdrawn"}).json()
    assert [item["name"] for item in listed["items"]] == ["Alofisel"]
    searched = client.get("/api/v1/search", params={"q": "alofisel", "status": "authorised"}).json()
    assert "Alofisel" not in [item["name"] for item in searched["items"]]


def test_the_whole_search_as_csv_and_json_lines(client: TestClient) -> None:
    total = client.get("/api/v1/search?kind=substance&limit=1").json()["total"]
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/search?kind=substance&format=csv").text, newline="")))
    lines = [json.loads(line) for line in client.get("/api/v1/search?kind=substance&format=jsonl").text.splitlines()]
    assert len(rows) == len(lines) == total
    assert all(row["source"] and row["data_date"] for row in rows)


def test_suggestions_begin_with_what_is_typed(client: TestClient) -> None:
    answer = client.get("/api/v1/suggest", params={"q": "alof"}).json()
    assert answer["items"][0]["text"] == "Alofisel"
    assert answer["items"][0]["status"] == "withdrawn"
    assert answer["total"] == len(answer["items"]) <= 8
    assert client.get("/api/v1/suggest?q=a&limit=21").status_code == 422


def test_where_nothing_fits_the_answer_says_what_was_meant_and_what_does(client: TestClient) -> None:
    answer = client.get("/api/v1/search", params={"q": "withdrawn CAR-T"}).json()
    assert (answer["total"], answer["items"]) == (0, [])
    wording = next(part for part in answer["understood"] if part["as"] == "wording")
    assert "INN with -cabtagene" in wording["means"]
    assert {(one["as"], one["query"], one["total"]) for one in answer["nearest"]} >= {
        ("without", "CAR-T", 2),
        ("wider", "withdrawn advanced therapy", 1),
    }
