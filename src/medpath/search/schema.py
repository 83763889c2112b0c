"""The fields of the search index.

Words are made by ``spelling`` before they reach the index, which only cuts at blanks. ``…_name`` fields hold whole
names without blanks, for identity and for beginnings; ``…_words`` fields hold words; the others hold codes, for
filters and counts. Every ``by_…`` field holds a key of its own for each entry, so that a list has one order and can
be continued after any entry.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import cache

import tantivy

KINDS = ("medicine", "substance", "condition", "atc-class", "organisation", "document")

CODES = ("key", "kind", "slug", "branch")
FACET_FIELDS = (
    "kind",
    "status",
    "category",
    "atc",
    "atc_top",
    "area",
    "mesh",
    "mesh_top",
    "organisation",
    "substance",
    "flag",
    "year",
)
YEAR_FIELDS = ("status_year", "held", "decision", "decision_days", "protection", "exclusivity", "left_out")
NAMES = (
    "number",
    "name",
    "former_name",
    "substance_name",
    "condition_name",
    "class_name",
    "holder_name",
    "broader_name",
    "known_name",
)
WORDS = (
    "name_words",
    "synonym_words",
    "substance_words",
    "condition_words",
    "class_words",
    "holder_words",
    "key_words",
    "text_words",
    "document_words",
)
ORDERS = ("by_rank", "by_name", "by_updated", "by_updated_last", "by_authorised", "by_authorised_last", "by_status")
KEY_BYTES = 60

VERSION = 6  # raise when words, keys or items change; fields count by themselves
SCHEMA = zlib.crc32(repr((VERSION, CODES, FACET_FIELDS, YEAR_FIELDS, NAMES, WORDS, ORDERS)).encode())
"""The number of the schema: an index of another number is made again."""


@cache
def schema() -> tantivy.Schema:
    """The schema of the index."""
    builder = tantivy.SchemaBuilder()
    for name in dict.fromkeys((*CODES, *FACET_FIELDS, *YEAR_FIELDS, *NAMES, "spelling", *ORDERS)):
        fast = name in FACET_FIELDS or name in YEAR_FIELDS or name in ORDERS or name == "slug"
        builder.add_text_field(name, fast=fast, tokenizer_name="raw", index_option="basic")
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_bytes_field("item", stored=True)
    builder.add_bytes_field("mark", stored=True)
    builder.add_bytes_field("estimates", stored=True)
    return builder.build()


def sort_key(parts: Iterable[str]) -> str:
    """A key that sorts as its parts do, one after the other, in letters that every query language takes.

    Long parts are cut; the last one must be short and makes the key the only one of its kind.
    """
    return "00".join(part.encode()[:KEY_BYTES].hex() for part in parts)


_BACKWARDS = str.maketrans("0123456789", "9876543210")


def backwards(digits: str) -> str:
    """Digits or a day, so that the greater sorts first."""
    return digits.translate(_BACKWARDS)
