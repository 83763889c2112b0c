"""EMA's list of medicines: the JSON report and the tables of 2017, of 2018 to 2023, and since 2024.

All layouts give the same record; what a layout does not have is None. ``body["layout"]`` names the
layout, since a change of layout is no news about a medicine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.cleaning import clean_text, product_number, split_list
from medpath.sources.ema.reports import read_rows
from medpath.sources.fields import (
    take_coded,
    take_day,
    take_list,
    take_number,
    take_text,
    take_url,
    take_yes_no,
)
from medpath.sources.keys import mesh_key as area_key
from medpath.sources.keys import name_key, name_keys, page_key, path_of, product_key, substance_key
from medpath.sources.reading import Report, Row, SourceRecord

NEEDED = ("name_of_medicine", "ema_product_number", "medicine_status", "active_substance")

MANY = 20  # rows by which a change of format shows
UNSTATED = 0.05  # share of the rows that may lack a status; one row of one old table does

CODES = {
    "authorised": "authorised",
    "withdrawn": "withdrawn",
    "application withdrawn": "application-withdrawn",
    "refused": "refused",
    "lapsed": "lapsed",
    "expired": "expired",
    "revoked": "revoked",
    "suspended": "suspended",
    "opinion": "opinion",
    "opinion under re-examination": "opinion-under-re-examination",
    "withdrawn from rolling review": "withdrawn-from-rolling-review",
}
CATEGORIES = {"human": "human", "veterinary": "veterinary"}
OUTCOMES = {"positive": "positive", "negative": "negative"}

RENAMED = {
    # the table of 2017
    "medicine_name": "name_of_medicine",
    "product_number": "ema_product_number",
    "common_name": "international_non_proprietary_name_common_name",
    "atc_code": "atc_code_human",
    "marketing_authorisation_holder": "marketing_authorisation_developer_applicant_holder",
    "status": "medicine_status",
    "authorisation_date": "marketing_authorisation_date",
    "indication": "therapeutic_indication",
    "condition_approval": "conditional_approval",
    "exceptional_circumstance": "exceptional_circumstances",
    "is_orphan": "orphan_medicine",
    "is_generic": "generic",
    # the tables of 2018 to 2023
    "authorisation_status": "medicine_status",
    "therapeutic_area": "therapeutic_area_mesh",
    "marketing_authorisation_holder_company_name": "marketing_authorisation_developer_applicant_holder",
    "date_of_refusal_of_marketing_authorisation": "refusal_of_marketing_authorisation_date",
    "human_pharmacotherapeutic_group": "pharmacotherapeutic_group_human",
    "vet_pharmacotherapeutic_group": "pharmacotherapeutic_group_veterinary",
    "date_of_opinion": "opinion_adopted_date",
    "decision_date": "european_commission_decision_date",
    "condition_indication": "therapeutic_indication",
    "species": "species_veterinary",
    "atcvet_code": "atcvet_code_veterinary",
    "first_published": "first_published_date",
    "revision_date": "last_updated_date",
    "url": "medicine_url",
    # other spellings of today's columns
    "international_non_proprietary_name_inn_common_name": "international_non_proprietary_name_common_name",
    "prime_priority_medicine": "prime_priority_medicine",
    "prime:_priority_medicine": "prime_priority_medicine",
    "marketing_authorisation_developer__applicant__holder": "marketing_authorisation_developer_applicant_holder",
}

FLAGS = {
    "orphan": ("orphan_medicine",),
    "advanced_therapy": ("advanced_therapy",),
    "biosimilar": ("biosimilar",),
    "generic_or_hybrid": ("generic", "generic_or_hybrid"),
    "conditional_approval": ("conditional_approval",),
    "exceptional_circumstances": ("exceptional_circumstances",),
    "accelerated_assessment": ("accelerated_assessment",),
    "additional_monitoring": ("additional_monitoring",),
    "prime": ("prime_priority_medicine",),
    "patient_safety": ("patient_safety",),
}
DATES = {
    "opinion_adopted": "opinion_adopted_date",
    "marketing_authorisation": "marketing_authorisation_date",
    "withdrawal_expiry_revocation_lapse": "withdrawal_expiry_revocation_lapse_of_marketing_authorisation_date",
    "latest_european_commission_decision": "european_commission_decision_date",
    "refusal": "refusal_of_marketing_authorisation_date",
    "suspension": "suspension_of_marketing_authorisation_date",
    "withdrawal_of_application": "withdrawal_of_application_date",
    "start_of_evaluation": "start_of_evaluation_date",
    "start_of_rolling_review": "start_of_rolling_review_date",
}

_CODE = re.compile(r"[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?")
_VET_CODE = re.compile(r"Q[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?")


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per medicine, keyed by its product number. Raises SourceFailed for a changed format."""
    seen: dict[str, str] = {}
    layout = ""
    missed: set[str] = set()
    surplus: set[str] = set()
    unstated = 0
    for row in read_rows(file, report, NEEDED, RENAMED):
        layout = layout or _layout(row)
        report.layout = layout
        record = _record(row, report, layout)
        if record is None:
            continue
        if record.key in seen:
            report.reject(
                "doubled-record", f"The number stands already in {seen[record.key]}.", record.place, record.key
            )
            continue
        missed = missed & row.missed if seen else row.missed
        surplus = surplus & set(row.names()) if seen else set(row.names())
        unstated += record.body["status"] is None
        seen[record.key] = record.place
        yield record
    if len(seen) >= MANY:
        _refuse_changed_format(file, sorted(missed), sorted(surplus), unstated / len(seen))


