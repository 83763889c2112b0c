"""Around every answer: protecting headers, bounds, HEAD and OPTIONS, one sentence where something breaks."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.errors import MedPathError, NotFound, StoreUnusable
from medpath.settings import Settings
from tests.sample_store import SampleStore

ALOFISEL = "/api/v1/medicines/EMEA-H-C-004258"
ADDRESSES = [
    ALOFISEL,
    "/api/v1/medicines",
    "/api/v1/medicines/nothing",
    "/healthz",
    "/docs",
    "/openapi.json",
    "/nothing",
]


@pytest.fixture(scope="module")
def app(sample_store: SampleStore) -> FastAPI:
    app = create_app(sample_store.settings)

    @app.get("/broken", include_in_schema=False)
    @app.get("/api/broken", include_in_schema=False)
    async def broken() -> None:
        raise ZeroDivisionError("secret details")

    @app.get("/api/refused", include_in_schema=False)
    async def refused() -> None:
        raise StoreUnusable("The store is being moved.")

    @app.get("/api/odd", include_in_schema=False)
    async def odd() -> None:
        raise MedPathError("The clock stands still.")

    return app


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_protects_its_reader(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"]
    assert headers["permissions-policy"]
    assert "set-cookie" not in headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get_without_its_body(client: TestClient, address: str) -> None:
    given = {"accept-encoding": "identity"}
    head, get = client.head(address, headers=given), client.get(address, headers=given)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert head.headers["content-length"] == str(len(get.content))
    for name in ("etag", "last-modified", "content-type"):
        assert head.headers.get(name) == get.headers.get(name)


def test_head_of_a_whole_list_makes_no_list(client: TestClient) -> None:
    head = client.head("/api/v1/medicines?format=csv")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == client.get("/api/v1/medicines?format=csv").headers["etag"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("address", ["/api/v1/medicines", "/nothing", "/docs"])
def test_nothing_can_be_written(client: TestClient, method: str, address: str) -> None:
    answer = client.request(method, address, content=b"x")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_the_api_is_open_to_other_origins_and_pages_are_not(client: TestClient) -> None:
    other = {"origin": "https://example.org"}
    assert client.get(ALOFISEL, headers=other).headers["access-control-allow-origin"] == "*"
    assert client.get("/api/v1/medicines/nothing", headers=other).headers["access-control-allow-origin"] == "*"
    assert client.get("/openapi.json", headers=other).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/docs", headers=other).headers
    asked = other | {"access-control-request-method": "GET", "access-control-request-headers": "if-none-match"}
    preflight = client.options(ALOFISEL, headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "GET" in preflight.headers["access-control-allow-methods"]


@pytest.mark.parametrize("address", [ALOFISEL, "/api/v1/medicines?limit=3", "/api/v1/medicines?format=csv", "/docs"])
def test_what_the_client_has_is_answered_304(client: TestClient, address: str) -> None:
    first = client.get(address)
    assert first.headers["cache-control"] == "no-cache"
    by_tag = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (by_tag.status_code, by_tag.content, by_tag.headers["etag"]) == (304, b"", first.headers["etag"])
    by_time = client.get(address, headers={"if-modified-since": first.headers["last-modified"]})
    assert (by_time.status_code, by_time.content) == (304, b"")
    other = {"if-none-match": '"another"', "if-modified-since": first.headers["last-modified"]}
    assert client.get(address, headers=other).status_code == 200


def test_answers_are_compressed_where_that_is_asked_for(client: TestClient) -> None:
    for address in (ALOFISEL, "/api/v1/medicines", "/api/v1/medicines?format=csv", "/docs"):
        plain = client.get(address, headers={"accept-encoding": "identity"})
        packed = client.get(address, headers={"accept-encoding": "gzip"})
        assert "content-encoding" not in plain.headers
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.content == plain.content
        assert "accept-encoding" in packed.headers["vary"].lower()


def test_an_answer_from_memory_is_the_one_that_was_made(client: TestClient) -> None:
    address = "/api/v1/medicines?limit=4&status=authorised"
    first, second = client.get(address), client.get(address)
    assert first.content == second.content
    compared = ("etag", "last-modified", "content-type", "content-security-policy", "cache-control", "vary")
    assert [first.headers[name] for name in compared] == [second.headers[name] for name in compared]


@pytest.mark.parametrize("address", ["/broken", "/api/broken"])
def test_the_unexpected_is_one_sentence_and_stands_in_the_log(
    client: TestClient, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = client.get(address)
    assert answer.status_code == 500
    assert "secret details" not in answer.text
    assert "Traceback" not in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert "secret details" in caplog.text
    assert answer.headers["content-security-policy"]


def test_the_errors_of_medpath_keep_their_status_and_sentence(client: TestClient) -> None:
    refused = client.get("/api/refused")
    assert (refused.status_code, refused.json()["detail"]) == (503, "The store is being moved.")
    assert refused.headers["retry-after"]
    odd = client.get("/api/odd")
    assert (odd.status_code, odd.json()["detail"]) == (500, "The clock stands still.")
    assert issubclass(NotFound, MedPathError)


def test_a_slash_too_many_leads_to_the_address_without_and_never_elsewhere(client: TestClient) -> None:
    answer = client.get("/api/v1/medicines/?limit=1")
    assert (answer.status_code, answer.headers["location"]) == (308, "/api/v1/medicines?limit=1")
    for address in ("//evil.example/", "///evil.example/", "/%2F/evil.example/", "/%5Cevil.example/"):
        location = client.get(f"http://testserver{address}").headers.get("location", "/")
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize("address", ["/api/v1/medicines/%00", "/%0d%0aSet-Cookie:x", "/" + "a" * 700, "/%1b[31m"])
def test_addresses_that_can_be_none_are_not_found(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_a_question_of_any_length_is_bounded(client: TestClient) -> None:
    answer = client.get("/api/v1/medicines?" + "&".join(["status=authorised"] * 1_000))
    assert answer.status_code == 400
    assert "too long" in answer.json()["detail"]


def test_a_redirect_can_not_be_made_to_carry_headers(client: TestClient) -> None:
    answer = client.get("/api/v1/medicines/alofisel?a=%0d%0aSet-Cookie:x")
    assert "set-cookie" not in answer.headers


def test_errors_are_json_for_programs_and_pages_for_people(client: TestClient) -> None:
    page = client.get("/nothing", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"].startswith("text/html")
    program = client.get("/nothing", headers={"accept": "application/json"})
    assert program.headers["content-type"] == "application/problem+json"


def test_a_store_that_comes_later_is_served_without_a_new_start(tmp_path: Path) -> None:
    from tests.sample_store import fill

    settings = Settings(data=tmp_path / "data", sample=True)
    with TestClient(create_app(settings)) as client:
        assert client.get(ALOFISEL).status_code == 503
        fill(settings.data)
        assert client.get(ALOFISEL).status_code == 200
        assert client.get("/readyz").status_code == 200
