"""EMA's reports: the JSON envelope and the tables of the same content, as rows with EMA's JSON keys.

JSON: ``{"meta": {"total_records", "timestamp"}, "data": [...]}``; the timestamp is Amsterdam local
time though it ends in Z. Tables (.xls, .xlsx, .csv): some heading lines, one of them with the time
of generation in Amsterdam, then a header whose slugged headings are nearly the JSON keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.fields import take_url
from medpath.sources.json_values import decoder_of, text_of
from medpath.sources.keys import path_of
from medpath.sources.reading import Report, Row
from medpath.sources.tables import read_table, rows_of

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_GENERATED = re.compile(r"(\d{2})/(\d{2})/(\d{4})(?: - (\d{2}):(\d{2}))?")


def read_rows(
    file: SourceFile, report: Report, needed: Collection[str], renamed: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """The rows of a report, JSON or table, each with fields named by EMA's JSON keys.

    ``needed`` are keys that every layout of the report has: where one is missing the format has
    changed and the report is refused (SourceFailed). ``renamed`` maps slugged headings or older
    keys to today's. Sets ``report.observed_at``, ``report.rows`` and ``report.declared_total``.
    """
    names = renamed or {}
    if file.data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[", b"<"):
        yield from _json_rows(file, report, needed, names)
    else:
        yield from _table_rows(file, report, needed, names)


def read_page_rows(
    file: SourceFile,
    report: Report,
    needed: Collection[str],
    url_field: str,
    renamed: Mapping[str, str] | None = None,
    *,
    or_any_url: bool = False,
) -> Iterator[tuple[str, str, Row]]:
    """The rows of a report whose records are known by their page: (path of the page, its address, row).

    Rows without a usable address, and rows whose address stands already in an earlier one, are
    rejected with an issue. With ``or_any_url``, for reports whose keys were never seen whole, the
    address may stand in another field, if it is the only one whose name ends in ``_url``; that is an
    issue. Raises SourceFailed as `read_rows` does.
    """
    seen: dict[str, str] = {}
    needed = list(needed) if or_any_url else [*needed, url_field]
    other = ""
    for row in read_rows(file, report, needed, renamed):
        field = url_field
        if or_any_url and not row.has(url_field):
            ends = [name for name in row.names() if name.endswith("_url")]
            field = ends[0] if len(ends) == 1 else url_field
            if field != url_field and field != other:
                row.issue("renamed-field", f"The page's address stands in “{field[:80]}” and not in “{url_field}”.")
                other = field
        url = take_url(row, field)
        if url is None:
            report.reject("no-identity", "The row has no usable address of its page and was left out.", row.place)
            continue
        row.record = key = path_of(url)
        if key in seen:
            report.reject("doubled-record", f"The address stands already in {seen[key]}.", row.place, key)
            continue
        seen[key] = row.place
        yield key, url, row


def _table_rows(file: SourceFile, report: Report, needed: Collection[str], names: Mapping[str, str]) -> Iterator[Row]:
    table = read_table(file, needed, names)
    stated = _generated_at(table.preamble)
    if stated is not None:
        report.observed_at, report.observed_precision = stated
    report.layout = report.layout or f"table-{len(table.headings)}"
    yield from rows_of(table, report)


def _generated_at(preamble: list[list[Any]]) -> tuple[datetime, Any] | None:
    for line in preamble:
        for cell in line:
            if match := _GENERATED.search(str(cell)):
                day, month, year, hour, minute = match.groups()
                try:
                    if hour is None:
                        return datetime(int(year), int(month), int(day), tzinfo=UTC), "day"
                    local = datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=AMSTERDAM)
                except ValueError:
                    continue
                return local.astimezone(UTC), "second"
    return None


def _json_rows(file: SourceFile, report: Report, needed: Collection[str], names: Mapping[str, str]) -> Iterator[Row]:
    envelope = decode_json(file, report)
    if not isinstance(envelope, dict) or not isinstance(envelope.get("data"), list):
        raise SourceFailed(f"{file.name}: is not a report of EMA (no list under “data”); it was not read.")
    meta = envelope.get("meta")
    read_meta(meta if isinstance(meta, dict) else {}, report)
    report.layout = report.layout or "json"
    keys_seen: set[str] = set()
    for number, fields in enumerate(envelope["data"]):
        report.rows += 1
        place = f"data[{number}]"
        if not isinstance(fields, dict):
            report.reject("not-a-record", "The entry is not an object and was left out.", place)
            continue
        keys_seen |= fields.keys()
        yield Row({names.get(name, name): value for name, value in fields.items()}, place, report)
    seen = {names.get(name, name) for name in keys_seen}
    missing = sorted(set(needed) - seen)
    if missing and report.rows:
        raise SourceFailed(
            f"{file.name}: the field “{missing[0]}” is missing from every record, so EMA has changed its format; "
            "the report was not read."
        )


def read_meta(meta: Mapping[str, Any], report: Report) -> None:
    """Takes the count and the time from a report's ``meta``; the time is Amsterdam's whatever its Z says."""
    try:
        report.declared_total = int(meta["total_records"])
    except (KeyError, TypeError, ValueError):
        report.issue("no-total", "The report does not state how many records it has.", "meta")
    try:
        local = datetime.fromisoformat(str(meta["timestamp"]).removesuffix("Z")).replace(tzinfo=AMSTERDAM)
        report.observed_at, report.observed_precision = local.astimezone(UTC), "second"
    except (KeyError, ValueError, OverflowError):
        report.issue("no-timestamp", "The report does not state when it was made.", "meta")


def decode_json(file: SourceFile, report: Report) -> Any:
    """The JSON value of a file, with EMA's known slips mended and told as issues.

    A byte order mark is accepted; NaN and Infinity are refused; a key that stands twice in one
    object is an issue, the last value counts as in every JSON reader. Where the text is not JSON,
    records are decoded one after the other with missing commas tolerated (seen in EMA's documents
    report). Raises SourceFailed where that fails too.
    """
    text, decoder = text_of(file), decoder_of(report)
    try:
        return decoder.decode(text)
    except (ValueError, RecursionError) as problem:
        first_problem = str(problem)[:120]
    start = text.find("[", text.find('"data"')) if '"data"' in text else -1
    if start < 0:
        raise SourceFailed(f"{file.name}: is not JSON ({first_problem}) and was not read.")
    records, end = _decode_one_by_one(text, start + 1, decoder, file, first_problem)
    tail = text[:start] + "[]" + text[end + 1 :]
    try:
        envelope = decoder.decode(tail)
    except (ValueError, RecursionError) as problem:
        raise SourceFailed(f"{file.name}: is not JSON ({first_problem}) and was not read.") from problem
    report.issue("broken-json", f"The report is not valid JSON ({first_problem}); its records were read one by one.")
    if not isinstance(envelope, dict):
        raise SourceFailed(f"{file.name}: is not a report of EMA; it was not read.")
    envelope["data"] = records
    return envelope


def _decode_one_by_one(
    text: str, position: int, decoder: json.JSONDecoder, file: SourceFile, first_problem: str
) -> tuple[list[Any], int]:
    records: list[Any] = []
    while True:
        while position < len(text) and text[position] in " \r\n\t,":
            position += 1
        if position >= len(text):
            raise SourceFailed(f"{file.name}: breaks off after {len(records)} records; the report was not read.")
        if text[position] == "]":
            return records, position
        try:
            record, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as problem:
            raise SourceFailed(
                f"{file.name}: is not JSON ({first_problem}); record {len(records)} can't be read; "
                "the report was not read."
            ) from problem
        records.append(record)
