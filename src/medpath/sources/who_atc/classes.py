"""WHO's ATC/DDD index as CSV: ``atc_code,atc_name,ddd,uom,adm_r,note``, one row per class and dose.

A substance with several doses has several rows, which become one record. ``NA`` stands for nothing.
Names of levels 1 to 3 are printed in capitals; they are put to sentence case, the printed form is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from medpath.fetch.files import SourceFile
from medpath.model import atc
from medpath.sources.fields import take_text
from medpath.sources.reading import Report, Row, SourceRecord
from medpath.sources.tables import read_table, rows_of
from medpath.sources.who_atc.codes import take_code

NEEDED = ("atc_code", "atc_name", "ddd", "uom", "adm_r", "note")


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per class, keyed by its code. Raises SourceFailed for a changed format."""
    report.layout = "atc-ddd"
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for row in rows_of(read_table(file, NEEDED, {}), report):
        code = take_code(row, "atc_code")
        if code is None:
            continue
        name = _given(row, "atc_name")
        body, _ = found.setdefault(code, (_class(code, name), row.place))
        if name is None:
            row.issue("no-name", "The class has no name here.")
        elif name != body["source_name"]:
            row.issue("differing-name", f"The class is called “{name[:80]}” here and otherwise above; that counts.")
        dose = {
            "dose": _given(row, "ddd"),
            "unit": _given(row, "uom"),
            "route": _given(row, "adm_r"),
            "note": _given(row, "note"),
        }
        if any(dose.values()):
            body["defined_daily_doses"].append(dose)
        row.leave()
    for code, (body, place) in found.items():
        yield SourceRecord(code, body, place, offers=(("atc", code),))


def _class(code: str, name: str | None) -> dict[str, Any]:
    return {
        "code": code,
        "level": atc.level(code),
        "names": {"en": atc.sentence_case(name)} if name else {},
        "source_name": name,
        "defined_daily_doses": [],
    }


def _given(row: Row, name: str) -> str | None:
    text = take_text(row, name)
    return None if text == "NA" else text
