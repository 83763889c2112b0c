"""The outline of a report: its headings with their numbers and levels, and the text under each.

The outline of a product information is the QRD template's (`medpath.documents.product_information`); other
documents have the one that their authors gave them, and conversion marks it badly: some headings are paragraphs, some
paragraphs and captions are marked as headings, all of one level. So a heading is what says so itself: a number
that fits in the order of the others ("2.3.4. Toxicology"), a title that the document's own list of contents
names, a line of its own that is marked. Nothing is lost and nothing comes twice.

A section's ``confidence`` is 1 for a heading with a number in the order of the others or one that the list of contents
names, 0.9 for one that only conversion marks and for one in the middle of a text, 0.8 for a numbered line that is
not marked, 0.7 for a bold line; less by a tenth where its number fits in no order and stays in the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from medpath.documents.blocks import Block, tidy, tidy_lines
from medpath.documents.contents import Contents, find_contents, squeeze
from medpath.documents.furniture import clear
from medpath.documents.lay_questions import is_question
from medpath.documents.letterhead import printed_around
from medpath.documents.numbering import Number, ordered
from medpath.documents.text_sections import TextSection

LONGEST_HEADING = 250  # signs
LONGEST_LINE = 120  # of a heading that nothing but its type or number marks
WORDS_OF_A_TITLE = 12

_NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\s?\.\s?\d{1,2}){0,5})(?P<end>\s?[.)]?)(?:\s*[-–]\s+|\s+|(?<=\.)(?=[A-Z]))"
    r"(?P<title>[^\W\d_\"'“‘(«].*|[\"'“‘(«].*)",
    re.DOTALL,
)
_BARE_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,5})\.?")
_REFERENCE = re.compile(r"\b(?:sections?|chapters?|see|in|of|and|to|under)\s*$", re.IGNORECASE)
_BULLETS = "•·●▪◦○–- \t"
_CAPTION = re.compile(r"(?:Table|Figure|Fig\.|Scheme|Box)\s+(?:\d|[A-Z]?\.?\d|[IVX]+\b)", re.IGNORECASE)
_NOTE = re.compile(r"(?:Foot)?Notes?\s?:?|Source\s?:?|Key\s?:|Whereas,?|Continued", re.IGNORECASE)
_LEADING_IN = re.compile(
    r"(?:the|this|these|in|on|as|for|from|based|it|an?|that|following|according)\b.*:", re.IGNORECASE
)
_ANNEX = re.compile(
    r"(?:annex|appendix|attachment)\b|references$|list of abbreviations|glossary$|divergent (?:position|opinion)",
    re.IGNORECASE,
)
# Headings that reports of EMA have and that conversion leaves among the paragraphs, squeezed.
_KNOWN = re.compile(
    r"(?:\d[.)]?\s*[-–]?\s*)?(?:"
    r"background information on the (?:procedure|product)|submission of the dossier|scientific discussion"
    r"|steps taken for the assessment of the product|scientific advice|protocol assistance|licensing status"
    r"|(?:overall )?scientific conclusions?(?: and grounds (?:for|recommending)\b.{0,120})?"
    r"|grounds (?:for|recommending) (?:the )?(?:variation|refusal|suspension|revocation|amendment|maintenance"
    r"|chmp|prac|cvmp|opinion|recommendation)\b.{0,120}"
    r"|(?:overall )?(?:conclusions?|summary)(?: (?:and|of) [\w /-]{3,80})?|chmp (?:opinion|recommendation)s?"
    r"|benefit[- /]risk (?:balance|assessment)|recommendations?|(?:annex|appendix) [IVX\d ]{1,5}"
    r")\s?:?",
    re.IGNORECASE,
)  # fmt: skip
# Headings in the middle of a text, where a watermark ran paragraphs together and the document has no list.
_STEPS = (("1", "Submission of the dossier"), ("2", "Steps taken for the assessment of the product"))


@dataclass
class Outline:
    """The sections, and the texts that are none of the document's: watermarks, addresses, the list of contents."""

    sections: list[TextSection] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)


class _Heading(NamedTuple):
    """A heading: signs ``start`` to ``end`` of a block, going on to the end of block ``last``."""

    block: int
    last: int
    start: int
    end: int
    number: str
    title: str
    confidence: float
    given: str  # as it stands
    listed: bool


def outline(blocks: Sequence[Block], document_type: str) -> list[TextSection]:
    """The sections of a document; one where it has no headings. ``document_type`` is the folder of EMA's address."""
    return outlined(blocks, document_type).sections


