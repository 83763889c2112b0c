"""Writing the texts of documents: derived from kept bytes, one row per file and type, its sections beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from medpath.documents.conversion import ConvertedText
from medpath.documents.faults import Fault
from medpath.documents.text_sections import TextSection
from medpath.model.records import MESSAGE_LENGTH
from medpath.store.packing import digest, pack
from medpath.store.tables import UNREAD, document_text, issue, section, snapshot
from medpath.store.writing import next_id, retire_issues

# Faults that leave a document without its text.
LOST = ("no-text", "no-sections", "unreadable", "not-converted", "damaged", "encrypted", "too-large", "too-slow")


@dataclass(frozen=True)
class Kept:
    """A file whose text is to be made: where its bytes are, and which document it is."""

    sha256: str
    archive: str | None
    media_type: str
    type: str


@dataclass(frozen=True)
class PackedText:
    """A text ready to be written: made beside the writer, so that it has little to do."""

    kept: Kept
    result: str
    title: str | None
    pages: int
    hash: str
    faults: list[Fault]
    sections: list[dict[str, Any]]


def document_type(url: str) -> str:
    """The folder of EMA's address: ``…/en/documents/product-information/x.pdf`` → ``product-information``."""
    return url.partition("/documents/")[2].partition("/")[0]


def packed(kept: Kept, text: ConvertedText) -> PackedText:
    """A converted text with its sections' bodies compressed."""
    said = [[one.part, one.number, one.unit, _signs(one)] for one in text.sections]
    return PackedText(
        kept=kept,
        result=text.result,
        title=text.title[:1_000] if text.title else None,
        pages=text.pages,
        hash=digest(said),
        faults=text.faults,
        sections=[
            {
                "place": place,
                "part": one.part,
                "number": one.number,
                "title": one.title,
                "product": one.product,
                "unit": one.unit,
                "level": one.level,
                "page": one.page,
                "confidence": one.confidence,
                "body": pack(one.blocks),
            }
            for place, one in enumerate(text.sections, 1)
        ],
    )


def _signs(one: TextSection) -> str:
    texts = [block.text for block in one.blocks]
    cells = [cell for block in one.blocks for row in block.rows for cell in row]
    return "".join("".join([*texts, *cells]).split())


def without_text(connection: Connection, datasets: Sequence[str], conversion: int) -> list[Kept]:
    """The kept files of documents that have no text of this conversion, newest first."""
    query = (
        sa.select(snapshot.c.sha256, snapshot.c.archive, snapshot.c.media_type, snapshot.c.url)
        .where(snapshot.c.dataset.in_(datasets), snapshot.c.dropped_at.is_(None))
        .order_by(snapshot.c.observed_at.desc(), snapshot.c.id)
    )
    made = sa.select(document_text.c.sha256, document_text.c.type).where(document_text.c.conversion == conversion)
    done = {(row.sha256, row.type) for row in connection.execute(made)}
    found: dict[tuple[str, str], Kept] = {}
    for row in connection.execute(query):
        kept = Kept(row.sha256, row.archive, row.media_type, document_type(row.url))
        if kept.type and (kept.sha256, kept.type) not in done:
            found.setdefault((kept.sha256, kept.type), kept)
    return list(found.values())


def write_texts(connection: Connection, texts: Sequence[PackedText], conversion: int, run_id: int) -> None:
    """Writes texts in place of those that an older conversion made of the same bytes, with their issues."""
    new = next_id(connection, document_text.c.id)
    for number, text in enumerate(texts, new):
        kept = text.kept
        same = (document_text.c.sha256 == kept.sha256) & (document_text.c.type == kept.type)
        old = sa.select(document_text.c.id).where(same)
        connection.execute(section.delete().where(section.c.text_id.in_(old)))
        connection.execute(document_text.delete().where(same))
        row = {
            "id": number,
            "sha256": kept.sha256,
            "type": kept.type,
            "conversion": conversion,
            "result": text.result,
            "title": text.title,
            "pages": text.pages,
            "hash": text.hash,
            "faults": json.dumps([fault._asdict() for fault in text.faults], ensure_ascii=False),
        }
        connection.execute(document_text.insert(), row)
        if text.sections:
            connection.execute(section.insert(), [{"text_id": number, **one} for one in text.sections])
        _note_issues(connection, text, run_id)


def _note_issues(connection: Connection, text: PackedText, run_id: int) -> None:
    """The faults of a text are issues of its document as long as these bytes are its newest."""
    given = sa.select(snapshot.c.dataset, snapshot.c.url, snapshot.c.name).where(
        snapshot.c.sha256 == text.kept.sha256, snapshot.c.reader_version != UNREAD
    )
    for row in connection.execute(given.distinct()).all():
        newest = connection.scalar(
            sa.select(snapshot.c.sha256)
            .where(snapshot.c.dataset == row.dataset, snapshot.c.url == row.url)
            .order_by(snapshot.c.observed_at.desc(), snapshot.c.id.desc())
            .limit(1)
        )
        if newest != text.kept.sha256 or document_type(row.url) != text.kept.type:
            continue
        unit = f"{row.url}#text"
        retire_issues(connection, row.dataset, unit)
        first = next_id(connection, issue.c.id)
        rows = [
            {
                "id": number,
                "run_id": run_id,
                "dataset": row.dataset,
                "severity": "error" if fault.code in LOST else "warning",
                "code": fault.code,
                "place": f"{row.name}: {fault.place}" if fault.place else row.name,
                "record": urlsplit(row.url).path,
                "message": fault.message.replace("\x00", "\\0")[:MESSAGE_LENGTH],
                "unit": unit,
                "current": 1,
            }
            for number, fault in enumerate(text.faults, first)
        ]
        if rows:
            connection.execute(issue.insert(), rows)
