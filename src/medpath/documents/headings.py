"""Places in the text of a product information that may be headings of the QRD template.

A heading is recognised by its number together with its wording, wherever it stands: as a block of its
own, before the text that follows it, in the middle of a paragraph (watermarked files), with its number
in the block before, with typing errors. A wording without number or a number without wording counts
for less, and only where the block holds nothing else. Which of the places are the headings is decided
by their order (`medpath.documents.outline`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from medpath.documents.blocks import Block
from medpath.documents.qrd import ENTRIES, HEADS, Entry, index_behind, squeeze

Form = Literal["own", "leading", "running", "apart", "no-number", "no-wording"]

LONGEST_HEADING = 260
SHORT = 200
ALIKE = 0.88  # of a wording with typing errors and the template's

_STRENGTH: dict[Form, float] = {
    "own": 10, "leading": 9, "running": 8, "apart": 7, "no-number": 3, "no-wording": 2
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place that may be a heading: of which entry, from which sign of which block to which.

    ``number`` is the number as given (labels differ in it). ``last`` is the block that the heading
    ends in: a number may stand in one block and its wording in the next. ``form`` says how it stands
    there; ``exact`` is false for a wording with typing errors. ``strength`` is higher for what is
    less likely to be anything but a heading.
    """

    entry: Entry
    number: str
    block: int
    start: int
    last: int
    end: int
    form: Form
    exact: bool
    strength: float


_NUMBER = re.compile(r"(?<![\w.,/–-])(\d{1,2})(?:\s?\.\s?(\d{1,2}))?\s?[.:]?\s*(?=[^\W\d_])")
_LETTER = re.compile(
    r"(?<![\w.])([A-F])\s?[.:]?\s*(?=MANUF|Manuf|HOLDER|COND|Cond|CONI|OTHER COND|Other cond|SPECIFIC)"
)
_NUMBERED = re.compile(r"\W{0,4}(?:\d{1,2}|[A-F])(?!\w)")
_ALONE = re.compile(r"(\d{1,2}\s?\.(?:\s?\d{1,2}\s?\.?)?|[A-E]\s?\.)$")
_REFERENCE = re.compile(
    r"(?:\b(?:sections?|paragraphs?|points?|chapters?|tables?|figures?|steps?|annex|smpc|see|and|(?<!f )or|to|of|in"
    r"|under|than)"
    r"|[-–(/<>=≥≤±×+])\s*$|['\"“‘]$",
    re.IGNORECASE,
)
_HEAD_BEGINS = re.compile(
    r"[ \t–•·*|\uf0b7-]*(?=ANNEX|SUMMARY|LABEL|[AB]\s?\.?\s*(?:LABEL|PACKAG)|(?:MINIMUM\s?)?PARTICULAR|PACKAG|Packag"
    r"|SCIENTIFIC|CONCLUSION|Annex IV\W*$)"
)
_IN_QUOTES = re.compile(r"\s*[)'\"”’;,]")
_TAIL = re.compile(r"(?:\s?\(\s?[sS]\s?\)|[)>])*\s?[.:]?(?=\s|$)")
_BULLETS = " \t-–•·*|\uf0b7"
_DONE_TO_IT = re.compile("(?:IS|ARE|WILLBE)(?:USED|GIVEN|STORED|TAKEN|ADMINISTERED)")
_NAME = r"((?:(?!\bwhat\b|leaflet)[^\n]){2,120}?)"
_NAMED = re.compile(rf"\bWhat (?:(?:is|are) {_NAME}|{_NAME} (?:is|are)) and what", re.IGNORECASE)

_BY_NUMBER: dict[str, list[Entry]] = {}
for _entry in ENTRIES:
    _BY_NUMBER.setdefault(_entry.number, []).append(_entry)
_LABELS = [entry for entry in ENTRIES if entry.part == "labelling"]
for _number in map(str, range(1, 19)):
    numbered = _BY_NUMBER.setdefault(_number, [])
    numbered += [entry for entry in _LABELS if entry not in numbered]
