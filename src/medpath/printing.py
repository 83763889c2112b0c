"""Answers on standard output, messages on standard error: text that no terminal can be tricked with, and JSON."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

BROKEN_PIPE = 141  # what a shell reports of a program that ended because nobody read on
GAP = "  "
READING_WIDTH = 100

# Characters that drive a terminal or turn the direction of text: they come from outside and are not shown.
_UNSEEN = {"Cc", "Cs", "Co", "Zl", "Zp"}
_TURNING = {chr(code) for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_STYLES = {"bold": "1", "warning": "1;31", "quiet": "2"}


def plain(text: str) -> str:
    """Text without characters that control a terminal; line ends and tabs become blanks."""
    text = text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    if text.isascii() and text.isprintable():
        return text
    return "".join(one for one in text if unicodedata.category(one) not in _UNSEEN and one not in _TURNING)


def out(text: str = "", style: str | None = None) -> None:
    """One line of the answer. ``style`` (bold, warning, quiet) shows on a terminal only."""
    text = plain(text)
    if style is not None and text and _colourful():
        text = f"\x1b[{_STYLES[style]}m{text}\x1b[0m"
    write(text + "\n")


def write(text: str) -> None:
    """Writes text to standard output as it is, in UTF-8."""
    if hasattr(sys.stdout, "buffer"):
        write_bytes(text.encode("utf-8", "replace"))
    else:
        sys.stdout.write(text)


def write_bytes(body: bytes) -> None:
    """Writes bytes to standard output."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(body)
    except BrokenPipeError:
        leave_quietly()


def flush() -> None:
    """Sends what was written; ends quietly where nobody reads it any more."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        leave_quietly()


def leave_quietly() -> NoReturn:
    """Ends the program where the reader of its output has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still held must not fail at the end
    raise SystemExit(BROKEN_PIPE)


def say(text: str) -> None:
    """One message on standard error; where nobody reads it any more, the work goes on without it."""
    try:
        print(plain(text), file=sys.stderr, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def open_closed_streams() -> None:
    """Stands in for the standard streams that were closed by whoever started us (`medpath … >&-`)."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w"))  # noqa: SIM115


def write_json(value: Any) -> None:
    """One JSON document."""
    import msgspec

    write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def write_json_list(items: Iterable[Any]) -> None:
    """One JSON document that is a list, written while its items come."""
    import msgspec

    first = True
    for item in items:
        text = msgspec.json.format(msgspec.json.encode(item), indent=2).decode()
        write("[\n" if first else ",\n")
        write(textwrap.indent(text, "  "))
        first = False
    write("[]\n" if first else "\n]\n")


def width(text: str) -> int:
    """How many columns of a terminal a text takes: East Asian characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


def on_terminal() -> bool:
    """Whether a person sees the answer as it comes."""
    return sys.stdout.isatty()


def terminal_width() -> int:
    """The columns of the terminal."""
    return shutil.get_terminal_size((READING_WIDTH, 40)).columns


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Rows in aligned columns; ``right`` names the columns of numbers. On a terminal the last column is cut to fit."""
    cells = [[plain(str(cell)) for cell in row] for row in (header, *rows)]
    widths = [max(width(row[column]) for row in cells) for column in range(len(header))]
    room = terminal_width() if on_terminal() else None
    for number, row in enumerate(cells):
        parts = []
        for column, cell in enumerate(row):
            padding = " " * (widths[column] - width(cell))
            parts.append(padding + cell if column in right else cell + padding)
        line = GAP.join(parts).rstrip()
        out(cut(line, room) if room else line, "bold" if number == 0 else None)


def cut(text: str, columns: int) -> str:
    """A text of at most so many columns, with … where something is left out."""
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for one in text:
        used += width(one)
        if used > columns:
            break
        kept.append(one)
    return "".join(kept).rstrip() + "…"


def paragraph(text: str, indent: str = "") -> None:
    """A paragraph, wrapped to a reading measure on a terminal and in one line elsewhere."""
    for line in wrapped(plain(text), indent) if on_terminal() else [indent + plain(text)]:
        out(line)


def wrapped(text: str, indent: str = "") -> Iterator[str]:
    """The lines of a paragraph; text without blanks (Chinese) may break anywhere."""
    room = max(min(terminal_width(), READING_WIDTH) - len(indent), 20)
    line = ""
    for word in text.split(" "):
        while width(word) > room:
            head = cut(word, room - width(line) - bool(line))[:-1]
            if not head:
                yield indent + line
                line = ""
                continue
            yield indent + (f"{line} {head}" if line else head)
            line, word = "", word[len(head) :]
        if line and width(line) + 1 + width(word) > room:
            yield indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield indent + line


def _colourful() -> bool:
    return on_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
