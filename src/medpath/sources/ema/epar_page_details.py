"""The details of a page: labels and what stands under them, in each of the page's layouts.

HTML and the newest Markdown print a list of terms; older Markdown prints label and value on lines of
their own, or runs several of them together on one line. Labels are known by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from medpath.documents.blocks import Block
from medpath.sources.cleaning import clean_text, parse_day, product_number
from medpath.sources.ema.epar_page_holder import Holder, read_holder
from medpath.sources.ema.epar_page_issues import Issues

Layout = Literal["html", "inline", "lines", "list"]

DATES = {
    "opinion adopted": "opinion_adopted",
    "marketing authorisation issued": "marketing_authorisation",
    "withdrawal of marketing authorisation": "withdrawal_expiry_revocation_lapse",
    "expiry of marketing authorisation": "withdrawal_expiry_revocation_lapse",
    "revocation of marketing authorisation": "withdrawal_expiry_revocation_lapse",
    "lapse of marketing authorisation": "withdrawal_expiry_revocation_lapse",
    "refusal of marketing authorisation": "refusal",
    "suspension of marketing authorisation": "suspension",
    "withdrawal of application": "withdrawal_of_application",
    "withdrawal from rolling review": "withdrawal_of_application",
    "start of evaluation": "start_of_evaluation",
    "start of rolling review": "start_of_rolling_review",
}
NAMES = {
    "active substance": "active_substances",
    "international non-proprietary name (inn) or common name": "inn_or_common_names",
    "therapeutic area (mesh)": "therapeutic_areas",
    "species": "species",
}
CLASSES = (
    "anatomical therapeutic chemical (atc) code",
    "anatomical therapeutic chemical veterinary (atcvet) code",
    "anatomical therapeutic chemical veterinary (atcvet) codes",
)
HOLDERS = ("marketing authorisation holder", "marketing authorisation applicant", "developer")
NAME, NUMBER, REVISION, OPINION = "name of medicine", "ema product number", "revision", "opinion status"
# Labels that state a fact by standing there; a sentence on what they mean follows.
FLAGS = {
    "accelerated assessment": "accelerated_assessment",
    "additional monitoring": "additional_monitoring",
    "advanced therapy": "advanced_therapy",
    "biosimilar": "biosimilar",
    "conditional approval": "conditional_approval",
    "exceptional circumstances": "exceptional_circumstances",
    "generic": "generic_or_hybrid",
    "generic or hybrid": "generic_or_hybrid",
    "hybrid": "generic_or_hybrid",
    "orphan": "orphan",
    "patient safety": "patient_safety",
    "prime: priority medicine": "prime",
}
LABELS = frozenset((NAME, NUMBER, REVISION, OPINION, *DATES, *NAMES, *CLASSES, *HOLDERS, *FLAGS))
_FLAG_NAMES = tuple(dict.fromkeys(FLAGS.values()))
_VALUE_LABELS = sorted(LABELS - set(FLAGS), key=len, reverse=True)
# On a line with several labels they are told from words by their capital.
_CAPITALISED = "|".join(f"{re.escape(one[0].upper())}(?i:{re.escape(one[1:])})" for one in _VALUE_LABELS)
_IN_LINE = re.compile(rf"(?:^|(?<= ))({_CAPITALISED})(?= |$)")
_CODE = re.compile(r"Q?[A-Z](?:\d{2}(?:[A-Z](?:[A-Z](?:\d{2})?)?)?)?")


@dataclass
class Entry:
    """A label with its values; ``strong`` ones come from a list of terms."""

    label: str
    block: Block
    values: list[str] = field(default_factory=list)
    in_list: bool = False


@dataclass
class Details:
    """What the details state, in the names of `medpath.sources.ema.medicines`."""

    fields: dict[str, Any]
    holder: Holder
    given_number: str | None
    layout: Layout | None


def entries_of(blocks: Iterable[Block], issues: Issues) -> list[Entry]:
    """Labels with their values, in order. Text that belongs to no label is the issue ``unread-text``."""
    entries: list[Entry] = []
    for block in blocks:
        text = block.text
        folded = text.casefold().rstrip(":")
        if block.kind == "item" and block.level == 0 and block.strong:
            if folded not in LABELS:
                issues.note("unknown-label", f"The label “{text[:80]}” is not known; its value is not shown.", block)
            entries.append(Entry(folded, block, in_list=True))
        elif block.kind == "paragraph" and folded in LABELS:
            entries.append(Entry(folded, block))
        elif block.kind == "paragraph" and (found := _in_line(text)):
            entries += [Entry(label, block, [value] if value else []) for label, value in found]
        elif entries:
            entries[-1].values += [text] if block.kind != "table" else [" ".join(row) for row in block.rows]
        else:
            issues.note("unread-text", f"“{text[:80]}” stands before any label and is not shown.", block)
    return entries


def _in_line(text: str) -> list[tuple[str, str]]:
    """Labels and values of a line that begins with a label; each label counts where it first stands."""
    matches = list(_IN_LINE.finditer(text))
    if not matches or matches[0].start():
        return []
    first: dict[str, re.Match[str]] = {}
    for match in matches:
        first.setdefault(match[1].casefold(), match)
    found = sorted(first.items(), key=lambda item: item[1].start())
    ends = [match.start() for _, match in found[1:]] + [len(text)]
    return [(label, text[match.end() : end].strip()) for (label, match), end in zip(found, ends, strict=True)]


def read_details(entries: list[Entry], html: bool, issues: Issues) -> Details:
    """The fields of a page's details. Unknown is None or an empty list, a fault is an issue."""
    fields: dict[str, Any] = {
        "name": None,
        "active_substances": [],
        "inn_or_common_names": [],
        "therapeutic_areas": [],
        "species": [],
        "atc": [],
        "atcvet": [],
        "opinion_outcome": None,
        "revision": None,
        "flags": dict.fromkeys(_FLAG_NAMES),
        "dates": dict.fromkeys((*dict.fromkeys(DATES.values()), "latest_european_commission_decision")),
    }
    holder, number = Holder(), None
    for entry in entries:
        label = entry.label
        values = [value for value in (clean_text(one) for one in entry.values) if value]
        if label in FLAGS:
            fields["flags"][FLAGS[label]] = True
        elif label in NAMES:
            fields[NAMES[label]] += values
        elif label in CLASSES:
            _take_classes(fields, entry, values, issues)
        elif label in HOLDERS:
            holder = read_holder(entry.values, run_together=entry.in_list)
            if holder.name is None and holder.text is not None:
                issues.note(
                    "holder-run-together",
                    f"“{holder.text[:80]}” does not say where the holder's name ends and its address begins.",
                    entry.block,
                    "info",
                )
        elif label in LABELS and values:
            if label == NAME:
                fields["name"] = fields["name"] or " ".join(values)
                continue
            if label == NUMBER:
                number = number or values[0]
            elif label == REVISION:
                fields["revision"] = _number(values[0], entry, issues)
            elif label == OPINION:
                fields["opinion_outcome"] = _outcome(values[0], entry, issues)
            else:
                fields["dates"][DATES[label]] = _day(values[0], entry, issues)
            if len(values) > 1:
                issues.note("unread-text", f"“{values[1][:80]}” stands under “{label}” and is not shown.", entry.block)
    for name in (*NAMES.values(), "atc", "atcvet"):
        fields[name] = list(dict.fromkeys(fields[name]))
    return Details(fields, holder, number, "html" if html else layout_of(entries))


