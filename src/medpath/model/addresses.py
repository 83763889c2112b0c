"""Postal addresses: the country at their end, and their lines where a source runs them together.

No line is invented and no word dropped: where nothing tells lines apart they stay together.
"""

from __future__ import annotations

import re

from medpath.model.company_names import comparable, without_name
from medpath.model.names import fold

_NAMES = {
    "AT": "Austria;Österreich", "BE": "Belgium;Belgique;België;Belgien", "BG": "Bulgaria;България",
    "HR": "Croatia;Hrvatska", "CY": "Cyprus;Κύπρος", "CZ": "Czech Republic;Czechia;Česká republika;Česko",
    "DK": "Denmark;Danmark", "EE": "Estonia;Eesti", "FI": "Finland;Suomi", "FR": "France;Frankreich",
    "DE": "Germany;Deutschland;Allemagne", "GR": "Greece;Ελλάδα;Ελλάς", "HU": "Hungary;Magyarország",
    "IS": "Iceland;Ísland", "IE": "Ireland;Éire;Republic of Ireland", "IT": "Italy;Italia",
    "LV": "Latvia;Latvija", "LI": "Liechtenstein", "LT": "Lithuania;Lietuva",
    "LU": "Luxembourg;Luxemburg;Grand Duchy of Luxembourg",
    "MT": "Malta", "NL": "Netherlands;The Netherlands;Nederland;Holland", "NO": "Norway;Norge",
    "PL": "Poland;Polska", "PT": "Portugal", "RO": "Romania;România", "SK": "Slovakia;Slovak Republic;Slovensko",
    "SI": "Slovenia;Slovenija", "ES": "Spain;España", "SE": "Sweden;Sverige",
    "GB": "United Kingdom;UK;Great Britain;England;Scotland;Wales;Northern Ireland;United Kingdom (Northern Ireland)",
    "CH": "Switzerland;Schweiz;Suisse", "MC": "Monaco", "US": "United States;USA;United States of America",
    "JP": "Japan", "IN": "India", "CA": "Canada", "IL": "Israel", "AU": "Australia", "CN": "China",
    "KR": "Republic of Korea;South Korea;Korea", "SG": "Singapore",
}  # fmt: skip

COUNTRIES: dict[str, str] = {fold(name): code for code, names in _NAMES.items() for name in names.split(";")}
_LONGEST_FIRST = sorted((name for names in _NAMES.values() for name in names.split(";")), key=lambda name: -len(name))
_COUNTRY = "|".join(re.escape(name) for name in _LONGEST_FIRST)
# Irish and British codes stand after the town or the country, those of the continent before the town.
_AFTER = r"[A-Z]\d[\dW] ?[A-Z0-9]{4}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_BEFORE = r"(?:[A-Z]{1,2} ?- ?)?(?:\d{3} \d{2}|\d{2}-\d{3}|\d{4}-\d{3}|\d{4} ?[A-Z]{2}|\d{5})"
_CODE_AFTER = re.compile(r"\b(?:[A-Z]\d[\dW] ?[A-Z][A-Z0-9]{3}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?!\w)")
_CODE_BEFORE = re.compile(
    r"(?<![\w/])(?:[A-Z\d]{1,2} ?[-–] ?)?"
    r"(\d{3} \d{2}(?!\d)|\d{2} ?- ?\d{3}(?!\d)|\d{4}-\d{3}|\d{4} ?[A-Z]{2}(?![A-Za-z])|\d{5}(?!\d)"
    r"|\d{4}(?=,? [^\W\d_]))"
)
_ENDING = re.compile(rf"(?:^|[\s,–-]+)((?:{_COUNTRY})[.,]?(?:\s+(?:{_AFTER}))?\.?)$", re.IGNORECASE)
_TRAILING_CODE = re.compile(rf"[\s,.]+(?:{_AFTER})\.?$")
_TOWN = re.compile(
    rf"(?<![\w/-])(?:{_BEFORE}|(?:[A-Z]{{1,2}} ?- ?)?\d{{4}}|[A-Z]{{1,2}}[- ]\d{{3,6}})\b(?=(?:,| ?-)? +[^\W\d_])"
    r"|\bDublin \d{1,2}\b"
)
_NUMBER = re.compile(r"(?:n[°ºo]?\. ?)?\d{1,4}[a-zA-Z]?(?: ?[-–/] ?\d{0,4}[a-zA-Z]?)?|s/n", re.IGNORECASE)
_CODE = re.compile(rf"(?:{_AFTER}|{_BEFORE}|[A-Z]{{1,2}}-\d{{4}})")
_ENDS_WITH_CODE = re.compile(rf"(?:^|\s)(?:{_BEFORE})$")
_STREET = re.compile(
    r"(?:rue|avenue|av\.?|boulevard|bd\.?|place|quai|route|cours|allée|impasse|chemin)\b", re.IGNORECASE
)
_CONTACT = re.compile(
    r"(?i:\b(?:e-?mail|electronic mail|tel|tél|telephone|phone|fax|website)\b(?: number)?\s*[.:]*\s*(?=[+(\d\w]))"
    r"|\S+@\S+\.\S+|(?i:\bwww\.)|\b[PTF]:? ?\+\d|\+\d\d",
)


