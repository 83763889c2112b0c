"""EMA's list of all authorised presentations of a medicine: one row for each pack with its EU number.

The columns are EMA's template: number, name, strength, pharmaceutical form, route, packaging, content
(not in every list), pack size. Conversion leaves tables (with heads repeated, split over pages, cells of
several rows run together) or only running text, in which the columns can't be told apart for certain:
there the number and the text of the row are kept, and the fields are None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from medpath.documents.blocks import Block, Document, tidy
from medpath.documents.faults import Fault
from medpath.documents.watermarks import without_watermark

COLUMNS = (
    "name",
    "strength",
    "pharmaceutical_form",
    "route_of_administration",
    "packaging",
    "content",
    "pack_size",
)
ROW_LIMIT = 5_000
TEXT_LENGTH = 600

_NUMBER = "eu_number"
_WITH_CONTENT = (_NUMBER, *COLUMNS)
_TEMPLATES = {len(names): names for names in (_WITH_CONTENT, tuple(n for n in _WITH_CONTENT if n != "content"))}
_HEADS = (
    (_NUMBER, re.compile(r"number|^ma$|^maeu$|^eu$|^eumano$")),
    ("name", re.compile(r"invented|name")),
    ("strength", re.compile(r"strength")),
    ("pharmaceutical_form", re.compile(r"pharma?ceutical|form$")),
    ("route_of_administration", re.compile(r"route|administrat")),
    ("packaging", re.compile(r"packaging|immediate")),
    ("content", re.compile(r"content|concentration")),
    ("pack_size", re.compile(r"pack(?:age)?size|^size$")),
)  # fmt: skip
_HEAD_LENGTH = 400
_OTHER_DOCUMENT = re.compile(r"NAME OF THE MEDICINAL PRODUCT|Background information on the procedure")
_LAST_HEAD_WORDS = {
    "name": "name",
    "pharmaceutical_form": "form",
    "route_of_administration": "administration",
    "packaging": "packaging",
    "content": "(concentration)",
}
# What no value of these columns is: conversion tears cells and puts their lines into the next row.
_TORN = {
    "strength": re.compile(r"\D*$"),
    "pharmaceutical_form": re.compile(r"\d|(?:injection|infusion|for|use|form|product) |.*[,-]$|(?:.* )?for$"),
    "route_of_administration": re.compile(r"(?:use|\w|for|administration) |.*\d|.*,$|.* use Oral$"),
}
_NOT_LETTERS = re.compile(r"[^a-z]")
_LIKE_NUMBER = re.compile(r"\bEU\s?/?\s?\d")
_EU = re.compile(r"\bEU\s?/\s?([12])\s?/\s?(\d{2})\s?/\s?(\d{3,4})\s?/\s?(\d{3})(?!\d|\s?/\s?\d)")
_LOOSE_EU = re.compile(r"EU/?0?([12])/{1,2}(\d{2})/{1,2}0*(\d{1,4})/{1,2}0*(\d{1,3})")
_RANGE = re.compile(r"\s?[-–]\s?(\d{3})(?!\d|\s?(?!EU\b)[^\W\d_])")  # none in "001 - 100 mg/4 ml"
_BLANKS = re.compile(r"\s+")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_EMA_NUMBER = re.compile(r"\bEMEA\s?/\s?[HV]\s?/\s?C\s?/\s?\d")


class Presentation(NamedTuple):
    """One pack: its EU number (``EU/1/17/1261/001``) and what its row says; None for what the row does not tell.

    ``text`` is the whole row, ``place`` where it stands, ``from_table`` whether it was a row of a table.
    """

    eu_number: str
    text: str
    place: str
    from_table: bool
    name: str | None = None
    strength: str | None = None
    pharmaceutical_form: str | None = None
    route_of_administration: str | None = None
    packaging: str | None = None
    content: str | None = None
    pack_size: str | None = None

    @classmethod
    def of(cls, number: str, text: str, place: str, told: Sequence[str | None]) -> Presentation:
        """A row of a table, with its values in the order of ``COLUMNS``."""
        name, strength, form, route, packaging, content, size = told
        return cls(number, text, place, True, name, strength, form, route, packaging, content, size)

    @property
    def values(self) -> tuple[str | None, ...]:
        """What the row says, in the order of ``COLUMNS``."""
        return (
            self.name,
            self.strength,
            self.pharmaceutical_form,
            self.route_of_administration,
            self.packaging,
            self.content,
            self.pack_size,
        )


@dataclass
class Presentations:
    """The packs of a document. ``rows_in_tables`` counts rows that show a number, ``rows_read`` those understood."""

    rows: list[Presentation] = field(default_factory=list)
    rows_in_tables: int = 0
    rows_read: int = 0
    issues: list[Fault] = field(default_factory=list)


def pack_numbers(text: str) -> list[str]:
    """The EU numbers of packs in a text, in their order. In a text that is nothing but one number, blanks and
    zeros that are too many or missing are put right (``EU/1/15/100 1/001``, ``EU/1/00/129/01``)."""
    alone = _LOOSE_EU.fullmatch(_BLANKS.sub("", text))
    if alone is not None:
        return [_pack(alone)]
    return [number for number, _ in _numbers_in(text)]


def read_presentations(document: Document) -> Presentations:
    """Reads the list in every form that EMA's documents have after their conversion.

    A document with neither a table nor text of that kind is an issue: ``scanned`` where it holds nothing
    but pictures, else ``no-presentations``. A pack that stands twice is given once.
    """
    found = Presentations()
    if any(_OTHER_DOCUMENT.search(block.text) for block in document.blocks):
        message = "This is no list of presentations: it has the headings of product information or of a report."
        found.issues.append(Fault("other-document", message, ""))
        return found
    columns: tuple[str | None, ...] = ()
    head = ""  # the text before a table, which may hold the table's head
    for block in without_watermark(document.blocks):
        if block.kind == "table":
            columns = _read_table(block, columns or _columns_by_text(head), document.place(block), found)
            head = ""
        else:
            head = f"{head} {block.text}"[-_HEAD_LENGTH:]
            if columns and _is_head(head):
                columns = _columns_by_text(head) or columns
            _read_text(block.text, document.place(block), found)
        if len(found.rows) > ROW_LIMIT:
            found.issues.append(Fault("too-many-rows", f"More than {ROW_LIMIT:,} rows; the rest was not read.", ""))
            break
    _drop_doubles(found)
    if not found.rows:
        _tell_nothing_found(document, found)
    return found


def _tell_nothing_found(document: Document, found: Presentations) -> None:
    cells = [cell for block in document.blocks for row in block.rows for cell in row]
    words = " ".join([*(block.text for block in document.blocks), *cells])
    if _EMA_NUMBER.search(words):
        found.issues.append(Fault("no-eu-number", "The list states EMA's numbers and no EU number.", ""))
    elif not cells and len(words) < 60:
        found.issues.append(Fault("scanned", "The document has no text: its pages are pictures.", ""))
    else:
        found.issues.append(Fault("no-presentations", "No row with the EU number of a pack was found.", ""))


def _drop_doubles(found: Presentations) -> None:
    """Keeps the row that tells more of each number; two that differ are an issue."""
    best: dict[str, Presentation] = {}
    for row in found.rows:
        known = best.get(row.eu_number)
        if known is None:
            best[row.eu_number] = row
            continue
        if known.from_table and row.from_table and known.values != row.values:
            message = f"{row.eu_number} stands twice and says different things; the first is used."
            found.issues.append(Fault("doubled-number", message, row.place))
        if row.from_table and not known.from_table:
            best[row.eu_number] = row
    found.rows = list(best.values())


# --- tables


def _read_table(
    block: Block, before: tuple[str | None, ...], place: str, found: Presentations
) -> tuple[str | None, ...]:
    """Reads one table; returns its columns, which a following table without a head continues."""
    rows = _filled(block.rows)
    first = next((index for index, row in enumerate(rows) if _shows_number(row)), None)
    if first is None:
        head = _columns_of(rows[:2])
        return head if head.count(None) <= 1 and _NUMBER in head else before
    columns = _columns_of(rows[:first]) if first else ()
    if not any(columns):
        width = len(rows[0])
        columns = before if len(before) == width else (None,) * width
        if not any(columns):
            message = "The table has no head; only the numbers and the text of its rows were read."
            found.issues.append(Fault("no-head", message, place))
    rows[first] = _without_head_words(rows[first], columns, rows[:first])
    group: list[tuple[str, ...]] = []
    for row in rows[first:]:
        if _shows_number(row):
            _read_rows(group, columns, place, found)
            group = [row]
        elif _continues(row):
            group.append(row)
        elif not _is_head(" ".join(row)):
            text = " ".join(dict.fromkeys(cell for cell in row if cell))
            found.issues.append(Fault("row-without-number", f"A row without EU number: “{text[:100]}”.", place))
    _read_rows(group, columns, place, found)
    return columns


def _filled(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    width = max(len(row) for row in rows)
    return [tuple(tidy(cell) for cell in row) + ("",) * (width - len(row)) for row in rows]


def _without_head_words(
    row: tuple[str, ...], columns: Sequence[str | None], head: Sequence[tuple[str, ...]]
) -> tuple[str, ...]:
    """The first row without the second line of a head, which conversion puts before its cells ("name Eurartesim")."""
    cells = []
    for index, (cell, column) in enumerate(zip(row, columns, strict=True)):
        word = _LAST_HEAD_WORDS.get(column or "", "")
        above = " ".join(line[index] for line in head).casefold()
        if word and above and word not in above and cell.casefold().startswith(f"{word} "):
            cell = cell[len(word) + 1 :]
        cells.append(cell)
    return tuple(cells)


def _shows_number(row: Sequence[str]) -> bool:
    return any(_LIKE_NUMBER.search(cell) for cell in row)


def _continues(row: Sequence[str]) -> bool:
    """Whether a row is the rest of the one before: nothing under the number, and not a value under every head."""
    return not row[0] and any(row) and sum(not cell for cell in row) >= 2


def _read_rows(group: list[tuple[str, ...]], columns: tuple[str | None, ...], place: str, found: Presentations) -> None:
    """Reads a row with its continuations."""
    if not group:
        return
    found.rows_in_tables += 1
    row = [tidy(" ".join(filter(None, parts))) for parts in zip(*group, strict=True)]
    text = tidy(" ".join(_once(row)))
    at = next(index for index, cell in enumerate(row) if _LIKE_NUMBER.search(cell))
    numbers = list(dict.fromkeys(pack_numbers(row[at])))
    if not numbers:
        found.issues.append(Fault("bad-number", f"“{row[at][:60]}” is no EU number of a pack.", place))
        return
    found.rows_read += 1
    lone = len(_LIKE_NUMBER.findall(row[at])) == 1 and _LOOSE_EU.fullmatch(_BLANKS.sub("", row[at])) is not None
    told: dict[str, list[str | None]] = {}
    for name, cell in zip(columns, row, strict=True):
        if name is None or name == _NUMBER or name in told:
            continue
        if name == "strength" and cell.startswith("--"):  # a dash with the number of a footnote
            cell = ""
        values = [_halved(cell) or None] if lone else _divided(cell, len(numbers))
        torn = _TORN.get(name)
        if torn is not None and any(value is not None and torn.match(value) for value in values):
            message = f"“{cell[:80]}” is no whole {name.replace('_', ' ')}; it is not used."
            found.issues.append(Fault("torn-cell", message, place))
            values = [None] * len(numbers)
        told[name] = values
    for index, number in enumerate(numbers):
        row_told = (told[name][index] if name in told else None for name in COLUMNS)
        found.rows.append(Presentation.of(number, text[:TEXT_LENGTH], place, list(row_told)))


def _once(row: Sequence[str]) -> Iterator[str]:
    """The cells; one that conversion repeats over merged columns comes once."""
    for index, cell in enumerate(row):
        if cell and (index == 0 or cell != row[index - 1]):
            yield cell


def _divided(cell: str, parts: int) -> list[str | None]:
    """The cell of several rows run together, divided where it falls into parts alike but for their figures."""
    words = cell.split()
    length, rest = divmod(len(words), parts)
    nothing: list[str | None] = [None] * parts
    if parts == 1 or rest or not length:
        return nothing
    pieces = [" ".join(words[index * length : (index + 1) * length]) for index in range(parts)]
    alike = len({_FIGURES.sub("0", piece) for piece in pieces}) == 1
    return list(pieces) if alike else nothing


def _halved(cell: str) -> str:
    """A cell that says the same twice (the next row's value run into it), once."""
    half = len(cell) // 2
    return cell[:half] if half > 4 and cell == f"{cell[:half]} {cell[:half]}" else cell


def _columns_of(head: Sequence[tuple[str, ...]]) -> tuple[str | None, ...]:
    """What each column is, by its head (one line or several); heads that conversion lost by EMA's template."""
    if not head:
        return ()
    texts = [_NOT_LETTERS.sub("", "".join(dict.fromkeys(cells)).casefold()) for cells in zip(*head, strict=True)]
    columns: list[str | None] = []
    for index, text in enumerate(texts):
        kinds = [name for name, pattern in _HEADS if pattern.search(text)]
        if len(kinds) > 1:  # one head over several columns: they follow in its order
            start = index
            while start and texts[start - 1] == text:
                start -= 1
            merged = texts[start : start + len(kinds)] == [text] * len(kinds)
            kinds = [kinds[index - start]] if merged and index - start < len(kinds) else kinds[:0]
        columns.append(kinds[0] if kinds else None)
    template = _TEMPLATES.get(len(columns))
    known = sum(name is not None for name in columns)
    if template is not None and known >= 3 and all(n in (None, t) for n, t in zip(columns, template, strict=True)):
        return template
    if columns[0] is None and known:
        columns[0] = _NUMBER
    return tuple(columns) if known >= 2 else (None,) * len(columns)


# --- running text


def _is_head(text: str) -> bool:
    """Whether a text holds the heads of EMA's columns."""
    letters = _NOT_LETTERS.sub("", text[:2_000].casefold())
    return sum(pattern.search(letters) is not None for _, pattern in _HEADS) >= 5


def _columns_by_text(text: str) -> tuple[str | None, ...]:
    """The template's columns, where a text holds all their heads; nothing where it does not."""
    letters = _NOT_LETTERS.sub("", text.casefold())
    named = {name for name, pattern in _HEADS if pattern.search(letters)}
    return next((names for names in _TEMPLATES.values() if set(names) == named), ())


def _read_text(text: str, place: str, found: Presentations) -> None:
    """Reads the rows of a text: each begins with its number. Numbers in a row are a column, whose rows stand apart."""
    numbers = _numbers_in(text)
    for index, (number, (start, _)) in enumerate(numbers):
        end = numbers[index + 1][1][0] if index + 1 < len(numbers) else len(text)
        row = tidy(text[start:end])
        found.rows.append(Presentation(number, row[:TEXT_LENGTH], place, False))


def _numbers_in(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Each number of a pack with its span; ranges (``EU/1/04/276/001-005``) give all their numbers."""
    found: list[tuple[str, tuple[int, int]]] = []
    for match in _EU.finditer(text):
        found.append((_pack(match), match.span()))
        upto = _RANGE.match(text, match.end())
        first = int(match[4])
        if upto is not None and first < int(upto[1]) <= first + 400:
            stem = _pack(match)[:-3]
            found += [(f"{stem}{pack:03d}", (upto.end(), upto.end())) for pack in range(first + 1, int(upto[1]) + 1)]
    return found


def _pack(match: re.Match[str]) -> str:
    return f"EU/{match[1]}/{match[2]}/{int(match[3]):03d}/{int(match[4]):03d}"
