"""The sample's files as its tests look at them: bytes on the one side, what the readers make of them on the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from medpath import sample
from medpath.fetch.files import SourceFile
from medpath.fetch.folder import Entry, load
from medpath.model.records import Report, SourceRecord
from medpath.sources.facts import reader_of
from medpath.sources.recognise import recognise
from medpath.sync.folder import list_sources

MARK = "sample text, not EMA's wording"
MEDICINES = "medicines-output-medicines_json-report_en.json"
EDITIONS = sample.editions()


@dataclass(frozen=True)
class Read:
    """One file and what its reader gave."""

    name: str
    dataset: str
    records: list[SourceRecord]
    report: Report


def rows(edition: Path, name: str) -> list[dict[str, Any]]:
    """The records of a JSON report, as they stand in the file."""
    data: list[dict[str, Any]] = json.loads((edition / name).read_text(encoding="utf-8"))["data"]
    return data


def files() -> list[Path]:
    """Every data file of both editions."""
    return [path for edition in EDITIONS for path in sorted(edition.rglob("*")) if path.is_file()]


def pages() -> list[Path]:
    """Every EPAR page of both editions."""
    return [path for path in files() if path.suffix == ".html"]


def product_information() -> list[Path]:
    """Every product information of both editions."""
    return [path for path in files() if path.name.startswith("product-information_")]


def parse(page: Path) -> LexborHTMLParser:
    """A page as a tree."""
    return LexborHTMLParser(page.read_text(encoding="utf-8"))


@cache
def read_all() -> tuple[Read, ...]:
    """Every file through the reader of its dataset."""
    return tuple(_read(edition, entry) for edition in EDITIONS for entry in list_sources(edition).entries)


def _read(edition: Path, entry: Entry) -> Read:
    data = load(entry.path, entry.name)
    name, url = entry.dataset, f"https://www.ema.europa.eu/{entry.name}"
    if not name:
        recognised = recognise(data, entry.name)
        assert recognised is not None, f"{entry.name} is not recognised"
        name, url = recognised.dataset, recognised.url
    report = Report(name)
    file = SourceFile(name, f"{edition.name}/{entry.name}", url, data, observed_at=entry.observed_at)
    return Read(file.name, name, list(reader_of(name)(file, report)), report)


def records(dataset: str, edition: str) -> Iterator[SourceRecord]:
    """The records of a dataset in one edition."""
    for read in read_all():
        if read.dataset == dataset and read.name.startswith(edition):
            yield from read.records
