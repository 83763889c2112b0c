"""Suggestions while typing."""

import pytest

from medpath.search.searching import Search


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("alof", "Alofisel"),
        ("ALO", "Alofisel"),
        ("humi", "Humira"),
        ("humria", "Humira"),
        ("humrai", "Humira"),
        ("tofi", "Tocilizumab STADA (previously Tofidence)"),
        ("EMEA/H/C/0042", "Alofisel"),
        ("eu/1/17/12", "Alofisel"),
        ("4258", "Alofisel"),
        ("adali", "adalimumab"),
        ("crohn", "Crohn Disease"),
        ("biliary cirr", "Liver Cirrhosis, Biliary"),
        ("novo", "Novo Nordisk A/S"),
        ("l04", "Immunosuppressants"),
        ("免疫", "Immunosuppressants"),
        ("immunosup", "Immunosuppressants"),
    ],
)
def test_the_beginning_of_a_name_number_or_code_suggests_it(search: Search, typed: str, text: str) -> None:
    assert text in [one["text"] for one in search.suggest(typed)]


def test_a_suggestion_says_what_it_is(search: Search) -> None:
    medicine = search.suggest("alof")[0]
    assert (medicine["kind"], medicine["status"], medicine["detail"]) == ("medicine", "withdrawn", "darvadstrocel")
    assert medicine["url"] == "/medicines/EMEA-H-C-004258"
    group = next(one for one in search.suggest("L04") if one["kind"] == "atc-class")
    assert (group["detail"], group["names"]["zh"], group["url"]) == ("L04", "免疫抑制剂", "/atc/L04")


def test_things_of_all_kinds_find_room(search: Search) -> None:
    kinds = [one["kind"] for one in search.suggest("adalimumab", 8)]
    assert kinds[0] == "substance"
    assert "medicine" in kinds


@pytest.mark.parametrize("limit", [1, 3, 8])
def test_no_more_than_asked_and_nothing_twice(search: Search, limit: int) -> None:
    for typed in ("a", "al", "e", "insulin", "l"):
        found = [(one["kind"], one["url"]) for one in search.suggest(typed, limit)]
        assert len(found) == len(set(found)) <= limit


def test_nothing_typed_or_nothing_near_suggests_nothing(search: Search) -> None:
    assert search.suggest("") == []
    assert search.suggest("  -") == []
    assert search.suggest("qqxxyyzz") == []
