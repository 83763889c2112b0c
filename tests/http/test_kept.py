"""Kept answers: bounded in bytes, only for the state of data they were made from, compressed once."""

import gzip
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.http.kept import OVERHEAD, Kept, KeptAnswers, unchanged, wants_gzip

FOREVER = 1e18
DAY = "Sat, 14 Mar 2026 05:00:00 GMT"


def kept(body: bytes = b"x" * 100, stamp: Any = 1, until: float = FOREVER) -> Kept:
    headers = [(b"content-type", b"text/plain"), (b"etag", b'W/"abc"')]
    return Kept(stamp, until, 'W/"abc"', DAY, headers, body, packed=False)


def test_an_answer_counts_only_for_its_own_state_of_the_data() -> None:
    answers = KeptAnswers()
    answers.put("/a", b"", kept(stamp=1))
    assert answers.get("/a", b"", 1) is not None
    assert answers.get("/a", b"q=1", 1) is None
    assert answers.get("/a", b"", 2) is None
    assert (len(answers), answers.size) == (0, 0)


def test_an_answer_about_the_present_time_does_not_stay() -> None:
    answers = KeptAnswers()
    answers.put("/a", b"", kept(until=0.0))
    assert answers.get("/a", b"", 1) is None


def test_the_least_used_is_dropped_where_there_is_no_room() -> None:
    answers = KeptAnswers(limit=3 * (OVERHEAD + 200))
    for path in ("/a", "/b", "/c"):
        answers.put(path, b"", kept())
    answers.get("/a", b"", 1)
    for path in ("/d", "/e"):
        answers.put(path, b"", kept())
    assert answers.get("/a", b"", 1) is not None
    assert answers.get("/b", b"", 1) is None
    assert answers.size <= answers.limit


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 3_000)), max_size=40))
def test_the_size_is_always_that_of_what_is_kept(puts: list[tuple[str, int]]) -> None:
    answers = KeptAnswers(limit=8_000)
    for path, length in puts:
        answers.put(path, b"", kept(bytes(length)))
        assert answers.size <= answers.limit
    for path in "abcdef":
        answers.get(path, b"", "another state")
    assert (len(answers), answers.size) == (0, 0)


GZIP = {"accept-encoding": "gzip, br"}


def test_a_body_is_sent_as_the_client_takes_it_and_compressed_once() -> None:
    body, answers = b"<p>Alofisel</p>" * 200, KeptAnswers()
    plain = kept(body)
    answers.put("/a", b"", plain)
    size = answers.size
    status, headers, sent = answers.reply("/a", b"", plain, {})
    assert (status, sent, b"content-encoding" in dict(headers)) == (200, body, False)
    status, headers, sent = answers.reply("/a", b"", plain, GZIP)
    assert (status, dict(headers)[b"content-encoding"], gzip.decompress(sent)) == (200, b"gzip", body)
    assert dict(headers)[b"content-length"] == str(len(sent)).encode()
    packed = answers.get("/a", b"", 1)
    assert packed is not None
    assert (packed.packed, packed.body, answers.size < size) == (True, sent, True)
    assert answers.reply("/a", b"", packed, {})[2] == body
    assert answers.reply("/a", b"", packed, GZIP)[2] is sent


def test_an_answer_that_is_not_kept_any_more_is_not_kept_again() -> None:
    answers, old = KeptAnswers(), kept(b"old" * 1000)
    answers.put("/a", b"", old)
    answers.put("/a", b"", kept(b"new" * 1000))
    assert gzip.decompress(answers.reply("/a", b"", old, GZIP)[2]) == b"old" * 1000
    new = answers.get("/a", b"", 1)
    assert new is not None
    assert answers.reply("/a", b"", new, {})[2] == b"new" * 1000


def test_what_the_client_has_is_not_sent_again() -> None:
    status, headers, body = KeptAnswers().reply("/a", b"", kept(), {"if-none-match": 'W/"abc"'})
    assert (status, body) == (304, b"")
    assert dict(headers)[b"etag"] == b'W/"abc"'
    assert b"content-type" not in dict(headers)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"if-none-match": 'W/"abc"'}, True),
        ({"if-none-match": '"abc"'}, True),
        ({"if-none-match": '"x", W/"abc"'}, True),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": '"x"'}, False),
        ({"if-none-match": '"x"', "if-modified-since": DAY}, False),
        ({"if-modified-since": DAY}, True),
        ({"if-modified-since": "Sun, 15 Mar 2026 05:00:00 GMT"}, True),
        ({"if-modified-since": "Fri, 13 Mar 2026 05:00:00 GMT"}, False),
        ({"if-modified-since": "yesterday"}, False),
        ({"if-modified-since": "Sat, 14 Mar 99999 05:00:00 GMT"}, False),
        ({"if-modified-since": "Sat, 14 Mar 2026 05:00:00"}, False),
        ({}, False),
    ],
)
def test_tags_come_before_times(headers: dict[str, str], expected: bool) -> None:
    assert unchanged(headers, 'W/"abc"', DAY) is expected


@given(st.dictionaries(st.sampled_from(["if-none-match", "if-modified-since"]), st.text()))
def test_no_header_makes_it_fail(headers: dict[str, str]) -> None:
    assert unchanged(headers, 'W/"abc"', DAY) in (True, False)


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip", True),
        ("GZIP;q=0.5, br", True),
        ("br, gzip;q=0", False),
        ("gzip;q=0.0", False),
        ("br", False),
        ("", False),
    ],
)
def test_gzip_only_where_it_is_taken(accepted: str, expected: bool) -> None:
    assert wants_gzip({"accept-encoding": accepted}) is expected
