"""Text as it may stand in HTML: escaped, and a publisher's own words marked with their language."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

from medpath.translations.language import Language

_SIGNS = re.compile(r"[&<>'\"]")


def written(value: Any) -> str:
    """A value as it may stand in a page."""
    if type(value) is Markup or (type(value) is str and not _SIGNS.search(value)):
        return value
    return escape(value)


def own_words(spoken: Language, text: str | None, tag: str = "en") -> Markup:
    """Text of a source, marked with its language where that is not the page's."""
    if not text:
        return Markup("")
    return escape(text) if spoken.tag == tag else Markup(f'<span lang="{tag}">{written(text)}</span>')
