"""MeSH headings with their entry terms: ``DescriptorUI, DescriptorName, TermName, RecordPreferredTermYN``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from medpath.fetch.files import SourceFile
from medpath.sources.keys import mesh_key
from medpath.sources.mesh.rows import read_descriptor_rows
from medpath.sources.reading import Report, SourceRecord


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per descriptor, keyed by its id. Raises SourceFailed for a changed format."""
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for identity, name, term, row in read_descriptor_rows(file, report, ["termname"], "termname"):
        body, _ = found.setdefault(identity, ({"id": identity, "name": name, "terms": []}, row.place))
        if name != body["name"]:
            row.issue("differing-name", f"The heading is called “{name[:80]}” here and otherwise above; that counts.")
        if term != name:
            body["terms"].append(term)
        row.leave(("recordpreferredtermyn",))
    for identity, (body, place) in found.items():
        keys = dict.fromkeys(mesh_key(term) for term in [body["name"], *body["terms"]])
        yield SourceRecord(identity, body, place, offers=tuple(keys))
