"""The OpenAPI document and the page that is made from it."""

import re

import pytest
from starlette.testclient import TestClient

from medpath.api.documentation import type_text


def test_every_operation_is_described_and_declares_its_errors(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        operation = methods["get"]
        assert operation["description"], path
        assert "422" in operation["responses"], path
        if path.startswith("/api/"):
            assert {"200", "304", "400", "422", "503"} <= set(operation["responses"]), path
            for status in ("400", "422", "503"):
                assert "application/problem+json" in operation["responses"][status]["content"]


def test_every_reference_in_the_document_leads_somewhere(client: TestClient) -> None:
    answer = client.get("/openapi.json")
    schemas = answer.json()["components"]["schemas"]
    references = set(re.findall(r"#/components/schemas/([^\"]+)", answer.text))
    assert references <= set(schemas)
    assert "HTTPValidationError" not in schemas


def test_lists_declare_csv_and_json_lines(client: TestClient) -> None:
    content = client.get("/openapi.json").json()["paths"]["/api/v1/medicines"]["get"]["responses"]["200"]["content"]
    assert set(content) == {"application/json", "text/csv", "application/jsonl"}


def test_the_page_shows_every_address_without_scripts_or_anything_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    for path in client.get("/openapi.json").json()["paths"]:
        assert f"<code>{path}</code>" in page.text
    assert "<script" not in page.text
    assert not re.findall(r"""(?:src|href)=["'](?!/|\#)""", page.text)
    for address in set(re.findall(r'href="(/docs/[^"]+|/openapi.json)"', page.text)):
        assert client.get(address).status_code == 200
    assert "Date of the data: 2026-03-14T05:00:00Z" in page.text
    assert "sample data" in page.text


def test_every_address_has_an_example_that_can_be_opened(client: TestClient) -> None:
    examples = set(re.findall(r'<a href="(/(?:api|healthz|readyz|metrics)[^"]*)">', client.get("/docs").text))
    assert len(examples) == len(client.get("/openapi.json").json()["paths"])
    for address in examples:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("address", ["/api", "/api/v1"])
def test_the_beginning_of_the_api_leads_to_its_description(client: TestClient, address: str) -> None:
    assert client.get(address).headers["location"] == "/docs"


def test_links_within_the_page_lead_to_places_in_it(client: TestClient) -> None:
    page = client.get("/docs").text
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_types_are_told_in_short_words() -> None:
    assert type_text({"anyOf": [{"type": "string"}, {"type": "null"}]}) == "string or null"
    assert type_text({"type": "array", "items": {"$ref": "#/components/schemas/Document"}}) == "list of Document"
    assert type_text({"enum": ["a", "b"]}) == "a, b"
