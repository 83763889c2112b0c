"""JSON is decoded strictly: what publishers can't have meant is refused or told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.json_values import decode
from medpath.sources.reading import Report


def read(data: bytes) -> tuple[object, Report]:
    report = Report("test")
    return decode(SourceFile("test", "file.json", "", data), report), report


def test_a_byte_order_mark_is_accepted() -> None:
    assert read(b'\xef\xbb\xbf{"a": [1]}')[0] == {"a": [1]}


def test_a_key_that_stands_twice_is_told() -> None:
    value, report = read(b'{"a": 1, "b": 2, "a": 3}')
    assert value == {"a": 3, "b": 2}
    assert [issue.code for issue in report.issues] == ["doubled-key"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html>Not found</html>", "web page"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": ', "not JSON"),
        (b"", "not JSON"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_json_is_refused_in_one_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(SourceFailed, match=reason):
        read(data)


@given(
    st.one_of(st.binary(max_size=60), st.text(alphabet=st.sampled_from('{}[]",:12aN '), max_size=30).map(str.encode))
)
def test_what_is_read_is_what_json_says(data: bytes) -> None:
    try:
        value, _ = read(data)
    except SourceFailed:
        return
    assert value == json.loads(data.decode("utf-8-sig"))
