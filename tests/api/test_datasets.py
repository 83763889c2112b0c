"""Sources and issues as JSON."""

import csv
import io
import json

from starlette.testclient import TestClient


def test_every_dataset_is_listed_with_its_age_and_its_last_run(client: TestClient) -> None:
    part = client.get("/api/v1/datasets").json()
    medicines = next(item for item in part["items"] if item["name"] == "ema.medicines")
    assert part["total"] == len(part["items"])
    assert medicines["records"] == medicines["listed"] == 66
    assert medicines["last_run"]["result"] == "ok"
    assert medicines["attribution"]
    assert medicines["licence_url"]
    never = [item for item in part["items"] if item["last_run"] is None]
    assert all(item["age_days"] is None and item["records"] == 0 for item in never)


def test_a_dataset_has_its_last_runs(client: TestClient) -> None:
    found = client.get("/api/v1/datasets/ema.medicines").json()
    assert [run["result"] for run in found["runs"]] == ["ok", "ok"]
    assert client.get("/api/v1/datasets/ema.nothing").status_code == 404


def test_issues_can_be_followed_and_filtered(client: TestClient) -> None:
    part = client.get("/api/v1/issues?limit=1000").json()
    assert part["total"] == len(part["items"])
    for item in part["items"][:3]:
        same = client.get("/api/v1/issues", params={"dataset": item["dataset"], "code": item["code"]}).json()
        assert item in same["items"]
    assert client.get("/api/v1/issues?dataset=ema.nothing").status_code == 404


def test_whole_lists_as_files(client: TestClient) -> None:
    datasets = client.get("/api/v1/datasets").json()
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/datasets?format=csv").text, newline="")))
    assert [row["name"] for row in rows] == [item["name"] for item in datasets["items"]]
    assert all(row["source"] for row in rows)
    lines = client.get("/api/v1/issues?format=jsonl").text.splitlines()
    assert len(lines) == client.get("/api/v1/issues").json()["total"]
    assert all(json.loads(line)["data_date"] for line in lines)


def test_quality_counts_are_those_of_the_lists(client: TestClient) -> None:
    found = client.get("/api/v1/quality").json()
    issues = client.get("/api/v1/issues?limit=1000").json()["items"]
    assert sum(one["standing"] for one in found["kinds"]) == len(issues)
    for one in found["kinds"]:
        same = client.get("/api/v1/issues", params={"dataset": one["dataset"], "code": one["code"]}).json()
        assert same["total"] >= one["standing"]
    medicines = [one for one in found["observations"] if one["dataset"] == "ema.medicines"]
    assert [one["observed_on"] for one in medicines] == ["2026-03-14", "2026-01-29"]
    assert medicines[0]["rows"] == 66
    assert medicines[0]["issues"] == sum(medicines[0]["by_code"].values())
    datasets = {one["name"]: one for one in client.get("/api/v1/datasets").json()["items"]}
    for one in found["not_joined"]:
        assert (one["listed"], one["not_joined"]) == tuple(
            datasets[one["dataset"]][key] for key in ("listed", "not_joined")
        )


def test_disagreements_are_those_of_the_medicines(client: TestClient) -> None:
    found = client.get("/api/v1/disagreements").json()
    told = [
        (item["product_number"], each["field"])
        for item in client.get("/api/v1/medicines?limit=1000").json()["items"]
        for each in client.get(f"/api/v1/medicines/{item['product_number'].replace('/', '-')}").json()["disagreements"]
    ]
    assert told
    assert sorted(told) == sorted((one["product_number"], one["field"]) for one in found["items"])
    counted = client.get("/api/v1/quality").json()["disagreements"]
    assert sum(one["count"] for one in counted) == found["total"] == len(told)
    field = found["items"][0]["field"]
    some = client.get("/api/v1/disagreements", params={"field": field}).json()["items"]
    assert some == [one for one in found["items"] if one["field"] == field]
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/disagreements?format=csv").text, newline="")))
    assert len(rows) == sum(len(one["values"]) for one in found["items"])
    assert all(row["source"] and row["data_date"] for row in rows)
