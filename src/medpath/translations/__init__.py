"""The interface in English and Chinese: gettext catalogues, days and numbers, and the words for the model's codes.

English texts are the keys. Catalogues are read from their ``.po`` files when they are first needed,
so nothing has to be compiled.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The texts of a language; for English the keys themselves. Raises FileNotFoundError for an unknown language."""
    if language == "en":
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # slow to import, and English does not need it
    from babel.messages.pofile import read_po

    with (FOLDER / language / "LC_MESSAGES" / "medpath.po").open("rb") as stream:
        read = read_po(stream, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def mark(text: str) -> str:
    """Marks a text for the catalogues."""
    return text
