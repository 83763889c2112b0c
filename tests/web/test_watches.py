"""The page of watches: only with the token, only from the page itself, and it does what it says."""

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.settings import load_settings
from medpath.store import watches as kept
from medpath.store.database import Database

TOKEN = "a token of many signs"
SHOWN = {"authorization": "Basic " + base64.b64encode(f"anybody:{TOKEN}".encode()).decode()}
FROM_HERE = SHOWN | {"sec-fetch-site": "same-origin"}
WATCH = {"add": "1", "name": "ours", "medicines": "alofisel; EMEA/H/C/005874", "way": "file", "address": "ours"}


@pytest.fixture
def client(sample_data: Path, tmp_path: Path) -> Iterator[TestClient]:
    data = Path(shutil.copytree(sample_data, tmp_path / "data"))
    settings = load_settings(data=data, database_url="", sample=True, access_token=TOKEN)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        client.database = Database(settings.database)  # type: ignore[attr-defined]
        yield client
        client.database.dispose()  # type: ignore[attr-defined]


def watches(client: TestClient) -> list[kept.Watch]:
    with client.database.reading() as connection:  # type: ignore[attr-defined]
        return kept.watches(connection)


def test_without_a_token_in_the_settings_there_is_no_such_page(sample_data: Path) -> None:
    with TestClient(create_app(load_settings(data=sample_data, sample=True))) as client:
        assert client.get("/watches", headers=SHOWN).status_code == 404
        assert client.post("/watches", headers=FROM_HERE, data=WATCH).status_code == 405


@pytest.mark.parametrize(
    "shown", ["", "Basic", "Basic x", "Basic " + base64.b64encode(b"anybody:wrong").decode(), f"Bearer {TOKEN}"]
)
def test_who_does_not_show_the_token_is_asked_for_it(client: TestClient, shown: str) -> None:
    for answer in (
        client.get("/watches", headers={"authorization": shown}),
        client.post("/watches", headers=FROM_HERE | {"authorization": shown}, data=WATCH),
    ):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic ")
    assert watches(client) == []


@pytest.mark.parametrize(
    "sent_from",
    [{}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://elsewhere.example"}],
)
def test_what_is_sent_from_elsewhere_does_nothing(client: TestClient, sent_from: dict[str, str]) -> None:
    answer = client.post("/watches", headers=SHOWN | sent_from, data=WATCH)
    assert answer.status_code == 403
    assert watches(client) == []


def test_a_browser_that_says_only_the_origin_is_understood(client: TestClient) -> None:
    assert client.post("/watches", headers=SHOWN | {"origin": "http://testserver"}, data=WATCH).status_code == 200
    assert len(watches(client)) == 1


def test_a_watch_is_added_paused_and_removed(client: TestClient) -> None:
    answer = client.post("/watches", headers=FROM_HERE, data=WATCH | {"kind": ["status-changed"], "every": "week"})
    assert "The watch “ours” is told what comes from now on." in answer.text
    (watch,) = watches(client)
    assert watch.wanted.medicines == ("EMEA/H/C/004258", "EMEA/H/C/005874")
    assert (watch.wanted.kinds, watch.wanted.every) == (("status-changed",), "week")
    client.post("/watches", headers=FROM_HERE, data={"pause": "1", "name": "ours"})
    assert watches(client)[0].paused
    client.post("/watches", headers=FROM_HERE, data={"resume": "1", "name": "ours"})
    assert not watches(client)[0].paused
    client.post("/watches", headers=FROM_HERE, data={"remove": "1", "name": "ours"})
    assert watches(client) == []


def test_a_secret_is_shown_once(client: TestClient) -> None:
    data = WATCH | {"way": "webhook", "address": "https://example.org/hook"}
    answer = client.post("/watches", headers=FROM_HERE, data=data)
    secret = watches(client)[0].wanted.secret
    assert secret in answer.text
    assert secret not in client.get("/watches", headers=SHOWN).text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"medicines": "nothing of this name"}, "nothing of this name"),
        ({"address": "../up"}, "name a folder"),
        ({"name": ""}, "needs a name"),
        ({"way": "pigeon"}, "pigeon"),
    ],
)
def test_what_makes_no_sense_is_said_on_the_page(client: TestClient, changed: dict[str, str], said: str) -> None:
    answer = client.post("/watches", headers=FROM_HERE, data=WATCH | changed)
    assert answer.status_code in (400, 404)
    assert said in answer.text
    assert watches(client) == []


def test_a_form_that_is_too_long_or_says_nothing_is_refused(client: TestClient) -> None:
    assert client.post("/watches", headers=FROM_HERE, data={"name": "x" * 30_000}).status_code == 400
    assert client.post("/watches", headers=FROM_HERE, data={"name": "x"}).status_code == 400
    assert client.post("/watches", headers=FROM_HERE, data={f"k{n}": "1" for n in range(300)}).status_code == 400


def test_hostile_text_is_text(client: TestClient) -> None:
    answer = client.post("/watches", headers=FROM_HERE, data=WATCH | {"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_the_page_is_kept_nowhere_and_is_there_in_chinese(client: TestClient) -> None:
    answer = client.get("/zh/watches", headers=SHOWN)
    assert answer.headers["cache-control"] == "no-store"
    assert "添加关注" in answer.text
    assert "set-cookie" not in answer.headers


def test_nothing_else_can_be_written(client: TestClient) -> None:
    for address in ("/", "/search", "/api/v1/medicines", "/watches/x"):
        assert client.post(address, headers=FROM_HERE, data=WATCH).status_code == 405
