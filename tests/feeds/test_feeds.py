"""Feeds as a reader of feeds gets them."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from starlette.testclient import TestClient

from medpath.app import create_app
from tests.conftest import missing
from tests.feeds.conftest import PUBLIC
from tests.feeds.validator import ATOM, HISTORY, check_atom, check_json_feed
from tests.lists import authorised, row
from tests.sample_store import SampleStore

ALOFISEL = "/medicines/EMEA-H-C-004258"
LUMARK = "/medicines/EMEA-H-C-002749"
FEEDS = (
    "/feeds/changes",
    f"{ALOFISEL}/changes",
    f"{LUMARK}/changes",
    "/substances/darvadstrocel/changes",
    "/conditions/rectal-fistula/changes",
    "/organisations/takeda-pharma-a-s/changes",
    "/atc/L04/changes",
    "/medicines/changes",
    "/search/changes",
)
WITH_CHANGES = ("/feeds/changes", "/medicines/changes", "/search/changes", "/atc/L04/changes", f"{LUMARK}/changes")
Make = Callable[..., TestClient]


def parsed(client: TestClient, address: str) -> Any:
    """The feed as the feed reader library understands it."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    found = feedparser.parse(io.BytesIO(answer.content), response_headers={"content-type": "application/atom+xml"})
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


@pytest.mark.parametrize("language", ["", "/zh"])
@pytest.mark.parametrize("feed", FEEDS)
def test_every_feed_is_valid_in_both_forms_and_says_the_same_in_them(
    sample: TestClient, feed: str, language: str
) -> None:
    question = "?cause=all"
    atom = sample.get(f"{language}{feed}.atom{question}")
    assert atom.headers["content-type"] == "application/atom+xml; charset=utf-8"
    entries = check_atom(atom.content).findall(f"{ATOM}entry")
    told = sample.get(f"{language}{feed}.json{question}")
    assert told.headers["content-type"] == "application/feed+json; charset=utf-8"
    items = check_json_feed(told.content)["items"]
    assert [one.findtext(f"{ATOM}id") for one in entries] == [one["id"] for one in items]
    assert [one.findtext(f"{ATOM}content") for one in entries] == [one["content_html"] for one in items]
    assert bool(entries) == (feed in WITH_CHANGES)


RUBY = """
require "rss"
ARGV.each { |file| puts RSS::Parser.parse(File.read(file), true).entries.size }
"""


@pytest.mark.soak
def test_ruby_s_own_library_finds_every_feed_valid(sample: TestClient, tmp_path: Path) -> None:
    """It validates by rules that others wrote: a feed that RFC 4287 does not allow raises there."""
    if shutil.which("ruby") is None:
        missing("ruby is not installed; its library validates feeds")
    files, expected = [], []
    for number, feed in enumerate(f"{language}{feed}" for language in ("", "/zh") for feed in FEEDS):
        data = sample.get(f"{feed}.atom?cause=all").content
        files.append(tmp_path / f"{number}.atom")
        files[-1].write_bytes(data)
        expected.append(len(check_atom(data).findall(f"{ATOM}entry")))

    def judged(*feeds: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["ruby", "-e", RUBY, *feeds], capture_output=True, text=True, timeout=60, check=False)

    found = judged(*files)
    assert [int(line) for line in found.stdout.splitlines()] == expected, found.stderr
    assert sum(expected) > 100
    spoilt = tmp_path / "spoilt.atom"
    spoilt.write_bytes(files[0].read_bytes().replace(b"<updated>", b"<updated>about "))
    assert "RSS::NotAvailableValueError" in judged(spoilt).stderr


