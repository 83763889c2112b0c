"""Reading the texts of documents: the versions of a document, and the sections of a text.

The versions of a document are its kept files by the time at which the publisher showed them; files with the
same text are one version. A document's own file from EMA leads over a conversion by somebody else for as long
as EMA was seen to show it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from medpath.documents.blocks import Block
from medpath.documents.text_sections import TextSection
from medpath.model.times import end_of
from medpath.store.database import Database
from medpath.store.packing import unpack_as
from medpath.store.tables import document_text, section, snapshot
from medpath.store.texts import document_type
from medpath.store.writing import chunks

OWN = "ema."  # datasets of EMA's own files

_BLOCKS = msgspec.json.Decoder(tuple[Block, ...])
_HEAD = (
    section.c.place,
    section.c.part,
    section.c.number,
    section.c.title,
    section.c.product,
    section.c.unit,
    section.c.level,
    section.c.page,
    section.c.confidence,
)


@dataclass(frozen=True)
class TextVersion:
    """A version of a document that has text.

    ``number`` counts the document's versions from 1. ``observed_from`` and ``observed_to`` are instants between
    which the publisher was seen to show it. ``text`` is the id of the text, for `Documents.sections`.
    """

    url: str
    number: int
    observed_from: str
    observed_to: str
    dataset: str
    sha256: str
    retrieved_at: str | None
    text: int
    title: str | None
    pages: int
    result: str
    conversion: int
    faults: tuple[Mapping[str, str], ...]

    @property
    def is_own(self) -> bool:
        """Whether the text was made from EMA's own file, and not from a conversion by somebody else."""
        return self.dataset.startswith(OWN)


class Documents:
    """The texts of documents as they can be read. Every method sees the last committed state."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def sequence(self) -> int:
        """Moves whenever a text is written; 0 where there is none."""
        with self.database.reading() as connection:
            return int(connection.scalar(sa.select(sa.func.coalesce(sa.func.max(document_text.c.id), 0))) or 0)

    def newest_file(self) -> int:
        """Moves whenever a file is kept, also one with a text that is known already; 0 where there is none."""
        with self.database.reading() as connection:
            return int(connection.scalar(sa.select(sa.func.coalesce(sa.func.max(snapshot.c.id), 0))) or 0)

    def versions(self, url: str) -> list[TextVersion]:
        """The versions of a document, oldest first; none where its text is not held."""
        return self.versions_of([url]).get(url, [])

    def versions_of(self, urls: Collection[str]) -> dict[str, list[TextVersion]]:
        """The versions of several documents, oldest first, by address; without those that have no text."""
        columns = (snapshot.c.url, snapshot.c.dataset, snapshot.c.sha256, snapshot.c.observed_at)
        more = (snapshot.c.observed_to, snapshot.c.retrieved_at)
        text = (document_text.c.id, document_text.c.type, document_text.c.hash, document_text.c.title)
        rest = (document_text.c.pages, document_text.c.result, document_text.c.conversion, document_text.c.faults)
        query = (
            sa.select(*columns, *more, *text, *rest)
            .join(document_text, document_text.c.sha256 == snapshot.c.sha256)
            .order_by(snapshot.c.observed_at, snapshot.c.id)
        )
        held: dict[str, list[Any]] = {}
        with self.database.reading() as connection:
            for some in chunks(urls, 500):
                for row in connection.execute(query.where(snapshot.c.url.in_(some))):
                    if row.type == document_type(row.url):
                        held.setdefault(row.url, []).append(row)
        return {url: _versions(url, rows) for url, rows in held.items()}

    def version(self, url: str, number: int | None = None, as_of: date | None = None) -> TextVersion | None:
        """A version of a document: of a number, or the last that was seen by the end of a day, or the newest."""
        versions = self.versions(url)
        if number is not None:
            return next((one for one in versions if one.number == number), None)
        return _last(versions, as_of)

    def of_medicine(
        self, documents: Sequence[Mapping[str, Any]], type: str | None = None, as_of: date | None = None
    ) -> list[tuple[Mapping[str, Any], TextVersion]]:
        """(document of a medicine, its newest version, or that as of a day) for those that have a text, in order."""
        wanted = [one for one in documents if type is None or one["type"] == type]
        held = self.versions_of([one["url"] for one in wanted])
        found = [(one, _last(held.get(one["url"], []), as_of)) for one in wanted]
        return [(one, version) for one, version in found if version is not None]

    def contents(self, text: int) -> list[TextSection]:
        """The sections of a text without their blocks, in order."""
        query = sa.select(*_HEAD).where(section.c.text_id == text).order_by(section.c.place)
        with self.database.reading() as connection:
            return [_section(row, ()) for row in connection.execute(query)]

    def places(self, text: int) -> set[tuple[str, str]]:
        """(part, number) of every section of a text."""
        query = sa.select(section.c.part, section.c.number).where(section.c.text_id == text).distinct()
        with self.database.reading() as connection:
            return {(row.part, row.number) for row in connection.execute(query)}

    def sections(self, text: int, part: str | None = None, number: str | None = None) -> list[TextSection]:
        """The sections of a text with their blocks, in order; of a part or a number where they are given."""
        query = sa.select(*_HEAD, section.c.body).where(section.c.text_id == text).order_by(section.c.place)
        if part is not None:
            query = query.where(section.c.part == part)
        if number is not None:
            query = query.where(section.c.number == number)
        with self.database.reading() as connection:
            return [_section(row, unpack_as(_BLOCKS, row.body)) for row in connection.execute(query)]


def _section(row: Any, blocks: tuple[Block, ...]) -> TextSection:
    return TextSection(
        row.part, row.number, row.title, row.product, row.unit, row.level, row.page, row.confidence, blocks
    )


def _last(versions: Sequence[TextVersion], as_of: date | None) -> TextVersion | None:
    shown = [one for one in versions if as_of is None or one.observed_from <= end_of(as_of)]
    return shown[-1] if shown else None


def _versions(url: str, rows: Sequence[Any]) -> list[TextVersion]:
    """Rows in order of observation as versions: what others converted while EMA's own was seen counts for nothing."""
    own = [row for row in rows if row.dataset.startswith(OWN)]
    since = min((row.observed_at for row in own), default="")
    until = max((row.observed_to for row in own), default="")
    found: list[TextVersion] = []
    before = ""
    for row in rows:
        if own and row not in own and since <= row.observed_at <= until:
            continue
        version = TextVersion(
            url=url,
            number=len(found) + 1,
            observed_from=row.observed_at,
            observed_to=row.observed_to,
            dataset=row.dataset,
            sha256=row.sha256,
            retrieved_at=row.retrieved_at,
            text=row.id,
            title=row.title,
            pages=row.pages,
            result=row.result,
            conversion=row.conversion,
            faults=tuple(json.loads(row.faults)),
        )
        if found and row.hash == before:  # the same text was seen longer; the newest bytes stand for it
            last = found.pop()
            seen_to = max(last.observed_to, row.observed_to)
            version = replace(version, number=last.number, observed_from=last.observed_from, observed_to=seen_to)
        before = row.hash
        found.append(version)
    return found
