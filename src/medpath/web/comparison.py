"""Several medicines side by side: their facts and days, or the same section of their product information."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from markupsafe import Markup

from medpath import urls
from medpath.documents.qrd import ENTRIES
from medpath.errors import NotFound, UsageError
from medpath.http.answers import Content
from medpath.http.state import Stamp, State
from medpath.store.editions import MOST_COMPARED, Side, asked_section, side_by_side
from medpath.store.sections import PARTS
from medpath.translations.language import Language
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.blocks import Written, portions, signs
from medpath.web.facts_compared import facts
from medpath.web.links import safe_url
from medpath.web.page import page
from medpath.web.sections import qualified
from medpath.web.texts import in_words, is_doubtful, texts_of

PARAMETERS = ("section", "medicine")
FIELDS = 3  # for medicines, at least
LONGEST = 160_000  # signs of text on a page, shared by the medicines
SECTIONS = [
    (one.number, f"{one.number} {one.title}")
    for one in ENTRIES
    if one.part == "smpc" and one.number in ("4.1", "4.2", "4.3", "4.8", "5.1")
]


@dataclass(frozen=True)
class Column:
    """A medicine in a comparison. Without a body, ``missing`` says why."""

    medicine: dict[str, Any]
    address: str
    product: str | None
    more: int
    page: int
    pdf: str | None
    version: int
    observed: str
    doubtful: bool
    tag: str
    missing: str
    goes_on: bool
    body: Markup


@dataclass(frozen=True)
class Field:
    """What somebody typed as a medicine, and why it can't be one: ``candidates`` are those that may be meant."""

    value: str
    problem: str = ""
    candidates: Sequence[dict[str, Any]] = ()


def show(state: State, asked: Asked, stamp: Stamp) -> Content:
    """The page of a comparison, or the form for one. Raises UsageError."""
    language, _ = asked.language, asked.language.gettext
    wanted = asked.many("medicine")
    if len(wanted) > MOST_COMPARED:
        raise UsageError(_("At most %(number)s medicines can be compared.") % {"number": MOST_COMPARED})
    if asked.one("section") is None:
        return show_facts(state, asked, stamp, wanted)
    try:
        part, section = asked_section(asked.one("section") or "")
    except UsageError as problem:
        said = _("“%(text)s” is no section of a product information; choose one from the list.")
        raise UsageError(said % {"text": (asked.one("section") or "")[:40]}) from problem
    numbers, fields = understood(state, language, wanted)
    sides = side_by_side(texts_of(state), numbers, part, section)
    label = f"{section} {heading(part, section)}".removeprefix("0 ")
    names = language.listed([one.medicine["name"] for one in sides])
    title = (
        _("%(section)s compared: %(names)s") % {"section": label, "names": names} if sides else _("Compare a section")
    )
    return page(
        state,
        stamp,
        asked,
        "compare.html",
        title,
        description=_("The same section of the product information of several medicines, side by side."),
        indexed=len(sides) > 1 or not wanted,
        part=part,
        section=section,
        asked_section=qualified(part, section),
        heading=heading(part, section),
        **form(language, fields),
        single=len(sides) == 1,
        columns=columns(language, sides, part, section),
        credits=list(
            dict.fromkeys(state.attribution(one.text.version.dataset) for one in sides if one.text is not None)
        ),
        json_address="/api/v1" + urls.compare(qualified(part, section), numbers) if len(numbers) > 1 else None,
    )


def show_facts(state: State, asked: Asked, stamp: Stamp, wanted: Sequence[str]) -> Content:
    """The page that compares facts and days, or the form for it."""
    language, _ = asked.language, asked.language.gettext
    numbers, fields = understood(state, language, wanted)
    medicines = [one for number in numbers if (one := state.register.medicine(number)) is not None]
    names = language.listed([one["name"] for one in medicines])
    return page(
        state,
        stamp,
        asked,
        "compare_facts.html",
        _("Facts compared: %(names)s") % {"names": names} if medicines else _("Compare medicines"),
        description=_("Status, dates, holder, class, areas and indication of several medicines, side by side."),
        indexed=len(medicines) > 1 or not wanted,
        asked_section="",
        **form(language, fields),
        single=len(medicines) == 1,
        medicines=medicines,
        rows=facts(language, medicines),
        sections=[
            (title, urls.compare(number, numbers, language.code)) for number, title in SECTIONS if len(numbers) > 1
        ],
        json_address="/api/v1" + urls.compare("", numbers),
    )