def test_a_feed_reader_reads_titles_days_and_whole_addresses(sample: TestClient) -> None:
    found = parsed(sample, "/feeds/changes.atom?kind=status-changed")
    lumark = next(one for one in found.entries if one.title.startswith("Lumark"))
    assert lumark.title == "Lumark (Withdrawn): Marketing authorisation withdrawn"
    assert lumark.link.startswith(f"{PUBLIC}/medicines/EMEA-")
    assert lumark.updated_parsed[:3] == (2026, 3, 14)
    assert "Sample data: facts as published" in lumark.content[0].value
    assert sample.get(lumark.link.removeprefix(PUBLIC)).status_code == 200
    assert found.feed.updated == max(one.updated for one in found.entries)
    newest_first = [one.updated for one in found.entries]
    assert newest_first == sorted(newest_first, reverse=True)


def test_a_medicine_that_is_not_authorised_now_is_named_with_its_status(sample: TestClient) -> None:
    english, chinese = parsed(sample, f"{LUMARK}/changes.atom"), parsed(sample, f"/zh{LUMARK}/changes.atom")
    assert english.entries
    assert all(one.title.startswith("Lumark (Withdrawn): ") for one in english.entries)
    assert chinese.feed.language == "zh-Hans"
    assert all(one.title.startswith("Lumark（已撤回）：") for one in chinese.entries)


def test_only_what_the_publisher_changed_is_news_unless_more_is_asked_for(sample: TestClient) -> None:
    def causes(question: str) -> set[str]:
        return {one.tags[1].term for one in parsed(sample, f"/feeds/changes.atom{question}").entries}

    assert causes("") == {"source"}
    assert causes("?cause=layout") <= {"layout"}
    assert sample.get("/feeds/changes.atom?cause=rumour").status_code == 400
    assert sample.get("/feeds/changes.atom?kind=rumour").status_code == 400


def test_a_reader_that_polls_with_validators_gets_304(sample: TestClient) -> None:
    first = sample.get("/feeds/changes.atom")
    assert first.headers["last-modified"]
    for given in ({"if-none-match": first.headers["etag"]}, {"if-modified-since": first.headers["last-modified"]}):
        again = sample.get("/feeds/changes.atom", headers=given)
        assert (again.status_code, again.content) == (304, b"")
    assert first.headers["access-control-allow-origin"] == "*"


def test_pages_name_their_feed(sample: TestClient) -> None:
    for page, feed in (
        ("/changes", "/feeds/changes.atom"),
        (ALOFISEL, f"{ALOFISEL}/changes.atom"),
        (f"{ALOFISEL}/history", f"{ALOFISEL}/changes.atom"),
        ("/substances/darvadstrocel", "/substances/darvadstrocel/changes.atom"),
        ("/atc/L04", "/atc/L04/changes.atom"),
        ("/zh/search?q=alofisel", "/zh/search/changes.atom?q=alofisel"),
        ("/medicines?status=withdrawn&sort=name", "/medicines/changes.atom?status=withdrawn"),
    ):
        html = sample.get(page).text
        assert html.count(f'href="{PUBLIC}{feed}"') == 2, page
        assert sample.get(feed).status_code == 200
    assert "changes.atom" not in sample.get("/about").text


def test_what_there_is_no_feed_of_is_not_found(sample: TestClient) -> None:
    for address in ("/nothing/changes.atom", "/substances/none-such/changes.json", "/atc/xyz/changes.atom"):
        assert sample.get(address).status_code == 404, address
    assert sample.get("/feeds/changes.rss").status_code == 404
    assert sample.get("/feeds/changes.atom?archive=9999").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/medicines/changes.atom?held=2020",
        "/search/changes.json?q=asthma&as_of=2026-02-01",
        "/substances/darvadstrocel/changes.atom?status=authorised",
        "/feeds/changes.atom?atc=L04",
    ],
)
def test_a_limit_that_a_feed_does_not_know_is_refused_and_not_left_out(sample: TestClient, address: str) -> None:
    answer = sample.get(address)
    assert answer.status_code == 400
    assert "limited by" in answer.text
    assert sample.get("/feeds/changes.atom?utm_source=reader").status_code == 200


