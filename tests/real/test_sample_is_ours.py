"""No sentence of the bundled sample is EMA's: held against what EMA published of the same medicines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from medpath.fetch.files import SourceFile
from medpath.fetch.folder import load
from medpath.fetch.snapshots import members
from medpath.model.names import fold
from medpath.model.records import Report
from medpath.sources.ema import medicines
from tests.sample.reading import EDITIONS, MARK, MEDICINES, files, pages, parse, rows

RUN = 7  # words in a row that two texts about the same thing may not share

_TEXT = re.compile(r"^(?:[A-Z•–-]|\*\*Update).*\s.*\s.*\s.*[.;:]$")


@pytest.fixture(scope="module")
def published(shared: Path) -> list[str]:
    """EMA's indications and page texts of the sample's medicines, at every time that is held."""
    newest = rows(EDITIONS[-1], MEDICINES)
    numbers = {row["ema_product_number"] for row in newest}
    slugs = {path.name.partition("_")[0] for path in pages()}
    found: list[str] = []
    for path in sorted((shared / "data/ema/tables").glob("medicines_table_202[56]*.xlsx")):
        file = SourceFile("ema.medicines", path.name, "", load(path, path.name))
        for record in medicines.read(file, Report("ema.medicines")):
            if record.key in numbers and record.body["therapeutic_indication"]:
                found.append(record.body["therapeutic_indication"])
    for path in sorted((shared / "data/ema/epar_pages").glob("*.tar.gz")):
        for name, data in members(path.read_bytes(), path.name):
            if Path(name).stem in slugs:
                found += [line for line in data.decode().splitlines() if _TEXT.match(line)]
    return found


def ours() -> Iterator[str]:
    """Every sentence of the sample, without the words that mark it."""
    for path in files():
        if path.suffix == ".html":
            texts = [node.text(strip=True) for node in parse(path).css("p, dd")]
        elif path.suffix == ".json":
            texts = re.findall(r'"((?:[^"\\]|\\.)*)"', path.read_text(encoding="utf-8"))
        else:
            texts = path.read_text(encoding="utf-8").splitlines()
        yield from (text.replace(f" ({MARK}).", "") for text in texts if MARK in text)


def runs(text: str) -> set[tuple[str, ...]]:
    words = fold(html.unescape(text)).split()
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_no_run_of_words_is_emas(published: list[str]) -> None:
    theirs = set().union(*map(runs, published))
    assert len(theirs) > 25_000
    sentences = set(ours())
    assert len(sentences) > 150
    assert [sentence for sentence in sorted(sentences) if runs(sentence) & theirs] == []


def test_no_published_sentence_stands_in_a_file(published: list[str]) -> None:
    sentences = {sentence.strip() for text in published for sentence in re.split(r"(?<=[.;:])\s+", text)}
    long = {fold(sentence) for sentence in sentences if len(sentence.split()) > RUN}
    assert len(long) > 1_500
    for path in files():
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            text = json.dumps(json.loads(text), ensure_ascii=False)
        folded = fold(html.unescape(re.sub(r"<[^>]+>", " ", text)))
        assert [sentence for sentence in long if sentence in folded] == [], path.name
