"""A section of a medicine's product information, and the contents of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from medpath import urls
from medpath.documents.text_sections import TextSection
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.store.sections import PARTS, NoText
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.blocks import Piece, Written, portions, signs
from medpath.web.medicine import alternatives_to
from medpath.web.page import page
from medpath.web.texts import (
    Place,
    Shown,
    around,
    in_words,
    is_doubtful,
    named,
    numbers_of,
    portion_asked,
    show_information,
    titled,
)

LONGEST = 90_000  # signs of text of several products on a page
PORTION = 120_000  # signs of one section on a page; a longer one goes on on the next
BESIDE = 6  # alternatives that are offered for comparison


@dataclass(frozen=True)
class Unit:
    """The section in one of the summaries, labels or leaflets of a file, written for the page."""

    number: int
    product: str | None
    page: int
    doubtful: bool
    confidence: float
    body: Markup


def show(state: State, asked: Asked, stamp: Stamp, number: str, part: str, section: str) -> Content:
    """The page of a section. Raises NotFound, UsageError."""
    language, _ = asked.language, asked.language.gettext
    shown = show_information(state, asked, number)
    medicine = shown.text.medicine
    contents = shown.texts.contents(shown.text)
    try:
        found = shown.texts.asked_sections(shown.text, part, section)
    except NoText as problem:
        raise in_words(language, problem) from problem
    first = found[0]
    title = titled(first, medicine["name"])
    label = f"{section} {title}" if section != "0" else title
    chosen, rest = fitting(found, asked.count("unit"))
    level = 3 if len(found) > 1 else 2
    parts = portions([one.blocks for one in chosen], PORTION)
    portion = portion_asked(asked, len(parts))
    if portion > 1:
        label = f"{label} ({portion}/{len(parts)})"
    written = Written(language, shown.text.document["language"] or "en", shown.pdf)
    units = [unit_of(written, chosen[piece.section], piece, level) for piece in parts[portion - 1]]
    by_part = {one: places_of(shown, contents, one, section if one == part else "") for one in PARTS}
    places = [place for one in PARTS for place in by_part[one]]
    here = next((index for index, one in enumerate(places) if one.here), 0)
    return page(
        state,
        stamp,
        asked,
        "section.html",
        named(language, f"{medicine['name']}: {label}", dict(medicine), shown.as_of),
        description=_("%(section)s of the %(part)s of %(name)s, with page and version.")
        % {"section": label, "part": word(language, "part", part), "name": medicine["name"]},
        indexed=shown.as_of is None and shown.text.is_newest,
        until=shown.as_of,
        **around(state, shown),
        part=part,
        section=section,
        section_title=title,
        units=units,
        portion=portion,
        portions=[
            (place, asked.changed(portion=str(place) if place > 1 else None)) for place in range(1, len(parts) + 1)
        ],
        rest=[(one.unit, one.product, shown.section(part, section, one.unit, alone=True)) for one in rest],
        several=len(found) > 1,
        below=[one for one in by_part[part] if one.number.startswith(f"{section}.")],
        contents=by_part[part],
        parts=parts_of(shown, contents),
        before=places[here - 1] if here > 0 else None,
        after=places[here + 1] if here + 1 < len(places) else None,
        redline=shown.redline(f"{part}-{section}"),
        beside=beside(state, shown, part, section),
        compare=urls.compare(qualified(part, section), [number], language.code),
    )


def unit_of(written: Written, section: TextSection, piece: Piece, level: int) -> Unit:
    """The blocks of a section that stand on this page."""
    page = section.page if piece.begins or not piece.blocks else piece.blocks[0].page
    body = written.blocks(piece.blocks, level, page)
    return Unit(section.unit, section.product, page, is_doubtful(section), section.confidence, body)


def qualified(part: str, section: str) -> str:
    """A section as it is asked for in a comparison: the part is said where it is not the summary."""
    return section if part == "smpc" else f"{part}/{section}"


def fitting(found: list[TextSection], unit: int) -> tuple[list[TextSection], list[TextSection]]:
    """(sections of the units that fit on the page, from a unit on; the others)."""
    chosen: list[TextSection] = []
    used = 0
    for one in found:
        size = signs(one.blocks)
        if one.unit >= unit and (not chosen or used + size <= LONGEST):
            chosen.append(one)
            used += size
        elif chosen:
            break
    chosen = chosen or found[:1]
    return chosen, [one for one in found if one not in chosen]


def places_of(shown: Shown, contents: list[TextSection], part: str, here: str = "") -> list[Place]:
    """The sections of a part in order, each number once; ``here`` is the number of the section that is shown."""
    name = shown.text.medicine["name"]
    return [
        Place(
            "" if one.number == "0" else one.number,
            titled(one, name),
            shown.section(part, one.number),
            one.page,
            is_doubtful(one),
            one.number == here,
        )
        for one in numbers_of(contents, part)
    ]


def parts_of(shown: Shown, contents: list[TextSection]) -> list[tuple[str, str]]:
    """(part, address of its contents) of the parts that the text has."""
    held = {one.part for one in contents}
    return [(part, shown.section(part)) for part in PARTS if part in held]


def beside(state: State, shown: Shown, part: str, section: str) -> list[tuple[dict[str, Any], str]]:
    """(alternative, address at which both stand side by side); none as of another day than now."""
    if shown.as_of is not None:
        return []
    found = alternatives_to(state, shown.text.medicine)
    items = found["items"][:BESIDE] if found is not None else []
    code, asked = shown.asked.language.code, qualified(part, section)
    return [(one, urls.compare(asked, [shown.text.number, one["product_number"]], code)) for one in items]


def show_part(state: State, asked: Asked, stamp: Stamp, number: str, part: str) -> Content:
    """The page of the contents of a part: what of it stands where. Raises NotFound, UsageError."""
    language, _ = asked.language, asked.language.gettext
    shown = show_information(state, asked, number)
    medicine = shown.text.medicine
    contents = shown.texts.contents(shown.text)
    units = units_of(shown, [one for one in contents if one.part == part])
    if not units:
        raise in_words(language, NoText("no-part", part=part))
    title = word(language, "part", part) or part
    return page(
        state,
        stamp,
        asked,
        "section_contents.html",
        named(language, f"{medicine['name']}: {title}", dict(medicine), shown.as_of),
        description=_("The sections of the %(part)s of %(name)s, each with its page.")
        % {"part": title, "name": medicine["name"]},
        indexed=shown.as_of is None and shown.text.is_newest,
        until=shown.as_of,
        **around(state, shown),
        part=part,
        units=units,
        parts=parts_of(shown, contents),
        redline=shown.redline(),
    )


def units_of(shown: Shown, contents: list[TextSection]) -> list[tuple[int, str | None, list[Place]]]:
    """(unit, what it is for, its sections) of a part."""
    name = shown.text.medicine["name"]
    found: dict[int, tuple[int, str | None, list[Place]]] = {}
    for one in contents:
        if not one.number:
            continue
        unit = found.setdefault(one.unit, (one.unit, one.product, []))
        address = shown.section(one.part, one.number, one.unit)
        number = "" if one.number == "0" else one.number
        unit[2].append(Place(number, titled(one, name), address, one.page, is_doubtful(one)))
    return list(found.values())
