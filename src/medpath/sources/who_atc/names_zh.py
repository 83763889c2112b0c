"""Chinese names of ATC classes of levels 1 to 4, as China's national reimbursement drug list words them.

The list groups medicines by ATC with codes of its own (``X`` before the code). Its wording can be
narrower than WHO's, and some of its classes WHO no longer has: both are said with the record.
"""

from __future__ import annotations

from collections.abc import Iterator

from medpath.fetch.files import SourceFile
from medpath.model import atc
from medpath.sources.fields import take_coded, take_number, take_text, take_yes_no
from medpath.sources.reading import Report, SourceRecord
from medpath.sources.tables import read_table, rows_of
from medpath.sources.who_atc.codes import take_code

NEEDED = ("atc_code", "name_zh_hans")
RENAMED = {"code_in_who_2026": "code_in_who", "name_en_who_2026": "name_en_who"}
SOURCES = {"nrdl": "nrdl", "other-zh-table": "other-table"}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per class, keyed by its code. Raises SourceFailed for a changed format."""
    report.layout = "nrdl"
    seen: dict[str, str] = {}
    for row in rows_of(read_table(file, NEEDED, RENAMED), report):
        code = take_code(row, "atc_code")
        if code is None:
            continue
        if code in seen:
            report.reject("doubled-record", f"The code stands already in {seen[code]}.", row.place, code)
            continue
        seen[code] = row.place
        name = take_text(row, "name_zh_hans")
        if name is None:
            row.issue("no-name", "The class has no Chinese name here.")
        if take_number(row, "level") not in (None, atc.level(code)):
            row.issue("differing-level", f"The row states another level than that of its code {code}.")
        body = {
            "code": code,
            "level": atc.level(code),
            "names": {"zh": name} if name else {},
            "english_name": take_text(row, "name_en_who"),
            "nrdl_code": take_text(row, "nrdl_code"),
            "origin": take_coded(row, SOURCES, "source"),
            "in_who": take_yes_no(row, "code_in_who"),
        }
        row.leave()
        yield SourceRecord(code, body, row.place, offers=(("atc", code),))
