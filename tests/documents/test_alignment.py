"""What two sequences have in common: ascending in both, never wrong, quick however they are made."""

import random
import time
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from medpath.documents.alignment import Match, align

_ITEMS = st.lists(st.sampled_from("abcde"), max_size=30)


def test_equal_sequences_are_one_match() -> None:
    assert align("abcab", "abcab") == [Match(0, 0, 5)]
    assert align("", "abc") == []
    assert align("abc", "xyz") == []


def test_what_stays_around_a_change_is_found() -> None:
    assert align(["the", "dose", "is", "10", "mg"], ["the", "dose", "is", "15", "mg"]) == [
        Match(0, 0, 3),
        Match(4, 4, 1),
    ]


def test_unique_items_hold_the_order_where_others_repeat() -> None:
    old = ["x"] * 300 + ["one"] + ["x"] * 300 + ["two"]
    new = ["y"] * 300 + ["one"] + ["z"] * 300 + ["two"]
    assert Match(300, 300, 1) in align(old, new)


@given(_ITEMS, _ITEMS)
def test_matches_are_equal_and_ascending(old: Sequence[str], new: Sequence[str]) -> None:
    a = b = 0
    for match in align(old, new):
        assert match.length > 0
        assert match.old >= a
        assert match.new >= b
        assert old[match.old : match.old + match.length] == new[match.new : match.new + match.length]
        a, b = match.old + match.length, match.new + match.length


@given(_ITEMS, _ITEMS, _ITEMS)
def test_common_ends_are_always_found(start: list[str], middle: list[str], end: list[str]) -> None:
    found = align([*start, *end], [*start, *middle, *end])
    assert sum(match.length for match in found) == len(start) + len(end)


def test_sequences_made_to_be_slow_are_not() -> None:
    shuffled = list(range(100_000))
    random.Random(1).shuffle(shuffled)
    begun = time.process_time()
    align(range(100_000), shuffled)
    align(range(20_000), range(20_000, 0, -1))
    align("ab" * 50_000, "ba" * 50_000)
    assert time.process_time() - begun < 10
