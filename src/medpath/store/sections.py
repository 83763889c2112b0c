"""The texts of a medicine's documents as readers and programs get them: sections, whole texts, versions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote

import sqlalchemy as sa

from medpath import urls
from medpath.documents.blocks import Block
from medpath.documents.text_sections import TextSection
from medpath.errors import NotFound
from medpath.model.times import end_of
from medpath.store.database import Database
from medpath.store.documents import Documents, TextVersion
from medpath.store.read import Register
from medpath.store.tables import document_text, snapshot
from medpath.store.writing import chunks

PRODUCT_INFORMATION = "product-information"
PARTS = ("smpc", "annex-ii", "labelling", "package-leaflet")
SURE = 0.9  # a section of less confidence is told to be doubtful
NO_TEXT = "no-text"

SENTENCES = {
    "no-medicine": "No medicine has the product number %(number)s.",
    "not-observed": "By %(day)s nothing had been observed of %(number)s.",
    "no-document": "%(name)s has no document “%(file)s”; its documents are listed on its page.",
    "no-information": "No text of a product information of %(name)s is held.",
    "no-text": "The text of this document is not held; EMA's file is at %(url)s.",
    "no-version": "Of this text there is no version %(version)s; the versions are %(versions)s.",
    "no-earlier": "There is no version of this text before version %(version)s.",
    "not-yet": "By %(day)s no text of this document had been seen; the first was on %(first)s.",
    "no-section": "The text has no section %(section)s in this part (%(part)s).",
    "no-part": "The text has no such part (%(part)s).",
}


_HELD = (
    sa.select(snapshot.c.url, document_text.c.result)
    .join(document_text, document_text.c.sha256 == snapshot.c.sha256)
    .where(
        snapshot.c.url.in_(sa.bindparam("addresses", expanding=True)),
        snapshot.c.observed_at <= sa.bindparam("until"),
        document_text.c.result != NO_TEXT,
    )
    .order_by(snapshot.c.observed_at)
)


class NoText(NotFound):
    """A text, version or section is not held; ``reason`` is a key of `SENTENCES`, ``values`` fill it."""

    def __init__(self, reason: str, **values: str) -> None:
        super().__init__(SENTENCES[reason] % values)
        self.reason = reason
        self.values = values


@dataclass(frozen=True)
class Text:
    """One version of the text of a document of a medicine. ``versions``: all that it has, oldest first."""

    medicine: Mapping[str, Any]
    document: Mapping[str, Any]
    version: TextVersion
    versions: Sequence[TextVersion]

    @property
    def number(self) -> str:
        """The medicine's product number."""
        return str(self.medicine["product_number"])

    @property
    def file(self) -> str:
        """The file name of the document."""
        return urls.file_name(self.document["url"])

    @property
    def is_newest(self) -> bool:
        """Whether no later version is held."""
        return self.version.number == self.versions[-1].number


