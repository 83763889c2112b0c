"""Codes of ATC classes in the rows of a vocabulary."""

from __future__ import annotations

from medpath.model import atc
from medpath.sources.fields import take_text
from medpath.sources.reading import Row


def take_code(row: Row, name: str) -> str | None:
    """The code of a row in its usual spelling; a row without one is rejected with an issue."""
    text = take_text(row, name)
    code = atc.normal_code(text) if text else None
    if code is None:
        shown = f" (“{text[:40]}”)" if text else ""
        row.report.reject("no-identity", f"The row has no usable ATC code{shown} and was left out.", row.place)
    row.record = code
    return code
