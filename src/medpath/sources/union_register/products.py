"""The Commission's register (``ods_products.json``): products, orphan designations, and what referrals touched.

``{"data": [...]}`` without a count or a time. The file is labelled BETA by its publisher, so each
field is taken by name and what is new becomes an issue. An entry is known by the address of its page.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.model import atc, numbers
from medpath.model.addresses import country_of, split_lines
from medpath.sources.cleaning import clean_text
from medpath.sources.fields import safe_url, take_coded, take_day, take_number, take_text, take_url
from medpath.sources.json_values import decode
from medpath.sources.keys import page_key, path_of
from medpath.sources.reading import Key, Report, Row, SourceRecord

NEEDED = ("URI", "Type", "Name", "Status", "EUNumber", "MAH", "EMALink", "AuthorisationDate", "LastDecisionDate")
TYPES = {"human": "human", "veterinary": "veterinary", "orphan designation": "orphan"}
CATEGORIES = {"centrally authorised": "central", "nationally authorised": "national"}
STATUSES = {
    "active": "active",
    "refused": "refused",
    "withdrawn": "withdrawn",
    "suspended": "suspended",
    "expired": "expired",
    "not renewed": "not-renewed",
    "annulled": "annulled",
    "revoked": "revoked",
}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per entry, keyed by the path of its page. Raises SourceFailed for a changed format."""
    envelope = decode(file, report)
    entries = envelope.get("data") if isinstance(envelope, dict) else None
    if not isinstance(entries, list):
        raise SourceFailed(f"{file.name}: is not the Union Register (no list under “data”); it was not read.")
    known = set().union(*(entry.keys() for entry in entries if isinstance(entry, dict)))
    for name in NEEDED:
        if entries and name not in known:
            raise SourceFailed(
                f"{file.name}: the field “{name}” is missing from every entry, so the Commission has changed its "
                "format; the report was not read."
            )
    report.layout = "ods"
    designations = _designation_numbers(entries)
    seen: dict[str, str] = {}
    for number, fields in enumerate(entries):
        report.rows += 1
        place = f"data[{number}]"
        if not isinstance(fields, dict):
            report.reject("not-a-record", "The entry is not an object and was left out.", place)
            continue
        row = Row(fields, place, report)
        url = take_url(row, "URI")
        if url is None:
            report.reject("no-identity", "The entry has no usable address of its page and was left out.", place)
            continue
        row.record = key = path_of(url)
        if key in seen:
            report.reject("doubled-record", f"The address stands already in {seen[key]}.", place, key)
            continue
        seen[key] = place
        body, offers = _read_entry(row, designations)
        row.leave()
        yield SourceRecord(key, body | {"url": url}, place, offers=offers)


def _designation_numbers(entries: list[Any]) -> dict[str, str]:
    """The numbers of orphan designations by the paths of their pages; products name designations by page only."""
    found = {}
    for entry in entries:
        if isinstance(entry, dict) and str(entry.get("Type")).casefold() == "orphan designation":
            url, number = safe_url(entry.get("URI")), numbers.eu_number(str(entry.get("EUNumber") or ""))
            if url and number:
                found[path_of(url)] = number
    return found


def _read_entry(row: Row, designations: dict[str, str]) -> tuple[dict[str, Any], tuple[Key, ...]]:
    kind = take_coded(row, TYPES, "Type")
    names, substances, indications = (_texts(row, name) for name in ("Name", "ActiveSubstance", "Indication"))
    ema_url = take_url(row, "EMALink")
    body = {
        "type": kind["code"] if kind else None,
        "category": take_coded(row, CATEGORIES, "Category"),
        "name": next(iter(_preferred(names)), None),
        "names": {language: texts[0] for language, texts in names.items()},
        "associated_names": _associated_names(row),
        "eu_numbers": _eu_numbers(row),
        "status": take_coded(row, STATUSES, "Status"),
        "active_substances": _preferred(substances),
        "indication": _preferred(indications),
        **_holder(row),
        "atc": _classes(row),
        "orphan_designations": [_designation(link, designations) for link in _objects(row, _LINKS)],
        "authorisation_date": take_day(row, "AuthorisationDate"),
        "last_decision_date": take_day(row, "LastDecisionDate"),
        "procedures": take_number(row, "TotalProcedures"),
        "decisions": take_number(row, "TotalDecisions"),
        "annexes": _annexes(row),
        "ema_url": ema_url,
    }
    return body, ((_ema_page(ema_url),) if ema_url else ())


_LINKS = "AssociatedOrphanDesignations"


