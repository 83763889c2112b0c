"""Cursors: opaque, safe in addresses, refused where they are none or of another question."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.errors import UsageError
from medpath.search.cursors import Place, question_mark, read_cursor, write_cursor


@given(st.integers(0, 999), st.binary(min_size=1, max_size=150))
def test_a_cursor_gives_its_place_again(step: int, key: bytes) -> None:
    mark = question_mark("humira", None)
    text = write_cursor(Place(step, key.hex()), mark)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", text)
    assert read_cursor(text, mark) == Place(step, key.hex())


def test_a_cursor_of_another_question_is_refused() -> None:
    text = write_cursor(Place(0, "61"), question_mark("humira"))
    with pytest.raises(UsageError, match="another question"):
        read_cursor(text, question_mark("enbrel"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "0-",
        "0-{mark}-",
        "0-{mark}-!!!",
        "-1-{mark}-YQ",
        "9999-{mark}-YQ",
        "0-{mark}-" + "Y" * 900,
        "²-{mark}-YQ",
    ],
)
def test_a_cursor_that_is_none_is_refused(text: str) -> None:
    mark = question_mark("humira")
    with pytest.raises(UsageError):
        read_cursor(text.format(mark=mark), mark)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_cursor(text, question_mark("humira"))
    except UsageError:
        return
    raise AssertionError("a text that nobody wrote was taken for a cursor")
