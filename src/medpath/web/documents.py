"""The text of a document, in portions where it is long, with its contents and its versions."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from medpath.documents.text_sections import TextSection
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.translations.language import Language
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.blocks import Piece, Written, portions
from medpath.web.page import page
from medpath.web.texts import Place, around, is_doubtful, named, portion_asked, show_document, titled

PORTION = 80_000  # signs of text on a page
LONGEST_CONTENTS = 400


@dataclass(frozen=True)
class Passage:
    """A piece of a section, written for the page. ``part`` is told where with it another part or unit begins."""

    place: int
    part: str
    number: str
    title: str
    level: int
    page: int
    begins: bool
    doubtful: bool
    address: str | None
    body: Markup


def show(state: State, asked: Asked, stamp: Stamp, number: str, file: str) -> Content:
    """The page of a document's text, or of a portion of it. Raises NotFound, UsageError."""
    language, _ = asked.language, asked.language.gettext
    shown = show_document(state, asked, number, file)
    medicine, document = shown.text.medicine, shown.text.document
    sections = shown.texts.sections(shown.text)
    parts = portions([one.blocks for one in sections], PORTION)
    in_portion = {piece.section: index for index, part in reversed(list(enumerate(parts, 1))) for piece in part}
    chosen = portion_asked(asked, len(parts), in_portion.get(asked.count("place") - 1, 1))
    written = Written(language, document["language"] or "en", shown.pdf)

    def at(place: int) -> str:
        portion = in_portion[place]
        address = shown.document(portion=portion) if portion > 1 else shown.document()
        return f"#s{place + 1}" if portion == chosen else f"{address}#s{place + 1}"

    contents = [
        (part_of(language, one, sections[place - 1] if place else None), place_of(one, at(place), medicine["name"]))
        for place, one in enumerate(sections)
        if one.title
    ]
    if len(contents) > LONGEST_CONTENTS and any(part for part, _place in contents):
        contents = [(part, one) for part, one in contents if part]  # the pages of the parts list the rest
    title = f"{medicine['name']}: {document['title'] or file}"
    if chosen > 1:
        title = f"{title} ({chosen}/{len(parts)})"
    return page(
        state,
        stamp,
        asked,
        "document.html",
        named(language, title, dict(medicine), shown.as_of),
        description=_("The text of a document of EMA on %(name)s, with its pages and versions.")
        % {"name": medicine["name"]},
        indexed=shown.as_of is None and shown.text.is_newest,
        until=shown.as_of,
        **around(state, shown),
        contents=contents,
        passages=passages(written, language, sections, parts[chosen - 1], medicine["name"], shown.section),
        portion=chosen,
        portions=[(index, shown.document(portion=index) if index > 1 else shown.document())
                  for index in range(1, len(parts) + 1)],
        redline=shown.redline(),
    )  # fmt: skip


def place_of(section: TextSection, address: str, medicine: str) -> Place:
    """A section in the list of contents."""
    number = "" if section.number == "0" else section.number
    return Place(number, titled(section, medicine), address, section.page, is_doubtful(section))


def part_of(language: Language, section: TextSection, before: TextSection | None) -> str:
    """The part and product that begin with a section; empty where they go on."""
    if not section.part or (before is not None and (before.part, before.unit) == (section.part, section.unit)):
        return ""
    name = word(language, "part", section.part) or section.part
    return f"{name} – {section.product}" if section.product else name


def passages(
    written: Written,
    language: Language,
    sections: list[TextSection],
    pieces: list[Piece],
    medicine: str,
    address_of: object,
) -> list[Passage]:
    """The pieces of a portion; headings go down by one level at most, whatever the document has."""
    assert callable(address_of)
    found: list[Passage] = []
    level = 1
    for index, piece in enumerate(pieces):
        section = sections[piece.section]
        before = sections[piece.section - 1] if piece.section and index else None
        part = part_of(language, section, before)
        if part:
            level = 2
        wanted = section.level + (2 if section.part else 1)
        if section.title:
            level = min(wanted, level + 1, 5)
        own = address_of(section.part, section.number, section.unit) if section.part and section.number else None
        page = piece.blocks[0].page if piece.blocks and not piece.begins else section.page
        found.append(
            Passage(
                piece.section + 1,
                part,
                "" if section.number == "0" else section.number,
                titled(section, medicine),
                level,
                page,
                piece.begins,
                is_doubtful(section),
                own,
                written.blocks(piece.blocks, level + 1, page),
            )
        )
    return found
