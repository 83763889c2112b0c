"""What the product information says of holder, EU numbers and dates, found by its headings.

Sections 7 to 9 of the summary of product characteristics (SmPC) count; where they are lost, the same
statements on the labelling (its sections 11 and 12). Headings are looked for in the running text:
conversions of watermarked files put them into the middle of paragraphs, lose their numbers or part
them from what follows. One file may hold several SmPCs; numbers of all of them are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from medpath.documents.markdown import read_markdown
from medpath.model.addresses import country_of, without_contact
from medpath.model.numbers import eu_number
from medpath.sources.cleaning import EARLIEST_DAY, LATEST_DAY

WINDOW = 20_000  # signs; lists of packs are long, and tables pad their cells with hundreds of blanks
NEAR = 2_500
HOLDER_LENGTH = 600
PACKS_IN_RANGE = 400

# Patterns that begin with a word as it stands are found many times faster.
_HOLDER = re.compile(r"MARKETING\s+AUTHORI[SZ]ATION\s+HOLDER(?:\s?\(S\)|S\b)?")
_NUMBER = re.compile(r"MARKETING\s+AUTHORI\w{3,7}\s+NUMBER")
_REGISTER_NUMBER = re.compile(r"NUMBER\(S\) IN THE COMMUNITY REGISTER")
_FIRST_DATE = re.compile(r"DATES?\s+O\s?F\s+(?:THE\s+)?FIRST\s+AUTHORI")
_LABEL = re.compile(r"(?:NAME\s+AND\s+)?ADDRESS\s*OF\s*THE\s*$")
_IN_SENTENCE = re.compile(r"(?:\bOF|\bON|\bBY|\bTO|OF\s*THE|\bTHE)\s*$")
_LABEL_NUMBER = re.compile(r"\b(?:12|16)\s*\.?\s*\|?\s*$")

_HOLDER_END = re.compile(
    r"MARKETING\s*AUTHORI[SZ]\w*|NUMBER\(S\) IN THE COMMUNITY|\bEU\s?/\s?[1lI]\s?/|\bDATES?\s?O ?F\s"
    r"|\b1\d\s?\.\s+[A-Z]{4}"
)
_NUMBER_END = re.compile(r"\bDATES?\s?O ?F\s|\b(?:BATCH NUMBER|GENERAL CLASSIFICATION FOR SUPPLY)")
_DATES_END = re.compile(r"\bDATES?\s?O ?F\s+(?:THE\s+)?REV|\bNAME OF THE MEDICINAL PRODUCT|\bMANUFACTURER")
_LOOSE_NUMBER = re.compile(r"(?:^|\s)(?:[789]|1[0-2])\s?\.?$")
_WATERMARK = re.compile(r"m?edicinal\s+product\s+(?:is\s+)?no\s+longer\s+authori[sz]ed?", re.IGNORECASE)
_FURNITURE = re.compile(r"^©.*$|^\.{3,}$|^…+$", re.MULTILINE)
_ORDINAL = re.compile(r"(\d) (st|nd|rd|th)\b")
_WORD = re.compile(r"\w+")
_GREEK_SIGN = re.compile("[Α-Ω]")
_GREEK = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")

_EU = re.compile(
    r"\bEU\s?/\s?[1lI]\s?/\s?(\d{2})\s?/\s?(\d{1,4})(?:\s?/\s?(\d{3})([a-z]\b)?"
    r"(?:\s?[-–]\s?(\d{3})\b(?!\s?(?!EU\b|DATE|and\b)[^\W\d_]))?)?(?!\d)"  # "001 - 100 mg/4 ml" is no range of packs
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = (
    rf"(?:(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?[\s.-]*{_MONTH}[\s.,-]*(?P<year>\d{{4}})"
    r"|(?P<day2>\d{1,2})\s?[./]\s?(?P<month2>\d{1,2})\s?[./]\s?(?P<year2>\d{4}))"
)
_FIRST = re.compile(rf"Date\s+of\s+(?:the\s+)?f ?irst\s+.?uthori[sz]ation\s*:?\s*{_DAY}", re.IGNORECASE)
_RENEWAL = re.compile(
    rf"(?:Date\s+of\s+)?(?:the\s+)?(?:latest|last)\s+renewal(?:\s+of\s+the\s+authori[sz]ation)?\s*:?\s*{_DAY}",
    re.IGNORECASE,
)


@dataclass
class Statements:
    """What a product information states.

    ``holder`` is the text with the name and the address, its lines as they are known;
    ``holder_section`` and ``numbers_section`` say whether SmPC or labelling gave it. Days are ISO.
    ``faults`` are (code, sentence).
    """

    holder: str | None = None
    holder_section: str | None = None
    eu_numbers: list[str] = field(default_factory=list)
    pack_numbers: list[str] = field(default_factory=list)
    numbers_section: str | None = None
    first_authorisation: str | None = None
    renewal: str | None = None
    faults: list[tuple[str, str]] = field(default_factory=list)


def read_statements(text: str) -> Statements:
    """What a product information in Markdown (the whole, or sections 7 to 10 alone) states."""
    found = Statements()
    _find_holder(text, found)
    _find_numbers(text, found)
    _find_days(text, found)
    if found.holder is None:
        found.faults.append(("no-holder", "No name and address of the holder was found in the text."))
    elif country_of(found.holder.split("\n")) is None:
        found.faults.append(("no-country", "The holder's address ends in no country; it is not used as whole."))
    if len(found.eu_numbers) > 1:
        found.faults.append(("several-eu-numbers", f"The text states {', '.join(found.eu_numbers[:5])}."))
    if not found.eu_numbers:
        found.faults.append(("no-eu-number", "No EU number was found in the text."))
    return found


def _find_holder(text: str, found: Statements) -> None:
    """The first address that ends in a country counts, else the first that there is; the SmPC's before the label's."""
    best: tuple[bool, str, str] | None = None
    places = list(_HOLDER.finditer(text))
    for section, fits in (("smpc-7", _stands_alone), ("labelling-11", _stands_on_label)):
        for match in places:
            if not fits(text[max(0, match.start() - 40) : match.start()]):
                continue
            holder = _holder_after(_window(text, match.end()))
            if not holder:
                continue
            whole = country_of(holder.split("\n")) is not None
            if best is None or (whole and not best[0]):
                best = whole, holder, section
            if whole:
                break
        if best is not None and best[0]:
            break
    if best is not None:
        _, found.holder, found.holder_section = best


def _stands_alone(before: str) -> bool:
    return _IN_SENTENCE.search(before) is None


def _stands_on_label(before: str) -> bool:
    return _LABEL.search(before) is not None


def _holder_after(window: str) -> str:
    lines = plain_lines(window)
    end = _HOLDER_END.search(lines)
    holder = lines[: end.start()] if end else lines[:HOLDER_LENGTH]
    if len(holder) > HOLDER_LENGTH:
        return ""
    return without_contact(_LOOSE_NUMBER.sub("", holder.strip()))


def _find_numbers(text: str, found: Statements) -> None:
    headings = [*_NUMBER.finditer(text), *_REGISTER_NUMBER.finditer(text)]
    for section in ("smpc-8", "labelling-12"):
        for match in headings:
            labelled = _LABEL_NUMBER.search(text[max(0, match.start() - 12) : match.start()]) is not None
            if labelled != (section == "labelling-12"):
                continue
            window = text[match.end() : match.end() + WINDOW]
            end = _NUMBER_END.search(window)
            _take_numbers(window[: end.start()] if end else window, found)
        if found.eu_numbers:
            found.numbers_section = section
            return


def _take_numbers(window: str, found: Statements) -> None:
    for match in _EU.finditer(window):
        year, number, first, letter, last = match.groups()
        product = eu_number(f"EU/1/{year}/{number}")
        if product is None or 30 < int(year) < 95:
            continue
        if product not in found.eu_numbers:
            found.eu_numbers.append(product)
        if first is None:
            continue
        start, stop = int(first), int(last or first)
        if start <= stop <= start + PACKS_IN_RANGE:
            packs = [f"{product}/{pack:03d}{letter or ''}" for pack in range(start, stop + 1)]
            found.pack_numbers += [pack for pack in packs if pack not in found.pack_numbers]


def _find_days(text: str, found: Statements) -> None:
    """The day of the first authorisation where the text states only one, and the latest renewal."""
    first: list[str] = []
    renewals: list[str] = []
    for match in _FIRST_DATE.finditer(text):
        lines = plain_lines(_window(text, match.end()))
        end = _DATES_END.search(lines)
        section = lines[: end.start()] if end else lines[:1_000]
        first += [day for day in map(_day, _FIRST.finditer(section)) if day is not None]
        renewals += [day for day in map(_day, _RENEWAL.finditer(section)) if day is not None]
    days = list(dict.fromkeys(first))
    if len(days) > 1:
        shown = ", ".join(days[:5])
        found.faults.append(("several-dates", f"The text states several days of the first authorisation: {shown}."))
    found.first_authorisation = days[0] if len(days) == 1 else None
    found.renewal = max(renewals, default=None)


def _day(match: re.Match[str]) -> str | None:
    month = match["month"]
    number = _MONTHS.index(month[:3].lower()) + 1 if month else int(match["month2"])
    try:
        day = date(int(match["year"] or match["year2"]), number, int(match["day"] or match["day2"]))
    except ValueError:
        return None
    return day.isoformat() if EARLIEST_DAY <= day < LATEST_DAY else None


def _window(text: str, start: int) -> str:
    """The text near a heading; more of it where it stands in a table."""
    near = text[start : start + NEAR]
    return text[start : start + WINDOW] if "|" in near else near


def plain_lines(text: str) -> str:
    """The text of Markdown without its marks, furniture and watermarks; one line per block, cell or break."""
    lines = "\n".join(_lines(text))
    lines = _FURNITURE.sub("", _WATERMARK.sub("\n", lines))
    lines = _ORDINAL.sub(r"\1\2", lines)
    if _GREEK_SIGN.search(lines):
        lines = _WORD.sub(_in_one_script, lines)
    stripped = (line.strip(" |") for line in lines.split("\n"))
    return "\n".join(line for line in stripped if line)


def _lines(text: str) -> Iterator[str]:
    for block in read_markdown(text).blocks:
        if block.kind == "table":
            yield from _cells(block.rows)
        else:
            yield block.text


def _cells(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in rows:
        yield from (cell for cell in row if cell)


def _in_one_script(match: re.Match[str]) -> str:
    """A Latin word with a Greek capital that only looks Latin ("Ιreland"), in Latin letters."""
    word = match[0]
    if word.isascii() or not any(sign.isascii() for sign in word):
        return word
    return word.translate(_GREEK)
