"""The keys by which records of different datasets find each other.

A key is a pair (kind, value). Kinds: ``product-number``, ``page`` (path of a page on the
publisher's site), ``document`` (path of a document), ``medicine-name``, ``substance``, ``atc``,
``mesh``. Names are folded (`fold`); whether two records found by a name really belong together is
decided when a medicine is composed, with the basis stated.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from medpath.sources.reading import Key

_APART = re.compile(r"[\W_]+", re.UNICODE)
_DROPPED = str.maketrans("", "", ".'’`´")


def fold(name: str) -> str:
    """The spelling-independent form of a name: case, accents, dots and punctuation do not count.

    ``fold("UCB Pharma S.A.") == fold("UCB PHARMA SA") == "ucb pharma sa"``. Letters of other
    scripts stay as they are.
    """
    plain = name
    for _ in range(2):  # folding case can bring signs that decompose, and the other way round
        plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _APART.sub(" ", plain.translate(_DROPPED)).strip()


def path_of(url: str) -> str:
    """The path of an address, by which a page or document is known whatever its host."""
    return urlsplit(url.strip()).path.rstrip("/").removesuffix(".html")


def name_key(name: str) -> Key:
    """The key of a medicine's name."""
    return ("medicine-name", fold(name)[:200])


def substance_key(name: str) -> Key:
    """The key of a substance's name."""
    return ("substance", fold(name)[:200])


def page_key(url: str) -> Key:
    """The key of a page on the publisher's site."""
    return ("page", path_of(url)[:500])


def document_key(url: str) -> Key:
    """The key of a document on the publisher's site."""
    return ("document", path_of(url)[:500])


def mesh_key(heading: str) -> Key:
    """The key of a MeSH heading."""
    return ("mesh", fold(heading)[:200])


def product_key(number: str) -> Key:
    """The key of a medicine's product number, in its usual spelling."""
    return ("product-number", number)