_TITLES = {entry: squeeze(entry.title) for entry in ENTRIES}
_OPEN = {("package-leaflet", "2"), ("package-leaflet", "3"), ("package-leaflet", "5")}
_USED_FOR = next(entry for entry in ENTRIES if entry.part == "package-leaflet" and entry.number == "1")
_BEGINNINGS = frozenset(
    "NAM QUA PHA CLI THE POS CON SPE INT USE FER PRE EFF UND OVE NON LIS INC SHE NAT INS MAR DAT MAN HOL OTH STA MET"  # noqa: SIM905
    " EXP BAT GEN INF BRA UNI WHA BEF HOW STO FUR DOS RAD".split()
)


def full_text(block: Block) -> str:
    """A block's text with the number that it bears as an item of a list."""
    return f"{block.marker} {block.text}" if block.marker else block.text


def find_headings(blocks: Sequence[Block]) -> list[Place]:
    """All places that may be headings, by their order in the text. Several entries may share one place."""
    texts = [full_text(block) for block in blocks]
    names = _names(texts)
    found: list[Place] = []
    taken: dict[int, int] = {}  # blocks whose beginning is the wording to a number before
    for index, text in enumerate(texts):
        if not text:
            continue
        if (head := _head(text, index)) and index not in taken:
            found.append(head)
            if head.end >= len(text):
                continue
        places = [*_numbered(text, index, names), *_lettered(text, index)]
        if not places and len(text) <= SHORT and index not in taken:
            places = (
                (list(_joined(blocks, texts, index, names)) if _NUMBERED.match(text) else [])
                or list(_bare_number(text, index))
                or list(_without_number(blocks[index], text, index))
            )
            taken |= {place.last: place.end for place in places if place.last != index}
        found += [place for place in places if place.start >= taken.get(index, 0)]
    return in_order(found)


def in_order(places: Iterable[Place]) -> list[Place]:
    """The places by their order in the text, without those that begin within a stronger or an earlier one."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: (place.block, place.start, -place.strength)):
        while kept and _within(place, kept[-1]) and place.strength > kept[-1].strength:
            kept.pop()
        if not (kept and _within(place, kept[-1])):
            kept.append(place)
    return kept


def _within(place: Place, other: Place) -> bool:
    """Whether a place begins in the span of one that begins before it."""
    if (place.block, place.start) == (other.block, other.start):
        return False
    return (place.block, place.start) < (other.last, other.end)


def _head(text: str, index: int) -> Place | None:
    """The title of a part, a label or a leaflet, at the beginning of a block."""
    found = _HEAD_BEGINS.match(text)
    if found is None:
        return None
    start = found.end()
    squeezed = squeeze(text[start : start + LONGEST_HEADING])
    for entry in HEADS:
        match = entry.pattern.match(squeezed)
        if match is None:
            continue
        end = _end(text, index_behind(text, start, match.end()))
        heading, rest = text[start:end], text[end:].lstrip()
        if entry.part == "package-leaflet":
            if not (heading.isupper() or ":" in text[start : end + 2] or "nformation" in heading):
                continue
        elif not (heading.isupper() or entry.part == "other") or (
            rest and len(text) > SHORT and not rest[:1].isupper()
        ):
            continue
        if "PARTICULARS" in heading and len(text) <= SHORT:
            end = len(text)
        form: Form = "own" if end >= len(text) else "leading"
        return Place(entry, entry.number, index, start, index, end, form, True, _STRENGTH["own"])
    return None


def _numbered(text: str, index: int, names: Sequence[str]) -> Iterator[Place]:
    for match in _NUMBER.finditer(text):
        found = False
        for number, start in _numbers(match):
            entries = _BY_NUMBER.get(number)
            leading = not text[:start].strip(_BULLETS)
            if entries is None or (not leading and _REFERENCE.search(text, max(0, start - 12), start)):
                continue
            for place in _worded(text, index, number, entries, start, match.end(), leading, names):
                found = True
                yield place
            if found:
                break


def _numbers(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """The numbers that may be meant, with their places: "6. 4." is 6.4, or the end of a sentence and 4."""
    if not match[2]:
        yield match[1], match.start()
        return
    yield f"{match[1]}.{match[2]}", match.start()
    if match.start(2) > match.end(1) + 1:
        yield match[2], match.start(2)


def _lettered(text: str, index: int) -> Iterator[Place]:
    for match in _LETTER.finditer(text):
        entries = _BY_NUMBER.get(match[1])
        if entries is not None:
            leading = not text[: match.start()].strip(_BULLETS)
            yield from _worded(text, index, match[1], entries, match.start(), match.end(), leading, ())


def _worded(
    text: str,
    index: int,
    number: str,
    entries: Sequence[Entry],
    start: int,
    wording: int,
    leading: bool,
    names: Sequence[str],
) -> Iterator[Place]:
    """The entries whose wording stands from ``wording`` on, the number being at ``start``."""
    squeezed = squeeze(text[wording : wording + LONGEST_HEADING])
    if len(squeezed) < 4:
        return
    found = False
    for entry in entries:
        end = _wording_end(text, wording, squeezed, entry, names)
        if end is None:
            continue
        form = _form(text, wording, end, leading, entry)
        if form is not None:
            found = True
            yield Place(entry, number, index, start, index, end, form, True, _STRENGTH[form])
    if found:
        return
    for entry in entries:
        open_ended = (entry.part, entry.number) in _OPEN
        if entry.number == number and not open_ended and (length := _nearly(squeezed, _TITLES[entry])):
            end = _end(text, index_behind(text, wording, length))
            form = _form(text, wording, end, leading, entry)
            if form is not None:
                yield Place(entry, number, index, start, index, end, form, False, _STRENGTH[form] - 2)
                return


def _wording_end(text: str, start: int, squeezed: str, entry: Entry, names: Sequence[str]) -> int | None:
    """Where the wording of an entry ends that begins at ``start``; none where it doesn't stand there."""
    match = entry.pattern.match(squeezed)
    if match is None:
        return None
    if (entry.part, entry.number) in _OPEN:
        return _open_end(text, start, squeezed, match.end(), names)
    for length in (match.end(), match.end() - 1):  # a plural's S may begin the next word ("FORM Solution")
        end = index_behind(text, start, length)
        if not text[end : end + 1].isalpha() and entry.pattern.fullmatch(squeezed, 0, length):
            return _end(text, end)
    return None


