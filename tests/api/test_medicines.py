"""Medicines as JSON: the list and its filters, one record, its documents, history and changes."""

import csv
import io
import json
from datetime import timedelta

import msgspec
import pytest
from starlette.testclient import TestClient

from medpath.model.terms import FLAGS
from medpath.model.times import today
from medpath.store.read import Register
from tests.sample_store import SampleStore

ALOFISEL = "/api/v1/medicines/EMEA-H-C-004258"


def test_a_medicine_is_the_contract_s_document(client: TestClient, sample_store: SampleStore) -> None:
    answer = client.get(ALOFISEL)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == Register(sample_store.database).medicine("EMEA/H/C/004258")
    assert answer.json()["status"]["code"] == "withdrawn"
    assert answer.json()["status"]["date"] == "2024-12-13"


def test_as_of_shows_what_had_been_observed_by_then(client: TestClient, sample_store: SampleStore) -> None:
    register = Register(sample_store.database)
    first = register.history("EMEA/H/C/004258")["versions"][0]
    then = client.get(ALOFISEL, params={"as_of": first["observed_from"][:10]}).json()
    assert then["version"] == 1
    assert then["as_of"] == first["observed_from"][:10]
    assert then["horizon"] == register.horizon()


def test_before_the_first_observation_there_is_nothing_and_the_answer_says_since_when(client: TestClient) -> None:
    answer = client.get(ALOFISEL, params={"as_of": "1990-01-01"})
    assert answer.status_code == 404
    assert "the register knows of medicines since 20" in answer.json()["detail"]


@pytest.mark.parametrize("as_of", ["2024-13-01", "yesterday", "0", "2024-02-30", "20240101"])
def test_a_day_that_is_none_is_refused(client: TestClient, as_of: str) -> None:
    answer = client.get(ALOFISEL, params={"as_of": as_of})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["parameter"] == "as_of"


def test_a_day_that_has_not_come_is_refused_and_today_is_not(client: TestClient) -> None:
    answer = client.get(ALOFISEL, params={"as_of": (today() + timedelta(days=1)).isoformat()})
    assert answer.status_code == 422
    assert "it lies in the future, and nothing is known of it yet" in answer.json()["detail"]
    assert client.get(ALOFISEL, params={"as_of": today().isoformat()}).status_code == 200


@pytest.mark.parametrize(
    "spelling", ["emea-h-c-4258", "EMEA/H/C/004258", "H-C-4258", "EMEA%2FH%2FC%2F4258", "ema:medicine:EMEA-H-C-004258"]
)
def test_other_spellings_of_the_number_lead_to_the_usual_one_for_good(client: TestClient, spelling: str) -> None:
    answer = client.get(f"/api/v1/medicines/{spelling}")
    assert (answer.status_code, answer.headers["location"]) == (308, ALOFISEL)


def test_names_and_eu_numbers_lead_there_for_now(client: TestClient) -> None:
    for text in ("alofisel", "ALOFISEL", "EU/1/17/1261", "EU-1-17-1261", "eu/1/17/1261/001"):
        answer = client.get(f"/api/v1/medicines/{text}")
        assert (answer.status_code, answer.headers["location"]) == (302, ALOFISEL), text