class Texts:
    """The texts of medicines' documents. Every method sees the last committed state and raises NoText."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.documents = Documents(register.database)

    def product_information(self, number: str, version: int | None = None, as_of: date | None = None) -> Text:
        """The text of a medicine's product information: the newest, or of a number, or as of the end of a day."""
        medicine, documents = self._documents(number, as_of)
        found = [one for one in documents if one["type"] == PRODUCT_INFORMATION]
        held = self.documents.versions_of([one["url"] for one in found])
        for document in found:
            if versions := _with_text(held.get(document["url"], [])):
                return Text(medicine, document, _chosen(versions, version, as_of), versions)
        raise NoText("no-information", name=medicine["name"])

    def document(self, number: str, file: str, version: int | None = None, as_of: date | None = None) -> Text:
        """The text of a document by its file name: the newest, or of a number, or as of the end of a day."""
        medicine, documents = self._documents(number, as_of)
        found = [one for one in documents if file in (name := urls.file_name(one["url"]), unquote(name))]
        held = self.documents.versions_of([one["url"] for one in found])
        for document in found:
            if versions := _with_text(held.get(document["url"], [])):
                return Text(medicine, document, _chosen(versions, version, as_of), versions)
        if not found:
            raise NoText("no-document", name=medicine["name"], file=file[:120])
        raise NoText(NO_TEXT, url=found[0]["url"])

    def contents(self, text: Text) -> list[TextSection]:
        """The sections of a text without their blocks, in order."""
        return self.documents.contents(text.version.text)

    def sections(self, text: Text, part: str | None = None, section: str | None = None) -> list[TextSection]:
        """The sections of a text with their blocks, in order; of a part and a number where they are given."""
        return self.documents.sections(text.version.text, part, section)

    def asked_sections(self, text: Text, part: str | None, section: str | None) -> list[TextSection]:
        """Like `sections`; that there is none of the part or number is an error."""
        found = self.sections(text, part, section)
        if not found and section is not None:
            raise NoText("no-section", section=section[:20], part=part or ", ".join(PARTS))
        if not found and part is not None:
            raise NoText("no-part", part=part)
        return found

    def of_medicine(self, number: str, as_of: date | None = None) -> list[Text]:
        """Every document of a medicine that has a text, in their order, each with its newest version."""
        medicine, documents = self._documents(number, as_of)
        held = self.documents.versions_of([one["url"] for one in documents])
        found = []
        for document in documents:
            versions = _with_text(held.get(document["url"], []))
            shown = [one for one in versions if as_of is None or one.observed_from <= end_of(as_of)]
            if shown:
                found.append(Text(medicine, document, shown[-1], versions))
        return found

    def _documents(self, number: str, as_of: date | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The medicine and its documents; as of a day also those that its page was only later seen to name."""
        now = self.register.medicine(number)
        if now is None:
            raise NoText("no-medicine", number=number)
        if as_of is None:
            return now, now["documents"]
        then = self.register.medicine(number, as_of)
        if then is None:
            raise NoText("not-observed", number=number, day=as_of.isoformat())
        known = {one["url"] for one in then["documents"]}
        return then, [*then["documents"], *(one for one in now["documents"] if one["url"] not in known)]


def texts_held(database: Database, addresses: Collection[str], as_of: date | None = None) -> dict[str, str]:
    """Which of these addresses of documents have a text, each with what became of it: one quick question.

    As of a day only what had been seen by its end counts.
    """
    asked = {"until": end_of(as_of) if as_of is not None else "9999"}
    with database.reading() as connection:
        return {
            row.url: row.result
            for some in chunks(addresses, 500)
            for row in connection.execute(_HELD, {**asked, "addresses": some})
        }


def section_places(database: Database, address: str, as_of: date | None = None) -> set[tuple[str, str]]:
    """(part, number) of every section of the newest text of a document, or of that as of the end of a day."""
    documents = Documents(database)
    versions = _with_text(documents.versions(address))
    shown = [one for one in versions if as_of is None or one.observed_from <= end_of(as_of)]
    return documents.places(shown[-1].text) if shown else set()


def _with_text(versions: Sequence[TextVersion]) -> list[TextVersion]:
    return [one for one in versions if one.result != NO_TEXT]


def _chosen(versions: Sequence[TextVersion], number: int | None, as_of: date | None) -> TextVersion:
    shown = [one for one in versions if as_of is None or one.observed_from <= end_of(as_of)]
    if not shown:
        assert as_of is not None
        raise NoText("not-yet", day=as_of.isoformat(), first=versions[0].observed_from[:10])
    if number is None:
        return shown[-1]
    for one in shown:
        if one.number == number:
            return one
    raise NoText("no-version", versions=", ".join(str(one.number) for one in shown), version=str(number))


def lines(blocks: Iterable[Block]) -> list[str]:
    """Blocks as plain text: a paragraph, item or heading each, a table row by row with its cells between bars."""
    found = []
    for block in blocks:
        if block.text:
            found.append(f"{block.marker} {block.text}" if block.marker else block.text)
        found += [" | ".join(row) for row in block.rows]
    return found


def version_item(version: TextVersion) -> dict[str, Any]:
    """A version as JSON."""
    return {
        "version": version.number,
        "observed_from": version.observed_from,
        "observed_to": version.observed_to,
        "dataset": version.dataset,
        "retrieved_at": version.retrieved_at,
        "sha256": version.sha256,
        "title": version.title,
        "pages": version.pages,
        "result": version.result,
        "conversion": version.conversion,
        "faults": [dict(one) for one in version.faults],
    }


def section_url(text: Text, section: TextSection) -> str:
    """Our address of a section: its own page in a product information, else the document's."""
    if not section.part or not section.number:
        return urls.document_text(text.number, text.file)
    address = urls.section(text.number, section.part, section.number)
    query = "" if text.is_newest else f"?version={text.version.number}"
    return address + query + (f"#unit-{section.unit}" if section.unit > 1 else "")


def section_item(text: Text, section: TextSection) -> dict[str, Any]:
    """A section as the contract has it, with its document."""
    document = text.document
    return {
        **section_body(text, section),
        "document": {
            "id": document["id"],
            "title": document["title"],
            "url": document["url"],
            "version": text.version.number,
        },
    }


def section_body(text: Text, section: TextSection) -> dict[str, Any]:
    """A section as JSON; ``tables`` are the cells of the tables whose rows stand in ``text``."""
    return {
        "part": section.part or None,
        "section": section.number or None,
        "title": section.title or None,
        "product": section.product,
        "unit": section.unit,
        "level": section.level,
        "text": lines(section.blocks),
        "tables": [[list(row) for row in block.rows] for block in section.blocks if block.rows],
        "page": section.page,
        "confidence": section.confidence,
        "url": section_url(text, section),
    }


def text_item(text: Text, sections: Iterable[TextSection]) -> dict[str, Any]:
    """A document's text as JSON, with its versions, oldest first."""
    return {
        **text_head(text),
        "version": version_item(text.version),
        "versions": [version_item(one) for one in text.versions],
        "sections": [section_body(text, one) for one in sections],
    }


def text_head(text: Text) -> dict[str, Any]:
    """The document and the medicine of a text as JSON."""
    document = text.document
    return {
        "id": document["id"],
        "product_number": text.number,
        "name": text.medicine["name"],
        "status": text.medicine["status"],
        "title": document["title"],
        "type": document["type"],
        "file": text.file,
        "language": document["language"],
        "document_url": document["url"],
        "url": urls.document_text(text.number, text.file),
    }