def _open_end(text: str, start: int, squeezed: str, least: int, names: Sequence[str]) -> int | None:
    """Where a leaflet's heading ends that has the medicine's name in it ("How to take X", "How X is given")."""
    ends = [at + len(name) for name in names if (at := squeezed.find(name, 0, least + 120)) >= 0]
    if ends:
        stop = max(least, min(ends))
        following = _DONE_TO_IT.match(squeezed, stop)
        return _end(text, index_behind(text, start, following.end() if following else stop))
    last = index_behind(text, start, len(squeezed))
    return len(text) if len(text) <= SHORT and not text[last:].strip(" .:)?") else None


def _end(text: str, end: int) -> int:
    match = _TAIL.match(text, end)
    return match.end() if match else end


def _form(text: str, wording: int, end: int, leading: bool, entry: Entry) -> Form | None:
    """How a heading stands in its block; none where it only looks like one (in a sentence, in quotation marks)."""
    heading = text[wording:end]
    if leading and not text[end:].strip(_BULLETS):
        return "own"
    letters = [sign for sign in heading if sign.isalpha()]
    upper = sum(sign.isupper() for sign in letters)
    if entry.capitals and upper < 0.8 * len(letters):
        return None
    if not letters or not letters[0].isupper():
        return None
    if leading:
        return "leading"
    return None if _IN_QUOTES.match(text, end) else "running"


def _joined(blocks: Sequence[Block], texts: Sequence[str], index: int, names: Sequence[str]) -> Iterator[Place]:
    """A heading that goes over two blocks: the number and the wording, or the two halves of a wording."""
    text = texts[index]
    after = index + 1
    while after < len(texts) and after < index + 3 and not (texts[after].strip(_BULLETS) or blocks[after].rows):
        after += 1
    if after == len(texts) or _NUMBERED.match(texts[after]):
        return
    joined = f"{text} {texts[after][:LONGEST_HEADING]}"
    for place in [*_numbered(joined, index, names), *_lettered(joined, index)]:
        end = place.end - len(text) - 1
        if place.exact and place.form in ("own", "leading") and place.start < len(text) and end > 0:
            form: Form = "own" if not texts[after][end:].strip(_BULLETS) else "leading"
            yield replace(place, last=after, end=end, form=form, strength=_STRENGTH["leading"])


