"""Classes, substances, conditions and organisations as JSON."""

import pytest
from starlette.testclient import TestClient


def test_a_class_has_its_names_path_and_medicines(client: TestClient) -> None:
    found = client.get("/api/v1/atc/L04").json()
    assert found["name"]["en"] == "Immunosuppressants"
    assert found["name"]["zh"]
    assert [above["code"] for above in found["path"]] == ["L"]
    assert client.get(found["medicines"]).json()["total"] > 0


def test_other_spellings_of_a_code_lead_to_the_usual_one(client: TestClient) -> None:
    answer = client.get("/api/v1/atc/l04")
    assert (answer.status_code, answer.headers["location"]) == (308, "/api/v1/atc/L04")


@pytest.mark.parametrize("code", ["Z99ZZ99", "nonsense", "L4"])
def test_an_unknown_class_is_not_found(client: TestClient, code: str) -> None:
    assert client.get(f"/api/v1/atc/{code}").status_code == 404


@pytest.mark.parametrize("collection", ["substances", "conditions", "organisations"])
def test_every_entry_of_a_collection_can_be_opened_by_slug_and_by_id(client: TestClient, collection: str) -> None:
    listed = client.get(f"/api/v1/{collection}?limit=1000").json()
    assert listed["total"] == len(listed["items"]) > 0
    for item in listed["items"][:5]:
        one = client.get(f"/api/v1/{collection}/{item['slug']}").json()
        assert one == client.get(f"/api/v1/{collection}/{item['id']}").json()
        assert one["name"] == item["name"]
        assert one["name"] in one["names"]
        assert client.get(one["medicines"]).json()["total"] == item["medicines"]
    assert client.get(f"/api/v1/{collection}/no-such-one").status_code == 404


def test_a_collection_can_be_searched(client: TestClient) -> None:
    found = client.get("/api/v1/substances?q=darvadstrocel").json()
    assert [item["slug"] for item in found["items"]] == ["darvadstrocel"]
