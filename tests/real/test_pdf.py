"""PDF files made from EMA's documents by the tool that stands in for EMA's site: only the layout is not EMA's."""

from __future__ import annotations

import re
import sys
import tarfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from medpath.documents.blocks import Block
from medpath.documents.markdown import read_markdown
from medpath.documents.pdf.opening import read
from medpath.documents.product_information import Section, split
from medpath.settings import Settings
from medpath.store.database import Database
from medpath.store.documents import Documents
from medpath.sync import sync
from medpath.sync.file_visit import TYPES

ARCHIVE = "product_information_md_2026-08-17.tar.xz"
EVERY = 200
FILES = "ema.document_files"


@pytest.fixture(scope="module")
def make(shared: Path) -> Callable[[str], bytes]:
    sys.path.insert(0, str(shared / "tools"))
    from ema_mirror.pdfs import markdown_to_pdf

    made: Callable[[str], bytes] = markdown_to_pdf
    return made


@pytest.fixture(scope="module")
def pairs(shared: Path, make: Callable[[str], bytes]) -> list[tuple[list[Block], list[Block]]]:
    """The blocks of some product informations: from Markdown and from the PDF file made of it."""
    found = []
    with tarfile.open(shared / "data" / "ema" / "epar_documents" / ARCHIVE) as archive:
        for number, member in enumerate(member for member in archive if member.name.endswith(".md")):
            stream = archive.extractfile(member) if number % EVERY == 0 else None
            if stream is not None:
                text = stream.read().decode("utf-8")
                document = read(make(text))
                assert document.faults == []
                found.append((read_markdown(text).blocks, document.blocks))
    assert len(found) > 5
    return found


def words(blocks: Iterable[Block]) -> Counter[str]:
    """The words of blocks; those of the watermark are set aside elsewhere."""
    texts = [f"{block.marker} {block.text}" for block in blocks] + [c for b in blocks for r in b.rows for c in r]
    return Counter(re.findall(r"\w+", " ".join(texts)))


def test_no_word_is_lost_or_doubled(pairs: list[tuple[list[Block], list[Block]]]) -> None:
    """But for words that the tool itself breaks in narrow cells."""
    for markdown, pdf in pairs:
        given, found = words(markdown), words(pdf)
        assert (given - found).total() <= 0.01 * given.total()
        assert (found - given).total() <= 0.02 * given.total()


def test_the_sections_are_those_of_the_markdown(pairs: list[tuple[list[Block], list[Block]]]) -> None:
    def keys(blocks: list[Block]) -> Counter[tuple[str, str, int]]:
        return Counter((one.part, one.number, one.unit) for one in split(blocks).sections)

    given, same = Counter[bool](), 0
    for markdown, pdf in pairs:
        expected = keys(markdown)
        given[True] += expected.total()
        same += (expected & keys(pdf)).total()
    assert same >= 0.99 * given[True]


def squeezed(section: Section) -> str:
    cells = [cell for block in section.blocks for row in block.rows for cell in row]
    return "".join(re.findall(r"\w+", " ".join([block.text for block in section.blocks] + cells)))


def test_they_begin_and_end_at_the_same_words(pairs: list[tuple[list[Block], list[Block]]]) -> None:
    compared = same = 0
    for markdown, pdf in pairs:
        found = {(one.number, one.unit): one for one in split(pdf).sections if one.part == "smpc"}
        for one in split(markdown).sections:
            other = found.get((one.number, one.unit))
            if one.part == "smpc" and other is not None:
                compared += 1
                a, b = squeezed(one), squeezed(other)
                same += a[:100] == b[:100] and a[-100:] == b[-100:]
    assert compared > 200
    assert same >= 0.97 * compared


def test_documents_come_from_the_mirror_and_become_text(shared: Path, make: Any, tmp_path: Path) -> None:
    from ema_mirror import Mirror

    settings = Settings(data=tmp_path, page_interval=0, report_interval=0, budget=3, document_budget=6)
    database = Database(settings.database)
    said: list[str] = []
    with Mirror(date="2026-03-14", limit_rate=0) as mirror:
        wanted = ("ema.medicines", "ema.epar_pages", FILES)
        result = sync(settings, database, wanted, origin=mirror.url, say=said.append)
        asked = [one for one in mirror.log() if "/documents/" in one["path"] and "/report/" not in one["path"]]
    assert result.documents is not None
    assert result.documents.asked == len(asked) == 6
    assert asked[0]["path"].split("/")[3] == TYPES[0]
    assert result.documents.read + result.documents.gone == 6
    assert result.documents.read > 0
    documents = Documents(database)
    urls = [f"https://www.ema.europa.eu{one['path']}" for one in asked if one["status"] == 200]
    versions = [documents.version(url) for url in urls]
    assert all(version is not None and version.dataset == FILES and version.pages for version in versions)