def country_of(lines: list[str]) -> str | None:
    """The ISO 3166 code of the country that ends the address; a postal code may follow it. None where none does."""
    text = " ".join(lines).strip(" .,")
    for candidate in (text, _TRAILING_CODE.sub("", text)):
        folded = f" {fold(candidate)}"
        for name in _LONGEST_FIRST:
            if folded.endswith(f" {fold(name)}"):
                return COUNTRIES[fold(name)]
    return None


def postal_codes(lines: list[str]) -> set[str]:
    """What in an address can be its postal code, without country and blanks: ``D-55216`` and ``55216`` are one."""
    text = " ".join(lines)
    codes = {re.sub(r"\s", "", found[0]) for found in _CODE_AFTER.finditer(text)}
    return codes | {re.sub(r"[\s-]", "", found[1]) for found in _CODE_BEFORE.finditer(text)}


def split_lines(text: str) -> list[str]:
    """The parts of an address between line breaks and commas; house numbers and bare codes keep their neighbour."""
    lines: list[str] = []
    for line in text.split("\n"):
        parts = [part.strip(" ;") for part in line.split(",")]
        parts = _join_parts([part for part in parts if part])
        if lines and parts and _NUMBER.fullmatch(parts[0]):
            lines[-1] = f"{lines[-1]} {parts.pop(0)}"
        lines += parts
    return lines


def _join_parts(parts: list[str]) -> list[str]:
    joined: list[str] = []
    waiting = ""
    for number, part in enumerate(parts):
        following = parts[number + 1] if number + 1 < len(parts) else ""
        ahead = bool(following) and country_of([following]) is None
        whole, waiting = waiting + part, ""
        if _CODE.fullmatch(part):
            forward = ahead and not waiting
        elif _NUMBER.fullmatch(part):
            forward = bool(following) and (not joined or _STREET.match(following) is not None)
        else:
            forward = ahead and _ENDS_WITH_CODE.search(part) is not None
        if forward:
            waiting = f"{whole}, "
        elif joined and (_NUMBER.fullmatch(part) or _CODE.fullmatch(part)):
            joined[-1] = f"{joined[-1]}, {whole}"
        else:
            joined.append(whole)
    return joined


def lines_of(text: str, holder: str, first_line: str | None = None) -> list[str]:
    """The lines of an address that a source runs together, without the holder's name in it.

    Line breaks and commas part lines where they stand; besides ``first_line`` where another source
    states it, the postal code before the town, and the country's name. What follows as telephone or
    mail address is left out. Returns [] where the text does not name the holder, or where its lines
    stand in an order that can't be right (a town before the street).
    """
    rest = without_name(text, holder)
    if rest is None:
        return []
    rest = without_contact(rest)
    country: list[str] = []
    if (ending := _ENDING.search(rest)) is not None:
        country = [" ".join(ending[1].rstrip(".,").split())]
        rest = rest[: ending.start()]
    lines = split_lines(rest)
    start = (first_line or "").strip()
    if start and lines and lines[0].startswith(start) and lines[0][len(start) : len(start) + 1] in (" ", ","):
        lines[:1] = [start, lines[0][len(start) :].strip(" ,")]
    if len(lines) > 1 and _TOWN.match(lines[0]) and not comparable(text).startswith(comparable(holder)):
        return []
    if lines:
        lines[-1:] = _part_town(lines[-1])
    if len(lines) > 2 and _NUMBER.fullmatch(lines[-2]):
        lines[-3:-1] = [f"{lines[-3]}, {lines[-2]}"]
    return lines + country


def _part_town(line: str) -> list[str]:
    """A line parted before its last postal code, where that stands before a town."""
    places = [found.start() for found in _TOWN.finditer(line) if found.start() > 0]
    return [line[: places[-1]].strip(" ,"), line[places[-1] :]] if places else [line]


def without_contact(text: str) -> str:
    """The text before the first telephone number, mail or web address."""
    found = _CONTACT.search(text)
    return (text[: found.start()] if found else text).strip(" \n,;")