def outlined(blocks: Sequence[Block], document_type: str) -> Outline:
    """The sections of a document and what was set aside. Never raises."""
    cleared = clear(blocks)
    found = Outline(set_aside=list(cleared.set_aside))
    around = printed_around(cleared.blocks)
    kept = [block for index, block in enumerate(cleared.blocks) if index not in around]
    found.set_aside += [_whole(block) for index, block in enumerate(cleared.blocks) if index in around]
    contents = find_contents(kept)
    found.set_aside += [_whole(block) for index, block in enumerate(kept) if index in contents.blocks]
    texts = [block for index, block in enumerate(kept) if index not in contents.blocks]
    if not texts:  # no document is nothing but its margins
        return Outline(list(_cut(blocks, [])))
    headings = _numbered(texts, _headings(texts, contents, document_type))
    found.sections = list(_cut(texts, headings))
    return found


def _whole(block: Block) -> str:
    if block.rows:
        return "\n".join(" ".join(row) for row in block.rows)
    return f"{block.marker} {block.text}".strip()


# --- headings


def _headings(blocks: Sequence[Block], contents: Contents, document_type: str) -> list[_Heading]:
    found: list[_Heading] = []
    index = 0
    while index < len(blocks):
        heading = _own(blocks, index, contents, document_type)
        if heading is not None:
            found.append(heading)
        index = index + 1 if heading is None else heading.last + 1
    known = {squeeze(heading.title) for heading in found}
    entries = contents.titles or (_STEPS if document_type == "procedural-steps" else ())
    patterns = [
        _Entry(number, title, _pattern(number, title))
        for number, title in entries
        if number and len(title) >= 8 and squeeze(title) not in known
    ]
    taken = {index for heading in found for index in range(heading.block, heading.last + 1)}
    for index, block in enumerate(blocks):
        whole = block.rows or len(block.text) < LONGEST_LINE
        if patterns and not whole and index not in taken:
            found += _running(block, index, patterns)
    return sorted(found, key=lambda heading: (heading.block, heading.start))


class _Entry(NamedTuple):
    """An entry of a list of contents that no block is the heading of."""

    number: str
    title: str
    pattern: re.Pattern[str]


def _pattern(number: str, title: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, title.split()))
    return re.compile(rf"(?:^|(?<=[\s·•]))(?:[·•]\s*)?{re.escape(number)}\s?\.?\s+({words})(?=\s|$)", re.IGNORECASE)


def _own(blocks: Sequence[Block], index: int, contents: Contents, document_type: str) -> _Heading | None:
    """The heading that a block is, with the one behind where conversion parted it."""
    block = blocks[index]
    if block.rows or len(block.text) > LONGEST_HEADING or not any(sign.isalnum() for sign in block.text):
        return None
    text = f"{block.marker} {tidy(block.text)}".strip()
    bare = text.strip(_BULLETS)
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    follows = following is not None and not following.rows and len(following.text) <= LONGEST_LINE
    if following is not None and follows and (alone := _BARE_NUMBER.fullmatch(bare)):
        title = tidy(following.text).strip(_BULLETS)
        listed = squeeze(title) in contents.numbers
        if listed or (following.kind == "heading" and _is_title(title)):
            whole = f"{text} {tidy(following.text)}"
            return _Heading(index, index + 1, 0, 0, alone[1], title, 1.0, whole, listed)
    number, title = _parted(bare, contents)
    if not title:
        return None
    key = squeeze(title)
    if following is not None and follows and key not in contents.numbers and block.kind == following.kind:
        both = f"{title} {tidy(following.text)}"
        if squeeze(both) in contents.numbers:
            number = number or contents.numbers[squeeze(both)]
            return _Heading(index, index + 1, 0, 0, number, both, 1.0, f"{text} {tidy(following.text)}", True)
    if key in contents.numbers and len(key) > 3:
        return _Heading(index, index, 0, 0, number or contents.numbers[key], title, 1.0, text, True)
    confidence = _confidence(block, bare, number, title, document_type)
    return _Heading(index, index, 0, 0, number, title, confidence, text, False) if confidence else None


def _parted(text: str, contents: Contents) -> tuple[str, str]:
    """(number, title) of a heading; a lone figure without point counts before capitals or a listed title only."""
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return "", text
    number, title = re.sub(r"\s", "", match["number"]), match["title"].strip()
    if "." in number or match["end"].strip() or title.isupper() or _KNOWN.fullmatch(title):
        return number, title
    return (number, title) if squeeze(title) in contents.numbers else ("", text)


def _confidence(block: Block, text: str, number: str, title: str, document_type: str) -> float:
    """How sure a block that no list of contents names is a heading; 0 for none."""
    if document_type == "overview" and block.kind != "item" and len(text) <= LONGEST_LINE and is_question(text):
        return 1.0 if block.kind == "heading" or block.strong else 0.8
    if not _is_title(title):
        return 0.0
    if block.kind == "heading":
        return 1.0 if number else 0.9
    if len(text) > LONGEST_LINE or text.endswith((".", ",", ";")):
        return 0.0
    if _KNOWN.fullmatch(text):
        return 0.9
    if block.kind == "item" and not block.marker:
        return 0.0
    if block.strong and len(title.split()) <= WORDS_OF_A_TITLE and not title.endswith(":"):
        return 0.7
    if number.count(".") and title[0].isupper() and len(title.split()) <= WORDS_OF_A_TITLE and not title.endswith(":"):
        return 0.8
    return 0.0


