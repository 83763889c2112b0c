"""Files of documents from a site: in order of use, within their budget, one by one. The site shows the sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from medpath.fetch.snapshots import Snapshots
from medpath.model.records import Issue, Report, SourceRecord
from medpath.model.terms import DOCUMENT_FILES
from medpath.model.times import instant
from medpath.sample import editions
from medpath.settings import Settings
from medpath.sources.facts import datasets
from medpath.store.documents import Documents
from medpath.store.tables import snapshot
from medpath.store.writing import Origin, Unit
from medpath.sync import SyncResult, sync
from medpath.sync.asked import Visits
from medpath.sync.file_visit import TYPES, documents_in_turn
from medpath.sync.store_writer import StoreWriter
from medpath.sync.visits import Page
from tests.documents.pdf.pdf_files import Pdf, product_information
from tests.hostile import Asked, Say, Server, reply, serving
from tests.lists import Store
from tests.sync.test_site import QUICK, Live
from tests.sync.test_site_pages import PAGES, Sample, one_row

SITE = "https://www.ema.europa.eu"
ALOFISEL = "/en/documents/product-information/alofisel-epar-product-information_en.pdf"
HUMIRA = "/en/documents/product-information/humira-epar-product-information_en.pdf"
NOW = datetime.now(UTC)


def a_file(path: str, text: str = "") -> bytes:
    pdf = Pdf()
    pdf.page().text(71, 700, f"The document {path[-40:]} {text}")
    return pdf.bytes()


def file(body: bytes, **headers: Any) -> bytes:
    return reply("200 OK", body, **({"Content_Type": "application/pdf"} | headers))


class Shelf(Sample):
    """The sample's site with a file at every address of a document."""

    def __call__(self, asked: Asked, say: Say) -> None:
        if asked.path in self.special or "/en/documents/" not in asked.path or "report_en.json" in asked.path:
            super().__call__(asked, say)
        else:
            say(file(a_file(asked.path)))


class Reader:
    """A store and the site that it is synced from."""

    def __init__(self, live: Live, server: Server, site: Shelf) -> None:
        self.live, self.server, self.site = live, server, site

    def sync(self, *names: str, texts: bool = False, progress: Any = None, **given: Any) -> SyncResult:
        self.server.requests.clear()
        self.live.said.clear()
        settings = Settings(**(self.live.settings.model_dump() | QUICK | given))
        wanted = names or ("ema.medicines", PAGES, DOCUMENT_FILES)
        database, origin, say = self.live.database, self.server.url, self.live.said.append
        return sync(settings, database, wanted, origin=origin, texts=texts, say=say, progress=progress)

    @property
    def asked(self) -> list[str]:
        """The documents asked for, in order."""
        return [path for path in self.server.paths if "/en/documents/" in path and "/report/" not in path]

    def held(self) -> list[str]:
        with self.live.database.reading() as connection:
            query = sa.select(snapshot.c.url).where(snapshot.c.dataset == DOCUMENT_FILES)
            return sorted(url.removeprefix(SITE) for url in connection.scalars(query))

    def issues(self) -> dict[str, str]:
        items = self.live.register.issues(dataset=DOCUMENT_FILES, limit=1000).items
        return {item["record"]: item["code"] for item in items if item["code"].startswith("document-")}

    def text(self, path: str) -> str:
        """The words of the newest text of a document."""
        documents = Documents(self.live.database)
        version = documents.version(SITE + path)
        assert version is not None
        return " ".join(block.text for one in documents.sections(version.text) for block in one.blocks)


@contextmanager
def reading(folder: Path, url: str = "") -> Iterator[Reader]:
    site = Shelf(editions()[0])
    with serving(site) as server:
        yield Reader(Live(folder, url), server, site)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with reading(tmp_path) as made:
        yield made


@pytest.fixture
def reader_on_both(tmp_path: Path, database_url: str) -> Iterator[Reader]:
    with reading(tmp_path, database_url) as made:
        yield made


def rank(path: str) -> int:
    folder = path.split("/")[3]
    return TYPES.index(folder) if folder in TYPES else len(TYPES)


def test_documents_are_fetched_after_the_pages_the_most_useful_first(reader_on_both: Reader) -> None:
    reader = reader_on_both
    result = reader.sync(budget=100, document_budget=60)
    assert result.documents is not None
    assert (result.documents.asked, result.documents.read, result.exit_code) == (60, 60, 0)
    assert "The budget of 60 requests (MEDPATH_DOCUMENT_BUDGET) is used up" in str(result.stopped)
    paths = reader.server.paths
    assert max(paths.index(path) for path in reader.site.pages) < paths.index(reader.asked[0])
    assert [rank(path) for path in reader.asked] == sorted(map(rank, reader.asked))
    assert {0, 1} <= set(map(rank, reader.asked))
    assert reader.held() == sorted(reader.asked)