def _bare_number(text: str, index: int) -> Iterator[Place]:
    """A number that is a block of its own, without any wording."""
    bare = text.strip(_BULLETS)
    if _ALONE.match(bare):
        number = re.sub(r"\s", "", bare).rstrip(".")
        for entry in _BY_NUMBER.get(number, ()):
            if entry.number == number:
                yield Place(entry, number, index, 0, index, len(text), "no-wording", True, _STRENGTH["no-wording"])


def _without_number(block: Block, text: str, index: int) -> Iterator[Place]:
    """A block that holds a heading's wording and nothing else, not even its number."""
    if block.kind == "item" and not block.marker and not text.isupper():
        return
    bare = text.strip(_BULLETS)
    if bare[:3].upper() not in _BEGINNINGS:
        return
    squeezed = squeeze(bare)
    for entry in ENTRIES:
        if entry.pattern.fullmatch(squeezed) and (entry is not _USED_FOR or "ANDWHAT" in squeezed):
            strength = _STRENGTH["no-number"] + (1 if block.kind == "heading" else 0)
            yield Place(entry, entry.number, index, 0, index, len(text), "no-number", True, strength)


def find_lost_numbers(blocks: Sequence[Block], places: Sequence[Place], missing: Collection[Entry]) -> list[Place]:
    """Places for wordings in the middle of a text that bear no number.

    Watermarks tear numbers off: they stand as blocks of their own, somewhere on the page ("apart"), or
    are lost. The first are looked for on the page of each number that stands alone, the second only for
    the entries in ``missing``.
    """
    found: list[Place] = []
    known = {(place.last, place.end) for place in places if place.form != "no-number"}
    pages: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        pages.setdefault(block.page, []).append(index)
    for place in places:
        if place.form == "no-wording":
            for index in pages[blocks[place.block].page]:
                found += _in_text(full_text(blocks[index]), index, place.entry, "apart")
    for entry in missing:
        for index, block in enumerate(blocks):
            if block.kind != "table":
                found += _in_text(full_text(block), index, entry, "no-number")
    return [place for place in found if (place.last, place.end) not in known]


def _in_text(text: str, index: int, entry: Entry, form: Form) -> Iterator[Place]:
    for match in entry.pattern.finditer(squeeze(text)):
        start = index_behind(text, 0, match.start() + 1) - 1
        inner = index_behind(text, 0, match.end())
        end = _end(text, inner)
        before = text[:start].rstrip()
        torn = text[start - 1 : start].isalnum() or text[inner : inner + 1].isalnum()
        if torn or not text[start].isupper() or text[end:].lstrip()[:1].islower() or _IN_QUOTES.match(text, end):
            continue
        if _REFERENCE.search(before + " ") or (before[-1:].isalpha() and form != "apart"):
            continue
        if not entry.capitals or text[start:end].isupper():
            yield Place(entry, entry.number, index, start, index, end, form, True, _STRENGTH[form])


def _nearly(squeezed: str, title: str) -> int:
    """The length of the beginning that is the title but for typing errors; 0 where it is not."""
    if len(title) < 8 or not (squeezed[0] == title[0] or squeezed[1:3] == title[1:3]):
        return 0
    best, length = ALIKE, 0
    sizes = {len(title), len(title) - 1, len(title) + 1, len(squeezed)}
    for size in sorted(sizes, key=lambda size: abs(size - len(title))):
        if size > len(squeezed) or 2 * min(size, len(title)) < ALIKE * (size + len(title)):
            continue
        matcher = SequenceMatcher(None, squeezed[:size], title, False)
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, length = ratio, size
    return length


def _names(texts: Sequence[str]) -> list[str]:
    """The names that leaflets give the medicine ("What X is and what it is used for"), longest first, squeezed."""
    names: dict[str, None] = {}
    for text in texts:
        if "and what" in text or "AND WHAT" in text:
            for match in _NAMED.finditer(text):
                name = squeeze(match[1] or match[2])
                if len(name) > 2:
                    names[name] = None
    return sorted(names, key=len, reverse=True)
