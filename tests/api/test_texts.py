"""The texts of documents as JSON: sections, whole texts with their versions, what changed, and comparisons."""

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

from medpath.store.read import Register
from medpath.store.sections import Texts, section_item
from tests.sample_store import SampleStore

ALOFISEL = "/api/v1/medicines/EMEA-H-C-004258"
KISUNLA = "/api/v1/medicines/EMEA-H-C-006024"
ALOFISEL_FILE = "alofisel-epar-product-information_en.pdf"
KISUNLA_FILE = "kisunla-epar-product-information_en.pdf"
KEYS = {"part", "section", "title", "product", "text", "page", "confidence", "document", "url"}  # of the contract


def test_a_section_is_the_contracts_document(client: TestClient, sample_store: SampleStore) -> None:
    part = client.get(f"{ALOFISEL}/sections?part=smpc&section=4.8").json()
    (found,) = part["items"]
    texts = Texts(Register(sample_store.database))
    text = texts.product_information("EMEA/H/C/004258")
    assert found == section_item(text, texts.sections(text, "smpc", "4.8")[0])
    assert set(found) >= KEYS
    assert (found["title"], found["product"], found["page"]) == ("Undesirable effects", None, 3)
    assert found["confidence"] < 0.9
    assert found["document"]["version"] == 1
    assert found["url"] == "/medicines/EMEA-H-C-004258/smpc/4.8"
    assert found["tables"][0][0] == ["System organ class", "Frequency", "Undesirable effect"]
    assert "System organ class | Frequency | Undesirable effect" in found["text"]
    assert (part["total"], part["facets"]) == (1, {"part": [{"value": "smpc", "count": 1}]})


def test_every_part_is_there_and_several_summaries_are_told_apart(client: TestClient) -> None:
    whole = client.get("/api/v1/medicines/EMEA-H-C-006101/sections").json()
    assert {one["part"] for one in whole["items"]} == {"smpc", "annex-ii", "labelling", "package-leaflet"}
    effects = client.get("/api/v1/medicines/EMEA-H-C-006101/sections?part=smpc&section=4.8").json()["items"]
    assert [(one["unit"], one["product"], one["url"]) for one in effects] == [
        (1, "Uzpruvo concentrate for solution for infusion", "/medicines/EMEA-H-C-006101/smpc/4.8"),
        (2, "Uzpruvo solution for injection in pre-filled syringe", "/medicines/EMEA-H-C-006101/smpc/4.8#unit-2"),
    ]


def test_as_csv_and_json_lines_every_section_says_its_source_and_date(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{KISUNLA}/sections?part=smpc&format=csv").text, newline="")))
    assert {row["data_date"] for row in rows} == {"2026-03-15T06:00:00Z"}
    assert all(row["source"].startswith("Sample data") for row in rows)
    lines = client.get(f"{KISUNLA}/sections?part=smpc&format=jsonl").text.splitlines()
    assert [json.loads(line)["section"] for line in lines] == [row["section"] for row in rows]


def test_a_version_and_a_day_give_the_text_as_it_was(client: TestClient) -> None:
    def holder(question: str) -> list[str]:
        (found,) = client.get(f"{KISUNLA}/sections?part=smpc&section=7{question}").json()["items"]
        return list(found["text"])

    assert "Orteliuslaan 1000" in holder("")
    assert holder("&version=1") == holder("&as_of=2026-02-01")
    assert "Papendorpseweg 83" in holder("&version=1")


def test_a_document_has_its_text_and_its_versions(client: TestClient) -> None:
    found = client.get(f"{KISUNLA}/documents/{KISUNLA_FILE}").json()
    assert (found["product_number"], found["file"], found["type"]) == (
        "EMEA/H/C/006024",
        KISUNLA_FILE,
        "product-information",
    )
    assert [(one["version"], one["observed_from"][:10]) for one in found["versions"]] == [
        (1, "2026-01-30"),
        (2, "2026-03-15"),
    ]
    assert found["version"] == found["versions"][1]
    assert len(found["sections"]) > 40
    assert found["sample"] is True


def test_what_changed_is_told_by_section(client: TestClient) -> None:
    found = client.get(f"{KISUNLA}/documents/{KISUNLA_FILE}/diff").json()
    assert (found["from"]["version"], found["to"]["version"]) == (1, 2)
    changed = {one["section"]: one for one in found["differences"]}
    assert list(changed) == ["4.2", "4.4", "4.8", "7"]
    assert [edit["kind"] for edit in changed["4.2"]["edits"]] == ["moved"]
    runs = [run for edit in changed["4.8"]["edits"] for run in edit["runs"] if run["number"]]
    assert [(run["kind"], run["text"].strip()) for run in runs] == [("removed", "3"), ("added", "4")]
    assert client.get(f"{KISUNLA}/documents/{KISUNLA_FILE}/diff?from=1&to=2").json() == found


def test_a_comparison_has_each_medicine_with_its_status_and_says_what_is_missing(client: TestClient) -> None:
    question = {"section": "4.8", "medicine": ["alofisel", "EMEA/H/C/000481", "EU/1/18/1287", "hulio"]}
    found = client.get("/api/v1/compare", params=question).json()
    told = [(one["name"], one["status"]["code"], len(one["sections"])) for one in found["medicines"]]
    assert told == [
        ("Alofisel", "withdrawn", 1),
        ("Humira", "authorised", 1),
        ("Hefiya", "authorised", 1),
        ("Hulio", "authorised", 0),
    ]
    assert found["medicines"][3]["missing"] == "No text of a product information of Hulio is held."
    leaflet = client.get("/api/v1/compare?section=package-leaflet/4&medicine=humira&medicine=hefiya").json()
    assert [one["sections"][0]["title"] for one in leaflet["medicines"]] == ["Possible side effects"] * 2


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"{ALOFISEL}/sections?section=9.9", "no section 9.9"),
        (f"{ALOFISEL}/sections?version=7", "the versions are 1"),
        (f"{ALOFISEL}/sections?as_of=2026-01-29", "the first was on 2026-01-30"),
        (f"{ALOFISEL}/sections?as_of=1999-01-01", "nothing had been observed"),
        (f"{ALOFISEL}/documents/other.pdf", "has no document “other.pdf”"),
        (
            f"{ALOFISEL}/documents/alofisel-epar-public-assessment-report_en.pdf",
            "The text of this document is not held",
        ),
        (f"{ALOFISEL}/documents/{ALOFISEL_FILE}/diff", "no version of this text before version 1"),
        (f"{KISUNLA}/documents/{KISUNLA_FILE}/diff?from=9", "there is no version 9; the versions are 1, 2"),
        ("/api/v1/medicines/EMEA-H-C-000975/sections", "No text of a product information"),
        ("/api/v1/medicines/EMEA-H-C-999999/sections", "No medicine has the product number"),
        ("/api/v1/compare?medicine=alofisel&medicine=nobody", "nobody"),
    ],
)
def test_what_is_not_held_is_not_found_with_a_sentence(client: TestClient, address: str, said: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    "query",
    ["part=annex", "section=4,8", "version=0", "version=x", "as_of=soon", "format=xml", "page=1"],
)
def test_a_question_about_sections_that_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"{ALOFISEL}/sections?{query}").status_code == 422


