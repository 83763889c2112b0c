import os
import pty
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.printing import cut, plain, table, width, wrapped, write_json_list
from tests.test_cli import environment


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[2J\x1b]0;owned\x07name",
        "na\x9b31mme",
        "name\x7f",
        "\u202eeman",
        "na\u2066me\u2069",
        "name\x00",
        "na\u2028me",
    ],
)
def test_text_from_outside_can_not_drive_a_terminal(text):
    shown = plain(text)
    assert shown.isprintable()
    assert not set(shown) & {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def test_line_ends_and_tabs_become_blanks():
    assert plain("first\nsecond\tthird") == "first second third"
    assert plain("Vallensbæk 免疫抑制剂 – “x”") == "Vallensbæk 免疫抑制剂 – “x”"


@given(st.text())
def test_whatever_comes_is_one_printable_line(text):
    assert len(plain(text).splitlines()) <= 1
    assert "\x1b" not in plain(text)


def test_columns_are_aligned_though_chinese_letters_are_wide(capsys):
    table(("name", "number"), [("免疫", "1"), ("abc", "22")], right=(1,))
    assert capsys.readouterr().out == "name  number\n免疫       1\nabc       22\n"


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Co", "Zl", "Zp"])), st.integers(1, 60))
def test_a_cut_text_fits(text, columns):
    assert width(cut(text, columns)) <= columns


@given(st.text(alphabet="ab 免疫抑制剂", max_size=400))
def test_wrapped_text_fits_and_loses_nothing(text):
    lines = list(wrapped(text, "  "))
    assert all(width(line) <= 100 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_list_is_one_json_document(capsys):
    write_json_list(iter([]))
    assert capsys.readouterr().out == "[]\n"
    write_json_list(iter([{"a": 1}, 2]))
    assert capsys.readouterr().out == '[\n  {\n    "a": 1\n  },\n  2\n]\n'


def on_a_terminal(*arguments: str, **more: str) -> str:
    """What a command shows where its output is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "medpath", *arguments], stdout=theirs, stderr=subprocess.DEVNULL,
        env=environment(COLUMNS="80", TERM="xterm", **more),
    ) as process:  # fmt: skip
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:
            pass  # the other side has closed
        process.wait()
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colour_and_lines_that_fit(sample_data):
    shown = on_a_terminal("--data", str(sample_data), "show", "alofisel")
    assert shown.startswith("\x1b[1;31mNot authorised now: the marketing authorisation was withdrawn")
    assert "\x1b" not in on_a_terminal("--data", str(sample_data), "show", "alofisel", NO_COLOR="1")
    status = on_a_terminal("--data", str(sample_data), "status", NO_COLOR="1")
    assert all(width(line) <= 80 for line in status.splitlines())
