"""Substances with their synonyms: ``DrugBank ID, Accession Numbers, Common name, CAS, UNII, Synonyms, …``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from medpath.fetch.files import SourceFile
from medpath.sources.fields import take_text
from medpath.sources.keys import synonym_key
from medpath.sources.reading import Report, Row, SourceRecord
from medpath.sources.tables import read_table, rows_of

LONGEST_NAME = 200

_ID = re.compile(r"DB\d{5}")
_CAS = re.compile(r"(\d{2,7})-(\d{2})-(\d)")
_HAND = re.compile(r"\([^\w\s()]{1,3}\)")  # “(-)-Albuterol” is levosalbutamol, and folded it would be albuterol
_UNII = re.compile(r"[0-9A-Z]{10}")
_NEEDED = ("drugbank_id", "common_name", "cas", "unii", "synonyms")


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per substance, keyed by its id. Raises SourceFailed for a changed format."""
    report.layout = "table"
    seen: set[str] = set()
    for row in rows_of(read_table(file, _NEEDED, {}), report):
        identity, name = take_text(row, "drugbank_id"), take_text(row, "common_name")
        if identity is None or name is None or not _ID.fullmatch(identity):
            shown = f" (“{identity[:40]}”)" if identity else ""
            report.reject("no-identity", f"The row has no usable id or name{shown}; left out.", row.place)
            continue
        if identity in seen:
            report.reject("doubled", f"{identity} stands twice; the first counts.", row.place, identity)
            continue
        seen.add(identity)
        row.record = identity
        synonyms = _synonyms(row, name)
        body = {
            "id": identity,
            "name": name,
            "cas": _cas(row),
            "unii": _unii(row),
            "synonyms": synonyms,
        }
        row.leave(("accession_numbers", "standard_inchi_key"))
        offers = dict.fromkeys(synonym_key(one) for one in [name, *synonyms])
        yield SourceRecord(identity, body, row.place, offers=tuple(offers))


def _cas(row: Row) -> str | None:
    """A CAS number whose last digit is right: the sum of its digits, each times its place from the right, by ten."""
    text = take_text(row, "cas")
    if text is None:
        return None
    match = _CAS.fullmatch(text)
    digits = (match[1] + match[2])[::-1] if match else ""
    if match and sum(place * int(digit) for place, digit in enumerate(digits, 1)) % 10 == int(match[3]):
        return text
    row.issue("bad-cas", f"“{text[:40]}” is no CAS number; left out.")
    return None


def _unii(row: Row) -> str | None:
    text = take_text(row, "unii")
    if text is None or _UNII.fullmatch(text):
        return text
    row.issue("bad-unii", f"“{text[:40]}” is no UNII; left out.")
    return None


def _synonyms(row: Row, name: str) -> list[str]:
    """The synonyms other than the name, each once, without descriptions of a molecule: very long or of one hand."""
    text = take_text(row, "synonyms") or ""
    found = dict.fromkeys(one.strip() for one in text.split(" | "))
    return [one for one in found if one and one != name and len(one) <= LONGEST_NAME and not _HAND.match(one)]
