"""Cleaning of values as agencies write them: entities, blanks, lists, days, numbers.

The rules come from what is seen in EMA's reports (entities in running text, U+00A0 at the ends of
names, ``;`` lists with and without blanks, days as dd/mm/yyyy, product numbers without their
slash or zeros).
"""

from __future__ import annotations

import html
import re
from datetime import date, datetime
from typing import Any

from medpath.model import numbers

NOTHING = {"", "-", "–", "n/a", "not yet assigned", "not applicable"}
LONGEST_TEXT = 200_000

_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")

EARLIEST_DAY = date(1950, 1, 1)
LATEST_DAY = date(2100, 1, 1)


def clean_text(value: Any) -> str | None:
    """One line of text: entities resolved until stable, every blank a single space, ends trimmed.

    Returns None for nothing (empty, "-", "Not yet assigned"). Control signs and lone surrogates
    are dropped, text is cut at 200,000 signs.
    """
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)[:LONGEST_TEXT]
    for _ in range(5):
        resolved = html.unescape(text)
        if resolved == text:
            break
        text = resolved
    text = _BLANKS.sub(" ", _CONTROLS.sub("", text)).strip()
    return None if text.casefold() in NOTHING else text


def split_list(value: Any, separator: str = ";") -> list[str]:
    """The items of a separated list, cleaned, in order, each once. MeSH terms hold commas: never split on one."""
    if value is None:
        return []
    text = html.unescape(str(value)[:LONGEST_TEXT])
    items = (clean_text(part) for part in text.split(separator))
    return list(dict.fromkeys(item for item in items if item))


def parse_day(value: Any) -> date | None:
    """The day that a cell states, without time zone.

    Accepts dd/mm/yyyy, ISO days with or without a time (the date part as it stands), and the
    dates of a spreadsheet. None for nothing. Raises ValueError for anything else, and for days
    outside 1950 to 2100.
    """
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    else:
        text = clean_text(value)
        if text is None:
            return None
        text = text.strip(" ,")
        if not text:
            return None
        no_day = f"“{text[:60]}” is not a day"
        try:
            if match := _DAY.fullmatch(text):
                day = date(int(match[3]), int(match[2]), int(match[1]))
            elif match := _ISO_DAY.fullmatch(text):
                day = date(int(match[1]), int(match[2]), int(match[3]))
            else:
                raise ValueError(no_day)
        except ValueError as problem:
            raise ValueError(no_day) from problem
    if not EARLIEST_DAY <= day < LATEST_DAY:
        raise ValueError(f"the day {day.isoformat()} is impossible")
    return day


def product_number(value: Any) -> str | None:
    """EMA's product number in its usual spelling (see `medpath.model.numbers`), or None if the value is none."""
    text = clean_text(value)
    return numbers.product_number(text) if text else None
