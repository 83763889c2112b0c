"""A product information parted into the sections of the QRD template.

`split` sets furniture aside (`furniture`), finds the headings (`headings`, `outline`), puts back what
stands in the wrong order where that can be proven (`reading_order`) and cuts the text at the headings
(`cutting`). Nothing is lost and nothing comes twice: what stands outside the template's parts (annex IV, a
text before the first heading) is kept as ``rest``. Several summaries, labels and leaflets in one file are
units of their part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from medpath.documents.blocks import Block
from medpath.documents.cutting import Section, cut
from medpath.documents.faults import Fault
from medpath.documents.furniture import clear
from medpath.documents.headings import LONGEST_HEADING, Place, find_headings, find_lost_numbers, full_text, in_order
from medpath.documents.outline import begins_anew, choose
from medpath.documents.qrd import ENTRIES, HEAD, PART_TITLES
from medpath.documents.reading_order import mend

__all__ = ["ProductInformation", "Section", "split"]

REQUIRED = [entry for entry in ENTRIES if entry.part == "smpc" and entry.required]
PAGES_NAMED = 20
_MAY_LEAD = re.compile(
    r"\W{0,4}(?:\d{1,2}\s?\.|[A-F]\s?\.|ANNEX|SUMMARY|LABEL|(?:MINIMUM ?)?PARTICULAR|PACKAG)", re.IGNORECASE
)


@dataclass
class ProductInformation:
    """The sections by part, unit and number; what belongs to none; what was set aside; what is wrong.

    ``set_aside`` are watermarks, running heads, page numbers, and numbers of headings that stand apart from
    them. The codes of ``issues``: ``no-sections`` (the document can't be split), ``part-lost``, ``section-lost``,
    ``section-empty``, ``heading-repeated``, ``order-mended``, ``order-doubtful``.
    """

    sections: list[Section] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    issues: list[Fault] = field(default_factory=list)


def split(blocks: Sequence[Block]) -> ProductInformation:
    """Parts the blocks of a product information into sections. Never raises; faults are ``issues``."""
    cleared = clear(blocks)
    texts = [unboxed for block in cleared.blocks for unboxed in _unboxed(block)]
    headings, orphans = _headings(texts)
    found = ProductInformation(set_aside=list(cleared.set_aside))
    if not any(place.number != HEAD for place in headings):
        found.rest = texts
        found.issues.append(
            Fault("no-sections", "No heading of the QRD template was found; the text is not split.", "")
        )
        return found
    merged = cleared.merged | _run_together(texts, headings)
    texts, moved = mend(texts, headings, merged)
    if moved:
        headings, orphans = _headings(texts)
        message = f"Paragraphs were put back into the order of their headings and words on {_pages(moved)}."
        found.issues.append(Fault("order-mended", message, f"page {min(moved)}"))
    doubtful = _doubtful_pages(texts, headings, merged)
    if doubtful:
        message = (
            "The watermark ran paragraphs together, so that a text near a heading may stand in the section before or "
            f"behind, on {_pages(doubtful)}."
        )
        found.issues.append(Fault("order-doubtful", message, f"page {min(doubtful)}"))
    found.set_aside += [full_text(texts[index]).strip() for index in sorted(orphans)]
    texts = [block if index not in orphans else block._replace(text="", marker="") for index, block in enumerate(texts)]
    found.sections, found.rest, issues = cut(texts, headings, doubtful)
    found.issues += issues
    for part in PART_TITLES:
        if not any(section.part == part for section in found.sections):
            found.issues.append(Fault("part-lost", f"No {PART_TITLES[part]} was found.", ""))
    return found


def _unboxed(block: Block) -> Iterator[Block]:
    """Rows of a table that are headings (labels frame them) become blocks of their own; others stay."""
    if not block.rows:
        yield block
        return
    rows: list[tuple[str, ...]] = []
    for row in block.rows:
        text = " ".join(dict.fromkeys(cell for cell in row if cell))
        alone = Block("paragraph", text, block.place, page=block.page)
        if _MAY_LEAD.match(text) and _leads(alone):
            if rows:
                yield block._replace(rows=tuple(rows))
                rows = []
            yield alone
        else:
            rows.append(row)
    if rows:
        yield block._replace(rows=tuple(rows))


def _leads(block: Block) -> bool:
    return any(place.form in ("own", "leading") for place in find_headings([block]))


def _headings(texts: Sequence[Block]) -> tuple[list[Place], set[int]]:
    """The headings, and the blocks that hold nothing but the number of one that stands elsewhere on the page."""
    places = find_headings(texts)
    headings = choose(texts, places)
    if more := find_lost_numbers(texts, places, [entry for entry in REQUIRED if entry.number in _missing(headings)]):
        places = in_order([*places, *more])
        headings = choose(texts, places)
    apart = {(place.entry.part, place.number, texts[place.block].page) for place in headings if place.form == "apart"}
    orphans = {
        place.block
        for place in places
        if place.form == "no-wording" and (place.entry.part, place.number, texts[place.block].page) in apart
    }
    return headings, orphans


def _missing(headings: Sequence[Place]) -> set[str]:
    """The numbers that any of the summaries lacks."""
    units: list[set[str]] = []
    before: Place | None = None
    for place in headings:
        if place.entry.part == "smpc":
            if before is None or begins_anew(before, place):
                units.append(set())
            units[-1].add(place.number)
            before = place
    return {entry.number for entry in REQUIRED for numbers in units if len(numbers) > 3 and entry.number not in numbers}


def _run_together(texts: Sequence[Block], headings: Sequence[Place]) -> set[int]:
    """The places of paragraphs in which several headings stand in the middle of the text."""
    counts = Counter(place.block for place in headings if place.form in ("running", "apart"))
    return {texts[index].place for index, count in counts.items() if count > 1 and texts[index].kind == "paragraph"}


def _doubtful_pages(texts: Sequence[Block], headings: Sequence[Place], merged: Iterable[int]) -> set[int]:
    """The pages on which a heading, paragraphs run together and others stand side by side."""
    together = {block.place: block.page for block in texts if block.place in set(merged)}
    with_heading = {texts[place.block].page for place in headings if place.entry.part == "smpc"}
    others = {
        block.page
        for block in texts
        if (block.rows or len(block.text) > LONGEST_HEADING) and block.place not in together
    }
    return set(together.values()) & with_heading & others


def _pages(pages: Iterable[int]) -> str:
    named = sorted(pages)
    shown = ", ".join(map(str, named[:PAGES_NAMED]))
    more = f" and {len(named) - PAGES_NAMED} more" if len(named) > PAGES_NAMED else ""
    return f"page{'s' if len(named) > 1 else ''} {shown}{more}"
