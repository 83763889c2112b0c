"""The two dated editions of product information compared: real changes are shown, unchanged sections are silent."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from medpath.documents.conversion import convert
from medpath.documents.editions import Difference, compare
from medpath.documents.text_sections import TextSection
from medpath.fetch.snapshots import members

FOLDER = Path("data") / "ema" / "epar_documents"
EARLIER = "product_information_md_2026-01-06_documents-that-changed-later.tar.xz"
LATER = "product_information_md_2026-08-17.tar.xz"
SAMPLE = 40  # documents
Pairs = dict[str, tuple[bytes, bytes]]


@pytest.fixture(scope="module")
def pairs(shared: Path) -> Pairs:
    """Both editions of each document, by the name of the medicine in its address."""
    earlier, later = (
        {name.rsplit("/", 1)[1].removesuffix("-epar-product-information_en.md"): data for name, data in found}
        for found in (members((shared / FOLDER / file).read_bytes(), file) for file in (EARLIER, LATER))
    )
    assert len(earlier) == 736
    return {name: (data, later[name]) for name, data in earlier.items()}


def sections(data: bytes) -> list[TextSection]:
    return convert(data, "text/markdown", "product-information").sections


def differences(pairs: Pairs, name: str) -> list[Difference]:
    old, new = pairs[name]
    return compare(sections(old), sections(new))


def changed(found: list[Difference], part: str, number: str) -> tuple[str, str]:
    """The words that went and that came in the first such section."""
    one = next(
        one for one in found if one.kind == "changed" and one.new and (one.new.part, one.new.number) == (part, number)
    )
    went = [edit.old for edit in one.edits if edit.kind == "removed"]
    went += [run.text for edit in one.edits for run in edit.runs if run.kind == "removed"]
    came = [edit.new for edit in one.edits if edit.kind == "added"]
    came += [run.text for edit in one.edits for run in edit.runs if run.kind == "added"]
    return " ".join(" ".join(map(str, went)).split()), " ".join(" ".join(map(str, came)).split())


def test_an_edition_does_not_differ_from_itself(pairs: Pairs) -> None:
    for name in sample(pairs)[:10]:
        read = sections(pairs[name][0])
        assert compare(read, read) == []


def sample(pairs: Pairs) -> list[str]:
    return sorted(pairs, key=lambda name: hashlib.sha256(name.encode()).digest())[:SAMPLE]


def count(pairs: Pairs, names: list[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name in names:
        old, new = map(sections, pairs[name])
        found = compare(old, new)
        counts.update(one.kind for one in found)
        counts["in both"] += len(new) - sum(one.kind == "only-new" for one in found)
    counts["silent"] = counts["in both"] - counts["changed"]
    return counts


def test_most_sections_are_silent(pairs: Pairs) -> None:
    counts = count(pairs, sample(pairs))
    assert counts["silent"] / counts["in both"] > 0.88


@pytest.mark.soak
def test_all_documents_that_changed_are_compared(pairs: Pairs) -> None:
    counts = count(pairs, sorted(pairs))
    assert counts["silent"] / counts["in both"] > 0.91
    assert counts["changed"] > 9_000


def test_what_really_changed_is_shown(pairs: Pairs) -> None:
    """Each was looked up in the Markdown of both editions."""
    leqvio = differences(pairs, "leqvio")
    assert [(one.new.part, one.new.number) for one in leqvio if one.new] == [
        ("smpc", "9"),
        ("annex-ii", "A"),
        ("package-leaflet", "6"),
        ("package-leaflet", "6"),
    ]
    assert changed(leqvio, "smpc", "9") == ("", "30 July 2025")
    went, came = changed(leqvio, "annex-ii", "A")
    assert "Langkampfen" in went
    assert "Nuremberg" in went
    assert came.startswith("Novartis Pharmaceutical Manufacturing LLC")
    trulicity = differences(pairs, "trulicity")
    assert changed(trulicity, "labelling", "11") == ("Papendorpseweg 83, BJ", "Orteliuslaan 1000, BD")
    assert "Voclosporin" in changed(differences(pairs, "voriconazole-accord"), "smpc", "4.3")[1]
    assert "Rhabdomyolysis has been reported" in changed(differences(pairs, "vaborem"), "smpc", "4.4")[1]


def test_a_new_strength_is_shown_as_new_labels_and_new_numbers(pairs: Pairs) -> None:
    found = differences(pairs, "scemblix")
    assert changed(found, "smpc", "8") == ("005", "007")
    assert "Scemblix 100 mg film-coated tablets" in changed(found, "smpc", "2")[1]
    new = [one.new for one in found if one.kind == "only-new" and one.new]
    assert {(one.part, one.unit) for one in new} == {("labelling", 7), ("labelling", 8)}
    assert all("100 mg" in (one.product or "") for one in new)
