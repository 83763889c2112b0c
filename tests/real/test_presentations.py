"""All lists of authorised presentations in the real data, and what they say against section 8 of the SmPC."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from medpath.documents.markdown import read_markdown
from medpath.documents.presentations import COLUMNS, Presentations, read_presentations
from medpath.fetch.files import SourceFile
from medpath.fetch.folder import load
from medpath.fetch.snapshots import members
from medpath.model.numbers import eu_number
from medpath.sources.ema import medicines
from medpath.sources.emamds import product_information_sections
from medpath.sources.reading import Report
from medpath.sources.recognise import recognise

FOLDER = Path("data") / "ema"
ARCHIVE = FOLDER / "epar_documents" / "all_authorised_presentations_md_2026-08-17.tar.gz"
SECTIONS = FOLDER / "epar_documents" / "product_information_sections_7_to_10_2026-08-17.jsonl.gz"
TABLE = FOLDER / "tables" / "medicines_table_2026-03-14.xlsx"
# As EMA's lists print them; a check that shares nothing with the reader.
PRINTED = re.compile(r"EU/[12]/\d{2}/\d{3,4}/\d{3}(?!\d)")


@dataclass
class Lists:
    """What was read of every list, by its address, and the plain text of each."""

    found: dict[str, Presentations] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def slug(path: str) -> str:
    return re.sub(r"-epar-.*", "", path.rsplit("/", 1)[1])


@pytest.fixture(scope="module")
def lists(shared: Path) -> Lists:
    read = Lists()
    path = shared / ARCHIVE
    for name, data in members(path.read_bytes(), path.name):
        recognised = recognise(data, name)
        assert recognised is not None
        assert recognised.dataset == "emamds.authorised_presentations"
        text = data.decode("utf-8")
        read.texts[recognised.url] = text
        read.found[recognised.url] = read_presentations(read_markdown(text))
    return read


@pytest.fixture(scope="module")
def numbers(lists: Lists) -> dict[str, set[str]]:
    """The EU numbers of the products in each list, by the name of the medicine in its address."""
    return {
        slug(url): {number for row in one.rows if (number := eu_number(row.eu_number)) is not None}
        for url, one in lists.found.items()
        if one.rows
    }


@pytest.fixture(scope="module")
def authorised(shared: Path) -> set[str]:
    """The authorised human medicines of EMA's newest table, by the name in their page's address."""
    path = shared / TABLE
    records = medicines.read(SourceFile("ema.medicines", path.name, "", path.read_bytes()), Report("ema.medicines"))
    return {
        record.body["url"].rsplit("/", 1)[1]
        for record in records
        if record.body["status"]["code"] == "authorised" and record.body["category"] == "human"
    }


def test_every_row_of_a_table_is_read_or_told(lists: Lists) -> None:
    found = list(lists.found.values())
    assert len(found) == 1915
    assert sum(one.rows_in_tables for one in found) == 14098
    assert sum(one.rows_read for one in found) == 14087
    issues = Counter(fault.code for one in found for fault in one.issues)
    assert issues["bad-number"] == 14098 - 14087
    assert issues["scanned"] == 78
    assert sum(bool(one.rows) for one in found) == 1827


def test_every_number_that_is_printed_is_found_and_none_else(lists: Lists) -> None:
    missing, repaired = Counter[str](), 0
    for name, one in lists.found.items():
        if any(fault.code == "other-document" for fault in one.issues):
            continue
        given = {row.eu_number for row in one.rows}
        printed = set(PRINTED.findall(lists.texts[name]))
        missing[name] = len({number for number in printed if number.replace("/0299/", "/299/") not in given})
        repaired += len(given - printed)
        squashed = re.sub(r"[\s|]", "", lists.texts[name])
        for row in one.rows:
            assert row.eu_number.rsplit("/", 1)[1].lstrip("0") in squashed
    assert +missing == Counter()
    assert repaired == 98  # blanks within numbers, packs of two figures, EU/01, ranges


def test_most_rows_of_tables_tell_every_column(lists: Lists) -> None:
    rows = [row for one in lists.found.values() for row in one.rows if row.from_table]
    assert len(rows) == 14443
    needed = [name for name in COLUMNS if name not in ("content", "strength")]  # vaccines have no strength
    whole = sum(all(getattr(row, name) is not None for name in needed) for row in rows)
    assert whole == 13596  # the others lie in rows that conversion ran together or tore apart


def test_authorised_human_medicines_have_their_numbers(
    lists: Lists, numbers: dict[str, set[str]], authorised: set[str]
) -> None:
    held = authorised & {slug(url) for url in lists.found}
    assert len(held) == 1501
    assert len(held & numbers.keys()) / len(held) >= 0.95
    assert len(held & numbers.keys()) == 1485


def test_the_numbers_agree_with_section_8(shared: Path, numbers: dict[str, set[str]], authorised: set[str]) -> None:
    path = shared / SECTIONS
    file = SourceFile("emamds.product_information_sections", path.name, "", load(path, path.name))
    records = product_information_sections.read(file, Report("emamds.product_information_sections"))
    stated = {slug(record.key): set(record.body["eu_numbers"]) for record in records if record.body["eu_numbers"]}
    both = authorised & numbers.keys() & stated.keys()
    assert len(both) == 1458
    # EMA put another medicine's list in the place of two; four are lists of a former authorisation of the same name
    assert {name for name in both if numbers[name] != stated[name]} == {
        "pemetrexed-pfizer",
        "enerzair-breezhaler",
        "dimethyl-fumarate-accord",
        "dimethyl-fumarate-mylan",
        "dimethyl-fumarate-neuraxpharm",
        "fluenz",
    }
