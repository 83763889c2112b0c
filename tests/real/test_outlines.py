"""The outlines of all reports in the real data."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from medpath.documents.blocks import Block
from medpath.documents.markdown import read_markdown
from medpath.documents.outlines import Outline, outlined
from medpath.fetch.snapshots import members

WORD = re.compile(r"[^\W\d_]+")
FOLDER = Path("data") / "ema" / "epar_documents"
# documents, those with more than one section
EXPECTED = {
    "assessment_report_md_sample_2026-08-17.tar.xz": (160, 158),
    "variation_report_md_sample_2026-08-17.tar.xz": (100, 99),
    "scientific_conclusions_and_referrals_md_2026-08-17.tar.gz": (1816, 1806),
    "procedural_steps_before_md_2026-08-17.tar.gz": (368, 359),
}


def _outlines(archive: Path) -> Iterator[tuple[str, list[Block], Outline]]:
    for name, data in members(archive.read_bytes(), archive.name):
        blocks = read_markdown(data.decode("utf-8")).blocks
        yield name, blocks, outlined(blocks, Path(name).parent.name)


@pytest.mark.parametrize("archive", EXPECTED)
def test_nearly_every_report_has_an_outline_and_no_word_is_lost_or_doubled(shared: Path, archive: str) -> None:
    documents = several = 0
    for name, blocks, found in _outlines(shared / FOLDER / archive):
        documents += 1
        several += len(found.sections) > 1
        kept = [block for section in found.sections for block in section.blocks]
        titles = [section.title for section in found.sections]
        assert _words([*_texts(kept), *titles, *found.set_aside]) == _words(_texts(blocks)), name
    assert (documents, several) == EXPECTED[archive]


def _texts(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (block.text, *(cell for row in block.rows for cell in row))


def _words(texts: list[str] | Iterator[str]) -> Counter[str]:
    """How often each word comes (numbers of headings are told apart from titles)."""
    return Counter(word for text in texts for word in WORD.findall(text))