def form(language: Language, fields: Sequence[Field]) -> dict[str, Any]:
    """What the form needs: the sections to choose from, and fields for one medicine more."""
    empty = max(FIELDS, min(len(fields) + 1, MOST_COMPARED)) - len(fields)
    return {"choices": choices(language), "fields": [*fields, *[Field("")] * empty], "most": MOST_COMPARED}


def understood(state: State, language: Language, wanted: Sequence[str]) -> tuple[list[str], list[Field]]:
    """(product numbers, each once; the fields of the form, with what is wrong in them)."""
    numbers: list[str] = []
    fields: list[Field] = []
    for text in wanted:
        try:
            number = state.register.resolve(text.removeprefix("ema:medicine:"))
        except NotFound as problem:
            said = (
                language.gettext("“%(text)s” fits several medicines; choose the one that you mean.")
                if problem.candidates
                else language.gettext("No medicine is known here as “%(text)s”; try a search.")
            )
            fields.append(Field(text, said % {"text": text[:80]}, problem.candidates))
            continue
        if number not in numbers:
            numbers.append(number)
            fields.append(Field(text))
    return numbers, fields


def heading(part: str, section: str) -> str:
    """The title of a section in the template; empty for one that it does not have."""
    return next((one.title for one in ENTRIES if (one.part, one.number) == (part, section)), "")


def choices(language: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """(part in words, [(value, label)]) of the sections that can be chosen."""
    found = []
    for part in PARTS:
        entries = {one.number: one.title for one in reversed(ENTRIES) if one.part == part}
        ordered = [one.number for one in ENTRIES if one.part == part]
        options = [(qualified(part, number), f"{number} {entries[number]}") for number in dict.fromkeys(ordered)]
        found.append((word(language, "part", part) or part, options))
    return found


def shared(sizes: Sequence[int], room: int) -> list[int]:
    """How much of the room each gets: what short ones leave is for the long ones."""
    found = [0] * len(sizes)
    for done, place in enumerate(sorted(range(len(sizes)), key=lambda place: sizes[place])):
        found[place] = min(sizes[place], room // (len(sizes) - done))
        room -= found[place]
    return found


def columns(language: Language, sides: Sequence[Side], part: str, section: str) -> list[Column]:
    """The medicines as columns; of a file with several summaries the first, with how many more there are."""
    found = []
    tables = count(1)
    firsts = [side.sections[0].blocks if side.text is not None and side.sections else () for side in sides]
    rooms = shared([signs(blocks) for blocks in firsts], LONGEST)
    for side, room in zip(sides, rooms, strict=True):
        medicine, text = side.medicine, side.text
        address = urls.section(medicine["product_number"], part, section, language=language.code)
        if text is None or not side.sections:
            said = str(in_words(language, side.missing)) if side.missing is not None else ""
            found.append(Column(medicine, "", None, 0, 0, None, 0, "", False, "en", said, False, Markup("")))
            continue
        first = side.sections[0]
        tag, pdf = text.document["language"] or "en", safe_url(text.document["url"])
        written = Written(language, tag, pdf, tables)
        parts = portions([first.blocks], max(room, 1))
        found.append(
            Column(
                medicine,
                address,
                first.product,
                len(side.sections) - 1,
                first.page,
                pdf,
                text.version.number,
                text.version.observed_from,
                is_doubtful(first),
                tag,
                "",
                len(parts) > 1,
                written.blocks(parts[0][0].blocks, 3, first.page),
            )
        )
    return found