def test_their_text_is_made_from_the_kept_bytes(reader_on_both: Reader) -> None:
    reader = reader_on_both
    reader.sync(budget=100, document_budget=0)
    with reader.live.database.reading() as connection:
        first = documents_in_turn(connection, datasets()[DOCUMENT_FILES], 60)[0]
    reader.site.special[first.path] = file(product_information(watermark=True).pdf.bytes())
    reader.sync(DOCUMENT_FILES, document_budget=1, texts=True)
    documents = Documents(reader.live.database)
    version = documents.version(first.url)
    assert version is not None
    assert (version.dataset, version.result, version.pages, version.is_own) == (DOCUMENT_FILES, "split", 12, True)
    (section,) = documents.sections(version.text, part="smpc", number="4.8")
    assert (section.title, section.page) == ("Undesirable effects", 3)


def test_the_next_sync_goes_on_and_asks_nothing_twice(reader: Reader) -> None:
    reader.sync(budget=100, document_budget=5)
    first = reader.asked
    result = reader.sync(budget=0, document_budget=5)
    assert len(first) == len(reader.asked) == 5
    assert not set(first) & set(reader.asked)
    assert result.documents is not None
    assert result.documents.waiting > 0
    assert len(reader.held()) == 10


def test_without_a_budget_no_document_is_asked_for(reader: Reader) -> None:
    result = reader.sync(budget=100, document_budget=0)
    assert (reader.asked, reader.held(), result.exit_code) == ([], [], 0)


