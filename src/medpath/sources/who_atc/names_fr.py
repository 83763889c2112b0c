"""French names of ATC classes: one row per class of level 4, with the names of the classes above it.

Some classes of level 4 exist only in this French table.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from medpath.fetch.files import SourceFile
from medpath.model import atc
from medpath.sources.fields import take_text
from medpath.sources.reading import Report, SourceRecord
from medpath.sources.tables import read_table, rows_of
from medpath.sources.who_atc.codes import take_code

LEVELS = ("level1_fr", "level2_fr", "level3_fr", "level4_fr")


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per class of levels 1 to 4, keyed by its code. Raises SourceFailed for a changed format."""
    report.layout = "levels"
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for row in rows_of(read_table(file, ("atc_level4_code", *LEVELS), {}), report):
        code = take_code(row, "atc_level4_code")
        if code is None:
            continue
        if atc.level(code) != 4 or code in found:
            report.reject("doubled-record", f"{code} is no class of level 4 or stands already above.", row.place, code)
            continue
        for number, (one, column) in enumerate(zip(atc.ancestors(code), LEVELS, strict=False), start=1):
            row.record, name = one, take_text(row, column)
            if name is None:
                row.issue("no-name", f"The class {one} has no French name here.")
                continue
            name = name[:1].upper() + name[1:]
            body, _ = found.setdefault(one, ({"code": one, "level": number, "names": {"fr": name}}, row.place))
            if name != body["names"]["fr"]:
                row.issue("differing-name", f"{one} is called “{name[:80]}” here and otherwise above; that counts.")
        row.leave()
    for code, (body, place) in found.items():
        yield SourceRecord(code, body, place, offers=(("atc", code),))
