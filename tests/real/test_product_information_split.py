"""The splitting of product information, judged by a second way to find headings (`plain_headings`).

The documents are parted by their names into three: those that the reader was tuned on, those that were looked at
when it was done, and those that nobody looked at. The last two are measured, each for itself. A section counts as
right only where the second way judged it and agrees; where it can't judge, the section counts as not right.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from medpath.documents.markdown import read_markdown
from medpath.documents.product_information import ProductInformation, Section, split
from medpath.fetch.snapshots import members
from tests.real.plain_headings import ASKED, EDGE, WORDINGS, agrees, find, letters, letters_of_markdown

ARCHIVE = Path("data") / "ema" / "epar_documents" / "product_information_md_2026-08-17.tar.xz"
EARLIER = ARCHIVE.with_name("product_information_md_2026-01-06_documents-that-changed-later.tar.xz")
LOOKED_AT = (6, 7)
UNTOUCHED = (8, 9)
TUNED_ON = (0, 1, 2, 3, 4, 5)
SAMPLE = 75  # documents of each


@dataclass
class Measured:
    """What was found in some documents: whether they are whole, and how many sections are right."""

    documents: int = 0
    lacking: dict[str, list[str]] = field(default_factory=dict)
    not_split: list[str] = field(default_factory=list)
    sections: Counter[str] = field(default_factory=Counter)

    @property
    def whole(self) -> float:
        """The share of documents with all sections that the second way sees in them."""
        return 1 - len(self.lacking) / self.documents

    def share(self, result: str) -> float:
        """The share of the sections with that result: right, wrong or not judged."""
        return self.sections[result] / self.sections.total()


def part_of(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 10


@pytest.fixture(scope="module")
def documents(shared: Path) -> dict[str, bytes]:
    path = shared / ARCHIVE
    found = {name.rsplit("/", 1)[1]: data for name, data in members(path.read_bytes(), path.name)}
    assert len(found) == 1847
    return found


def sample(documents: dict[str, bytes], parts: tuple[int, ...]) -> list[str]:
    names = sorted(
        (name for name in documents if part_of(name) in parts), key=lambda n: hashlib.md5(n.encode()).digest()
    )
    return names[:SAMPLE]


def words(section: Section) -> str:
    return letters(" ".join(" ".join((b.marker, b.text, *(c for row in b.rows for c in row))) for b in section.blocks))


def measure(documents: dict[str, bytes], names: Iterable[str]) -> Measured:
    measured = Measured()
    for name in names:
        raw = documents[name].decode("utf-8")
        found = split(read_markdown(raw).blocks)
        measured.documents += 1
        if not found.sections:
            measured.not_split.append(name)
        _judge(letters_of_markdown(raw), name, found, measured)
    return measured


def _judge(text: str, name: str, found: ProductInformation, measured: Measured) -> None:
    headings = find(text)
    order = list(WORDINGS)
    for number in ASKED:
        sections = [words(s) for s in found.sections if s.part == "smpc" and s.number == number]
        # a heading of the text: its neighbour before or behind is that of the template
        seen = [
            index
            for index, heading in enumerate(headings)
            if heading.number == number
            and (
                heading.end is not None
                or (index and order.index(headings[index - 1].number) == order.index(number) - 1)
            )
        ]
        if len(sections) < len(seen):
            measured.lacking.setdefault(name, []).append(number)
        judged = [headings[index] for index in seen if headings[index].end is not None]
        right = 0
        for heading in judged:
            match = next((section for section in sections if agrees(text, heading, section)), None)
            if match is not None:
                right += 1
                sections.remove(match)
        wrong = len(judged) - right
        measured.sections["right"] += right
        measured.sections["wrong"] += wrong
        measured.sections["not judged"] += max(0, len(sections) - wrong)


@pytest.mark.parametrize("parts", [LOOKED_AT, UNTOUCHED])
def test_sections_are_found_and_end_where_they_should(documents: dict[str, bytes], parts: tuple[int, ...]) -> None:
    measured = measure(documents, sample(documents, parts))
    assert measured.documents == SAMPLE
    assert measured.whole >= 0.98, measured.lacking
    assert measured.share("right") >= 0.97, measured.sections
    assert measured.not_split == []


@pytest.mark.soak
def test_all_documents_are_split(documents: dict[str, bytes]) -> None:
    by_part = {
        parts: measure(documents, [n for n in sorted(documents) if part_of(n) in parts])
        for parts in (TUNED_ON, LOOKED_AT, UNTOUCHED)
    }
    for parts, measured in by_part.items():
        assert measured.whole >= 0.98, (parts, measured.lacking)
        assert measured.share("right") >= 0.97, (parts, measured.sections)
    # a list of presentations and a list of procedures stand among the product information
    assert [name for measured in by_part.values() for name in measured.not_split] == [
        "niapelf-epar-all-authorised-presentations_en.md",
        "eltrombopag-accord-epar-product-information_en.md",
    ]


def test_a_watermarked_document_is_split(documents: dict[str, bytes]) -> None:
    found = split(read_markdown(documents["alofisel-epar-product-information_en.md"].decode("utf-8")).blocks)
    assert any("no longer authorised" in text for text in found.set_aside)
    summary = {section.number: section for section in found.sections if section.part == "smpc"}
    assert set(ASKED) <= summary.keys()
    assert words(summary["4.1"]).startswith("alofiselisindicatedforthetreatmentofcomplexperianalfistulas")
    assert words(summary["4.9"]) == "nodataregardingoverdoseofalofiselisavailable"
    assert not any("nolongerauthorised" in words(section) for section in found.sections)
    assert {section.part for section in found.sections} == {"smpc", "annex-ii", "labelling", "package-leaflet"}


def test_watermarked_texts_agree_with_the_edition_before_the_watermark(
    shared: Path, documents: dict[str, bytes]
) -> None:
    """The truth about what the watermark does: some documents are held from before it was laid over them."""
    path = shared / EARLIER
    pairs = [
        (data, documents[name])
        for full, data in members(path.read_bytes(), path.name)
        if (name := full.rsplit("/", 1)[1]) in documents
        and data.count(b"no longer authorised") < 2
        and documents[name].count(b"no longer authorised") > 5
    ]
    assert len(pairs) == 25
    right, differing = 0, []
    for earlier, later in pairs:
        clean, marked = (
            {
                (section.unit, section.number): section
                for section in split(read_markdown(data.decode("utf-8")).blocks).sections
                if section.part == "smpc" and section.number in ASKED
            }
            for data in (earlier, later)
        )
        for key, section in clean.items():
            before, after = words(section), words(marked[key]) if key in marked else ""
            if before[:EDGE] == after[:EDGE] and before[-EDGE:] == after[-EDGE:]:
                right += 1
            else:
                differing.append(marked[key].confidence if key in marked else 0.0)
    # of 408 sections about ten really changed and three lost their heading with the watermark
    assert right + len(differing) == 408
    assert right >= 355
    assert max(differing) <= 0.95


def test_a_document_that_is_none_says_so(documents: dict[str, bytes]) -> None:
    found = split(read_markdown(documents["niapelf-epar-all-authorised-presentations_en.md"].decode("utf-8")).blocks)
    assert found.sections == []
    assert [issue.code for issue in found.issues] == ["no-sections"]
    assert found.rest
