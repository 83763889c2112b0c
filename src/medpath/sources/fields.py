"""Taking the fields of a row: each kind of value in one way, with its faults told as issues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from medpath.sources.cleaning import clean_text, parse_day, split_list
from medpath.sources.reading import Row

HOSTS = ("www.ema.europa.eu", "ema.europa.eu", "ec.europa.eu", "health.ec.europa.eu", "webgate.ec.europa.eu")

Coded = dict[str, str | None]


def take_text(row: Row, *names: str) -> str | None:
    """One line of cleaned text, None for nothing."""
    return clean_text(row.take(*names))


def take_list(row: Row, *names: str) -> list[str]:
    """The items of a ``;`` list."""
    return split_list(row.take(*names))


def take_day(row: Row, *names: str) -> str | None:
    """An ISO day; what is no possible day becomes None and the issue ``bad-date``."""
    try:
        day = parse_day(row.take(*names))
    except ValueError as problem:
        row.issue("bad-date", f"The field “{names[0]}”: {problem}; it is shown as unknown.")
        return None
    return day.isoformat() if day else None


def take_yes_no(row: Row, *names: str) -> bool | None:
    """True or False for yes and no in any case; anything else but nothing is the issue ``unknown-value``."""
    text = take_text(row, *names)
    if text is None:
        return None
    answer = {"yes": True, "no": False}.get(text.casefold())
    if answer is None:
        row.issue("unknown-value", f"The field “{names[0]}” says “{text[:60]}” where yes or no is expected.")
    return answer


def take_coded(row: Row, codes: Mapping[str, str], *names: str) -> Coded | None:
    """A value of a closed list with our code beside it; an unknown one keeps its words and is an issue."""
    text = take_text(row, *names)
    if text is None:
        return None
    code = codes.get(text.casefold())
    if code is None:
        row.issue("unknown-value", f"The field “{names[0]}” says “{text[:60]}”, which is not a value known so far.")
    return {"code": code, "source_value": text}


def take_number(row: Row, *names: str) -> int | None:
    """A whole number that is not negative; anything else but nothing is the issue ``bad-number``."""
    text = take_text(row, *names)
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    row.issue("bad-number", f"The field “{names[0]}” says “{text[:60]}” where a number is expected.")
    return None


def take_url(row: Row, *names: str) -> str | None:
    """An address on the publisher's hosts; any other is None and the issue ``unsafe-url``."""
    text = take_text(row, *names)
    if text is None:
        return None
    url = safe_url(text)
    if url is None:
        row.issue("unsafe-url", f"The field “{names[0]}” holds an address that is not the publisher's: “{text[:100]}”.")
    return url


def safe_url(value: Any) -> str | None:
    """The address as given where it is http(s) on one of the agencies' hosts, else None."""
    text = clean_text(value)
    if text is None or " " in text or len(text) > 2000:
        return None
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and parts.hostname in HOSTS and parts.port is None
    except ValueError:
        return None
    return text if fits and not parts.username else None