def test_facts_are_compared_where_no_section_is_asked_for(client: TestClient) -> None:
    question = "/api/v1/compare?medicine=alofisel&medicine=EMEA/H/C/000481&medicine=hulio"
    found = client.get(question).json()
    assert [(one["name"], one["status"]["code"]) for one in found["medicines"]] == [
        ("Alofisel", "withdrawn"),
        ("Humira", "authorised"),
        ("Hulio", "authorised"),
    ]
    assert found["medicines"][0]["url"] == "/medicines/EMEA-H-C-004258"
    facts = {one["field"]: one for one in found["facts"]}
    assert facts["active_substances"]["values"] == [["darvadstrocel"], ["adalimumab"], ["adalimumab"]]
    assert facts["withdrawal_expiry_revocation_lapse_date"]["values"] == ["2024-12-13", None, None]
    assert (facts["status"]["differs"], facts["category"]["differs"]) == (True, False)
    assert "species" not in facts, "what none of them has"
    assert found["data_date"] == "2026-03-14T05:00:00Z"
    rows = list(csv.DictReader(client.get(f"{question}&format=csv").text.splitlines()))
    assert [one["name"] for one in rows] == ["Alofisel", "Humira", "Hulio"]
    assert rows[0]["withdrawal_expiry_revocation_lapse_date"] == "2024-12-13"
    assert all(one["source"] and one["data_date"] for one in rows)


def test_sections_compared_are_rows_and_what_is_missing_is_one_too(client: TestClient) -> None:
    question = "/api/v1/compare?section=4.8&medicine=humira&medicine=hulio&medicine=alofisel"
    told = client.get(question).json()["medicines"]
    rows = list(csv.DictReader(client.get(f"{question}&format=csv").text.splitlines()))
    assert [one["name"] for one in rows if one["text"]] == [one["name"] for one in told for _ in one["sections"]]
    assert [one["name"] for one in rows if one["missing"]] == [one["name"] for one in told if not one["sections"]]
    assert all(one["source"] and one["data_date"] and one["section"] == "4.8" for one in rows)
    lines = [json.loads(line) for line in client.get(f"{question}&format=jsonl").text.splitlines()]
    assert [one["sections"] for one in lines] == [one["sections"] for one in told]


def test_too_many_medicines_are_refused(client: TestClient) -> None:
    answer = client.get("/api/v1/compare", params={"medicine": ["a", "b", "c", "d", "e", "f"]})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "below", ["sections?part=smpc", f"documents/{ALOFISEL_FILE}", f"documents/{ALOFISEL_FILE}/diff"]
)
def test_other_spellings_lead_to_the_usual_address(client: TestClient, below: str) -> None:
    answer = client.get(f"/api/v1/medicines/alofisel/{below}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"{ALOFISEL}/{below}")


def test_texts_are_answered_304_to_who_has_them(client: TestClient) -> None:
    for address in (
        f"{ALOFISEL}/sections",
        f"{KISUNLA}/documents/{KISUNLA_FILE}/diff",
        "/api/v1/compare?medicine=humira",
    ):
        first = client.get(address)
        assert client.get(address, headers={"if-none-match": first.headers["etag"]}).status_code == 304