def test_archives_hold_every_change_once_and_stay_as_they_are(register_of: Make) -> None:
    before = [authorised(number, revision_number="1") for number in range(1, 251)]
    after = [one | {"revision_number": "2"} for one in before]
    client = register_of(("2026-01-01", before), ("2026-02-01", after))
    found: list[str] = []
    address = "/feeds/changes.atom"
    while address:
        root = check_atom(client.get(address).content)
        assert (root.find(f"{HISTORY}archive") is not None) == ("archive=" in address)
        found += [one.findtext(f"{ATOM}id") or "" for one in root.findall(f"{ATOM}entry")]
        older = root.find(f"{ATOM}link[@rel='prev-archive']")
        address = (older.get("href") or "") if older is not None else ""
    assert len(found) == len(set(found)) == 250
    newest, older = (check_json_feed(client.get(f"/feeds/changes.json{part}").content) for part in ("", "?archive=1"))
    assert newest["next_url"] == f"{newest['feed_url']}?archive=1"
    assert older["feed_url"] == newest["feed_url"]
    assert "next_url" not in older
    later = register_of(("2026-01-01", before), ("2026-02-01", after), ("2026-02-02", [*after, authorised(300)]))
    assert later.get("/feeds/changes.atom?archive=1").content == client.get("/feeds/changes.atom?archive=1").content


def test_ids_do_not_depend_on_the_order_in_which_files_were_read(register_of: Make) -> None:
    editions = [
        ("2026-01-01", [authorised(1), authorised(2)]),
        ("2026-02-01", [authorised(1, revision_number="8"), authorised(2)]),
        ("2026-03-01", [authorised(1, revision_number="8"), row(2), authorised(3)]),
    ]
    one, other = register_of(*editions), register_of(editions[2], editions[0], editions[1])
    for address in ("/feeds/changes.atom?cause=all", "/feeds/changes.json"):
        assert one.get(address).content == other.get(address).content
    assert len(parsed(one, "/feeds/changes.atom").entries) >= 3


def test_old_files_that_are_read_late_stand_below_and_make_no_feed_newer(register_of: Make) -> None:
    now = [("2026-02-01", [authorised(1), authorised(2)]), ("2026-03-01", [row(1), authorised(2), authorised(3)])]
    old = ("2025-01-01", [authorised(1, name_of_medicine="Cx601"), authorised(2)])
    before, after = (parsed(register_of(*some), "/feeds/changes.atom") for some in (now, [*now, old]))
    assert after.feed.updated == before.feed.updated
    told = [one.id for one in before.entries]
    assert [one.id for one in after.entries[: len(told)]] == told
    late = after.entries[len(told) :]
    assert late
    assert all(one.updated < min(other.updated for other in before.entries) for one in late)


def test_who_reads_about_authorised_medicines_learns_that_one_was_withdrawn(register_of: Make) -> None:
    client = register_of(
        ("2026-01-01", [authorised(1), authorised(2)]),
        ("2026-02-01", [row(1), authorised(2)]),
        ("2026-03-01", [row(1, revision_number="99"), authorised(2)]),
    )
    titles = [one.title for one in parsed(client, "/search/changes.atom?status=authorised").entries]
    assert titles
    assert any("Marketing authorisation withdrawn" in title for title in titles)
    assert not any("Procedure" in title for title in titles)  # what came after its end is not about authorised ones


def test_who_reads_about_a_company_learns_what_it_gave_away(register_of: Make) -> None:
    holder = "marketing_authorisation_developer_applicant_holder"
    client = register_of(
        ("2026-01-01", [authorised(1, **{holder: "First Pharma Ltd"})]),
        ("2026-02-01", [authorised(1, **{holder: "Second Pharma Ltd"})]),
    )
    for slug in ("first-pharma-ltd", "second-pharma-ltd"):
        titles = [one.title for one in parsed(client, f"/organisations/{slug}/changes.atom").entries]
        assert titles == ["Medicine 1: Holder changed"], slug


