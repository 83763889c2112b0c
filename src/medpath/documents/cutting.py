"""The text of a product information cut at its headings into sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from medpath.documents.blocks import Block
from medpath.documents.faults import Fault
from medpath.documents.headings import Form, Place, full_text
from medpath.documents.outline import begins_anew, steps_back
from medpath.documents.qrd import ENTRIES, GROUPS, HEAD, PART_TITLES, Part

PRODUCT_LENGTH = 400
NAME_LENGTH = 250  # a longer paragraph is none of the names of medicines
_MAY_BE_EMPTY = (*GROUPS, "8", "9", "10", HEAD)
_MONITORED = "subject to additional monitoring"
_FORMS: dict[Form, float] = {
    "own": 1.0, "leading": 0.97, "running": 0.9, "apart": 0.8, "no-number": 0.7, "no-wording": 0.6
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A section as the text has it.

    ``number`` is the template's ("4.8", "A", "1"; "0": what stands before the first numbered one), ``title`` its
    title; ``heading`` is the heading as given (a line each, where there are several). ``unit`` counts the
    summaries, labels and leaflets of a part from 1; ``product`` says what a unit is for, where there are several.
    ``place`` and ``page`` are the heading's.

    ``confidence`` is 1 for a heading that is a block of its own. It is multiplied by 0.97 for a heading that
    leads a text, 0.9 for one in the middle of a text, 0.8 where its number stands apart on the page, 0.7 without
    number, 0.6 without wording; by 0.9 for a wording with typing errors; 0.95 where the next heading is
    in the middle of a text or weaker; 0.8 on a page whose order is doubtful; 0.8 where the heading comes more
    than once; 0.6 where the template's next section is lost, so that its text may be here; 0.5 without any
    text where there should be some.
    """

    part: Part
    number: str
    title: str
    heading: str
    unit: int
    product: str | None
    blocks: tuple[Block, ...]
    place: int
    page: int
    confidence: float


@dataclass
class _Open:
    """A section while its text is gathered."""

    place: Place
    unit: int
    block: Block
    headings: list[str]
    blocks: list[Block] = field(default_factory=list)
    weak_end: bool = False
    repeated: bool = False

    @property
    def key(self) -> tuple[Part, int, str]:
        return self.place.entry.part, self.unit, self.place.number


def cut(
    texts: Sequence[Block], headings: Sequence[Place], doubtful: Iterable[int]
) -> tuple[list[Section], list[Block], list[Fault]]:
    """(sections by part, unit and number; the blocks that belong to none; issues).

    ``doubtful`` are the pages on which paragraphs may stand in the wrong order.
    """
    opened, rest = _gather(texts, headings)
    issues: list[Fault] = []
    units: dict[tuple[Part, int], list[_Open]] = {}
    for section in opened:
        units.setdefault((section.place.entry.part, section.unit), []).append(section)
    several = {part for part, unit in units if unit > 1}
    pages = set(doubtful)
    sections: list[Section] = []
    for (part, unit), members in units.items():
        members.sort(key=_by_number)
        product = _product(part, members) if part in several else None
        lost = _lost(part, members)
        issues += _lost_issues(part, unit, product, members, lost)
        for member in members:
            confidence = _confidence(member, pages, lost)
            empty = _is_empty(member, members)
            if empty:
                issues.append(_issue("section-empty", "{} has a heading but no text", member, product))
            if member.repeated and part != "labelling":
                issues.append(_issue("heading-repeated", "The heading of {} comes more than once", member, product))
            entry = member.place.entry
            sections.append(
                Section(
                    part,
                    member.place.number,
                    entry.title,
                    "\n".join(member.headings),
                    unit,
                    product,
                    tuple(member.blocks),
                    member.block.place,
                    member.block.page,
                    round(confidence * (0.5 if empty else 1), 3),
                )
            )
    return sections, rest, issues


def _gather(texts: Sequence[Block], headings: Sequence[Place]) -> tuple[list[_Open], list[Block]]:
    rest: list[Block] = []
    gathered = rest
    opened: dict[tuple[Part, int, str], _Open] = {}
    last: dict[Part, Place] = {}
    units: dict[Part, int] = {}
    current: _Open | None = None
    at, sign = 0, 0
    for place in headings:
        gathered += _between(texts, at, sign, place.block, place.start)
        at, sign = place.last, place.end
        if current is not None:
            current.weak_end = place.form not in ("own", "leading")
        part = place.entry.part
        heading = _heading(texts, place)
        if part == "other":
            rest.append(texts[place.block]._replace(kind="heading", text=heading, marker="", links=(), rows=()))
            gathered, current = rest, None
            continue
        late = part in last and steps_back(last[part], place) and place.number in GROUPS
        if part not in last or begins_anew(last[part], place):
            units[part] = units.get(part, 0) + 1
        section = opened.get((part, units[part], place.number))
        if section is None:
            section = _Open(place, units[part], texts[place.block], [heading])
            opened[section.key] = section
        else:
            section.headings.append(heading)
            section.repeated = place.number != HEAD
        if late:  # "4. CLINICAL PARTICULARS" behind "4.1": the text is still that of 4.1
            continue
        last[part] = place
        gathered, current = section.blocks, section
    gathered += _between(texts, at, sign, len(texts), 0)
    return list(opened.values()), rest


