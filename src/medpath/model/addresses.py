"""Postal addresses: the country at their end, and their lines where a source runs them together."""

from __future__ import annotations

import re

from medpath.model.names import fold

_NAMES = {
    "AT": "Austria;Österreich", "BE": "Belgium;Belgique;België;Belgien", "BG": "Bulgaria;България",
    "HR": "Croatia;Hrvatska", "CY": "Cyprus;Κύπρος", "CZ": "Czech Republic;Czechia;Česká republika",
    "DK": "Denmark;Danmark", "EE": "Estonia;Eesti", "FI": "Finland;Suomi", "FR": "France;Frankreich",
    "DE": "Germany;Deutschland;Allemagne", "GR": "Greece;Ελλάδα", "HU": "Hungary;Magyarország",
    "IS": "Iceland;Ísland", "IE": "Ireland;Éire;Republic of Ireland", "IT": "Italy;Italia",
    "LV": "Latvia;Latvija", "LI": "Liechtenstein", "LT": "Lithuania;Lietuva", "LU": "Luxembourg;Luxemburg",
    "MT": "Malta", "NL": "Netherlands;The Netherlands;Nederland;Holland", "NO": "Norway;Norge",
    "PL": "Poland;Polska", "PT": "Portugal", "RO": "Romania;România", "SK": "Slovakia;Slovak Republic;Slovensko",
    "SI": "Slovenia;Slovenija", "ES": "Spain;España", "SE": "Sweden;Sverige",
    "GB": "United Kingdom;UK;Great Britain;England;Scotland;United Kingdom (Northern Ireland)",
    "CH": "Switzerland;Schweiz;Suisse", "US": "United States;USA;United States of America",
    "JP": "Japan", "IN": "India", "CA": "Canada", "IL": "Israel", "AU": "Australia",
}  # fmt: skip

COUNTRIES: dict[str, str] = {fold(name): code for code, names in _NAMES.items() for name in names.split(";")}
_LONGEST_FIRST = sorted((name for names in _NAMES.values() for name in names.split(";")), key=lambda name: -len(name))
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}[- ]?\d{3,6}\b(?: ?[A-Z]{2}\b)?|\d{4} ?[A-Z]{2}\b|\d{3} \d{2}\b|\d{2}-\d{3}\b|\d{4,5}\b)"
)


def country_of(lines: list[str]) -> str | None:
    """The ISO 3166 code of the country that stands in the last line (or ends it); None where none does."""
    if not lines:
        return None
    last = lines[-1].strip(" .,")
    if code := COUNTRIES.get(fold(last)):
        return code
    folded = f" {fold(last)}"
    for name in _LONGEST_FIRST:
        if len(name) > 3 and folded.endswith(f" {fold(name)}"):
            return COUNTRIES[fold(name)]
    return None


def lines_of(text: str, holder: str, first_line: str | None = None) -> list[str]:
    """The lines of an address that a source runs together, without the holder's name before it.

    Line breaks and commas part lines where they stand; else ``first_line`` where another source
    states it, the first postal code, and the country's name. Returns [] where the text does not
    begin with the holder's name.
    """
    rest = without_name(text, holder)
    if rest is None:
        return []
    parts = [part.strip(" .,;") for part in re.split(r"[\n]+|,\s+(?!\d{1,3}\b\s*$)", rest)]
    parts = [part for part in parts if part]
    if len(parts) == 1:
        parts = _part(parts[0], first_line)
    return parts


def without_name(text: str, name: str) -> str | None:
    """The text after the name at its beginning, spelling aside; None where it does not begin so."""
    wanted = fold(name).replace(" ", "")
    if not wanted:
        return None
    for end in range(1, min(len(text), len(name) + 40) + 1):
        have = fold(text[:end]).replace(" ", "")
        if have == wanted and not text[end : end + 1].isalnum():
            return text[end:].strip(" .,;\n")
        if len(have) > len(wanted):
            return None
    return None


def _part(text: str, first_line: str | None) -> list[str]:
    country = None
    for name in _LONGEST_FIRST:
        if len(name) > 2 and re.search(rf"(?:^|\s|,){re.escape(name)}\.?$", text, re.IGNORECASE):
            country = text[len(text.rstrip(".")) - len(name) :] if not text.endswith(".") else name
            text = text.rstrip(".")[: -len(name)].strip(" ,.")
            break
    lines: list[str] = []
    if first_line and fold(text).startswith(fold(first_line)) and text.startswith(first_line.strip()):
        lines.append(first_line.strip())
        text = text[len(first_line.strip()) :].strip(" ,.")
    found = list(_POSTCODE.finditer(text))
    if found and found[-1].start() > 0 and not lines:
        place = found[-1].start()
        lines += [text[:place].strip(" ,."), text[place:].strip(" ,.")]
    elif text:
        lines.append(text)
    return [*lines, country] if country else lines
