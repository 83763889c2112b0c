"""Two versions of a document's text beside each other, and the same section of several medicines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from medpath import urls
from medpath.documents.editions import Difference, compare
from medpath.documents.redline import Edit
from medpath.documents.text_sections import TextSection
from medpath.errors import UsageError
from medpath.store.sections import (
    PARTS,
    NoText,
    Text,
    Texts,
    lines,
    section_body,
    section_item,
    text_head,
    version_item,
)

_NUMBER = re.compile(r"[0-9A-Z][0-9.]{0,8}")
MOST_COMPARED = 5
LEAST_COMPARED = 2


@dataclass(frozen=True)
class Redline:
    """What changed from a version of a document's text to another: the sections that differ, and no others."""

    old: Text
    new: Text
    differences: Sequence[Difference]


@dataclass(frozen=True)
class Side:
    """A medicine's section in a comparison. Without ``text`` or ``sections``, ``missing`` says what is not held."""

    medicine: dict[str, Any]
    text: Text | None
    sections: Sequence[TextSection]
    missing: NoText | None = None


def redline_of(
    texts: Texts, number: str, file: str | None = None, old: int | None = None, new: int | None = None
) -> Redline:
    """What changed in a document (None: the product information) from a version to another.

    The newer is the newest where none is said, the older the one before the newer. Raises NoText.
    """
    after = texts.product_information(number, new) if file is None else texts.document(number, file, new)
    numbers = [one.number for one in after.versions]
    if old is None:
        place = numbers.index(after.version.number)
        if place == 0:
            raise NoText("no-earlier", version=str(after.version.number))
        old = numbers[place - 1]
    if old not in numbers:
        raise NoText("no-version", versions=", ".join(map(str, numbers)), version=str(old))
    before = replace(after, version=after.versions[numbers.index(old)])
    return Redline(before, after, compare(texts.sections(before), texts.sections(after)))


def side_by_side(texts: Texts, numbers: Sequence[str], part: str, section: str) -> list[Side]:
    """The section of each medicine, in their order; what is not held is said of each."""
    found = []
    for number in numbers:
        medicine = texts.register.medicine(number)
        if medicine is None:
            raise NoText("no-medicine", number=number)
        text: Text | None = None
        try:
            text = texts.product_information(number)
            found.append(Side(medicine, text, texts.asked_sections(text, part, section)))
        except NoText as problem:
            found.append(Side(medicine, text, (), problem))
    return found


def asked_section(text: str) -> tuple[str, str]:
    """``4.8`` → (``smpc``, ``4.8``), ``package-leaflet/4`` → (``package-leaflet``, ``4``). Raises UsageError."""
    part, slash, number = text.strip().rpartition("/")
    part = part if slash else "smpc"
    if part not in PARTS or not _NUMBER.fullmatch(number):
        raise UsageError(
            f"“{text[:40]}” is no section; write one like 4.8, or with its part like package-leaflet/4 "
            f"(parts: {', '.join(PARTS)})."
        )
    return part, number


def redline_item(found: Redline) -> dict[str, Any]:
    """A redline as JSON."""
    return {
        **text_head(found.new),
        "from": version_item(found.old.version),
        "to": version_item(found.new.version),
        "differences": [difference_item(found, one) for one in found.differences],
    }


def difference_item(found: Redline, difference: Difference) -> dict[str, Any]:
    """What became of a section, as JSON: with its edits where both versions have it, else with its text."""
    section = difference.new or difference.old
    assert section is not None
    body = section_body(found.new if difference.new is not None else found.old, section)
    del body["tables"]
    if difference.old is not None and difference.new is not None:
        del body["text"]
    return {"kind": difference.kind, **body, "edits": [_edit_item(one) for one in difference.edits]}


def _edit_item(edit: Edit) -> dict[str, Any]:
    return {
        "kind": edit.kind,
        "old": edit.old,
        "new": edit.new,
        "runs": [{"kind": run.kind, "text": run.text, "number": run.number} for run in edit.runs],
    }


def side_item(side: Side) -> dict[str, Any]:
    """A medicine's section in a comparison, as JSON."""
    medicine = side.medicine
    return {
        "product_number": medicine["product_number"],
        "name": medicine["name"],
        "status": medicine["status"],
        "url": urls.medicine(medicine["product_number"]),
        "sections": [section_item(side.text, one) for one in side.sections] if side.text is not None else [],
        "missing": str(side.missing) if side.missing is not None else None,
    }


def text_of_difference(difference: Difference) -> list[str]:
    """The text of a section that only one version has, as lines."""
    section = difference.new or difference.old
    return lines(section.blocks) if section is not None else []
