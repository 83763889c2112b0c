"""Rows of a spreadsheet or CSV file, with the header found by what it says."""

from __future__ import annotations

import csv
import io
import pickle
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from medpath.bounded import Breach, call_apart
from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.reading import Report, Row

UNPACKED_LIMIT = 300 * 1024 * 1024
OPENING_SECONDS = 120
OPENING_MEMORY = 1 << 30
FIELD_LIMIT = 12 * 1024 * 1024
HEADER_SEARCH_ROWS = 40

_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Table:
    """A sheet read whole: the lines above the header, its headings slugged, the rows with their numbers."""

    preamble: list[list[Any]]
    headings: list[str]
    rows: list[tuple[int, list[Any]]]


def rows_of(table: Table, report: Report) -> Iterator[Row]:
    """The rows of a table with fields named by its headings, counted in ``report.rows``.

    Cells beyond the headings and missing cells are issues.
    """
    headings = table.headings
    for place, cells in table.rows:
        report.rows += 1
        row = Row(dict(zip(headings, cells, strict=False)), f"row {place}", report)
        if len(cells) > len(headings) and any(str(cell).strip() for cell in cells[len(headings) :]):
            row.issue("surplus-cells", "The row has more cells than the table has headings; the surplus is not read.")
        elif len(cells) < len(headings):
            row.issue("missing-cells", f"The row has {len(cells)} cells where the table has {len(headings)} headings.")
        yield row


def slug_heading(heading: Any) -> str:
    """``"Pharmacotherapeutic group\\n(human)"`` becomes ``"pharmacotherapeutic_group_human"``."""
    return _SLUG.sub("_", str(heading).lower()).strip("_")


def read_table(file: SourceFile, needed: Collection[str], names: Mapping[str, str]) -> Table:
    """Reads .xls, .xlsx or .csv bytes; the header is the first row that has all ``needed`` slugs.

    ``names`` maps older slugs to today's and is applied to the headings first.

    Raises SourceFailed where the file is none of these, is a bomb, or has no such header.
    """
    lines = _spreadsheet(file) if _is_spreadsheet(file.data) else list(_csv(file))
    for number, line in enumerate(lines[:HEADER_SEARCH_ROWS]):
        headings = [names.get(slug, slug) for slug in map(slug_heading, line)]
        if set(needed) <= set(headings):
            while headings and not headings[-1]:
                headings.pop()
            doubled = sorted({name for name in headings if headings.count(name) > 1})
            if doubled:
                raise SourceFailed(f"{file.name}: the heading “{doubled[0]}” stands twice; the table was not read.")
            rows = [
                (place, cells)
                for place, cells in enumerate(lines[number + 1 :], start=number + 2)
                if any(str(cell).strip() for cell in cells)
            ]
            return Table(lines[:number], headings, rows)
    missing = ", ".join(sorted(needed))
    raise SourceFailed(f"{file.name}: no header with the columns {missing} was found; the table was not read.")


def _is_spreadsheet(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def _spreadsheet(file: SourceFile) -> list[list[Any]]:
    """The rows of the first sheet, opened in a process that may end of it."""
    if file.data.startswith(b"PK"):
        _refuse_bomb(file)
    try:
        opened = call_apart(
            "medpath.sources.opening:answer",
            file.data,
            seconds=OPENING_SECONDS,
            memory=OPENING_MEMORY,
            answer=OPENING_MEMORY,
        )
    except Breach as problem:
        late = f"could not be opened within {OPENING_SECONDS} s"
        why = late if problem.reason == "time" else "takes more memory to open than any report does"
        raise SourceFailed(f"{file.name}: {why} and was not read.") from problem
    found: list[list[Any]] | str = pickle.loads(opened)
    if isinstance(found, str):
        raise SourceFailed(f"{file.name}: the file is damaged and was not read ({found}).")
    return found


def _refuse_bomb(file: SourceFile) -> None:
    """A sheet that unpacks to hundreds of megabytes is no report; sizes are counted, not believed."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            unpacked = 0
            for member in archive.infolist():
                with archive.open(member) as stream:
                    while chunk := stream.read(1 << 20):
                        unpacked += len(chunk)
                        if unpacked > UNPACKED_LIMIT:
                            raise SourceFailed(
                                f"{file.name}: unpacks to more than {UNPACKED_LIMIT >> 20} MB and was not read."
                            )
            for member in archive.infolist():
                if member.filename.endswith(".xml") and b"<!DOCTYPE" in archive.open(member).read(4096):
                    raise SourceFailed(f"{file.name}: holds a document type declaration and was not read.")
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as problem:
        raise SourceFailed(f"{file.name}: the file is damaged and was not read ({_short(problem)}).") from problem


def _csv(file: SourceFile) -> Iterator[list[str]]:
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SourceFailed(f"{file.name}: is not UTF-8 text at byte {problem.start} and was not read.") from problem
    if text[:4096].lstrip().lower().startswith(("<!doctype", "<html", "{", "[")):
        raise SourceFailed(f"{file.name}: is a web page or JSON in place of a table and was not read.")
    delimiter = "\t" if text.partition("\n")[0].count("\t") > text.partition("\n")[0].count(",") else ","
    csv.field_size_limit(FIELD_LIMIT)
    try:
        yield from csv.reader(io.StringIO(text.replace("\x00", "\ufffd"), newline=""), delimiter=delimiter)
    except csv.Error as problem:
        raise SourceFailed(f"{file.name}: is not a readable CSV table ({_short(problem)}).") from problem


def _short(problem: BaseException) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0][:120]