def layout_of(entries: list[Entry]) -> Layout | None:
    """The layout of the Markdown conversion, by the way in which labels and values stand."""
    if not entries:
        return None
    if any(entry.in_list for entry in entries):
        return "list"
    alone = sum(entry.block.text.casefold() == entry.label for entry in entries if entry.label not in FLAGS)
    with_value = sum(entry.block.text.casefold() != entry.label for entry in entries if entry.label not in FLAGS)
    return "inline" if with_value >= alone else "lines"


def _take_classes(fields: dict[str, Any], entry: Entry, values: list[str], issues: Issues) -> None:
    for value in values:
        for item in re.split(r"[;,]", value):
            code = item.upper().replace(" ", "")
            if _CODE.fullmatch(code):
                fields["atcvet" if code.startswith("Q") and len(code) > 1 else "atc"].append(code)
            elif clean_text(item):
                issues.note("bad-atc-code", f"“{item.strip()[:40]}” is not a code of the classification.", entry.block)


def _day(value: str, entry: Entry, issues: Issues) -> str | None:
    try:
        day = parse_day(value)
    except ValueError as problem:
        issues.note("bad-date", f"Under “{entry.label}” {problem}; it is shown as unknown.", entry.block)
        return None
    return day.isoformat() if day else None


def _number(value: str, entry: Entry, issues: Issues) -> int | None:
    if value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    issues.note("bad-number", f"Under “{entry.label}” stands “{value[:60]}” where a number is expected.", entry.block)
    return None


def _outcome(value: str, entry: Entry, issues: Issues) -> str | None:
    folded = value.casefold()
    if folded in ("positive", "negative"):
        return folded
    issues.note("unknown-value", f"Under “{entry.label}” stands “{value[:60]}”, not a known value.", entry.block)
    return None


def canonical_number(details: Details) -> str | None:
    """The product number in its usual spelling, None where the page states none that is one."""
    return product_number(details.given_number)
