"""Name and postal address of the holder as a page prints them.

Two layouts of the Markdown conversion lose all lines of the address but the first; the third keeps
all of them, but runs the name and the first line together. There the end of the name is the legal
form in it (``Eli Lilly Nederland B.V. Orteliuslaan 1000``), or the house number before a French street
(``Ipsen Pharma 70 rue Balard``); where there is neither nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from medpath.model.addresses import country_of
from medpath.model.company_names import same_company
from medpath.sources.cleaning import clean_text

_FORM = re.compile(
    r"(?<![\w&-])(?:"
    r"GmbH(?:\s+&\s+Co\.?\s+KGa?A?)?|mbH|AG(?:\s+&\s+Co\.?\s+KG)?|KGaA|SE"
    r"|B\.?\s?V\.?|N\.?\s?V\.?|S\.?\s?p\.?\s?A\.?|S\.?\s?r\.?\s?l\.?|S\.?\s?A\.?\s?S\.?|S\.?\s?A\.?\s?R\.?\s?L\.?"
    r"|S\.?\s?L\.?\s?U\.?|S\.?\s?A\.?\s?U\.?|S\.?\s?L\.?|S\.?\s?A\.?|A/S|ApS|A\.?B\.?(?:\s+\(publ\))?|Oyj?|ASA|AS|ehf\.?|hf\.?"
    r"|Limited|Ltd\.?|LTD\.?|PLC|plc\.?|Plc\.?|p\.l\.c\.|Unlimited Company|UC|DAC|Designated Activity Company"
    r"|EEIG|LLC|Inc\.?|s\.?\s?r\.?\s?o\.?|k\.\s?s\.|a\.\s?s\.|d\.\s?o\.\s?o\.?|d\.\s?d\.(?:,\s+Novo mesto)?"
    r"|Sp\.\s?z\s?o\.?\s?o\.?|Kft\.?|Zrt\.?|Nyrt\.?|Lda\.?|BVBA|SRL|SPRL|SIA|UAB|OÜ|EOOD"
    r")(?![\w&/'’-])(?:,?\s+(?:Ireland )?Branch\b)?",
)  # fmt: skip
_FRENCH_STREET = re.compile(
    r"([^\W\d][^\d]*?),? "
    r"(\d{1,4}(?: ?bis)?,? (?:rue|avenue|boulevard|place|quai|route|cours|allée|impasse|chemin)\b.*)",
    re.IGNORECASE,
)


@dataclass
class Holder:
    """``text`` is the whole as printed where name and address can't be told apart; then ``name`` is None."""

    name: str | None = None
    address: list[str] = field(default_factory=list)
    text: str | None = None

    @property
    def complete(self) -> bool:
        """An address is whole where its country stands in it."""
        return country_of(self.address) is not None


def read_holder(values: list[str], run_together: bool) -> Holder:
    """The holder from the values under the label, each with its line breaks.

    ``run_together`` says that the name may go on into the address on one line; else the first line
    is the name.
    """
    lines = [line for line in (clean_text(part) for value in values for part in value.split("\n")) if line]
    if not lines:
        return Holder()
    if not run_together or len(values) > 1:
        return _holder(lines[0], lines[1:])
    name, rest = _split(lines[0], alone=len(lines) == 1)
    if name is None:
        return Holder(text="\n".join(lines))
    return _holder(name, [rest, *lines[1:]] if rest else lines[1:])


def _holder(name: str, address: list[str]) -> Holder:
    """Some pages print the name again as the first line of the address."""
    if address and same_company(address[0], name):
        address = address[1:]
    return Holder(name, [line.strip(" ,") for line in address if line.strip(" ,")])


def _split(line: str, alone: bool) -> tuple[str | None, str]:
    """(name, first line of the address); no name where the line does not say where it ends."""
    words = line.split(" ")
    half = len(words) // 2
    if half and len(words) % 2 == 0 and same_company(" ".join(words[:half]), " ".join(words[half:])):
        return " ".join(words[:half]), ""
    match = _FORM.search(line, 1)
    while match is not None:
        following = _FORM.match(line, match.end() + 1) if line[match.end() : match.end() + 1] == " " else None
        if following is None:
            break
        match = following
    if match is not None:
        return line[: match.end()].rstrip(" ,"), line[match.end() :].strip(" ,")
    if (street := _FRENCH_STREET.fullmatch(line[:500])) is not None:
        return street[1], street[2]
    if alone and not any(sign.isdigit() for sign in line):
        return line, ""
    return None, ""