def test_a_stop_at_any_time_keeps_what_was_read(reader: Reader) -> None:
    reader.sync(budget=100, document_budget=0)

    def watch(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("documents", 13):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reader.sync(DOCUMENT_FILES, progress=watch)
    first = reader.asked
    assert len(first) == 13
    assert reader.held() == sorted(first)
    reader.sync(DOCUMENT_FILES, document_budget=3)
    assert not set(reader.asked) & set(first)


def only_humira(reader: Reader) -> None:
    """The list names no other medicine."""
    reader.site.list = one_row(reader.site.list, "/EPAR/humira")


PDF = a_file("x")
PAGE = b"<!DOCTYPE html><html><body>We are back soon</body></html>"


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (reply("200 OK", PAGE, Content_Type="text/html"), "document-unread", "is a web page in place of a PDF file"),
        (file(PDF[: len(PDF) // 2]), "document-failed", "breaks off before its end"),
        (file(b""), "document-failed", "is empty"),
        (file(b"PK\x03\x04"), "document-unread", "is something else in place of a PDF file"),
        (file(PDF + bytes(200_000)), "document-failed", "is larger than 100,000 bytes"),
        (reply("404 Not Found", PAGE), "document-gone", ""),
        (reply("500 Internal Server Error"), "document-failed", "answered 500"),
    ],
    ids=["web-page", "cut", "empty", "other", "large", "gone", "error"],
)
def test_what_is_no_whole_document_is_an_issue_and_the_old_one_stays(
    reader: Reader, answer: bytes, code: str, says: str
) -> None:
    only_humira(reader)
    reader.site.special[HUMIRA] = file(a_file(HUMIRA, "as it was"))
    reader.sync(texts=True)
    assert HUMIRA in reader.held()
    held = reader.held()
    reader.site.special[HUMIRA] = answer
    result = reader.sync(DOCUMENT_FILES, texts=True, document_days=0, document_limit=100_000)
    assert reader.issues() == {HUMIRA: code}
    assert [says in text for text in reader.live.failures] == ([] if code == "document-gone" else [True])
    assert result.exit_code == (0 if code == "document-gone" else 4)
    assert set(held) <= set(reader.held())
    assert "as it was" in reader.text(HUMIRA)


def test_a_site_that_shows_one_notice_in_place_of_all_files_is_left_alone(reader: Reader) -> None:
    reader.sync(budget=100, document_budget=0)
    notice = reply("200 OK", PAGE, Content_Type="text/html")
    with reader.live.database.reading() as connection:
        turns = documents_in_turn(connection, datasets()[DOCUMENT_FILES], 60)
    reader.site.special = {page.path: notice for page in turns}
    result = reader.sync(DOCUMENT_FILES)
    assert "shows the same for different documents, and no PDF file" in str(result.stopped)
    assert len(reader.asked) == 2
    assert reader.held() == []


def test_known_documents_are_asked_conditionally(reader: Reader) -> None:
    def answer(asked: Asked, say: Say) -> None:
        known = asked.headers.get("if-none-match") == '"1"'
        say(reply("304 Not Modified") if known else file(a_file(HUMIRA), ETag='"1"'))

    reader.site.special[HUMIRA] = answer
    only_humira(reader)
    reader.sync()
    result = reader.sync(DOCUMENT_FILES, document_days=0)
    assert result.documents is not None
    assert (result.documents.read, result.documents.failed) == (0, 0)
    assert result.documents.unchanged == result.documents.asked > 1
    assert result.changed == 0


def test_a_new_state_becomes_a_version(reader: Reader) -> None:
    only_humira(reader)
    for day, text in ((5, "first"), (9, "second")):
        stamp = f"Mon, {day:02d} Jan 2026 10:00:00 GMT"
        reader.site.special[HUMIRA] = file(a_file(HUMIRA, text), Last_Modified=stamp)
        reader.sync(texts=True, document_days=0)
    versions = Documents(reader.live.database).versions(SITE + HUMIRA)
    assert [version.observed_from[:10] for version in versions] == ["2026-01-05", "2026-01-09"]
    assert "second" in reader.text(HUMIRA)


# -- the order of asking


class Turns:
    """A store with the sample's documents, some of them fetched before."""

    def __init__(self, folder: Path, url: str) -> None:
        self.store = Store(folder, url)
        self.store.sync(editions()[0])
        self.writer = StoreWriter(self.store.database, Snapshots(self.store.settings.snapshots))

    def saw(self, path: str, days_ago: float, code: str = "") -> None:
        at = instant(NOW - timedelta(days=days_ago))
        url = SITE + path
        origin = Origin(DOCUMENT_FILES, path, url, "0" * 64, 1, at, retrieved_at=at)
        unit = Unit(origin, Report(DOCUMENT_FILES, rows=1), [SourceRecord(path, {}, "")])
        troubles = [(url, Issue("error", code, path, path, "Trouble."))] if code else []
        self.writer.write_visits(Visits([unit], [], troubles), datasets()[DOCUMENT_FILES], "documents")

    def turns(self, days: float = 60) -> list[Page]:
        with self.store.database.reading() as connection:
            return documents_in_turn(connection, datasets()[DOCUMENT_FILES], days)

    def paths(self, days: float = 60) -> list[str]:
        return [page.path for page in self.turns(days)]


@pytest.fixture
def turns(tmp_path: Path) -> Turns:
    return Turns(tmp_path, "")


def test_every_pdf_that_a_medicine_lists_is_asked_for_once(turns: Turns) -> None:
    paths = turns.paths()
    assert len(paths) == len(set(paths)) > 100
    assert all(".pdf" in path for path in paths)
    assert [rank(path) for path in paths] == sorted(map(rank, paths))


def test_authorised_medicines_come_first_within_a_type(turns: Turns) -> None:
    paths = turns.paths()
    assert paths.index(HUMIRA) < paths.index(ALOFISEL)


def test_a_document_seen_a_short_while_ago_is_left_alone_and_later_comes_last(turns: Turns) -> None:
    turns.saw(HUMIRA, 10)
    assert HUMIRA not in turns.paths()
    assert turns.paths(days=5)[-1] == HUMIRA


def test_a_document_that_the_agency_changed_since_comes_in_its_type(turns: Turns) -> None:
    turns.saw(HUMIRA, 4_000)
    place = turns.paths().index(HUMIRA)
    assert rank(turns.paths()[place - 1]) == 0
    assert rank(turns.paths()[place + 1]) == 1


@pytest.mark.parametrize(
    ("code", "days_ago", "asked"),
    [
        ("document-failed", 1, True),
        ("document-gone", 1, False),
        ("document-gone", 8, True),
        ("document-unread", 1, False),
    ],
)
def test_what_failed_is_tried_again_and_what_is_gone_waits(
    turns: Turns, code: str, days_ago: float, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns.saw(HUMIRA, days_ago, code)
    later = datetime.now(UTC) + timedelta(days=days_ago)
    clock: Callable[[Any], datetime] = lambda _zone: later  # noqa: E731
    monkeypatch.setattr("medpath.sync.file_visit.datetime", type("Clock", (), {"now": staticmethod(clock)}))
    assert (HUMIRA in turns.paths()) == asked