def _ema_page(url: str) -> Key:
    """The key of EMA's page; its last part is lower case at EMA whatever the register writes."""
    kind, path = page_key(url)
    folder, slash, name = path.rpartition("/")
    return kind, folder + slash + name.lower()


def _objects(row: Row, name: str) -> list[Row]:
    """The objects of a list as rows of their own; anything else in it is an issue."""
    given = row.take(name)
    if given is None:
        return []
    found = []
    for item in given if isinstance(given, list) else [given]:
        if isinstance(item, dict):
            inner = Row(item, f"{row.place}.{name}", row.report)
            inner.record = row.record
            found.append(inner)
        elif item is not None:
            row.issue("unknown-value", f"The field “{name}” holds something that is no object; it is not shown.")
    return found


def _texts(row: Row, name: str) -> dict[str, list[str]]:
    """The paragraphs of a text by language in lower case; several texts of one language follow each other."""
    found: dict[str, list[str]] = {}
    for item in _objects(row, name):
        language, text = take_text(item, "LanguageCode"), _take_string(item, "Text")
        item.leave()
        lines = [line for line in map(clean_text, text.splitlines()) if line]
        if lines:
            found.setdefault((language or "und").lower(), []).extend(lines)
    return found


def _take_string(row: Row, name: str) -> str:
    """The text of a field with its breaks; what is no text is an issue."""
    value = row.take(name)
    if value is not None and not isinstance(value, str):
        row.issue("unknown-value", f"The field “{name}” holds something that is no text; it is not shown.")
        return ""
    return html.unescape(value or "").replace("\r\n", "\n").replace("\r", "\n")


def _preferred(texts: dict[str, list[str]]) -> list[str]:
    """The English text, else the first one."""
    return texts.get("en") or next(iter(texts.values()), [])


def _associated_names(row: Row) -> list[str]:
    given = row.take("AssociatedNames")
    found = []
    for item in given if isinstance(given, list) else [given]:
        name = clean_text(item.get("Text") or item.get("Name")) if isinstance(item, dict) else clean_text(item)
        if name:
            found.append(name)
        elif item:
            row.issue("unknown-value", "An associated name has an unknown form; it is not shown.")
    return list(dict.fromkeys(found))


def _eu_numbers(row: Row) -> list[str]:
    text = take_text(row, "EUNumber")
    if text is None:
        return []
    number = numbers.eu_number(text)
    if number is None:
        row.issue("bad-eu-number", f"“{text[:60]}” is no EU number; it is not shown.")
        return []
    return [number]


def _holder(row: Row) -> dict[str, Any]:
    empty: dict[str, Any] = {"holder": None, "holder_address": [], "holder_country": None, "holder_url": None}
    found = _objects(row, "MAH")
    if not found:
        return empty
    holder = found[0]
    lines = [line for line in map(clean_text, split_lines(_take_string(holder, "Address"))) if line]
    country = country_of(lines)
    if lines and country is None:
        row.issue("no-country", f"The holder's address ends in no country that is known: “{lines[-1][:60]}”.")
    body = {
        "holder": take_text(holder, "Name"),
        "holder_address": lines,
        "holder_country": country,
        "holder_url": take_url(holder, "URI"),
    }
    holder.leave()
    return body


def _classes(row: Row) -> list[str]:
    found = []
    for item in _objects(row, "ATC"):
        text = take_text(item, "Code")
        code = atc.normal_code(text) if text else None
        if code is not None:
            found.append(code)
        elif text is not None:
            row.issue("bad-atc-code", f"“{text[:40]}” is not a code of the classification; it is not shown.")
        item.leave(("Level", "Description"))
    return list(dict.fromkeys(found))


def _designation(link: Row, designations: dict[str, str]) -> dict[str, Any]:
    url = take_url(link, "URI")
    body = {
        "eu_number": designations.get(path_of(url)) if url else None,
        "url": url,
        "link_date": take_day(link, "LinkDate"),
        "extension_months": take_number(link, "ExtensionLength"),
        "extension_date": take_day(link, "ExtensionDate"),
        "end_date": take_day(link, "EndDate"),
    }
    link.leave()
    return body


def _annexes(row: Row) -> dict[str, str]:
    """The annexes of the latest decision by language."""
    found = {}
    for item in _objects(row, "CurrentAnnexLink"):
        language, url = take_text(item, "LanguageCode"), take_url(item, "URI")
        item.leave()
        if language and url:
            found[language.lower()] = url
    return dict(sorted(found.items()))
