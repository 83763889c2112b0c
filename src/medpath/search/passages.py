"""The index of what stands in the documents: passages of the sections of every document's newest text.

It lies in a folder of its own beside the index of medicines and follows the store like that one. A passage is a run of
blocks of one section, of about 1,200 signs, so that a find has its page. Words are cut and stemmed by tantivy.

    index/passages/
      current            the folder in force
      7-3f2a…/           a tantivy index (7: number of the schema), with ``state.json``: how far it has come,
                         and ``contents.json``: the length and checksum of each of its files

After a stop between a commit and ``contents.json`` the folder counts as damaged and the index is made again.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import tantivy

from medpath.documents.blocks import Block
from medpath.documents.text_sections import TextSection
from medpath.model import atc
from medpath.search.entries import status_code
from medpath.search.index import (
    Damaged,
    as_written,
    current_folder,
    new_folder,
    note_contents,
    open_index,
    replace_file,
    tantivy_errors,
)
from medpath.store.database import Database
from medpath.store.documents import Documents, TextVersion
from medpath.store.read import Register

FOLDER = "passages"
STATE = "state.json"
LENGTH = 1_200  # signs of a passage, about
LONGEST = 4_000  # of one block that is a passage alone; what is longer is parted
HEAP = 200_000_000
CODES = ("number", "document", "place", "type", "part", "section", "status", "atc", "atc_top")
COUNTED = ("type", "section", "status", "atc_top")
VERSION = 1
SCHEMA = zlib.crc32(repr((VERSION, CODES, COUNTED, LENGTH)).encode())


@dataclass
class PassagesState:
    """How far the index has come, for which store; ``marks`` tell what of each medicine is in it."""

    store: str
    schema: int
    sequence: int
    texts: int
    files: int = 0  # a text that is known already may become the newest of a document
    marks: dict[str, int] = field(default_factory=dict)


@cache
def schema() -> tantivy.Schema:
    """The schema of the index of passages."""
    builder = tantivy.SchemaBuilder()
    for name in CODES:
        builder.add_text_field(name, fast=name in COUNTED, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="words", index_option="position")
    builder.add_bytes_field("item", stored=True)
    return builder.build()


@cache
def words() -> tantivy.TextAnalyzer:
    """How text becomes words: cut at what is neither letter nor digit, small, without accents, stemmed as English."""
    made = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for one in (
        tantivy.Filter.remove_long(60),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("english"),
    ):
        made = made.filter(one)
    return made.build()


def opened(path: Path) -> tantivy.Index:
    """Opens the index in a folder. Raises Damaged."""
    with tantivy_errors():
        index = open_index(path)
        index.register_tokenizer("words", words())
        return index


def read_state(path: Path) -> PassagesState | None:
    """How far the index in a folder has come; None where it doesn't say."""
    try:
        return msgspec.json.decode((path / STATE).read_bytes(), type=PassagesState)
    except (OSError, msgspec.DecodeError):
        return None


def is_current(folder: Path, database: Database) -> bool:
    """Whether the index of passages below a folder has come as far as the store, or there is no text to look in."""
    documents = Documents(database)
    texts = documents.sequence()
    path = current_folder(folder / FOLDER)
    state = read_state(path) if path is not None else None
    if state is None:
        return not texts
    register = Register(database)
    wanted = (register.store_id(), SCHEMA, register.sequence(), texts, documents.newest_file())
    return (state.store, state.schema, state.sequence, state.texts, state.files) == wanted


