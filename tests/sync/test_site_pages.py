"""Pages from a site: in turn, within the budget, one by one, whatever the site does. The site shows the sample."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from medpath.sample import editions
from medpath.sources.facts import datasets
from medpath.sources.recognise import recognise
from medpath.store.tables import run, snapshot
from medpath.sync import SyncResult
from tests.hostile import Asked, Say, Server, reply, serving
from tests.sync.test_site import Live

PAGES = "ema.epar_pages"
ALOFISEL = "/en/medicines/human/EPAR/alofisel"
MISSING = reply("404 Not Found", b"<html></html>")


class Sample:
    """A site that shows an edition of the sample; ``special`` answers come before it, by path."""

    def __init__(self, edition: Path) -> None:
        self.special: dict[str, bytes | Callable[[Asked, Say], None]] = {}
        self.headers: dict[str, Any] = {}
        self.show(edition)

    def show(self, edition: Path) -> None:
        report = datasets()["ema.medicines"].url
        self.list = (edition / report.rpartition("/")[2]).read_bytes()
        self.pages: dict[str, bytes] = {}
        for path in sorted((edition / "epar-pages").iterdir()):
            found = recognise(path.read_bytes(), path.name)
            assert found is not None
            self.pages[found.url.removeprefix("https://www.ema.europa.eu")] = path.read_bytes()

    def __call__(self, asked: Asked, say: Say) -> None:
        answer = self.special.get(asked.path)
        if asked.path.endswith("medicines_json-report_en.json"):
            say(reply("200 OK", self.list, Content_Type="application/json"))
        elif callable(answer):
            answer(asked, say)
        elif answer is not None:
            say(answer)
        elif asked.path in self.pages:
            say(page(self.pages[asked.path], **self.headers))
        else:
            say(MISSING)


def page(body: bytes, **headers: Any) -> bytes:
    return reply("200 OK", body, **({"Content_Type": "text/html; charset=UTF-8"} | headers))


class Visitor:
    """A store and the site that it is synced from."""

    def __init__(self, live: Live, server: Server, site: Sample) -> None:
        self.live, self.server, self.site = live, server, site

    def sync(self, **given: Any) -> SyncResult:
        self.server.requests.clear()
        return self.live.ask(self.server, "ema.medicines", PAGES, **given)

    def only(self, path: str, **given: Any) -> SyncResult:
        """A sync that asks for one page only: the list names no other."""
        self.site.list = one_row(self.site.list, path)
        return self.sync(**given)

    @property
    def asked(self) -> list[str]:
        """The pages asked for, in order."""
        return [path for path in self.server.paths if "/EPAR/" in path]

    def held(self) -> list[str]:
        """The pages that the store holds."""
        with self.live.database.reading() as connection:
            urls = connection.scalars(sa.select(snapshot.c.url).where(snapshot.c.dataset == PAGES).distinct())
            return sorted(url.removeprefix("https://www.ema.europa.eu") for url in urls)

    def issues(self) -> dict[str, str]:
        """Codes of the issues about asking, by page."""
        items = self.live.register.issues(dataset=PAGES, limit=1000).items
        return {item["record"]: item["code"] for item in items if item["code"].startswith("page-")}


def one_row(data: bytes, path: str) -> bytes:
    report = json.loads(data)
    rows = [row for row in report["data"] if row["medicine_url"].endswith(path)]
    assert len(rows) == 1
    return json.dumps({"meta": report["meta"] | {"total_records": 1}, "data": rows}).encode()


@contextmanager
def visiting(folder: Path, url: str = "") -> Iterator[Visitor]:
    site = Sample(editions()[0])
    with serving(site) as server:
        yield Visitor(Live(folder, url), server, site)


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with visiting(tmp_path) as made:
        yield made


@pytest.fixture
def visitor_on_both(tmp_path: Path, database_url: str) -> Iterator[Visitor]:
    with visiting(tmp_path, database_url) as made:
        yield made


def test_pages_are_asked_for_and_read(visitor_on_both: Visitor) -> None:
    visitor = visitor_on_both
    result = visitor.sync(budget=100)
    assert visitor.held() == sorted(visitor.site.pages)
    assert result.pages is not None
    assert result.pages.read == len(visitor.site.pages)
    assert result.pages.asked == len(visitor.asked) == len(set(visitor.asked))
    assert result.pages.gone == result.pages.asked - result.pages.read
    assert (result.exit_code, result.stopped, result.pages.failed) == (0, None, 0)
    alofisel = visitor.live.register.medicine("EMEA/H/C/004258")
    assert alofisel is not None
    assert len(alofisel["documents"]) == 9


def test_what_the_reports_say_is_shown_before_the_pages_come(visitor: Visitor) -> None:
    shown: list[int] = []

    def look(asked: Asked, say: Say) -> None:
        shown.append(len(visitor.live.shown()))
        say(page(visitor.site.pages[asked.path]))

    visitor.site.special = dict.fromkeys(visitor.site.pages, look)
    visitor.sync(budget=3)
    assert min(shown) > 50


def test_the_budget_ends_and_the_next_sync_goes_on(visitor: Visitor) -> None:
    seen: list[str] = []
    for _ in range(3):
        result = visitor.sync(budget=4)
        assert len(visitor.asked) == 4
        assert not set(visitor.asked) & set(seen)
        assert result.exit_code == 0
        assert "The budget of 4 requests (MEDPATH_BUDGET) is used up" in str(result.stopped)
        seen += visitor.asked
    assert result.pages is not None
    assert result.pages.waiting > 0


def test_without_a_budget_no_page_is_asked_for(visitor: Visitor) -> None:
    visitor.sync(budget=0)
    assert visitor.asked == []
    assert visitor.held() == []


def test_a_stop_at_any_time_keeps_what_was_read(visitor: Visitor) -> None:
    def watch(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("pages", 14):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        visitor.live.ask(visitor.server, "ema.medicines", PAGES, progress=watch)
    first = visitor.asked
    held = visitor.held()
    assert len(first) == 14
    assert held == sorted(set(first) & set(visitor.site.pages))
    visitor.sync()
    assert not set(visitor.asked) & set(first)
    assert visitor.held() == sorted(visitor.site.pages)


def test_too_many_requests_end_the_visit_and_the_next_sync_goes_on(visitor: Visitor) -> None:
    count = [0]
    pages = visitor.site.pages

    def busy_after_five(asked: Asked, say: Say) -> None:
        count[0] += 1
        say(page(pages[asked.path]) if count[0] <= 5 else reply("429 Too Many Requests", Retry_After=9999))

    visitor.site.special = dict.fromkeys(pages, busy_after_five)
    result = visitor.sync()
    assert "asks to be left alone for 9999 s" in str(result.stopped)
    assert len(visitor.held()) == 5
    assert (result.exit_code, visitor.live.failures) == (0, [])
    visitor.site.special.clear()
    visitor.sync()
    assert visitor.held() == sorted(pages)


def test_too_many_requests_again_and_again_end_the_visit(visitor: Visitor) -> None:
    visitor.site.special = dict.fromkeys(visitor.site.pages, reply("429 Too Many Requests", Retry_After=0))
    result = visitor.sync(tries=3)
    assert "answered 429 (Too Many Requests) (asked 3 times)" in str(result.stopped)
    busy = [path for path in visitor.asked if path in visitor.site.special]
    assert (len(busy), len(set(busy))) == (3, 1)
    assert visitor.held() == []
    assert result.exit_code == 0


def test_the_time_of_a_run_ends_a_visit(visitor: Visitor) -> None:
    visitor.live.ask(visitor.server)
    result = visitor.sync(run_seconds=2, page_interval=0.5)
    assert "MEDPATH_RUN_SECONDS" in str(result.stopped)
    assert len(visitor.asked) < 6
    assert result.exit_code == 0


def test_a_site_that_goes_away_is_asked_three_more_times(visitor: Visitor) -> None:
    pages = visitor.site.pages
    visitor.site.special = dict.fromkeys(pages, b"")
    result = visitor.sync(tries=2)
    dropped = [path for path in visitor.asked if path in pages]
    assert len(dropped) == 2 + 1 + 1
    assert "failed for 3 addresses in a row" in str(result.stopped)
    assert result.exit_code == 4


def test_a_page_that_is_gone_is_an_issue_and_its_last_words_are_kept(visitor: Visitor) -> None:
    visitor.only(ALOFISEL)
    before = visitor.live.shown()
    visitor.site.special[ALOFISEL] = reply("410 Gone")
    result = visitor.sync(page_days=0)
    assert visitor.asked == [ALOFISEL]
    assert (result.exit_code, result.pages and result.pages.gone) == (0, 1)
    assert visitor.issues() == {ALOFISEL: "page-gone"}
    assert visitor.live.shown() == before
    visitor.site.special.clear()
    visitor.sync(page_days=0)
    assert visitor.issues() == {}


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (page(b""), "is empty"),
        (page(b"<html><body><h1>Alofisel</h1><p>Withdrawn"), "breaks off before its end"),
        (page(b"<html>", Content_Length=5000), "broke off"),
        (reply("500 Oh"), "answered 500"),
        (reply("403 Forbidden"), "answered 403"),
        (reply("302 Found", Location="https://example.org/x"), "redirected away from the publisher's site"),
        (page(b"x" * 3000), "breaks off"),
    ],
)
def test_a_page_that_fails_leaves_the_old_one_and_is_tried_again_soon(
    visitor: Visitor, answer: bytes, says: str
) -> None:
    visitor.only(ALOFISEL)
    before = visitor.live.shown()
    visitor.site.special[ALOFISEL] = answer
    result = visitor.sync(page_days=0)
    assert result.exit_code == 4
    (told,) = visitor.live.failures
    assert says in told
    assert ALOFISEL in told
    assert "\n" not in told
    assert visitor.issues() == {ALOFISEL: "page-failed"}
    assert visitor.live.shown() == before
    visitor.site.special.clear()
    assert visitor.sync().exit_code == 0
    assert visitor.asked == [ALOFISEL]
    assert visitor.issues() == {}


@pytest.mark.parametrize(
    "answer",
    [
        page(b"<html><body><h1>We are back soon</h1></body></html>"),
        reply("200 OK", b'{"data": []}', Content_Type="application/json"),
        page(b"\x00\xff\xfe" * 50 + b"</html>"),
        page(b"<html><body>" + b"<div>" * 20_000 + b"</body></html>"),
    ],
)
def test_what_is_no_page_of_a_medicine_leaves_the_old_one_and_waits(visitor: Visitor, answer: bytes) -> None:
    visitor.only(ALOFISEL)
    before = visitor.live.shown()
    visitor.site.special[ALOFISEL] = answer
    result = visitor.sync(page_days=0)
    assert result.exit_code == 4
    (told,) = visitor.live.failures
    assert ALOFISEL in told
    assert "\n" not in told
    assert visitor.issues() == {ALOFISEL: "page-unread"}
    assert visitor.live.shown() == before
    visitor.sync()
    assert visitor.asked == []
    visitor.site.special.clear()
    visitor.sync(page_days=0)
    assert visitor.issues() == {}


def test_a_site_that_shows_one_notice_in_place_of_all_pages_is_left_alone(visitor: Visitor) -> None:
    notice = page(b"<html><body><h1>We are back soon</h1></body></html>")
    visitor.site.special = dict.fromkeys(visitor.site.pages, notice)
    result = visitor.sync()
    assert "shows the same for different pages, and no page of a medicine" in str(result.stopped)
    assert len([path for path in visitor.asked if path in visitor.site.pages]) == 2
    assert result.exit_code == 4
    assert visitor.held() == []
    visitor.site.special.clear()
    visitor.sync(page_days=0)
    assert visitor.held() == sorted(visitor.site.pages)


def test_a_page_counts_under_the_address_that_it_names_as_its_own(visitor: Visitor) -> None:
    other = "/en/medicines/human/EPAR/cimzia"
    visitor.site.special[ALOFISEL] = page(visitor.site.pages[other])
    visitor.only(ALOFISEL)
    assert visitor.held() == [other]
    assert visitor.issues() == {ALOFISEL: "page-moved"}
    alofisel = visitor.live.register.medicine("EMEA/H/C/004258")
    assert alofisel is not None
    assert alofisel["documents"] == []


def test_a_page_that_moved_is_read_where_it_is_now(visitor: Visitor) -> None:
    new = "/en/medicines/human/EPAR/alofisel-0"
    visitor.site.special[ALOFISEL] = reply("301 Moved", Location=new)
    visitor.site.pages[new] = visitor.site.pages[ALOFISEL].replace(b"EPAR/alofisel", b"EPAR/alofisel-0")
    result = visitor.only(ALOFISEL)
    assert visitor.asked == [ALOFISEL, new]
    assert visitor.held() == [new]
    assert visitor.issues() == {ALOFISEL: "page-moved"}
    assert result.exit_code == 0
    visitor.sync()
    assert visitor.asked == []


def test_a_page_that_leads_to_something_else_is_gone(visitor: Visitor) -> None:
    visitor.site.special[ALOFISEL] = reply("302 Found", Location="/en/search?text=alofisel")
    visitor.site.special["/en/search?text=alofisel"] = page(b"<html>results</html>")
    result = visitor.only(ALOFISEL)
    assert visitor.held() == []
    assert visitor.issues() == {ALOFISEL: "page-moved"}
    assert (result.exit_code, result.pages and result.pages.gone) == (0, 1)


def test_a_page_that_is_the_same_is_not_kept_twice(visitor: Visitor) -> None:
    visitor.only(ALOFISEL)
    result = visitor.sync(page_days=0)
    assert result.pages is not None
    assert (result.pages.asked, result.pages.read, result.pages.unchanged) == (1, 0, 1)
    assert (result.changed, result.versions) == (0, 0)
    with visitor.live.database.reading() as connection:
        kept = connection.execute(sa.select(snapshot).where(snapshot.c.dataset == PAGES)).one()
    assert kept.observed_to >= kept.retrieved_at == kept.observed_at


def test_last_modified_is_when_a_page_stood_so(visitor: Visitor) -> None:
    visitor.site.headers = {"Last_Modified": "Wed, 05 Aug 2026 04:00:00 GMT"}
    visitor.only(ALOFISEL)
    with visitor.live.database.reading() as connection:
        kept = connection.execute(sa.select(snapshot).where(snapshot.c.dataset == PAGES)).one()
    assert kept.observed_at == "2026-08-05T04:00:00Z"
    assert kept.observed_to == kept.retrieved_at
    visitor.site.special[ALOFISEL] = reply("304 Not Modified")
    result = visitor.sync(page_days=0)
    assert visitor.server.requests[-1].headers["if-modified-since"] == "Wed, 05 Aug 2026 04:00:00 GMT"
    assert result.pages is not None
    assert result.pages.unchanged == 1


def test_a_page_older_than_the_one_that_the_site_gave_before_is_not_taken(visitor: Visitor) -> None:
    visitor.site.headers = {"Last_Modified": "Wed, 05 Aug 2026 04:00:00 GMT"}
    visitor.only(ALOFISEL)
    before = visitor.live.shown()
    visitor.site.headers = {"Last_Modified": "Tue, 04 Aug 2026 04:00:00 GMT"}
    visitor.site.pages[ALOFISEL] = visitor.site.pages[ALOFISEL].replace(b"Withdrawn", b"Authorised")
    result = visitor.sync(page_days=0)
    (told,) = visitor.live.failures
    assert "shows a page of 2026-08-04T04:00:00Z, older than the one of 2026-08-05T04:00:00Z" in told
    assert result.exit_code == 4
    assert visitor.live.shown() == before


def test_a_page_that_changed_according_to_the_list_is_asked_for_again(visitor: Visitor) -> None:
    visitor.sync(budget=100)
    visitor.sync(budget=100)
    assert visitor.asked == []
    report = json.loads(visitor.site.list)
    for row in report["data"]:
        if row["medicine_url"].endswith(ALOFISEL):
            row["last_updated_date"] = datetime.now(UTC).strftime("%d/%m/%Y")
    report["meta"]["timestamp"] = datetime.now(UTC).strftime("%Y-%m-%dT00:00:00Z")
    visitor.site.list = json.dumps(report).encode()
    visitor.sync(budget=100)
    assert visitor.asked == [ALOFISEL]


def test_a_visit_is_one_run_in_the_list_of_runs(visitor: Visitor) -> None:
    visitor.sync(budget=25)
    dataset = visitor.live.register.dataset(PAGES)
    assert dataset is not None
    assert [one["name"] for one in dataset["runs"]] == ["25 pages"]
    assert dataset["last_run"]["result"] == "ok"
    with visitor.live.database.reading() as connection:
        groups = connection.scalar(sa.select(sa.func.count()).where(run.c.dataset == PAGES))
    assert groups == 3 + 1
