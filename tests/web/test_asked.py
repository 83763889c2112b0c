"""What an address asks for, and the addresses that lead on from it."""

from datetime import timedelta

import pytest
from starlette.requests import Request

from medpath.errors import UsageError
from medpath.model.times import today
from medpath.translations.language import language
from medpath.web.asked import Asked, asked_by, split_language


def request(path: str, query: str = "") -> Request:
    return Request({"type": "http", "path": path, "query_string": query.encode(), "headers": []})


def asked(path: str, query: str = "") -> Asked:
    return asked_by(request(path, query))


@pytest.mark.parametrize(
    ("path", "code", "rest"),
    [
        ("/", "en", "/"),
        ("/zh", "zh", "/"),
        ("/zh/medicines", "zh", "/medicines"),
        ("/zhejiang", "en", "/zhejiang"),
        ("/en/medicines", "en", "/en/medicines"),
        ("//evil.example/x", "en", "/evil.example/x"),
        ("/zh//evil.example/x", "zh", "/evil.example/x"),
    ],
)
def test_the_language_is_the_first_part_and_the_rest_stays_on_this_host(path: str, code: str, rest: str) -> None:
    assert split_language(path) == (code, rest)


def test_a_page_has_the_same_state_in_the_other_language() -> None:
    here = asked("/medicines", "q=a%26b&status=withdrawn&status=refused")
    assert here.address("zh") == "/zh/medicines?q=a%26b&status=withdrawn&status=refused"
    assert asked("/zh/medicines", "q=1").address("en") == "/medicines?q=1"
    assert asked("/zh").address("en") == "/"
    assert asked("/").address("zh") == "/zh"


def test_a_filter_more_or_less_begins_the_list_anew() -> None:
    here = asked("/medicines", "status=withdrawn&cursor=abc")
    assert here.with_value("flag", "orphan") == "/medicines?status=withdrawn&flag=orphan"
    assert here.without_value("status", "withdrawn") == "/medicines"
    assert here.changed(cursor="def") == "/medicines?status=withdrawn&cursor=def"
    assert here.changed(status=None) == "/medicines"


def test_values_are_cleaned_and_empty_ones_are_none() -> None:
    here = asked("/search", "q=%00a%0Ab%20&kind=&q=c&q=c")
    assert here.query == (("q", "a b"), ("q", "c"), ("q", "c"))
    assert here.many("q") == ("a b", "c")
    assert here.one("kind") is None


def test_a_day_must_be_one() -> None:
    assert str(asked("/x", "as_of=2026-03-14").day("as_of")) == "2026-03-14"
    assert asked("/x").day("as_of") is None
    for text in ("2026-02-30", "yesterday", "20260314", "2026-W01-1"):
        with pytest.raises(UsageError, match=r"is no day; write it like 2026-03-14"):
            asked("/x", f"as_of={text}").day("as_of")


def test_a_day_of_the_past_has_come() -> None:
    assert asked("/x", f"as_of={today()}").day_of_the_past("as_of") == today()
    assert asked("/x").day_of_the_past("as_of") is None
    for text in (str(today() + timedelta(days=1)), "2999-01-01"):
        with pytest.raises(UsageError, match="lies in the future, and nothing is known of it yet"):
            asked("/x", f"as_of={text}").day_of_the_past("as_of")


def test_a_number_must_be_one() -> None:
    assert asked("/x", "after=12").count("after") == 12
    for text in ("-1", "x", "９", "9" * 20):
        with pytest.raises(UsageError, match="is no number"):
            asked("/x", f"after={text}").count("after")


def test_addresses_have_bounds() -> None:
    with pytest.raises(UsageError, match="too many parameters"):
        asked("/x", "&".join(f"a={number}" for number in range(100)))
    with pytest.raises(UsageError, match="longer than 300"):
        asked("/x", "q=" + "a" * 301)
    with pytest.raises(UsageError, match="参数过多"):
        asked("/zh/x", "&".join("a=1" for _ in range(100)))


def test_bytes_that_are_no_text_are_no_fault() -> None:
    assert asked("/search", "q=%ff%fe").one("q") == "\ufffd\ufffd"


def test_a_path_with_signs_is_quoted_again() -> None:
    assert Asked(language("en"), '/substances/a"b<c').address("zh") == "/zh/substances/a%22b%3Cc"
