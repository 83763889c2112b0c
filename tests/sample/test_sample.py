"""The bundled sample covers what the register must show, in words of our own, and is read without a fault."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from medpath import sample
from medpath.sources.ema.medicines import CODES
from medpath.sources.facts import datasets
from medpath.sync.folder import list_sources
from tests.sample.reading import (
    EDITIONS,
    MARK,
    MEDICINES,
    files,
    pages,
    parse,
    product_information,
    read_all,
    records,
    rows,
)

FIRST, SECOND = EDITIONS
NEWEST = rows(SECOND, MEDICINES)

# What the sample shows on purpose though a reader has to say something about it.
INTENDED: Counter[tuple[str, str]] = Counter()


def those(**values: str) -> list[str]:
    """The names of the medicines in whose rows every field has the value."""
    return [row["name_of_medicine"] for row in NEWEST if all(row[name] == value for name, value in values.items())]


def test_there_are_two_editions_of_about_sixty_medicines() -> None:
    assert [edition.name for edition in sample.editions()] == ["edition-1", "edition-2"]
    assert (len(rows(FIRST, MEDICINES)), len(NEWEST)) == (61, 66)


@pytest.mark.parametrize("status", sorted(CODES))
def test_every_status_of_the_contract_is_there(status: str) -> None:
    assert status in {row["medicine_status"].casefold() for row in NEWEST}


@pytest.mark.parametrize("category", ["Human", "Veterinary"])
def test_both_categories_are_there(category: str) -> None:
    assert len(those(category=category)) >= 9


@pytest.mark.parametrize(
    ("flag", "name"),
    [
        ("orphan_medicine", "Kymriah"),
        ("advanced_therapy", "Alofisel"),
        ("advanced_therapy", "Carvykti"),  # a CAR-T cell therapy
        ("biosimilar", "Tocilizumab STADA (previously Tofidence)"),
        ("generic", "Dimethyl fumarate Accord"),
        ("generic", "Riulvy"),  # a hybrid: EMA's flag for generics includes them
        ("conditional_approval", "Zolgensma"),
        ("exceptional_circumstances", "Orphacol"),
        ("accelerated_assessment", "Poulvac Flufend H5N3 RG"),
        ("additional_monitoring", "Blenrep"),
        ("prime_priority_medicine", "Zolgensma"),
        ("patient_safety", "Mysimba"),
    ],
)
def test_every_flag_is_set_for_somebody(flag: str, name: str) -> None:
    assert name in those(**{flag: "Yes"})


def test_one_substance_has_several_biosimilars() -> None:
    assert those(active_substance="adalimumab", biosimilar="Yes") == ["Hulio", "Hefiya", "Yuflyma", "Halimatoz"]
    assert "Humira" in those(active_substance="adalimumab", biosimilar="No")


def test_names_stand_for_more_than_one_medicine() -> None:
    statuses: dict[str, set[str]] = {}
    for row in NEWEST:
        statuses.setdefault(row["name_of_medicine"], set()).add(row["medicine_status"])
    assert {name: found for name, found in statuses.items() if len(found) > 1} == {
        "Tibsovo": {"Authorised", "Application withdrawn"},
        "Cimzia": {"Authorised", "Refused"},
        "Liprolog": {"Authorised", "Withdrawn"},
        "Tuznue": {"Authorised", "Application withdrawn"},
        "Blenrep": {"Authorised", "Expired"},
        "Dimethyl fumarate Accord": {"Authorised", "Revoked"},
        "Veraflox": {"Authorised", "Refused"},
        "Kexxtone": {"Suspended", "Application withdrawn"},
    }


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("A10AB04;A10AD04", "Liprolog"),  # several
        ("N04;N04BX04", "Ontilyv"),  # several, of different levels
        ("L04", "Alofisel"),  # not to the last level
        ("L01EX", "Romvimza"),
        ("", "Bamlanivimab and etesevimab for COVID-19"),  # none
        ("L01XC39", "Blenrep"),  # retired by WHO
    ],
)
def test_atc_codes_of_every_kind(code: str, name: str) -> None:
    assert name in those(atc_code_human=code)


def test_several_veterinary_codes_stand_in_one_row() -> None:
    found = {record.body["name"]: record.body["atcvet"] for record in records("ema.medicines", "edition-2")}
    assert found["VeroBlue-3"] == ["QI02AA08", "QI04AA02"]  # EMA's row says both twice


def test_names_hold_accents_former_names_and_typographic_signs() -> None:
    names = {row["name_of_medicine"] for row in NEWEST}
    assert "Treprostinil SciPharm Sàrl" in names
    assert "Clopidogrel Zentiva (previously Clopidogrel Winthrop)" in names
    assert "CureVac’s COVID-19 vaccine (CVnCoV)" in names
    assert those(marketing_authorisation_developer_applicant_holder="medac Gesellschaft für klinische "
                 "Spezialpräparate mbH") == ["Trecondi"]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "field", "value"),
    [
        ("shortages-output-json-report_en.json", "medicine_affected", "Zypadhera"),
        ("referrals-output-json-report_en.json", "referral_name", "Ocaliva"),
        ("dhpc-output-json-report_en.json", "name_of_medicine", "Alofisel"),
        (
            "medicines-output-periodic_safety_update_report_single_assessments-output-json-report_en.json",
            "active_substance",
            "Treosulfan",
        ),
        ("medicines-output-orphan_designations-json-report_en.json", "eu_designation_number", "EU/3/09/667"),
        (
            "medicines-output-paediatric_investigation_plans-output-json-report_en.json",
            "pip_number",
            "EMEA-001561-PIP01-13-M02",
        ),
        ("medicines-output-post_authorisation_json-report_en.json", "name_of_medicine", "Ontilyv"),
        ("medicine-use-outside-eu-output-json-report_en.json", "name_of_medicine", "Fexinidazole Winthrop"),
        ("medicines-output-herbal_medicines-report-output-json_en.json", "latin_name", "Valerianae radix"),
        ("ods_products_2026-01-30.json", "EUNumber", "EU/1/17/1261"),
    ],
)
def test_the_other_reports_are_there(report: str, field: str, value: str) -> None:
    assert value in [row[field] for row in rows(FIRST, report)]


def test_a_shortage_is_resolved_between_the_editions() -> None:
    report = "shortages-output-json-report_en.json"
    states = [{row["medicine_affected"]: row["supply_shortage_status"] for row in rows(edition, report)}
              for edition in EDITIONS]  # fmt: skip
    assert [(found["Rybelsus"], found["Zypadhera"]) for found in states] == [
        ("Ongoing", "Ongoing"),
        ("Resolved", "Ongoing"),
    ]


def test_reports_are_in_the_wire_format() -> None:
    for path in files():
        if path.suffix != ".json" or path.name.startswith("ods_products"):
            continue
        for row in rows(path.parent, path.name):
            values = {**row, **row.get("translations", {})}
            values.pop("translations", None)
            assert all(isinstance(value, str) for value in values.values()), path.name


def _prose(row: dict[str, Any]) -> list[str]:
    texts = [row[name] for name in ("therapeutic_indication", "additional_information") if row.get(name)]
    if row.get("Type") == "Human":
        texts += [item["Text"] for item in row["Indication"]]
    return texts


def test_every_indication_is_one_marked_sentence() -> None:
    found = [text for path in files() if path.suffix == ".json" for row in rows(path.parent, path.name)
             for text in _prose(row)]  # fmt: skip
    assert len(found) > 100
    for text in found:
        _one_marked_sentence(text)


def test_every_text_of_the_pages_is_one_marked_sentence() -> None:
    for path in pages():
        page = parse(path)
        texts = [node.text(strip=True) for node in page.css("section#overview > p, .accordion p")]
        texts += [heading.next.next.text(strip=True) for heading in page.css("h3")  # type: ignore[union-attr]
                  if heading.text(strip=True) == "Therapeutic indication"]  # fmt: skip
        status = page.css_first("main > p + p")
        assert texts, path.name
        assert status is not None
        for text in [*texts, status.text(strip=True)]:
            _one_marked_sentence(text)
        for node in page.css("p, dd, li"):  # nothing else on the page is a sentence
            text = node.text(strip=True)
            assert MARK in text or not text.endswith(".") or len(text.split()) < 7, text


def test_every_sentence_of_the_product_information_is_marked_and_holds_no_dose() -> None:
    names = [path.name.split("_")[1] for path in product_information()]
    assert sorted(set(names)) == ["alofisel", "hefiya", "humira", "kisunla", "uzpruvo", "xevudy"]
    assert [name for name, count in Counter(names).items() if count == 2] == ["kisunla", "uzpruvo"]
    for path in product_information():
        text = path.read_text(encoding="utf-8").split("---", 2)[2]
        assert text.count(MARK) > 35
        unmarked = text.replace(f" ({MARK}).", "")
        assert re.findall(r".*[a-z]{3}\.(?:\s|$).*", unmarked) == []
        assert not {"mg", "ml", "kg", "micrograms", "units"} & set(text.split()), path.name


def _one_marked_sentence(text: str) -> None:
    assert text.endswith(f" ({MARK})."), text
    assert ". " not in text, text
    assert not any(f"{unit}" in text.split() for unit in ("mg", "ml", "kg", "g", "micrograms", "units")), text


def test_nobody_is_named_as_the_author_of_the_texts() -> None:
    for path in files():
        text = path.read_text(encoding="utf-8")
        assert "Source: European Medicines Agency" not in text
        assert "©" not in text


def test_everything_is_recognised_and_every_dataset_for_the_site_is_there() -> None:
    for edition in EDITIONS:
        assert list_sources(edition).unrecognised == []
    found = {read.dataset for read in read_all()}
    files_of_ema = {"ema.document_files"}  # PDFs, of which none is part of the sample
    named = {name for name in datasets() if name.startswith(("ema.", "union_register.", "mesh."))}
    assert named - files_of_ema <= found


def test_rows_are_records_and_faults_are_intended() -> None:
    found: Counter[tuple[str, str]] = Counter()
    for read in read_all():
        if not read.dataset.startswith("mesh."):  # several rows of a vocabulary make one record
            assert len(read.records) == read.report.rows, read.name
        assert read.report.rejected == 0, read.report.issues
        assert read.report.declared_total in (None, read.report.rows), read.name
        found.update((read.dataset, issue.code) for issue in read.report.issues)
    assert found == INTENDED


@pytest.mark.parametrize("edition", ["edition-1", "edition-2"])
def test_the_pages_say_what_the_rows_say(edition: str) -> None:
    medicines = {record.key: record.body for record in records("ema.medicines", edition)}
    compared = 0
    for record in records("ema.epar_pages", edition):
        page, row = record.body, medicines[str(record.medicine)]
        for name in ("name", "category", "active_substances", "inn_or_common_names", "atc", "therapeutic_areas"):
            assert page[name] == row[name], (row["name"], name)
        for name in ("holder", "revision", "last_updated", "url"):
            assert page[name] == row[name] or row[name] is None, (row["name"], name)
        assert page["status"]["code"] == row["status"]["code"]
        compared += 1
    assert compared == {"edition-1": 49, "edition-2": 21}[edition]


def test_sizes_are_bounded() -> None:
    sizes = {path: path.stat().st_size for path in files()}
    assert sum(sizes.values()) < 740_000
    assert max(sizes.values()) < 300_000