def _is_title(title: str) -> bool:
    """Whether words can be a heading: no sentence, caption, note or row of figures."""
    words = title.split()
    letters = sum(sign.isalpha() for sign in title)
    if letters < 2 or letters * 2 < len(title.replace(" ", "")):
        return False
    if _CAPTION.match(title) or _NOTE.fullmatch(title):
        return False
    if title.endswith(":") and (len(words) > 6 or _LEADING_IN.fullmatch(title)):
        return False
    if (title.endswith((".", ";", ",")) and len(words) > 3) or (title.endswith("?") and len(words) > 8):
        return False
    figures = sum(any(sign.isdigit() for sign in word) for word in words)
    return len(words) <= 25 and figures * 3 <= len(words) + 2


def _running(block: Block, index: int, entries: Sequence[_Entry]) -> Iterator[_Heading]:
    """Headings in the middle of a text, each with the number and words that a list gives it."""
    done = 0
    for number, _, pattern in entries:
        if number not in block.text:
            continue
        matches = [
            match
            for match in pattern.finditer(block.text, done)
            if not _REFERENCE.search(block.text[: match.start()]) and not (block.marker and match.start() == 0)
        ]
        if len(matches) == 1:
            start, done = matches[0].span()
            yield _Heading(index, index, start, done, number, tidy(matches[0][1]), 0.9, tidy(matches[0][0]), True)


# --- numbers and levels


def _numbered(blocks: Sequence[Block], headings: Sequence[_Heading]) -> list[tuple[_Heading, int]]:
    """The headings with their levels; numbers that do not fit in the order go back into the title."""
    numbers = [
        Number(place, tuple(map(int, heading.number.split("."))), heading.listed)
        for place, heading in enumerate(headings)
        if heading.number
    ]
    chain = ordered(numbers)
    found: list[tuple[_Heading, int]] = []
    depth = 0
    first = min(chain, default=0)
    cover = bool(chain) and blocks[headings[first].block].page > 1  # its words are no headings
    for place, heading in enumerate(headings):
        if cover and place < first and blocks[heading.block].page == 1:
            continue
        if place in chain:
            depth = len(chain[place])
            found.append((heading, depth))
            continue
        if heading.number:
            heading = heading._replace(
                number="", title=heading.given.strip(_BULLETS), confidence=heading.confidence * 0.9
            )
        if _ANNEX.match(heading.title):
            depth = 1
            found.append((heading, 1))
        else:
            found.append((heading, depth + 1))
    return found


# --- text


def _cut(blocks: Sequence[Block], headings: Sequence[tuple[_Heading, int]]) -> Iterator[TextSection]:
    counted = not any(heading.number for heading, _ in headings)
    levels = _levels(blocks, headings) if counted else {}
    before = tuple(_between(blocks, None, headings[0][0] if headings else None))
    if before:
        yield TextSection("", "", "", None, 1, 1, before[0].page, 1.0, before)
    for place, (heading, level) in enumerate(headings):
        following = headings[place + 1][0] if place + 1 < len(headings) else None
        number = str(place + 1) if counted else heading.number
        yield TextSection(
            "", number, heading.title, None, 1, levels.get(place, level), blocks[heading.block].page,
            round(heading.confidence, 2), tuple(_between(blocks, heading, following)),
        )  # fmt: skip


def _levels(blocks: Sequence[Block], headings: Sequence[tuple[_Heading, int]]) -> dict[int, int]:
    """The levels of headings without numbers: those of the marks, as far as these differ."""
    marked = {
        place: blocks[heading.block].level
        for place, (heading, _) in enumerate(headings)
        if blocks[heading.block].kind == "heading"
    }
    ranks = {level: rank for rank, level in enumerate(sorted(set(marked.values())), 1)}
    deepest = max(ranks.values(), default=1)
    return {place: ranks[marked[place]] if place in marked else deepest for place in range(len(headings))}


def _between(blocks: Sequence[Block], heading: _Heading | None, following: _Heading | None) -> Iterator[Block]:
    """The blocks behind a heading up to the next one; a block is parted where a heading stands in its middle."""
    start, at = (0, 0) if heading is None else (heading.last + 1, 0)
    if heading is not None and heading.end:
        start, at = heading.block, heading.end
    end = len(blocks) if following is None else following.block
    for index in range(start, min(end + 1, len(blocks))):
        block = blocks[index]
        begin = at if index == start else 0
        stop = following.start if following is not None and index == end else None
        if index == end and not stop:
            break
        if begin or stop is not None:
            text = tidy_lines(block.text[begin:stop])
            block = block._replace(text=text, marker="" if begin else block.marker)
            if not text:
                continue
        if block.kind == "heading":  # marked as one by conversion alone
            block = block._replace(kind="paragraph", level=0, strong=True)
        yield block