@pytest.mark.parametrize(
    ("field", "before", "after", "feed", "kind"),
    [
        ("therapeutic_area_mesh", "Gout", "Asthma", "/conditions/{}", "Therapeutic area changed"),
        ("active_substance", "gout", "asthma", "/substances/{}", "Substance changed"),
        ("atc_code_human", "L04AA01", "A10BA02", "/atc/{}", "ATC"),
    ],
)
def test_who_follows_what_a_medicine_has_learns_that_it_lost_it_and_reads_on_as_before(
    register_of: Make, field: str, before: str, after: str, feed: str, kind: str
) -> None:
    first = authorised(1, **{field: before})
    then = first | {"revision_number": "7"}
    lost = then | {field: after}
    since = lost | {"revision_number": "8"}
    editions = [("2026-01-01", [first]), ("2026-02-01", [then]), ("2026-03-01", [lost]), ("2026-04-01", [since])]

    def told(client: TestClient, name: str) -> list[str]:
        slug = name[:3] if feed.startswith("/atc") else name.lower()
        return [one.id for one in parsed(client, feed.format(slug) + "/changes.atom").entries]

    early, late = register_of(*editions[:2]), register_of(*editions)
    lost_at = parsed(late, "/feeds/changes.atom").entries[1]
    assert kind in lost_at.title
    every = [one.id for one in parsed(late, "/feeds/changes.atom").entries]
    assert told(late, before) == every[1:]  # what was told before it was lost, and that it was, and nothing after
    assert told(late, before)[1:] == told(early, before)
    assert told(late, after) == every[:2]


def test_nothing_that_a_source_says_becomes_markup(register_of: Make) -> None:
    attack = """]]><script>alert(1)</script>"'&lt;img onerror=x>\x0b"""
    client = register_of(
        ("2026-01-01", [authorised(1), authorised(2)]),
        ("2026-02-01", [authorised(1, name_of_medicine=attack, therapeutic_indication=attack), authorised(2)]),
    )
    root = check_atom(client.get("/feeds/changes.atom").content)
    for entry in root.findall(f"{ATOM}entry"):
        content = entry.findtext(f"{ATOM}content") or ""
        assert "<script" not in content
        assert "<img" not in content
    check_json_feed(client.get("/feeds/changes.json").content)


def test_a_register_without_changes_has_valid_feeds(register_of: Make) -> None:
    client = register_of(("2026-01-01", [authorised(1)]))
    root = check_atom(client.get("/feeds/changes.atom").content)
    assert root.findall(f"{ATOM}entry") == []
    assert check_json_feed(client.get("/feeds/changes.json").content)["items"] == []


def test_a_register_that_was_told_no_address_uses_the_one_it_was_reached_by(sample_store: SampleStore) -> None:
    settings = sample_store.settings.model_copy(update={"public_url": ""})
    with TestClient(create_app(settings), base_url="http://192.0.2.7:8000") as client:
        for host, origin in (
            ("pharmacy.example:8080", "http://pharmacy.example:8080"),
            ("[2001:DB8::1]:80", "http://[2001:db8::1]"),
            ("MedPath.Example", "http://medpath.example"),
            ("evil.example/<script>", "http://192.0.2.7:8000"),
            ("user@evil.example", "http://192.0.2.7:8000"),
            ("evil.example:99999", "http://192.0.2.7:8000"),
            ("[::1", "http://192.0.2.7:8000"),
            ("a..b", "http://192.0.2.7:8000"),
        ):
            atom, told = (client.get(f"{LUMARK}/changes.{one}", headers={"host": host}) for one in ("atom", "json"))
            feed = check_json_feed(told.content)
            assert (feed["home_page_url"], feed["feed_url"]) == (f"{origin}{LUMARK}", f"{origin}{LUMARK}/changes.json")
            assert all(one["url"].startswith(f"{origin}/medicines/") for one in feed["items"]), host
            links = [one.get("href") or "" for one in check_atom(atom.content).iter(f"{ATOM}link")]
            assert all(one.startswith(f"{origin}/") for one in links)
            again = client.get(f"{LUMARK}/changes.json", headers={"host": host, "if-none-match": told.headers["etag"]})
            assert again.status_code == 304
            assert client.get(f"{LUMARK}/changes.atom", headers={"host": "other.example"}).content != atom.content
