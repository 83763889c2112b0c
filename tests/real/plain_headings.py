"""A second way to find the headings of a summary, to judge the reader by: nothing of the package, no order, no layout.

The raw Markdown is run together to its letters and digits, and the wordings of the template are looked for with their
numbers before them. Where two headings that follow each other in the template follow each other in the text, what
stands between them is the section. Everything else (a wording of older templates, a typing error, a heading
named in a sentence, a watermark that took the number away) this way can't judge, and it says so.
"""

import html
import re
from dataclasses import dataclass

WORDINGS = {
    "1": "nameofthemedicinalproduct",
    "2": "qualitativeandquantitativecomposition",
    "3": "pharmaceuticalform",
    "4": "clinicalparticulars",
    "4.1": "therapeuticindications",
    "4.2": "posologyandmethodofadministration",
    "4.3": "contraindications",
    "4.4": "specialwarningsand(?:special)?precautionsforuse",
    "4.5": "interactions?withothermedicinalproductsandotherformsofinteraction",
    "4.6": "(?:fertility)?pregnancyandlactation",
    "4.7": "effectsonabilitytodriveandusemachines",
    "4.8": "undesirableeffects",
    "4.9": "overdose",
    "5": "pharmacologicalproperties",
    "5.1": "pharmacodynamicproperties",
    "5.2": "pharmacokineticproperties",
    "5.3": "preclinicalsafetydata",
    "6": "pharmaceuticalparticulars",
}
ASKED = [f"4.{number}" for number in range(1, 10)] + ["5.1", "5.2", "5.3"]
EDGE = 100  # signs that must agree at either end

_NUMBERS = list(WORDINGS)
_BY_DIGITS = {number.replace(".", ""): number for number in _NUMBERS}
_HEADING = re.compile("|".join(f"{digits}(?:{WORDINGS[number]})" for digits, number in _BY_DIGITS.items()))
_NAMED_BEFORE = re.compile(r"(?:sections?|see|and|or|to)\Z")
_WATERMARK = re.compile(r"medicinalproductnolongerauthorised?")


@dataclass(frozen=True)
class Found:
    """A heading: its number, and where its section's text begins and ends in the letters; no end: not judged."""

    number: str
    start: int
    end: int | None


def letters(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return "".join(filter(str.isalnum, text.lower()))


def letters_of_markdown(raw: str) -> str:
    """The letters and digits of the summaries in docling's Markdown (all before annex II), no watermarks."""
    text = raw.split("\n---", 1)[1] if raw.startswith("---") else raw
    text = re.split(r"^\W*ANNEX\W+II\b", text, maxsplit=1, flags=re.MULTILINE)[0]
    text = re.sub(r"<!--.*?-->|</?div[^>]*>|\]\([^)]*\)", " ", text)
    return _WATERMARK.sub("", letters(html.unescape(text)))


def find(text: str) -> list[Found]:
    """The headings in the letters of a document, by their order."""
    headings = [
        (match.start(), match.end(), _BY_DIGITS[re.match(r"\d+", match[0])[0]])  # type: ignore[index]
        for match in _HEADING.finditer(text)
        if not _NAMED_BEFORE.search(text, max(0, match.start() - 8), match.start())
    ]
    found: list[Found] = []
    for index, (_, end, number) in enumerate(headings):
        after = headings[index + 1] if index + 1 < len(headings) else None
        follows = after is not None and _NUMBERS.index(after[2]) == _NUMBERS.index(number) + 1
        found.append(Found(number, end, after[0] if after is not None and follows else None))
    return found


def agrees(text: str, heading: Found, section: str) -> bool:
    """Whether a section's letters begin and end as the text between the headings does."""
    between = text[heading.start : heading.end]
    plural = between[1:] if heading.number == "4.5" and between.startswith("s") else between  # "forms of interactions"
    return section[:EDGE] in (between[:EDGE], plural[:EDGE]) and between[-EDGE:] == section[-EDGE:]