def _refuse_changed_format(file: SourceFile, missed: list[str], surplus: list[str], unstated: float) -> None:
    """A renamed or emptied column is no column without values. ``missed`` and ``surplus`` are so in every row."""
    if missed and surplus:
        raise SourceFailed(
            f"{file.name}: the field “{missed[0]}” is missing from every record and the unknown field "
            f"“{surplus[0][:80]}” stands in each, so EMA has changed its format; the report was not read."
        )
    if unstated > UNSTATED:
        raise SourceFailed(f"{file.name}: {unstated:.0%} of the records state no status; the report was not read.")


def _layout(row: Row) -> str:
    """Which rules of listing the file follows; named by the first year of the layout."""
    if not row.has("medicine_url"):
        return "2017"
    if not row.has("opinion_status"):
        return "2018"
    return "2024" if row.has("generic_or_hybrid") else "2026"


def _record(row: Row, report: Report, layout: str) -> SourceRecord | None:
    given_number = clean_text(row.take("ema_product_number"))
    number = product_number(given_number)
    name = take_text(row, "name_of_medicine")
    url = take_url(row, "medicine_url")
    shown = f" (“{given_number[:60]}”)" if given_number else ""
    if name is None or (number is None and url is None):
        missing = "name" if name is None else "product number"
        report.reject("no-identity", f"The row has no usable {missing}{shown} and was left out.", row.place)
        return None
    row.record = key = number or path_of(url or "")
    if number is None:
        row.issue(
            "no-product-number", f"The row has no usable product number{shown}; its page's address stands for it."
        )
    elif given_number != number:
        row.issue("repaired-number", f"The product number is written “{str(given_number)[:60]}”.", severity="info")
    category = take_coded(row, CATEGORIES, "category")
    status = take_coded(row, CODES, "medicine_status")
    if status is None:
        row.issue("no-status", "The row states no status of the medicine.")
    opinion = take_coded(row, OUTCOMES, "opinion_status")
    substances = _names(row, layout, "active_substance")
    commons = _names(row, layout, "international_non_proprietary_name_common_name")
    areas = _areas(row, layout)
    atc = _classes(row, "atc_code_human", _CODE)
    atcvet = _classes(row, "atcvet_code_veterinary", _VET_CODE)
    body: dict[str, Any] = {
        "layout": layout,
        "product_number": number,
        "source_product_number": given_number if given_number != number else None,
        "name": name,
        "category": category["code"] if category else ("veterinary" if number and "/V/" in number else "human"),
        "status": status,
        "opinion_outcome": opinion["code"] if opinion else None,
        "latest_procedure": take_text(row, "latest_procedure_affecting_product_information"),
        "inn_or_common_names": commons,
        "active_substances": substances,
        "therapeutic_areas": areas,
        "species": take_list(row, "species_veterinary") if layout >= "2024" else _commas(row, "species_veterinary"),
        "atc": atc,
        "atcvet": atcvet,
        "pharmacotherapeutic_group": _group(row),
        "therapeutic_indication": take_text(row, "therapeutic_indication"),
        "flags": {flag: take_yes_no(row, *names) for flag, names in FLAGS.items()},
        "holder": take_text(row, "marketing_authorisation_developer_applicant_holder"),
        "dates": {name: take_day(row, column) for name, column in DATES.items()},
        "revision": take_number(row, "revision_number"),
        "first_published": _first_published(row),
        "last_updated": take_day(row, "last_updated_date"),
        "url": url,
    }
    row.leave()
    own = [name_key(name)] + ([page_key(url)] if url else [])
    if number is None:
        return SourceRecord(key, body, row.place, None, tuple(own))
    seeks = [product_key(number), *own, *name_keys(name)]
    seeks += [substance_key(item) for item in dict.fromkeys(substances + commons)]
    seeks += [("atc", code) for code in _ancestors([*atc, *atcvet])]
    seeks += [area_key(area) for area in areas]
    return SourceRecord(key, body, row.place, number, tuple(own), tuple(dict.fromkeys(seeks)))


