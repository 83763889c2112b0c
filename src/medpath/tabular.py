"""Lists as flat rows for spreadsheets: which columns there are, and cells that no spreadsheet runs as formulas.

Every row ends with ``source``, the publisher's attribution, and ``data_date``, the instant at which
the publisher stood so: a row that is copied out of its file still says where it is from and how old it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from medpath import urls

FLAGS = (
    "orphan", "advanced_therapy", "biosimilar", "generic_or_hybrid", "conditional_approval",
    "exceptional_circumstances", "accelerated_assessment", "additional_monitoring", "prime", "patient_safety",
)  # fmt: skip
DATES = (
    "opinion_adopted", "marketing_authorisation", "latest_european_commission_decision",
    "withdrawal_expiry_revocation_lapse", "refusal", "suspension", "withdrawal_of_application", "start_of_evaluation",
    "start_of_rolling_review", "first_published", "last_updated",
)  # fmt: skip

_ORIGIN = {
    "source": "The attribution that the publisher asks for.",
    "data_date": "When the publisher stood so (UTC); never the day of the export.",
}

MEDICINE_COLUMNS: dict[str, str] = {
    "product_number": "EMA's product number.",
    "name": "Name of the medicine.",
    "category": "human or veterinary.",
    "status": "Authorisation status as a code (see the glossary).",
    "status_source_value": "The status in the publisher's word.",
    "status_date": "The day of the present status, where the publisher gives one.",
    "opinion_outcome": "Outcome of the committee's opinion: positive or negative.",
    "active_substances": "Active substances, separated by “; ”.",
    "inn_or_common_names": "International non-proprietary or common names, separated by “; ”.",
    "atc_codes": "ATC or ATCvet codes, separated by “; ”.",
    "therapeutic_areas": "Therapeutic areas (MeSH headings), separated by “; ”.",
    "pharmacotherapeutic_group": "Pharmacotherapeutic group.",
    "species": "Species of a veterinary medicine, separated by “; ”.",
    "therapeutic_indication": "The indication in the publisher's words.",
    "holders": "Marketing authorisation holders, separated by “; ”.",
    "holder_countries": "Their countries (ISO 3166), separated by “; ”.",
    "eu_numbers": "EU numbers of the authorisation, separated by “; ”.",
    **{name: f"Flag: {name.replace('_', ' ')} (true, false, empty where unknown)." for name in FLAGS},
    **{f"{name}_date": f"Day: {name.replace('_', ' ')}." for name in DATES},
    "revision": "Revision number of the product's page.",
    "latest_procedure": "Latest procedure that affected the product information.",
    "url": "The publisher's page.",
    "no_longer_listed_at": "Since when the publisher no longer lists the medicine; empty where it does.",
    **_ORIGIN,
}

_WHICH = ("product_number", "name", "status")
_NO_FACTS = ("product_number", "name", "url", *_ORIGIN)  # of a comparison: which medicine it is, and whom from

DOCUMENT_COLUMNS: dict[str, str] = {
    "product_number": "EMA's product number of the medicine.",
    "name": "Name of the medicine.",
    "status": "Authorisation status of the medicine as a code.",
    "id": "Id of the document.",
    "title": "Title.",
    "type": "Type as a code.",
    "group": "Group on the medicine's page.",
    "reference_number": "Reference number.",
    "language": "Language of the address.",
    "first_published": "Day of first publication.",
    "last_updated": "Day of the last update.",
    "url": "Address of the document.",
    **_ORIGIN,
}

SECTION_COLUMNS: dict[str, str] = {
    "product_number": "EMA's product number of the medicine.",
    "name": "Name of the medicine.",
    "part": "Part of the product information as a code.",
    "section": "Number of the section in EMA's template.",
    "title": "Title of the section in EMA's template.",
    "product": "What it is for, where the file has several summaries, labels or leaflets.",
    "page": "Page of EMA's file.",
    "confidence": "How sure it is where the section begins and ends, 0 to 1.",
    "version": "Version of the text.",
    "text": "The text; paragraphs and rows of tables on lines of their own.",
    "url": "Address of the document.",
    **_ORIGIN,
}

SIDE_COLUMNS: dict[str, str] = {
    **{name: said for name, said in SECTION_COLUMNS.items() if name not in _ORIGIN},
    "missing": "What is missing, where the medicine does not have the section.",
    **_ORIGIN,
}

CHANGE_COLUMNS: dict[str, str] = {
    "sequence": "Place in the list as it was written.",
    "medicine": "Id of the medicine.",
    "name": "Name of the medicine.",
    "kind": "Kind of change.",
    "cause": "source (the publisher changed it), layout (its format) or reader (we read it better).",
    "date": "The day that the agency states for it.",
    "observed_at": "When it was first observed (UTC).",
    "field": "The field that changed; one row per field.",
    "before": "Value before.",
    "after": "Value after.",
    "dataset": "The dataset that shows it.",
    **_ORIGIN,
}

ISSUE_COLUMNS: dict[str, str] = {
    "id": "Number of the issue.",
    "dataset": "Dataset.",
    "severity": "error (a row was left out), warning or info.",
    "code": "Kind of fault.",
    "place": "File and place in it.",
    "record": "The record that is concerned.",
    "message": "What is wrong.",
    **_ORIGIN,
}

DISAGREEMENT_COLUMNS: dict[str, str] = {
    "product_number": "Product number of the medicine.",
    "name": "Name of the medicine.",
    "status": "Its status now.",
    "field": "The field of which sources say different things.",
    "dataset": "The dataset that says it; each has a row.",
    "value": "What it says; several values separated by “; ”.",
    "last_updated": "When its publisher updated the record last.",
    **_ORIGIN,
}

DATASET_COLUMNS: dict[str, str] = {
    "name": "Name of the dataset.",
    "title": "Title.",
    "kind": "report, pages, documents or vocabulary.",
    "publisher": "Publisher.",
    "url": "Address.",
    "licence": "Licence or terms of use.",
    "licence_url": "Where the licence stands.",
    "records": "Records ever read.",
    "listed": "Records that the publisher lists now.",
    "issues": "Current issues.",
    "observed_at": "When the publisher stood so (UTC).",
    "retrieved_at": "When we fetched it (UTC); empty for files that somebody else fetched.",
    "last_ok_at": "When it was last read well (UTC).",
    "failed_since": "Since when reading fails; empty where the last run was good.",
    **_ORIGIN,
}

# A spreadsheet takes a cell that begins so for a formula, also after blanks and in full width.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")


def as_text(value: Any) -> str:
    """A value in one line: nothing is empty, lists are joined by “; ”, records are called by their name."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(as_text(item) for item in value)
    if isinstance(value, dict):
        named = (value.get(key) for key in ("name", "title", "code"))
        called = next((one for one in named if isinstance(one, str)), None)
        return called if called is not None else "; ".join(f"{key}: {as_text(item)}" for key, item in value.items())
    return str(value)


