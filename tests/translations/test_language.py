"""Days, instants and numbers as readers of each language write them."""

import pytest

from medpath.translations.language import language

ENGLISH, CHINESE = language("en"), language("zh")


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        ("2024-12-13", "13 December 2024", "2024年12月13日"),
        ("2018-04-04", "4 April 2018", "2018年4月4日"),
        ("0023-01-02", "2 January 23", "23年1月2日"),
        ("2024-13-01", "2024-13-01", "2024-13-01"),
        ("end of June", "end of June", "end of June"),
        ("2024", "2024", "2024"),
    ],
)
def test_days(day: str, english: str, chinese: str) -> None:
    assert ENGLISH.day(day) == english
    assert CHINESE.day(day) == chinese


def test_instants_say_that_they_are_in_utc() -> None:
    assert ENGLISH.instant("2026-03-14T05:00:00Z") == "14 March 2026, 05:00 UTC"
    assert CHINESE.instant("2026-03-14T05:00:00Z") == "2026年3月14日 05:00（UTC）"
    assert ENGLISH.instant("some time") == "some time"


def test_numbers_and_lists() -> None:
    assert ENGLISH.number(2673) == "2,673"
    assert ENGLISH.listed(["a", "b"]) == "a, b"
    assert CHINESE.listed(["a", "b"]) == "a、b"


def test_there_are_two_languages() -> None:
    assert (ENGLISH.tag, CHINESE.tag) == ("en", "zh-Hans")
    with pytest.raises(KeyError):
        language("fr")
