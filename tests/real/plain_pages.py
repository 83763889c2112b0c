"""EMA's pages, from their Markdown, read by a few expressions that know nothing of the product's readers."""

from __future__ import annotations

import html
import re
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

STATUSES = {
    "Authorised": "authorised",
    "Withdrawn": "withdrawn",
    "Application withdrawn": "application-withdrawn",
    "Refused": "refused",
    "Lapsed": "lapsed",
    "Expired": "expired",
    "Revoked": "revoked",
    "Suspended": "suspended",
    "Opinion": "opinion",
    "Opinion under re-examination": "opinion-under-re-examination",
    "Withdrawn from rolling review": "withdrawn-from-rolling-review",
}
LABELS = (
    "Name of medicine",
    r"Active substances?",
    r"International non-proprietary name \(INN\) or common name",
    r"Therapeutic area \(MeSH\)",
    r"Anatomical therapeutic chemical \(ATC\) code",
    "EMA product number",
)
DAYS = {
    "opinion_adopted": "Opinion adopted",
    "marketing_authorisation": "Marketing authorisation issued",
    "withdrawal_expiry_revocation_lapse": r"(?:Withdrawal|Expiry|Revocation|Lapse) of marketing authorisation",
    "refusal": "Refusal of marketing authorisation",
    "withdrawal_of_application": "Withdrawal of application",
    "start_of_rolling_review": "Start of rolling review",
}
FACTS = ("Product details", "Key facts", "Application details", "Authorisation details")
HOLDER = (
    r"Marketing authorisation (?:holder|applicant)\W*?(?:\n\s*(?:- )?|\s)\s*(\S.*?)"
    rf"(?:$| (?:{'|'.join(DAYS.values())}) )"
)
DAY = r"(\d{2})/(\d{2})/(\d{4})"


def pages(archive: Path, letters: str = "") -> Iterator[dict[str, Any]]:
    """The pages of an archive whose names begin so."""
    with tarfile.open(archive) as members:
        for member in members:
            if member.isfile() and member.name.rpartition("/")[2].startswith(letters):
                opened = members.extractfile(member)
                assert opened is not None
                yield page(member.name.removesuffix(".md"), opened.read().decode("utf-8"))


def page(path: str, text: str) -> dict[str, Any]:
    """What a page says, texts as their letters and digits alone."""
    front, _, body = text.partition("\n# ")
    local = re.search(r"document_datetime: (\S+ \S+)", front)
    assert local is not None, path
    at = datetime.fromisoformat(local[1]).replace(tzinfo=ZoneInfo("Europe/Amsterdam")).astimezone(UTC)
    body = html.unescape(body)
    status = next(line.strip(" #") for line in body.splitlines() if line.strip(" #") in STATUSES)
    facts = "\n".join(_between(body, rf"^##+ {heading}$", r"^##+ |^\*\*This page") for heading in FACTS)
    flat = _flat(facts)
    holder = re.search(HOLDER, facts, re.MULTILINE)
    revision = re.search(r"\bRevision (\d+) *$", flat)
    procedure, decision = _procedure(_between(body, "^##+ Product information$", "^##+ Product details$"))
    updated = re.search(rf"last updated on\*\*\s*{DAY}", body)
    found: dict[str, Any] = {
        "path": "/" + path,
        "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "whole": "- **Name of medicine**" in body,  # the newest form of the conversion loses nothing
        "last_updated": _day(updated.groups()) if updated else None,
        "name": letters(_between(text, "^# (?!Search)", "$")),
        "number": (re.search(r"EMEA/[HV]/[A-Z]+/\d{6}", flat) or [None])[0],
        "status.code": STATUSES[status],
        "holder": letters(holder[1]) if holder else None,
        "active_substances": _label(facts, 1),
        "inn_or_common_names": _label(facts, 2),
        "therapeutic_areas": _label(facts, 3),
        "atc": frozenset(re.findall(r"\b[A-Z](?:\d\d(?:[A-Z]{1,2}(?:\d\d)?)?)?\b", _raw_label(facts, 4))),
        "pharmacotherapeutic_group": letters(_between(body, r"^##+ Pharmacotherapeutic group$", r"^##+ ")) or None,
        "therapeutic_indication": letters(_between(body, r"^##+ Therapeutic indication$", r"^##+ ")) or None,
        "revision": int(revision[1]) if revision else None,
        "latest_procedure": letters(procedure) or None,
        "dates.latest_european_commission_decision": decision,
        "documents": _documents(body),
    }
    for name, label in DAYS.items():
        day = re.search(rf"{label} {DAY}", flat)
        found[f"dates.{name}"] = _day(day.groups()) if day else None
    return found


def _procedure(text: str) -> tuple[str, str | None]:
    """The latest procedure that affected the product information, and its day: one behind it, or a day alone."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        named = line.startswith("**Latest procedure affecting product information:**")
        alone = re.fullmatch(DAY, line) and not before.startswith(("**First published", "**Last updated"))
        if named or alone:
            words = line.rpartition(":**")[2] + (f" {after}" if named and re.fullmatch(DAY, after) else "")
            day = re.search(rf"{DAY}$", words)
            return (words[: day.start()], _day(day.groups())) if day else (words, None)
    return "", None


def letters(text: str) -> str:
    """A text as its letters and digits, without addresses of links."""
    plain = re.sub(r"\]\([^)]*\)", "]", text)
    return "".join(sign for sign in plain.casefold() if sign.isalnum())


def _between(text: str, start: str, end: str) -> str:
    begun = re.split(start, text, maxsplit=1, flags=re.MULTILINE)
    return re.split(end, begun[1], maxsplit=1, flags=re.MULTILINE)[0] if len(begun) == 2 else ""


def _flat(text: str) -> str:
    return re.sub(r"[\s*]+", " ", re.sub(r"^\s*- ", "", text, flags=re.MULTILINE))


def _raw_label(facts: str, at: int) -> str:
    """The text from a label to the next."""
    plain = re.sub(r"\*\*", "", facts)
    found = re.search(rf"{LABELS[at]}(.*?)(?:{'|'.join(LABELS[at + 1 :]) or '$'}|\Z)", plain, re.DOTALL)
    return found[1] if found else ""


def _label(facts: str, at: int) -> str | None:
    return "".join(sorted(letters(_raw_label(facts, at)))) or None


def _day(groups: tuple[str | Any, ...]) -> str:
    day, month, year = groups
    return f"{year}-{month}-{day}"


def _documents(body: str) -> dict[str, tuple[str, str | None]]:
    """First published and last updated of the English files, by address."""
    found = {}
    for block, address in re.findall(r"(\*\*First published:\*\*.{0,120}?)\[View\]\((\S+?)\)", body, re.DOTALL):
        if "/en/documents/" in address and not address.startswith("/en/documents/x"):
            days = re.findall(DAY, block)
            found[address] = (_day(days[0]), _day(days[1]) if len(days) > 1 else None)
    return found
