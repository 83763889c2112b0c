"""Places of MeSH headings in the tree: ``DescriptorUI, DescriptorName, tree_location``, one row per place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from medpath.fetch.files import SourceFile
from medpath.sources.mesh.rows import read_descriptor_rows
from medpath.sources.reading import Report, SourceRecord

_PLACE = re.compile(r"[A-Z]\d{2}(\.\d{3})*")


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per descriptor, keyed by its id. Raises SourceFailed for a changed format."""
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for identity, name, place, row in read_descriptor_rows(file, report, ["tree_location"], "tree_location"):
        if not _PLACE.fullmatch(place):
            report.reject("bad-tree-number", f"“{place[:40]}” is no place in the tree; left out.", row.place, identity)
            continue
        body, _ = found.setdefault(identity, ({"id": identity, "name": name, "tree": []}, row.place))
        body["tree"].append(place)
        row.leave()
    for identity, (body, place) in found.items():
        yield SourceRecord(identity, body, place)
