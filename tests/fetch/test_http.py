"""Asking a site: polite to decent ones, safe with hostile ones."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from medpath.errors import FetchFailed, SiteUnavailable, UsageError
from medpath.fetch.http import Answer, Site
from medpath.settings import Settings, load_settings
from tests.hostile import Asked, Say, Server, reply, serving

LIMIT = 100_000


def settings(tmp_path: Path = Path("unused"), **given: Any) -> Settings:
    quick = {"data": tmp_path, "retry_seconds": 0.02, "read_seconds": 20, "request_seconds": 20}
    return load_settings(**(quick | given))


@contextmanager
def site_at(answer: Callable[[Asked, Say], None], **given: Any) -> Iterator[tuple[Site, Server]]:
    with serving(answer) as server, Site(server.url, settings(**given)) as site:
        yield site, server


def get(site: Site, path: str = "/report.json", **more: Any) -> Answer:
    return site.get(path, **({"limit": LIMIT, "interval": 0} | more))


def always(answer: bytes) -> Callable[[Asked, Say], None]:
    return lambda _asked, say: say(answer)


def one_after_the_other(*answers: bytes) -> Callable[[Asked, Say], None]:
    """The last one goes on."""
    left = list(answers)
    return lambda _asked, say: say(left.pop(0) if len(left) > 1 else left[0])


# -- what is asked and what is answered


def test_an_answer_holds_the_bytes_and_what_the_next_request_needs() -> None:
    headers = {"Last-Modified": "Sat, 14 Mar 2026 05:00:00 GMT", "ETag": 'W/"abc"', "Content-Type": "text/html; x=y"}
    with site_at(always(reply("200 OK", b"<html>", **headers))) as (site, _):
        answer = get(site, "/en/page?x=1")
    assert (answer.status, answer.data, answer.path) == (200, b"<html>", "/en/page?x=1")
    assert (answer.etag, answer.last_modified) == ('W/"abc"', "Sat, 14 Mar 2026 05:00:00 GMT")
    assert answer.modified_at == datetime(2026, 3, 14, 5, tzinfo=UTC)
    assert answer.media_type == "text/html"
    assert abs(answer.retrieved_at - datetime.now(UTC)) < timedelta(seconds=10)


def test_medpath_says_who_it_is_and_asks_for_gzip() -> None:
    with site_at(always(reply("200 OK", b"x")), contact="mailto:me@example.org") as (site, server):
        get(site)
    headers = server.requests[0].headers
    assert headers["user-agent"].startswith("MedPath/")
    assert headers["user-agent"].endswith("(register of medicines, self-hosted; mailto:me@example.org)")
    assert headers["accept-encoding"] == "gzip"
    assert "cookie" not in headers


@pytest.mark.parametrize("contact", ["me\r\nX-Evil: 1", "Jürgen", "a\x00b"])
def test_a_contact_that_fits_no_header_is_refused(contact: str) -> None:
    with pytest.raises(UsageError, match="MEDPATH_CONTACT"):
        load_settings(contact=contact)


@pytest.mark.parametrize("seconds", ["inf", "nan", "-1", "1e12"])
def test_times_that_are_none_are_refused(seconds: str) -> None:
    with pytest.raises(UsageError, match="MEDPATH_REQUEST_SECONDS"):
        load_settings(request_seconds=seconds)


def test_cookies_are_not_kept() -> None:
    with site_at(always(reply("200 OK", b"x", Set_Cookie="session=1; Path=/"))) as (site, server):
        get(site)
        get(site)
    assert "cookie" not in server.requests[1].headers


def test_packed_answers_are_unpacked() -> None:
    packed = gzip.compress(b"data" * 1000)
    with site_at(always(reply("200 OK", packed, Content_Encoding="gzip"))) as (site, _):
        assert get(site).data == b"data" * 1000


def test_validators_make_the_request_conditional() -> None:
    with site_at(always(reply("304 Not Modified"))) as (site, server):
        answer = get(site, etag='"abc"', last_modified="Sat, 14 Mar 2026 05:00:00 GMT")
    assert answer.status == 304
    assert server.requests[0].headers["if-none-match"] == '"abc"'
    assert server.requests[0].headers["if-modified-since"] == "Sat, 14 Mar 2026 05:00:00 GMT"


def test_not_modified_without_having_asked_is_a_failure() -> None:
    with site_at(always(reply("304 Not Modified"))) as (site, _), pytest.raises(FetchFailed, match="answered 304"):
        get(site)


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_what_is_not_there_is_an_answer_and_not_asked_twice(status: str) -> None:
    with site_at(always(reply(status, b"<html>nothing"))) as (site, server):
        assert get(site).status == int(status[:3])
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("Last_Modified", "yesterday"), ("Last_Modified", "Sat, 99 Mar 2026"), ("ETag", '"' + "x" * 600)],
)
def test_validators_that_are_none_are_left_aside(name: str, value: str) -> None:
    with site_at(always(reply("200 OK", b"x", **{name: value}))) as (site, _):
        answer = get(site)
    assert (answer.etag, answer.last_modified, answer.modified_at) == (None, None, None)


def test_a_last_modified_in_the_future_is_no_time_of_observation() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(days=3), usegmt=True)
    with site_at(always(reply("200 OK", b"x", Last_Modified=later))) as (site, _):
        answer = get(site)
    assert answer.modified_at is None
    assert answer.last_modified == later


# -- politeness


def test_requests_keep_their_distance() -> None:
    with site_at(always(reply("200 OK", b"x"))) as (site, server):
        for _ in range(3):
            get(site, interval=0.15)
    gaps = [after.at - before.at for before, after in zip(server.requests, server.requests[1:], strict=False)]
    assert all(gap >= 0.15 for gap in gaps)


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_retry_after_is_waited_for(status: str) -> None:
    with site_at(one_after_the_other(reply(status, Retry_After=1), reply("200 OK", b"x"))) as (site, server):
        assert get(site).data == b"x"
    assert server.requests[1].at - server.requests[0].at >= 1


def test_retry_after_may_be_a_date_by_the_clock_of_the_site() -> None:
    clock = datetime(2001, 1, 1, tzinfo=UTC)  # a site whose clock is wrong
    until = format_datetime(clock + timedelta(seconds=1), usegmt=True)
    first = reply("429 Too Many Requests", Retry_After=until, Date=format_datetime(clock, usegmt=True))
    with site_at(one_after_the_other(first, reply("200 OK", b"x"))) as (site, server):
        assert get(site).data == b"x"
    assert 1 <= server.requests[1].at - server.requests[0].at < 30


def test_without_retry_after_each_wait_is_twice_as_long() -> None:
    busy = reply("429 Too Many Requests")
    with site_at(one_after_the_other(busy, busy, reply("200 OK", b"x")), retry_seconds=0.2) as (site, server):
        get(site)
    first, second, third = (one.at for one in server.requests)
    assert second - first >= 0.2
    assert third - second >= 0.4


def test_after_too_many_the_distance_grows() -> None:
    with site_at(one_after_the_other(reply("429 Busy", Retry_After=0), reply("200 OK", b"x"))) as (site, server):
        get(site, interval=0.1)
        get(site, interval=0.1)
    assert server.requests[2].at - server.requests[1].at >= 0.2


def test_a_site_that_asks_for_more_than_we_wait_is_left_alone() -> None:
    with site_at(always(reply("429 Too Many Requests", Retry_After=3600))) as (site, server):
        for _ in range(2):
            with pytest.raises(SiteUnavailable, match="asks to be left alone for 3600 s"):
                get(site)
    assert len(server.requests) == 1


def test_tries_are_bounded() -> None:
    with (
        site_at(always(reply("503 Service Unavailable")), tries=3) as (site, server),
        pytest.raises(SiteUnavailable, match=r"answered 503 \(Service Unavailable\) \(asked 3 times\)"),
    ):
        get(site)
    assert len(server.requests) == 3


def test_a_passing_fault_passes() -> None:
    with site_at(one_after_the_other(reply("500 Oh"), b"", reply("200 OK", b"x"))) as (site, server):
        assert get(site).data == b"x"
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "204 No Content", "302 Found", "206 Partial"])
def test_what_no_other_try_would_change_is_asked_once(status: str) -> None:
    with site_at(always(reply(status))) as (site, server), pytest.raises(FetchFailed, match=status[:3]):
        get(site)
    assert len(server.requests) == 1


def test_a_site_that_fails_in_a_row_is_asked_less_and_then_no_more() -> None:
    with site_at(always(reply("500 Oh")), tries=2) as (site, server):
        for number in range(5):
            with pytest.raises(FetchFailed, match="in a row" if number > 2 else "answered 500"):
                get(site, f"/{number}")
    assert server.paths == ["/0", "/0", "/1", "/2"]


def test_one_good_answer_restores_trust() -> None:
    def answer(asked: Asked, say: Say) -> None:
        say(reply("500 Oh") if "bad" in asked.path else reply("200 OK", b"x"))

    with site_at(answer, tries=1) as (site, server):
        for path in ("/bad1", "/bad2", "/good", "/bad3", "/bad4", "/good"):
            if "bad" in path:
                with pytest.raises(FetchFailed, match="answered 500"):
                    get(site, path)
            else:
                get(site, path)
    assert len(server.requests) == 6


def test_the_time_of_a_run_ends_before_a_wait_that_would_outlast_it() -> None:
    with site_at(always(reply("200 OK", b"x")), run_seconds=60) as (site, server):
        get(site)
        for _ in range(2):
            with pytest.raises(SiteUnavailable, match="MEDPATH_RUN_SECONDS"):
                get(site, interval=90)
    assert site.out_of_time
    assert len(server.requests) == 1


# -- a host that is not there


def test_a_host_that_is_not_there_is_told_at_once_and_asked_once() -> None:
    with serving(always(b"")) as server:
        url = server.url
    start = time.monotonic()
    with Site(url, settings()) as site:
        for _ in range(3):
            with pytest.raises(SiteUnavailable, match=r"127.0.0.1 can't be reached \(Connection refused\)"):
                get(site)
    assert time.monotonic() - start < 10


def test_a_host_without_a_name_is_told() -> None:
    with (
        Site("http://medpath.invalid", settings(connect_seconds=8)) as site,
        pytest.raises(SiteUnavailable, match=r"medpath\.invalid can't be reached"),
    ):
        get(site)


def test_a_host_that_does_not_speak_tls_can_not_be_reached() -> None:
    with (
        serving(always(reply("200 OK", b"x"))) as server,
        Site(server.url.replace("http:", "https:"), settings(connect_seconds=0.5)) as site,
        pytest.raises(SiteUnavailable, match=r"127.0.0.1 can't be reached"),
    ):
        get(site)


@pytest.mark.parametrize(
    "base",
    [
        "ftp://example.org",
        "example.org",
        "http://",
        "http://a:b@example.org",
        "http://[::1",
        "http://x:99999",
        "http://x?y",
    ],
)
def test_a_base_that_is_no_address_is_wrong_usage(base: str) -> None:
    with pytest.raises(UsageError, match="base URL"):
        Site(base, settings())


# -- hostile answers


def drip(head: bytes, drop: bytes, pause: float = 0.05) -> Callable[[Asked, Say], None]:
    def answer(_asked: Asked, say: Say) -> None:
        say(head)
        while True:
            say(drop)
            time.sleep(pause)

    return answer


def flood(head: bytes, wave: bytes) -> Callable[[Asked, Say], None]:
    return drip(head, wave, 0)


@pytest.mark.parametrize(
    "answer",
    [
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b"x"),
        drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        drip(b"HTTP/1.1 200 OK\r\nX: ", b"y"),
        drip(b"HTTP/1.1 ", b"", 0.05),
        drip(b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["body", "body without length", "header", "silence", "informational", "chunks"],
)
def test_slow_drips_are_cut_in_every_phase(answer: Callable[[Asked, Say], None]) -> None:
    start = time.monotonic()
    with (
        site_at(answer, request_seconds=0.5) as (site, server),
        pytest.raises(FetchFailed, match=r"took longer than 0\.5 s"),
    ):
        get(site)
    assert time.monotonic() - start < 15
    assert len(server.requests) == 1


def test_silence_is_bounded() -> None:
    with (
        site_at(lambda _asked, _say: time.sleep(1), read_seconds=0.2, tries=1) as (site, _),
        pytest.raises(FetchFailed, match=r"said nothing for 0\.2 s"),
    ):
        get(site)


@pytest.mark.parametrize(
    "answer",
    [
        flood(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65_536),
        flood(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"4000\r\n" + b"x" * 0x4000 + b"\r\n"),
        always(reply("200 OK", b"x", Content_Length=10**15)),
        always(reply("200 OK", gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")),
    ],
    ids=["endless", "endless chunks", "stated", "bomb"],
)
def test_bodies_over_the_limit_are_not_read(answer: Callable[[Asked, Say], None]) -> None:
    with site_at(answer) as (site, server), pytest.raises(FetchFailed, match="larger than 100,000 bytes"):
        get(site)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        flood(b"HTTP/1.1 200 OK\r\n", b"X-Flood: " + b"y" * 1000 + b"\r\n"),
        always(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 500_000 + b"\r\n\r\n"),
        always(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
        always(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nx"),
        always(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        always(b"\x00\xff\x00\xff\r\n\r\n"),
        always(b"HTTP/1.1 999999 What\r\n\r\n"),
        always(b""),
        always(reply("200 OK", b"half", Content_Length=8)),
        always(reply("200 OK", gzip.compress(bytes(range(256)))[:-4], Content_Encoding="gzip")),
    ],
    ids=["flood", "long", "two lengths", "no length", "bad chunk", "garbage", "status", "drop", "cut", "packed cut"],
)
def test_broken_answers_are_failures_in_one_sentence(answer: Callable[[Asked, Say], None]) -> None:
    with site_at(answer, tries=1) as (site, _), pytest.raises(FetchFailed, match=r"broke off|999") as failure:
        get(site)
    assert str(failure.value).count("\n") == 0
    assert len(str(failure.value)) < 400


# -- redirects


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost:{port}/x",
        "http://127.0.0.1:1/x",
        "https://127.0.0.1:{port}/x",
        "https://www.ema.europa.eu/x",
        "//example.org/x",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/",
        "http://user:secret@127.0.0.1:{port}/x",
        "http://127.0.0.1:{port}@example.org/",
        "http://[::1",
        "javascript:alert(1)",
    ],
)
def test_redirects_away_from_the_site_are_not_followed(location: str) -> None:
    def answer(asked: Asked, say: Say) -> None:
        say(reply("302 Found", Location=location.format(port=server.port)) if asked.path == "/a" else reply("200 OK"))

    with (
        serving(answer) as server,
        Site(server.url, settings()) as site,
        pytest.raises(FetchFailed, match="redirected away from the publisher's site"),
    ):
        get(site, "/a")
    assert server.paths == ["/a"]


@pytest.mark.parametrize("location", ["/b?x=1", "b?x=1", "http://127.0.0.1:{port}/b?x=1#part"])
def test_redirects_within_the_site_are_followed(location: str) -> None:
    def answer(asked: Asked, say: Say) -> None:
        moved = reply("301 Moved", Location=location.format(port=server.port))
        say(moved if asked.path == "/a" else reply("200 OK", b"here"))

    with serving(answer) as server, Site(server.url, settings()) as site:
        answered = get(site, "/a")
    assert (answered.data, answered.path) == (b"here", "/b?x=1")
    assert server.paths == ["/a", "/b?x=1"]


def test_redirects_in_a_circle_end() -> None:
    with (
        site_at(always(reply("302 Found", Location="/report.json"))) as (site, server),
        pytest.raises(FetchFailed, match="redirected more than 5 times"),
    ):
        get(site)
    assert len(server.requests) == 6


@pytest.mark.parametrize("location", ["/\x7f", "/" + "x" * 2000, "/\xff\xfe", "/a\x1b[31m"])
def test_redirects_to_nonsense_are_a_failure_that_can_be_printed(location: str) -> None:
    with (
        site_at(always(reply("302 Found", Location=location))) as (site, server),
        pytest.raises(FetchFailed) as failure,
    ):
        get(site)
    assert str(failure.value).isprintable()
    assert len(server.requests) == 1


def test_a_publisher_may_answer_at_his_other_host_over_https() -> None:
    hosts = frozenset({"www.ema.europa.eu", "ema.europa.eu"})
    with Site("https://www.ema.europa.eu", settings(), hosts) as site:
        within = site._within_site
        assert within("https://www.ema.europa.eu/a", "https://ema.europa.eu/b") == "https://ema.europa.eu/b"
        for away in ("http://ema.europa.eu/b", "https://ema.europa.eu.example.org/b", "https://ema.europa.eu:8443/b"):
            with pytest.raises(FetchFailed):
                within("https://www.ema.europa.eu/a", away)
    with Site("http://127.0.0.1:9", settings(), hosts) as site, pytest.raises(FetchFailed):
        site._within_site("http://127.0.0.1:9/a", "https://www.ema.europa.eu/b")


def test_a_base_may_have_a_path() -> None:
    with serving(always(reply("200 OK", b"x"))) as server, Site(f"{server.url}/mirror/", settings()) as site:
        assert get(site, "/en/page").path == "/en/page"
    assert server.paths == ["/mirror/en/page"]
