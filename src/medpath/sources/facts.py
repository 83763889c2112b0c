"""The facts of each source: one ``source.yml`` beside its readers.

A source is found by its folder; a dataset by its entry in ``source.yml`` and the module of the
same name, whose ``read`` function turns a file into records.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from medpath.fetch.files import SourceFile
from medpath.sources.reading import Report, SourceRecord

Reader = Callable[[SourceFile, Report], Iterator[SourceRecord]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bounds(_Strict):
    """How many records a whole report may have; outside, the run fails. ``loss`` is the share that may vanish."""

    minimum: int = 1
    maximum: int = 1_000_000
    loss: float = 0.05


class Dataset(_Strict):
    """One dataset of a source.

    ``kind``: a ``report`` is whole (absence in it means something); ``pages`` and ``documents``
    come one by one; a ``vocabulary`` is a whole edition. ``url`` is the publisher's address
    ("" where the dataset is only read from files); ``files`` are name patterns (fnmatch, lower
    case) by which a folder's files are recognised. ``reader`` is the reader's version: raise it
    when the same bytes give other records.
    """

    name: str = ""
    title: str
    kind: Literal["report", "pages", "documents", "vocabulary"]
    url: str = ""
    files: tuple[str, ...] = ()
    schedule: str = ""
    bounds: Bounds = Bounds()
    reader: int = 1


class Source(_Strict):
    """A publisher: who it is, under which licence its data may be used, and its datasets in order of reading."""

    name: str = ""
    title: str
    publisher: str
    homepage: str
    licence: str
    licence_url: str
    attribution: str
    datasets: dict[str, Dataset]


@cache
def sources() -> dict[str, Source]:
    """All sources by name, as their folders say."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*/source.yml")):
        source = Source.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        name = path.parent.name
        datasets = {key: value.model_copy(update={"name": f"{name}.{key}"}) for key, value in source.datasets.items()}
        found[name] = source.model_copy(update={"name": name, "datasets": datasets})
    return found


@cache
def datasets() -> dict[str, Dataset]:
    """All datasets by full name, ``ema.medicines``."""
    return {dataset.name: dataset for source in sources().values() for dataset in source.datasets.values()}


def source_of(dataset: str) -> Source:
    """The source that a dataset belongs to."""
    return sources()[dataset.partition(".")[0]]


@cache
def reader_of(dataset: str) -> Reader:
    """The ``read`` function of a dataset's module."""
    source, _, name = dataset.partition(".")
    module = importlib.import_module(f"medpath.sources.{source}.{name}")
    reader: Reader = module.read
    return reader
