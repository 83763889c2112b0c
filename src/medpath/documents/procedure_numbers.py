"""The numbers of procedures in a medicine's life and what kind of procedure they are.

Until 2024 EMA numbered the procedures of each medicine (``II/0044/G``, ``IAIN/0012``, ``PSUSA/1892/202312``,
``WS/2451``); since then its IRIS system gives numbers of ten figures (``EMA/VR/0000356116``), whose kind stands
before them in words ("Variation type IB /"). ``/G`` marks a group of variations.
"""

from __future__ import annotations

import re

KINDS = {
    "I": "variation-i",
    "IA": "variation-ia",
    "IAIN": "variation-iain",
    "IB": "variation-ib",
    "II": "variation-ii",
    "IG": "group",
    "WS": "worksharing",
    "X": "line-extension",
    "R": "renewal",
    "S": "annual-reassessment",
    "T": "transfer",
    "N": "notification",
    "PSUSA": "psusa",
    "PSUV": "psur",
    "PSUR": "psur",
    "PASS": "safety-study",
    "PSR": "safety-study",
    "MF": "plasma-master-file",
    "2PMF": "plasma-master-file",
    "PU": "pandemic-strain-update",
    "Z": "suspension-procedure",
}
# Kinds by EMA's words; they stand before the number of IRIS, or in the scope of procedures of many kinds (SW/…).
_WORDS = (
    ("variation-iain", re.compile(r"variationtypeia_?in")),
    ("variation-ia", re.compile(r"variationtypeia(?!_?in)")),
    ("variation-ib", re.compile(r"variationtypeib")),
    ("variation-ii", re.compile(r"variationtypeii")),
    ("line-extension", re.compile(r"extensionofmarketing")),
    ("renewal", re.compile(r"^renewal")),
    ("annual-reassessment", re.compile(r"annualre-?assessment")),
    ("transfer", re.compile(r"^(?:marketingauthorisation)?transfer")),
    ("notification", re.compile(r"^article61")),
)
_SCOPES = (
    ("safety-study", re.compile(r"post[- ]?authorisation safety study", re.IGNORECASE)),
    ("switch-to-full-authorisation", re.compile(r"switch from conditional to full", re.IGNORECASE)),
)
_PREFIXES = "|".join(sorted([*KINDS, "SW", r"A-?\d\d?"], key=len, reverse=True))
_NUMBER = re.compile(
    rf"EMA/[A-Z]{{1,5}}/\d{{10}}(?!\d)"
    rf"|(?<![A-Za-z/])(?:EMEA/H/C/\d{{1,6}}/)?(?:{_PREFIXES})/\d{{1,8}}(?:/\d{{6}}(?!\d))?(?:/G(?![A-Za-z]))?"
)
_START = re.compile(
    rf"(?:EMEA/H/C/\d+/)?(?:{_PREFIXES})/|EMA/[A-Z]{{1,5}}/\d|EMEA/H/"
    r"|[Vv]ariation[Tt]ype|Article61|Renewal|MarketingAuthorisation(?:Transfer)?|Transfer-|Annualre-?assessment"
    r"|Extensionofmarketing"
)
_MISREAD = re.compile(r"\w{1,6}/\d{2,5}(?:/G)?$")  # "I1/0144", "11/0041", "ⅡI/0004/G": scanned lists
_IRIS = re.compile(r"EMA/([A-Z]{1,5})/")
_PREFIX = re.compile(rf"(?:EMEA/H/C/\d+/)?({_PREFIXES})/")
_BLANKS = re.compile(r"\s+")
_EURD = re.compile(r"\bPSUSA\s?/\s?(\d{1,8})\s?/\s?(\d{6})\b")


def squashed(text: str) -> str:
    """The text without blanks: conversion puts some into numbers and takes others out of words."""
    return _BLANKS.sub("", text)


def numbers_in(cell: str) -> list[str]:
    """The numbers of procedures in a cell, without blanks, in their order, none twice."""
    text = squashed(cell)
    if text.startswith(("VariationtypeI", "VariationTypeI")):
        text = text.replace("/EMA", " EMA", 1)
    return list(dict.fromkeys(_NUMBER.findall(text)))


def begins_procedure(cell: str) -> bool:
    """Whether a cell of the first column begins the row of a procedure, its number readable or not."""
    text = squashed(cell)
    return _START.match(text) is not None or _MISREAD.match(text) is not None


def is_of_iris(number: str) -> bool:
    """Whether a number (or its beginning) is one of IRIS; in narrow columns it stands on a line of its own."""
    return number.startswith("EMA/")


def safety_report_numbers(scope: str) -> list[str]:
    """The numbers of assessments of periodic safety reports that a scope names (``PSUSA/00002888/202508``)."""
    return list(dict.fromkeys(f"PSUSA/{product}/{month}" for product, month in _EURD.findall(scope)))


def kind_of(cell: str, numbers: list[str], scope: str) -> str | None:
    """The kind of a procedure by its number, else by EMA's words; None where neither says it."""
    words = squashed(cell).casefold()
    for kind, pattern in _WORDS:
        if pattern.search(words):
            return kind
    if not numbers:
        return None
    number = numbers[0]
    if is_of_iris(number):
        code = _IRIS.match(number)
        prefix = code[1] if code else ""
        if prefix == "VR":
            return None
        if prefix == "PSUR" and any(other.startswith("PSUSA/") for other in numbers):
            return "psusa"
        return KINDS.get(prefix)
    match = _PREFIX.match(number)
    if match is None:
        return None
    if match[1].startswith("A"):
        return "referral"
    if match[1] == "SW":
        return next((kind for kind, pattern in _SCOPES if pattern.search(scope)), None)
    return KINDS.get(match[1])
