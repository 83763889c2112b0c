"""JSON as publishers write it: decoded strictly, with a key that stands twice told as an issue."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.reading import Report


def text_of(file: SourceFile) -> str:
    """The text of a JSON file; a byte order mark is accepted. Raises SourceFailed for other bytes and web pages."""
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SourceFailed(f"{file.name}: is not UTF-8 text at byte {problem.start} and was not read.") from problem
    if text.lstrip()[:1] == "<":
        raise SourceFailed(f"{file.name}: is a web page in place of JSON; the report was not read.")
    return text


def decoder_of(report: Report) -> json.JSONDecoder:
    """A decoder that refuses NaN and Infinity (ValueError) and tells a key that stands twice; its last value counts."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(items)
        if len(value) < len(items):
            names = Counter(name for name, _ in items)
            doubled = names.most_common(1)[0][0]
            report.issue("doubled-key", f"The key “{doubled[:80]}” stands twice in one record; the last one counts.")
        return value

    def no_constant(word: str) -> Any:
        raise ValueError(f"{word} is not a value")

    return json.JSONDecoder(object_pairs_hook=pairs, parse_constant=no_constant)


def decode(file: SourceFile, report: Report) -> Any:
    """The JSON value of a file. Raises SourceFailed where it is none."""
    text = text_of(file)
    try:
        return decoder_of(report).decode(text)
    except (ValueError, RecursionError) as problem:
        raise SourceFailed(f"{file.name}: is not JSON ({str(problem)[:120]}) and was not read.") from problem
