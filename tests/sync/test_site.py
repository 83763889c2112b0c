"""A sync from a site, on servers that misbehave as the tests want."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from medpath.errors import UsageError
from medpath.settings import Settings
from medpath.store.tables import snapshot
from medpath.sync import SyncResult, sync
from tests.hostile import Asked, Say, Server, reply, serving
from tests.lists import Store, authorised, write_report

REPORT = "/en/documents/report/medicines-output-medicines_json-report_en.json"
SHORTAGES = "/en/documents/report/shortages-output-json-report_en.json"
MEDICINES = "ema.medicines"
QUICK = {"page_interval": 0, "report_interval": 0, "retry_seconds": 0.01, "read_seconds": 20, "request_seconds": 20}


class Live(Store):
    """A store that is synced from a server; what is told to people is kept in ``said``."""

    def __init__(self, folder: Path, url: str = "") -> None:
        super().__init__(folder, url)
        self.said: list[str] = []

    def ask(self, server: Server, *names: str, progress: Any = None, **given: Any) -> SyncResult:
        settings = Settings(**(self.settings.model_dump() | QUICK | given))
        self.said.clear()
        return sync(
            settings, self.database, names or (MEDICINES,), origin=server.url, say=self.said.append, progress=progress
        )

    @property
    def failures(self) -> list[str]:
        return [text for text in self.said if text.startswith("FAILED")]


@pytest.fixture
def live(tmp_path: Path, database_url: str) -> Live:
    return Live(tmp_path, database_url)


def a_list(tmp_path: Path, day: str = "2026-03-14", *names: str) -> bytes:
    rows = [authorised(), authorised(2)] if not names else [authorised(name_of_medicine=name) for name in names]
    return write_report(tmp_path / "lists", day, rows).read_bytes()


def serve(answers: dict[str, bytes | Callable[[Asked, Say], None]]) -> Callable[[Asked, Say], None]:
    """Answers by path; anything else is not there."""

    def answer(asked: Asked, say: Say) -> None:
        one = answers.get(asked.path, reply("404 Not Found", b"<html></html>"))
        say(one) if isinstance(one, bytes) else one(asked, say)

    return answer


def test_a_report_is_read_and_known_by_the_publishers_own_address(live: Live, tmp_path: Path) -> None:
    good = reply("200 OK", a_list(tmp_path), Content_Type="application/json")
    with serving(serve({REPORT: good})) as server:
        result = live.ask(server)
    assert (result.exit_code, result.outcomes[0].result, result.outcomes[0].records) == (0, "ok", 2)
    assert [one["name"] for one in live.shown()] == ["Medicine 2", "Alofisel"]
    with live.database.reading() as connection:
        kept = connection.execute(sa.select(snapshot)).one()
    assert kept.url == f"https://www.ema.europa.eu{REPORT}"
    assert kept.observed_at == "2026-03-14T05:00:00Z"
    assert kept.media_type == "application/json"
    assert kept.observed_to == kept.retrieved_at
    assert live.failures == []


def without_origin(value: Any) -> Any:
    """What is shown, without the name of the copy that was read and the time of fetching it."""
    if isinstance(value, list):
        return [without_origin(item) for item in value]
    if isinstance(value, dict):
        return {key: without_origin(item) for key, item in value.items() if key not in ("file", "retrieved_at")}
    return value


def test_a_site_and_a_folder_give_the_same_register(tmp_path: Path) -> None:
    data = a_list(tmp_path)
    folder, site = Store(tmp_path / "folder"), Live(tmp_path / "site")
    folder.sync(tmp_path / "lists")
    with serving(serve({REPORT: reply("200 OK", data)})) as server:
        site.ask(server)
    assert without_origin(site.shown()) == without_origin(folder.shown())


def test_the_second_sync_asks_conditionally_and_changes_nothing(live: Live, tmp_path: Path) -> None:
    data = a_list(tmp_path)

    def answer(asked: Asked, say: Say) -> None:
        known = asked.headers.get("if-none-match") == '"1"'
        say(reply("304 Not Modified") if known else reply("200 OK", data, ETag='"1"'))

    with serving(serve({REPORT: answer})) as server:
        live.ask(server)
        before = live.shown(), live.register.sequence()
        again = live.ask(server)
    assert [outcome.result for outcome in again.outcomes] == ["unchanged"]
    assert (again.changed, again.versions, again.exit_code) == (0, 0, 0)
    assert (live.shown(), live.register.sequence()) == before
    assert live.register.dataset(MEDICINES)["last_run"]["result"] == "unchanged"


def test_the_same_bytes_are_unchanged_and_bring_new_validators(live: Live, tmp_path: Path) -> None:
    data = a_list(tmp_path)
    answers: dict[str, Any] = {REPORT: reply("200 OK", data, ETag='"1"')}
    with serving(serve(answers)) as server:
        live.ask(server)
        answers[REPORT] = reply("200 OK", data, ETag='"2"')
        assert [outcome.result for outcome in live.ask(server).outcomes] == ["unchanged"]
        live.ask(server)
    assert [asked.headers.get("if-none-match") for asked in server.requests] == [None, '"1"', '"2"']


def test_a_new_report_is_read_and_what_it_changes_is_told(live: Live, tmp_path: Path) -> None:
    answers: dict[str, Any] = {REPORT: reply("200 OK", a_list(tmp_path, "2026-03-14", "Alofisel"))}
    with serving(serve(answers)) as server:
        live.ask(server)
        answers[REPORT] = reply("200 OK", a_list(tmp_path, "2026-03-15", "Alofisel Forte"))
        live.ask(server)
    assert [one["kind"] for one in live.told()] == ["name-changed"]


def test_a_site_that_fell_back_does_not_take_newer_data_away(live: Live, tmp_path: Path) -> None:
    answers: dict[str, Any] = {REPORT: reply("200 OK", a_list(tmp_path, "2026-03-15", "New name"))}
    with serving(serve(answers)) as server:
        live.ask(server)
        answers[REPORT] = reply("200 OK", a_list(tmp_path, "2026-03-14", "Old name"))
        result = live.ask(server)
    assert result.exit_code == 4
    assert "older than the one of 2026-03-15T05:00:00Z that is kept; the newer data are kept" in live.failures[0]
    assert [one["name"] for one in live.shown()] == ["New name"]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (reply("200 OK", b""), "is empty"),
        (reply("404 Not Found"), "is not there (404)"),
        (reply("410 Gone"), "is not there (410)"),
        (reply("403 Forbidden"), "answered 403"),
        (reply("500 Oh"), "answered 500"),
        (reply("200 OK", b"<html>We are back soon</html>", Content_Type="application/json"), "web page in place of"),
        (reply("200 OK", b'{"data": [', Content_Length=500), "broke off"),
        (reply("200 OK", b'{"data": [{"a": "b"}'), "breaks off after 1 records"),
        (reply("200 OK", b'{"meta": {}, "data": []}'), "no usable record"),
        (reply("200 OK", b"[1, 2, 3]"), "is not a report"),
        (reply("200 OK", b"\x00\x01\x02\x03" * 100), "report_en.json"),
        (reply("200 OK", b"PK\x03\x04 not a table"), "report_en.json"),
        (reply("302 Found", Location="https://example.org/"), "redirected away from the publisher's site"),
    ],
)
def test_what_is_no_report_fails_in_one_sentence_and_the_old_data_stay(
    tmp_path: Path, answer: bytes, says: str
) -> None:
    live = Live(tmp_path)
    answers: dict[str, Any] = {REPORT: reply("200 OK", a_list(tmp_path))}
    with serving(serve(answers)) as server:
        live.ask(server)
        before = live.shown(), live.register.sequence()
        answers[REPORT] = answer
        result = live.ask(server)
    assert result.exit_code == 4
    (told,) = live.failures
    assert says in told
    assert told.count("\n") == 0
    assert "Traceback" not in told
    assert (live.shown(), live.register.sequence()) == before
    last = live.register.dataset(MEDICINES)
    assert last["last_run"]["result"] == "failed"
    assert last["failed_since"] is not None


def test_reports_fail_singly(live: Live, tmp_path: Path) -> None:
    with serving(serve({REPORT: reply("200 OK", a_list(tmp_path))})) as server:
        result = live.ask(server, "ema.medicines", "ema.shortages", "ema.referrals")
    assert {outcome.dataset: outcome.result for outcome in result.outcomes} == {
        "ema.medicines": "ok",
        "ema.shortages": "failed",
        "ema.referrals": "failed",
    }
    assert len(live.failures) == 2
    assert result.exit_code == 4
    assert len(live.shown()) == 2


def test_an_unreachable_site_is_told_once_and_quickly(live: Live) -> None:
    with serving(serve({})) as server:
        pass
    start = time.monotonic()
    result = live.ask(server, "ema")
    assert time.monotonic() - start < 15
    assert len(live.failures) == 1
    assert "127.0.0.1 can't be reached (Connection refused)" in live.failures[0]
    assert result.exit_code == 4
    assert {outcome.dataset for outcome in result.failures} >= {"ema.medicines", "ema.shortages"}
    assert live.register.dataset("ema.shortages")["last_run"]["result"] == "failed"


def test_a_site_that_asks_for_a_long_rest_gets_it(live: Live, tmp_path: Path) -> None:
    busy = reply("429 Too Many Requests", Retry_After=7200)
    with serving(serve({REPORT: reply("200 OK", a_list(tmp_path)), SHORTAGES: busy})) as server:
        live.ask(server, "ema.medicines", "ema.shortages", "ema.safety_communications")
    assert server.paths == [REPORT, SHORTAGES]
    assert len(live.failures) == 1
    assert "asks to be left alone for 7200 s" in live.failures[0]
    assert len(live.shown()) == 2


def test_what_comes_from_files_only_can_not_be_fetched(live: Live) -> None:
    with serving(serve({})) as server, pytest.raises(UsageError, match=r"--from PATH"):
        live.ask(server, "who_atc")
    assert server.requests == []


@pytest.mark.parametrize("origin", ["http://", "http://user:secret@127.0.0.1", "https://[", "http://127.0.0.1:99999"])
def test_an_origin_that_is_no_address_is_wrong_usage(tmp_path: Path, origin: str) -> None:
    store = Store(tmp_path)
    with pytest.raises(UsageError, match="is no base URL"):
        store.sync(origin, MEDICINES)  # type: ignore[arg-type]


def test_without_an_origin_emas_own_site_is_asked(live: Live, tmp_path: Path) -> None:
    with serving(serve({REPORT: reply("200 OK", a_list(tmp_path))})) as server:
        settings = Settings(**(live.settings.model_dump() | QUICK | {"ema_url": server.url}))
        assert sync(settings, live.database, [MEDICINES]).exit_code == 0
    assert server.paths == [REPORT]
    assert Settings().ema_url == "https://www.ema.europa.eu"