def _between(texts: Sequence[Block], first: int, start: int, last: int, end: int) -> Iterator[Block]:
    """The text from a sign of one block to a sign of another."""
    for index in range(first, min(last + 1, len(texts))):
        block = texts[index]
        text = full_text(block)
        begin = start if index == first else 0
        stop = end if index == last else len(text)
        if begin == 0 and stop == len(text):
            if text or (block.rows and index != last):
                yield block
            continue
        if piece := text[begin:stop].strip():
            kind = "paragraph" if begin or block.kind == "heading" else block.kind
            links = tuple(link for link in block.links if link.text in piece)
            yield block._replace(kind=kind, text=piece, marker="", strong=False, links=links)


def _heading(texts: Sequence[Block], place: Place) -> str:
    first = full_text(texts[place.block])
    if place.block == place.last:
        return first[place.start : place.end].strip()
    return f"{first[place.start :].strip()} {full_text(texts[place.last])[: place.end].strip()}"


def _by_number(section: _Open) -> int:
    place = section.place
    if place.number == HEAD:
        return 0
    return int(place.number) if place.entry.part == "labelling" else place.entry.order


def _required(part: Part) -> list[str]:
    return [entry.number for entry in ENTRIES if entry.part == part and entry.required]


def _lost(part: Part, members: Sequence[_Open]) -> set[str]:
    """The numbers that the template has and the unit hasn't. Annex II and leaflets have had fewer at times."""
    numbers = {member.place.number for member in members}
    return {number for number in _required(part) if number not in numbers}


def _lost_issues(
    part: Part, unit: int, product: str | None, members: Sequence[_Open], lost: set[str]
) -> Iterator[Fault]:
    if part not in ("smpc", "package-leaflet") or not lost:
        return
    titles = {entry.number: entry.title for entry in ENTRIES if entry.part == part}
    of = f"{PART_TITLES[part]}{f' {unit} ({product})' if product else ''}"
    for number in _required(part):
        if number in lost:
            place = f"page {members[0].block.page}"
            yield Fault("section-lost", f"Section {number} ({titles[number]}) of the {of} was not found.", place)


def _issue(code: str, words: str, section: _Open, product: str | None) -> Fault:
    of = f" ({product})" if product else ""
    name = f"ection {section.place.number} of the {PART_TITLES[section.place.entry.part]}{of}"
    name = f"{'S' if words.startswith('{') else 's'}{name}"
    return Fault(code, f"{words.format(name)}.", f"page {section.block.page}")


def _is_empty(section: _Open, unit: Sequence[_Open]) -> bool:
    number = section.place.number
    if section.place.entry.part != "smpc" or section.blocks or number in _MAY_BE_EMPTY:
        return False
    return not any(other.place.number.startswith(f"{number}.") for other in unit)


def _confidence(section: _Open, doubtful: set[int], lost: set[str]) -> float:
    place = section.place
    confidence = _FORMS[place.form]
    if not place.exact:
        confidence *= 0.9
    if section.weak_end:
        confidence *= 0.95
    if section.repeated:
        confidence *= 0.8
    if section.block.page in doubtful or any(block.page in doubtful for block in section.blocks):
        confidence *= 0.8
    if place.entry.part != "labelling":
        required = _required(place.entry.part)
        following = required[required.index(place.number) + 1 :][:1] if place.number in required else []
        if following and following[0] in lost:
            confidence *= 0.6
    return confidence


def _product(part: Part, members: Sequence[_Open]) -> str | None:
    """What a unit is for: the name in section 1 of a summary or label, or at the head of a leaflet."""
    by_number = {member.place.number: member for member in members}
    head = by_number.get(HEAD)
    first = by_number.get("1")
    if part == "package-leaflet":
        lines = list(_lines_before_text(head.blocks)) if head else []
    elif part == "labelling":
        packaging = head.headings[-1].split("PACKAGING UNITS")[-1].split("PACKAGING")[-1].strip(" -–:") if head else ""
        lines = [packaging] if packaging and head is not None and "PARTICULARS" not in packaging else []
        lines += [block.text for block in head.blocks] if head else []
        lines += [block.text for block in first.blocks] if first else []
    else:
        lines = list(_lines_before_text(first.blocks)) if first else []
    name = "; ".join(" ".join(line.split()) for line in lines if line.strip(" -–•·"))
    return f"{name[:PRODUCT_LENGTH].rstrip()}…" if len(name) > PRODUCT_LENGTH else name or None


def _lines_before_text(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of a name, up to the first sentence of the text."""
    for block in blocks:
        text = block.text.split("Read all of this leaflet")[0]
        if len(text) > NAME_LENGTH:
            return
        if text.strip() and _MONITORED not in text:
            yield text
        if len(text) < len(block.text):
            return