def _names(row: Row, layout: str, column: str) -> list[str]:
    """Substances; the old tables part them by commas too, which can't be told from a comma in a name."""
    value = row.take(column)
    if layout >= "2024" or (isinstance(value, str) and ";" in value):
        return split_list(value)
    text = clean_text(value)
    text = text.strip(" ,") if text else None
    return [text] if text else []


def _areas(row: Row, layout: str) -> list[str]:
    """MeSH headings hold commas: a list parted by commas stays whole, unless semicolons part it."""
    value = row.take("therapeutic_area_mesh")
    if layout >= "2024" or (isinstance(value, str) and ";" in value):
        return split_list(value)
    text = clean_text(value)
    text = text.strip(" ,") if text else None
    return [text] if text else []


def _commas(row: Row, column: str) -> list[str]:
    return split_list(row.take(column), ",")


def _classes(row: Row, column: str, pattern: re.Pattern[str]) -> list[str]:
    found = []
    for item in re.split(r"[;,]", str(row.take(column) or "")):
        text = clean_text(item)
        if text is None:
            continue
        code = text.upper().replace(" ", "")
        if pattern.fullmatch(code):
            found.append(code)
        else:
            row.issue("bad-atc-code", f"“{text[:40]}” is not a code of the classification; it is not shown.")
    return list(dict.fromkeys(found))


def _group(row: Row) -> str | None:
    human = take_text(row, "pharmacotherapeutic_group_human")
    veterinary = take_text(row, "pharmacotherapeutic_group_veterinary")
    group = human or veterinary
    return group.rstrip(" ,") or None if group else None


def _first_published(row: Row) -> str | None:
    """The table of 2018 writes the day among commas: ``", ,   02/07/2018, , "``."""
    value = row.take("first_published_date")
    if isinstance(value, str):
        value = value.replace(",", " ")
    return take_day(Row({"first_published_date": value}, row.place, row.report), "first_published_date")


def _ancestors(codes: list[str]) -> list[str]:
    """The codes with the codes of their classes, ``L04AC05`` → L, L04, L04A, L04AC, L04AC05."""
    found: list[str] = []
    for code in codes:
        offset = 1 if code.startswith("Q") and len(code) > 1 and code[1].isalpha() else 0
        found += [code[: length + offset] for length in (1, 3, 4, 5, 7) if length + offset <= len(code)]
    return list(dict.fromkeys(found))