class PassageIndex:
    """The index of passages as its one writer sees it; only the holder of the data folder's lock may use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def follow(self, database: Database) -> int:
        """Brings the index to the state of the store and returns how many medicines were written anew.

        An index that is missing, damaged, of another store or schema or ahead of the store is made again. Raises
        MedPathError where it can't be written.
        """
        register, documents = Register(database), Documents(database)
        texts, files = documents.sequence(), documents.newest_file()
        wanted = PassagesState(register.store_id(), SCHEMA, register.sequence(), texts, files)
        path = current_folder(self.folder)
        state = read_state(path) if path is not None and as_written(path) else None
        if path is not None and state is not None and (state.store, state.schema) == (wanted.store, SCHEMA):
            if (state.sequence, state.texts, state.files) == (wanted.sequence, wanted.texts, wanted.files):
                return 0
            if state.sequence <= wanted.sequence and state.texts <= wanted.texts:
                try:
                    return self._write(path, register, documents, state, wanted)
                except Damaged:
                    pass  # it is made again
        if not wanted.texts:
            return 0
        return self._make(register, documents, wanted)

    def _make(self, register: Register, documents: Documents, wanted: PassagesState) -> int:
        empty = PassagesState(wanted.store, SCHEMA, 0, 0)
        with new_folder(self.folder, SCHEMA, "index of texts") as path:
            with tantivy_errors():
                tantivy.Index(schema(), str(path), reuse=False)
            return self._write(path, register, documents, empty, wanted)

    def _write(
        self, path: Path, register: Register, documents: Documents, state: PassagesState, wanted: PassagesState
    ) -> int:
        marks, written = dict(state.marks), 0
        moved = (state.texts, state.files) != (wanted.texts, wanted.files)
        bodies = register.all_medicines() if moved else (one for _, one in register.medicines_after(state.sequence))
        index = opened(path)
        with tantivy_errors():
            writer = index.writer(HEAP, 1)
            for body in bodies:
                number = body["product_number"]
                held = [pair for pair in documents.of_medicine(body["documents"]) if pair[1].result != "no-text"]
                mark = _mark(body, held)
                if marks.get(number) == mark:
                    continue
                writer.delete_documents_by_term("number", number)
                for entry in _entries(body, held, documents):
                    writer.add_document(entry)
                marks[number] = mark
                written += 1
            if written:
                writer.commit()
            writer.wait_merging_threads()
        wanted.marks = marks
        replace_file(path / STATE, msgspec.json.encode(wanted).decode())
        note_contents(path)
        return written


def _mark(body: Mapping[str, Any], held: Sequence[tuple[Mapping[str, Any], TextVersion]]) -> int:
    """What the passages of a medicine are made from, as a number."""
    known = [(one["id"], one["title"], text.text, text.number) for one, text in held]
    codes = [one["code"] for one in body["atc"]]
    said = (body["name"], status_code(body), body["status"].get("date"), codes, known)
    return zlib.crc32(msgspec.json.encode(said))


def _entries(
    body: Mapping[str, Any], held: Sequence[tuple[Mapping[str, Any], TextVersion]], documents: Documents
) -> Iterator[tantivy.Document]:
    number = body["product_number"]
    classes = sorted({above for one in body["atc"] for above in atc.ancestors(one["code"])})
    for document, version in held:
        about = {
            "number": number,
            "name": body["name"],
            "status": {key: body["status"].get(key) for key in ("code", "source_value", "date")},
            "document": {
                "id": document["id"],
                "url": document["url"],
                "title": document["title"],
                "type": document["type"],
                "version": version.number,
            },
            "own": version.is_own,
        }
        for place, section in enumerate(documents.sections(version.text), 1):
            for page, text in passages(section):
                entry = tantivy.Document()
                entry.add_text("number", number)
                entry.add_text("document", f"{number} {document['id']}")
                entry.add_text("place", f"{number} {document['id']} {place}")
                entry.add_text("type", document["type"] or "other")
                for value in (section.part, section.number):
                    entry.add_text("part", value)
                if section.part:
                    entry.add_text("section", f"{section.part}/{section.number}")
                entry.add_text("status", status_code(body))
                for code in classes:
                    entry.add_text("atc", code)
                    if atc.level(code) == 1:
                        entry.add_text("atc_top", code)
                entry.add_text("words", f"{section.title}\n{text}" if text else section.title)
                entry.add_bytes("item", msgspec.json.encode({**about, **_where(section, place, page), "text": text}))
                yield entry


def _where(section: TextSection, place: int, page: int) -> dict[str, Any]:
    return {
        "place": place,
        "part": section.part,
        "section": section.number,
        "title": section.title,
        "product": section.product,
        "unit": section.unit,
        "page": page,
    }


def passages(section: TextSection) -> Iterator[tuple[int, str]]:
    """(page, text) of the passages of a section: whole blocks, a table's rows as lines; a title alone is one."""
    held: list[str] = []
    page, length, found = section.page, 0, False
    for block in section.blocks:
        for text in _texts(block):
            if held and (length + len(text) > LENGTH or block.page != page):
                yield page, "\n".join(held)
                held, length, found = [], 0, True
            if not held:
                page = block.page
            held.append(text)
            length += len(text)
    if held or not found:
        yield page, "\n".join(held)


def _texts(block: Block) -> Iterable[str]:
    lines = [block.text] if block.text else []
    for row in block.rows:
        cells = [cell for place, cell in enumerate(row) if cell and (place == 0 or cell != row[place - 1])]
        if cells:
            lines.append(" | ".join(cells))
    for line in lines:
        for start in range(0, len(line), LONGEST):
            yield line[start : start + LONGEST]
