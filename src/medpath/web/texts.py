"""What the pages of texts share: the text that is asked for, what stands around it, and addresses that keep to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from medpath import urls
from medpath.documents.text_sections import TextSection
from medpath.errors import NotFound
from medpath.http.state import State
from medpath.model.terms import ENDED
from medpath.store.sections import SURE, NoText, Text, Texts
from medpath.translations.language import Language
from medpath.translations.vocabulary.documents import NO_TEXT
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.found import medicine_of, status_now
from medpath.web.links import safe_url

PARAMETERS = ("version", "as_of", "unit", "portion", "place")


@dataclass(frozen=True)
class Place:
    """A section in a list of contents: its number and title as they are read, its address, whether it is doubtful."""

    number: str
    title: str
    address: str
    page: int
    doubtful: bool
    here: bool = False


@dataclass(frozen=True)
class Shown:
    """A text on a page. ``version`` and ``as_of`` are what the reader asked for."""

    texts: Texts
    text: Text
    asked: Asked
    version: int | None
    as_of: date | None

    @property
    def pdf(self) -> str | None:
        """EMA's file, where it can be linked."""
        return safe_url(self.text.document["url"])

    def kept(self, **more: int | str) -> str:
        """The question with which another page shows the same version."""
        given: dict[str, int | str] = {}
        if self.version is not None:
            given["version"] = self.version
        if self.as_of is not None:
            given["as_of"] = self.as_of.isoformat()
        return "&".join(f"{name}={value}" for name, value in {**given, **more}.items())

    def section(self, part: str, number: str = "", unit: int = 1, alone: bool = False) -> str:
        """The address of a section's page, or of the contents of a part, in the same version.

        ``alone``: the page shall begin with this unit.
        """
        address = urls.section(self.text.number, part, number, language=self.asked.language.code)
        query = self.kept(unit=unit) if alone else self.kept()
        return address + (f"?{query}" if query else "") + (f"#unit-{unit}" if unit > 1 else "")

    def document(self, **more: int) -> str:
        """The address of the document's text in the same version."""
        address = urls.document_text(self.text.number, self.text.file, self.asked.language.code)
        query = self.kept(**more)
        return address + (f"?{query}" if query else "")

    def of_version(self, number: int) -> str:
        """The address of this page with another version of the text."""
        newest = number == self.text.versions[-1].number
        return self.asked.changed(version=None if newest else str(number), as_of=None, portion=None, unit=None)

    def redline(self, anchor: str = "") -> str | None:
        """What changed since the version before; None where there is none."""
        numbers = [one.number for one in self.text.versions]
        place = numbers.index(self.text.version.number)
        if place == 0:
            return None
        code = self.asked.language.code
        address = urls.document_diff(self.text.number, self.text.file, numbers[place - 1], numbers[place], code)
        return address + (f"#{anchor}" if anchor else "")


def texts_of(state: State) -> Texts:
    """The texts of the documents."""
    return Texts(state.register)


def show_information(state: State, asked: Asked, number: str) -> Shown:
    """The text of a medicine's product information that is asked for. Raises NotFound, UsageError."""
    return _shown(state, asked, number, None)


def show_document(state: State, asked: Asked, number: str, file: str) -> Shown:
    """The text of a document that is asked for. Raises NotFound, UsageError."""
    return _shown(state, asked, number, file)


def _shown(state: State, asked: Asked, number: str, file: str | None) -> Shown:
    texts = texts_of(state)
    as_of = asked.day_of_the_past("as_of")
    version = asked.count("version") or None
    medicine_of(state, asked.language, number, as_of)
    try:
        if file is None:
            text = texts.product_information(number, version, as_of)
        else:
            text = texts.document(number, file, version, as_of)
    except NoText as problem:
        raise in_words(asked.language, problem) from problem
    return Shown(texts, text, asked, version, as_of)


def in_words(language: Language, problem: NoText) -> NotFound:
    """The error in the reader's language."""
    values = dict(problem.values)
    for name in ("day", "first"):
        if name in values:
            values[name] = language.day(values[name])
    if "part" in values:
        values["part"] = word(language, "part", values["part"]) or values["part"]
    return NotFound(language.gettext(NO_TEXT[problem.reason]) % values)


def around(state: State, shown: Shown) -> dict[str, Any]:
    """What the template of a text needs beside the text: the medicine, its status, the version, the source."""
    medicine, version = shown.text.medicine, shown.text.version
    return {
        "medicine": medicine,
        "as_of": shown.as_of.isoformat() if shown.as_of is not None else None,
        "now": status_now(state, medicine, shown.as_of),
        "authorised": medicine["status"]["code"] == "authorised",
        "ended": medicine["status"]["code"] in ENDED,
        "shown": shown,
        "text": shown.text,
        "document": shown.text.document,
        "version": version,
        "versions": shown.text.versions,
        "attribution": state.attribution(version.dataset),
        "tag": shown.text.document["language"] or "en",
        "document_address": urls.document_text(shown.text.number, shown.text.file, shown.asked.language.code),
    }


def named(language: Language, name: str, medicine: dict[str, Any], as_of: date | None = None) -> str:
    """The title of a page about a medicine: that it is not authorised is said in it."""
    code = medicine["status"]["code"]
    if code != "authorised":
        status = word(language, "status", code or "") or medicine["status"]["source_value"]
        name = f"{name} – {status or language.gettext('Status not stated')}"
    return name if as_of is None else f"{name} – {language.day(as_of.isoformat())}"


def portion_asked(asked: Asked, number: int, otherwise: int = 1) -> int:
    """Which of so many portions of a text is asked for. Raises NotFound, UsageError."""
    chosen = asked.count("portion") or otherwise
    if chosen > number:
        said = asked.language.gettext("The text has %(number)s portions; there is no portion %(asked)s.")
        raise NotFound(said % {"number": number, "asked": chosen})
    return chosen


def titled(section: TextSection, medicine: str) -> str:
    """The title of a section; the leaflet's template has an X for the medicine's name."""
    if section.part == "package-leaflet":
        return re.sub(r"\bX\b", lambda _match: medicine, section.title)
    return section.title


def is_doubtful(section: TextSection) -> bool:
    """Whether it has to be said that the section may begin or end elsewhere."""
    return section.confidence < SURE


def in_order(number: str) -> tuple[tuple[int, str], ...]:
    """By what numbers of sections are sorted: ``2``, ``2.1``, ``10``, ``A``."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in number.split("."))


def numbers_of(contents: Iterable[TextSection], part: str) -> list[TextSection]:
    """The sections of a part, each number once and in order: the first unit that has it stands for all."""
    found: dict[str, TextSection] = {}
    for section in contents:
        if section.part == part and section.number:
            found.setdefault(section.number, section)
    return sorted(found.values(), key=lambda one: in_order(one.number))