def csv_cell(value: Any) -> str:
    """A value as the text of a cell: `as_text`, and what a spreadsheet would run begins with an apostrophe."""
    text = as_text(value)
    if isinstance(value, int | float):
        return text
    text = text.replace("\x00", "")
    if text.startswith(_BREAKS) or text.lstrip().startswith(_FORMULA):
        return "'" + text
    return text


def csv_lines(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The header and the rows as CSV (RFC 4180, CRLF), one string per line; missing columns are empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    names = list(columns)

    def line(cells: list[str]) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(cells)
        return buffer.getvalue()

    yield line(names)
    for row in rows:
        yield line([csv_cell(row.get(name)) for name in names])


def medicine_values(medicine: Mapping[str, Any], data_date: str | None = None) -> dict[str, Any]:
    """A medicine (contract chapter 3) as the values of `MEDICINE_COLUMNS`; lists are lists.

    ``data_date`` is the date of the data as a whole; without it the medicine's own ``observed_from`` stands there.
    """
    authorisations = medicine["authorisations"]
    holders = [one["holder"] for one in authorisations if one.get("holder")]
    values: dict[str, Any] = {
        "product_number": medicine["product_number"],
        "name": medicine["name"],
        "category": medicine["category"],
        "status": medicine["status"]["code"],
        "status_source_value": medicine["status"]["source_value"],
        "status_date": medicine["status"]["date"],
        "opinion_outcome": medicine["opinion"]["outcome"] if medicine["opinion"] else None,
        "active_substances": [one["name"] for one in medicine["active_substances"]],
        "inn_or_common_names": medicine["inn_or_common_names"],
        "atc_codes": [one["code"] for one in medicine["atc"]],
        "therapeutic_areas": [one["name"] for one in medicine["therapeutic_areas"]],
        "pharmacotherapeutic_group": medicine["pharmacotherapeutic_group"],
        "species": medicine["species"],
        "therapeutic_indication": medicine["therapeutic_indication"],
        "holders": _each_once(holder["name"] for holder in holders),
        "holder_countries": _each_once(holder["country"] for holder in holders),
        "eu_numbers": _each_once(number for one in authorisations for number in one["eu_numbers"]),
        **{name: medicine["flags"].get(name) for name in FLAGS},
        **{f"{name}_date": medicine["dates"].get(name) for name in DATES},
        "revision": medicine["revision"],
        "latest_procedure": medicine["latest_procedure"],
        "url": medicine["url"],
        "no_longer_listed_at": medicine["no_longer_listed_at"],
        "source": medicine["licence"]["attribution"],
        "data_date": data_date or medicine["observed_from"],
    }
    return {name: values[name] for name in MEDICINE_COLUMNS}


def facts_compared(medicines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Several medicines, and the facts that at least one has: field, a value of each, whether they differ."""
    values = [medicine_values(one) for one in medicines]
    rows = [(field, [one[field] for one in values]) for field in MEDICINE_COLUMNS if field not in _NO_FACTS]
    return {
        "medicines": [
            {**{name: one[name] for name in _WHICH}, "url": urls.medicine(one["product_number"])} for one in medicines
        ],
        "facts": [
            {"field": field, "values": each, "differs": any(one != each[0] for one in each)}
            for field, each in rows
            if any(one not in (None, []) for one in each)
        ],
    }


def document_values(medicine: Mapping[str, Any], data_date: str | None = None) -> Iterator[dict[str, Any]]:
    """The documents of a medicine as the values of `DOCUMENT_COLUMNS`."""
    about = {
        "product_number": medicine["product_number"],
        "name": medicine["name"],
        "status": medicine["status"]["code"],
        "source": medicine["licence"]["attribution"],
        "data_date": data_date or medicine["observed_from"],
    }
    for document in medicine["documents"]:
        yield {name: about.get(name, document.get(name)) for name in DOCUMENT_COLUMNS}


def change_values(change: Mapping[str, Any], source: str, data_date: str | None = None) -> Iterator[dict[str, Any]]:
    """A change as the values of `CHANGE_COLUMNS`, one row per field."""
    about = {**change, "source": source, "data_date": data_date or change["observed_at"]}
    for field in change["fields"] or [{}]:
        yield {name: field.get(name, about.get(name)) for name in CHANGE_COLUMNS}


def issue_values(issue: Mapping[str, Any], source: str, data_date: str | None) -> dict[str, Any]:
    """An issue as the values of `ISSUE_COLUMNS`."""
    about = {**issue, "source": source, "data_date": data_date}
    return {name: about.get(name) for name in ISSUE_COLUMNS}


def dataset_values(dataset: Mapping[str, Any]) -> dict[str, Any]:
    """A dataset as the values of `DATASET_COLUMNS`."""
    about = {**dataset, "source": dataset["attribution"], "data_date": dataset["observed_at"]}
    return {name: about.get(name) for name in DATASET_COLUMNS}


def medicine_row(medicine: Mapping[str, Any], data_date: str | None = None) -> dict[str, str]:
    """`medicine_values` as cells, ready for CSV."""
    return cells(medicine_values(medicine, data_date))


def document_rows(medicine: Mapping[str, Any], data_date: str | None = None) -> Iterator[dict[str, str]]:
    """`document_values` as cells."""
    return map(cells, document_values(medicine, data_date))


def change_rows(change: Mapping[str, Any], source: str, data_date: str | None = None) -> Iterator[dict[str, str]]:
    """`change_values` as cells."""
    return map(cells, change_values(change, source, data_date))


def issue_row(issue: Mapping[str, Any], source: str, data_date: str | None) -> dict[str, str]:
    """`issue_values` as cells."""
    return cells(issue_values(issue, source, data_date))


def disagreement_row(
    found: Mapping[str, Any], said: Mapping[str, Any], source: str, data_date: str | None
) -> dict[str, str]:
    """What one source says of a field of which another says something else, as cells of `DISAGREEMENT_COLUMNS`."""
    value = "; ".join(map(str, said["value"])) if isinstance(said["value"], list) else said["value"]
    about = {**found, "status": found["status"]["code"], **said, "value": value}
    about |= {"source": source, "data_date": data_date}
    return cells({name: about.get(name) for name in DISAGREEMENT_COLUMNS})


def dataset_row(dataset: Mapping[str, Any]) -> dict[str, str]:
    """`dataset_values` as cells."""
    return cells(dataset_values(dataset))


def section_row(number: str, name: str, section: Mapping[str, Any], data_date: str | None) -> dict[str, str]:
    """A section (`medpath.store.sections`) as cells of `SECTION_COLUMNS`; its source is for others to add."""
    about = {
        **section,
        "product_number": number,
        "name": name,
        "version": section["document"]["version"],
        "text": "\n".join(section["text"]),
        "url": section["document"]["url"],
        "data_date": data_date,
    }
    return cells({column: about.get(column) for column in SECTION_COLUMNS})


def side_rows(side: Mapping[str, Any], part: str, section: str, data_date: str | None) -> Iterator[dict[str, str]]:
    """A medicine's section in a comparison (`medpath.store.editions.side_item`) as cells of `SIDE_COLUMNS`.

    One row for each section, or one that says what is missing. The source is for others to add.
    """
    number, name = side["product_number"], side["name"]
    for one in side["sections"]:
        yield {**section_row(number, name, one, data_date), "missing": ""}
    if not side["sections"]:
        about = {"product_number": number, "name": name, "part": part, "section": section, "data_date": data_date}
        yield cells({column: about.get(column) for column in SIDE_COLUMNS} | {"missing": side["missing"]})


def cells(values: Mapping[str, Any]) -> dict[str, str]:
    """A row's values as cells (`csv_cell`)."""
    return {name: csv_cell(value) for name, value in values.items()}


def _each_once(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
