"""The keys by which records of different datasets find each other.

A key is a pair (kind, value). Kinds: ``product-number``, ``page`` (path of a page on the
publisher's site), ``document`` (path of a document), ``medicine-name``, ``substance``, ``atc``,
``mesh``, ``synonym`` (any name of a substance in a vocabulary). Names are folded (`fold`);
whether two records found by a name really belong together is decided when a medicine is
composed, with the basis stated.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from medpath.model.names import fold, names_in
from medpath.sources.reading import Key


def path_of(url: str) -> str:
    """The path of an address, by which a page or document is known whatever its host."""
    return urlsplit(url.strip()).path.rstrip("/").removesuffix(".html")


def name_key(name: str) -> Key:
    """The key of a medicine's name."""
    return ("medicine-name", fold(name)[:200])


def substance_key(name: str) -> Key:
    """The key of a substance's name."""
    return ("substance", fold(name)[:200])


def name_keys(name: str) -> list[Key]:
    """The keys of every name that a medicine's name holds, former ones with them."""
    today, former = names_in(name)
    return list(dict.fromkeys(name_key(item) for item in today + former))


def page_key(url: str) -> Key:
    """The key of a page on the publisher's site."""
    return ("page", path_of(url)[:500])


def document_key(url: str) -> Key:
    """The key of a document on the publisher's site."""
    return ("document", path_of(url)[:500])


def mesh_key(heading: str) -> Key:
    """The key of a MeSH heading."""
    return ("mesh", fold(heading)[:200])


def synonym_key(name: str) -> Key:
    """The key of a name that a vocabulary has for a substance; medicines seek none of these."""
    return ("synonym", fold(name)[:200])


def product_key(number: str) -> Key:
    """The key of a medicine's product number, in its usual spelling."""
    return ("product-number", number)