@pytest.mark.parametrize("below", ["documents?format=csv", "history", "changes?limit=5&order=newest"])
def test_what_lies_below_is_kept_when_a_spelling_leads_on(client: TestClient, below: str) -> None:
    answer = client.get(f"/api/v1/medicines/Alofisel/{below}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"{ALOFISEL}/{below}")
    answer = client.get(f"/api/v1/medicines/EMEA/H/C/004258/{below}")
    assert (answer.status_code, answer.headers["location"]) == (308, f"{ALOFISEL}/{below}")


def test_a_name_that_fits_several_offers_the_candidates(client: TestClient) -> None:
    names: dict[str, list[str]] = {}
    for item in client.get("/api/v1/medicines", params={"limit": 1000}).json()["items"]:
        names.setdefault(item["name"], []).append(item["product_number"])
    name, numbers = next((name, numbers) for name, numbers in names.items() if len(numbers) > 1)
    answer = client.get(f"/api/v1/medicines/{name}")
    assert answer.status_code == 300
    assert answer.headers["content-type"] == "application/problem+json"
    assert [one["product_number"] for one in answer.json()["candidates"]] == sorted(numbers)


@pytest.mark.parametrize("text", ["no-such-medicine", "EMEA-H-C-999999", "EU-1-99-9999", "%20", "..%2f..%2fetc"])
@pytest.mark.parametrize("below", ["", "/documents", "/history", "/changes"])
def test_what_does_not_exist_is_not_found(client: TestClient, text: str, below: str) -> None:
    answer = client.get(f"/api/v1/medicines/{text}{below}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_the_list_has_every_medicine_once_over_all_its_parts(client: TestClient, sample_store: SampleStore) -> None:
    found: list[str] = []
    address: str | None = "/api/v1/medicines?limit=7&sort=-last_updated"
    while address is not None:
        part = client.get(address).json()
        assert part["total"] == 66
        found += [item["product_number"] for item in part["items"]]
        address = part["next"]
    assert sorted(found) == Register(sample_store.database).numbers()


def test_a_list_says_source_date_and_that_these_are_sample_data(client: TestClient) -> None:
    part = client.get("/api/v1/medicines?limit=1").json()
    assert part["data_date"]
    assert part["source"]
    assert part["sample"] is True
    assert client.get("/api/v1/medicines?limit=1").headers["x-medpath-sample"] == "sample data"


def test_filters_are_alternatives_within_and_add_up_across(client: TestClient) -> None:
    ended = client.get("/api/v1/medicines", params={"status": ["withdrawn", "lapsed"], "category": "human"}).json()
    assert {item["status"]["code"] for item in ended["items"]} == {"withdrawn", "lapsed"}
    assert {item["category"] for item in ended["items"]} == {"human"}
    assert {facet["value"] for facet in ended["facets"]["status"]} > {"withdrawn", "lapsed"}


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_filter_keeps_only_those_that_have_it(client: TestClient, flag: str) -> None:
    for item in client.get("/api/v1/medicines", params={"flag": flag}).json()["items"]:
        assert flag in item["flags"]


@pytest.mark.parametrize("code", ["L04", "l04", " l 04 "])
def test_atc_codes_are_taken_in_every_usual_spelling(client: TestClient, code: str) -> None:
    found = client.get("/api/v1/medicines", params={"atc": code}).json()
    assert found["total"] > 0
    assert all(any(one.startswith("L04") for one in item["atc"]) for item in found["items"])


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("limit=ten", "limit"),
        ("status=retired", "status"),
        ("flag=cheap", "flag"),
        ("category=plant", "category"),
        ("atc=LLL", "atc"),
        ("year=99", "year"),
        ("sort=price", "sort"),
        ("format=xml", "format"),
        ("cursor=nonsense", "cursor"),
        ("q=a%00b", "q"),
        ("q=" + "a" * 501, "q"),
        ("statsu=withdrawn", "statsu"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_a_sentence(
    client: TestClient, query: str, parameter: str
) -> None:
    answer = client.get(f"/api/v1/medicines?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert parameter in answer.json()["detail"]
    assert "Traceback" not in answer.text


def test_a_cursor_of_another_list_is_a_conflict(client: TestClient) -> None:
    following = client.get("/api/v1/medicines?limit=5").json()["next"]
    answer = client.get(following + "&status=authorised")
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"


def test_csv_is_the_whole_list_and_every_row_says_source_and_date(client: TestClient) -> None:
    answer = client.get("/api/v1/medicines?format=csv&limit=3&status=withdrawn")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "sample-data.csv" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    total = client.get("/api/v1/medicines?status=withdrawn").json()["total"]
    assert len(rows) == total > 3
    assert all(row["source"] and row["data_date"] and row["status"] == "withdrawn" for row in rows)
    alofisel = next(row for row in rows if row["product_number"] == "EMEA/H/C/004258")
    assert alofisel["status_date"] == "2024-12-13"


def test_json_lines_are_whole_records(client: TestClient) -> None:
    answer = client.get("/api/v1/medicines?format=jsonl")
    assert answer.headers["content-type"].startswith("application/jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert len(lines) == 66
    alofisel = next(line for line in lines if line["product_number"] == "EMEA/H/C/004258")
    assert (bool(alofisel.pop("source")), bool(alofisel.pop("data_date")), alofisel.pop("sample")) == (True,) * 3
    assert alofisel == client.get(ALOFISEL).json()


def test_documents_are_a_list_with_their_groups_counted(client: TestClient) -> None:
    part = client.get(f"{ALOFISEL}/documents").json()
    assert part["items"] == client.get(ALOFISEL).json()["documents"]
    assert part["total"] == len(part["items"]) > 0
    assert sum(facet["count"] for facet in part["facets"]["group"]) == part["total"]
    lines = client.get(f"{ALOFISEL}/documents?format=jsonl").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [item["id"] for item in part["items"]]
    rows = list(csv.DictReader(io.StringIO(client.get(f"{ALOFISEL}/documents?format=csv").text)))
    assert [row["id"] for row in rows] == [item["id"] for item in part["items"]]


def test_the_history_has_every_version_with_its_inputs(client: TestClient, sample_store: SampleStore) -> None:
    history = client.get(f"{ALOFISEL}/history").json()
    assert history == msgspec.json.decode(
        msgspec.json.encode(Register(sample_store.database).history("EMEA/H/C/004258"))
    )
    assert [version["version"] for version in history["versions"]] == [1, 2]
    assert all(version["inputs"] for version in history["versions"])


def test_changes_of_a_medicine_are_its_part_of_all_changes(client: TestClient) -> None:
    part = client.get("/api/v1/medicines/EMEA-H-C-002749/changes").json()
    every = client.get("/api/v1/changes?limit=1000").json()["items"]
    assert part["items"] == [item for item in every if item["medicine"] == "ema:medicine:EMEA-H-C-002749"]
    assert any(item["kind"] == "status-changed" for item in part["items"])


def test_documents_history_and_changes_go_back_to_a_day(client: TestClient) -> None:
    lumark, day = "/api/v1/medicines/EMEA-H-C-002749", "2026-02-01"
    then = client.get(lumark, params={"as_of": day}).json()
    documents, history, changes = (
        client.get(f"{lumark}/{part}", params={"as_of": day}).json() for part in ("documents", "history", "changes")
    )
    assert documents["items"] == then["documents"]
    assert documents["as_of"] == history["as_of"] == changes["as_of"] == day
    assert documents["data_date"] == changes["data_date"] == client.get(
        "/api/v1/medicines", params={"as_of": day}
    ).json()["data_date"] < client.get(f"{lumark}/changes").json()["data_date"]  # fmt: skip
    assert [one["version"] for one in history["versions"]] == list(range(1, then["version"] + 1))
    assert changes["items"] == history["changes"]
    assert all(one["observed_at"] < "2026-02-02" for one in changes["items"])
    later = client.get(f"{lumark}/history").json()
    assert (len(later["versions"]), len(later["changes"])) > (len(history["versions"]), len(history["changes"]))
    lines = client.get(f"{lumark}/documents", params={"as_of": day, "format": "jsonl"}).text.splitlines()
    assert {json.loads(line)["data_date"] for line in lines} <= {documents["data_date"]}
    for part in ("documents", "history"):
        answer = client.get(f"{lumark}/{part}", params={"as_of": "1990-01-01"})
        assert answer.status_code == 404
        assert "nothing had been observed" in answer.json()["detail"]
    assert client.get(f"{lumark}/changes", params={"as_of": "1990-01-01"}).json()["items"] == []


def test_estimates_of_protection_tell_their_basis_or_why_there_are_none(client: TestClient) -> None:
    told = client.get("/api/v1/medicines/EMEA-H-C-005936/protection").json()
    assert told["estimate"] is True
    assert told["protection"] == {
        "basis": "own",
        "counted_from": {"product_number": "EMEA/H/C/005936", "name": "Tibsovo", "date": "2023-05-04"},
        "data_protection_until": "2031-05-04",
        "market_protection_until": "2033-05-04",
        "market_protection_until_at_most": "2034-05-04",
        "reason": None,
    }
    assert told["orphan_exclusivity"] == {"market_exclusivity_until": "2033-05-04", "reason": None}
    assert (
        client.get("/api/v1/medicines/hulio/protection", follow_redirects=True).json()["protection"]["reason"] == "copy"
    )
    refused = client.get("/api/v1/medicines/EMEA-H-C-005119/protection").json()
    assert (refused["protection"], refused["orphan_exclusivity"]) == (None, None)
    assert client.get("/api/v1/medicines/EMEA-H-C-999999/protection").status_code == 404
