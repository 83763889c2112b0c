"""What is found by the names of vocabularies: synonyms of substances, headings above conditions; and said so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from medpath.search.index import Index
from medpath.search.searching import Search
from tests.lists import Store, authorised, write_report

NAMES = """DrugBank ID,Accession Numbers,Common name,CAS,UNII,Synonyms,Standard InChI Key
DB00316,,Acetaminophen,103-90-2,362O9ITL9D,4-acetamidophenol | Paracetamol | Panadol | APAP,
DB00668,,Epinephrine,51-43-4,YKH834O4BH,Adrenaline | (-)-adrenaline | Twofold,
DB09999,,Other,,,Twofold,
"""
TERMS = """DescriptorUI\tDescriptorName\tTermName\tRecordPreferredTermYN
D006973\tHypertension\tHypertension\tY
D006973\tHypertension\tBlood Pressure, High\tN
D014652\tVascular Diseases\tVascular Diseases\tY
D014652\tVascular Diseases\tDisorders of the vessels\tN
D002318\tCardiovascular Diseases\tCardiovascular Diseases\tY
D014647\tVaricose Ulcer\tVaricose Ulcer\tY
D014647\tVaricose Ulcer\tUlcer, Stasis\tN
D003643\tDeath\tDeath\tY
"""
PLACES = """DescriptorUI\tDescriptorName\ttree_location
D006973\tHypertension\tC14.907.489
D014652\tVascular Diseases\tC14.907
D014647\tVaricose Ulcer\tC14.907.927
D003643\tDeath\tG07.100
"""
Found = Callable[[str], tuple[list[str], list[tuple[str, str]]]]


def filled(folder: Path, *, vocabularies: bool) -> Search:
    reports = folder / "reports"
    rows = [
        authorised(active_substance="Paracetamol", therapeutic_area_mesh="Hypertension"),
        authorised(
            name_of_medicine="Penna",
            ema_product_number="EMEA/H/C/004259",
            active_substance="epinephrine",
            therapeutic_area_mesh="Urticaria",
        ),
    ]
    write_report(reports, "2026-01-01", rows)
    if vocabularies:
        for name, text in (("drugbank-vocabulary.csv", NAMES), ("mesh-2023-entry-terms.tsv", TERMS),
                           ("mesh-2023-tree-numbers.tsv", PLACES)):  # fmt: skip
            (reports / name).write_text(text, encoding="utf-8")
    store = Store(folder / "store")
    store.sync(reports)
    Index(store.settings.index).follow(store.database)
    return Search(store.settings.index)


def finding(search: Search) -> Found:
    def found(query: str) -> tuple[list[str], list[tuple[str, str]]]:
        results = search.search(query)
        medicines = [one["name"] for one in results.items if one["kind"] == "medicine"]
        return medicines, [(one["as"], one["value"]) for one in results.understood]

    return found


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    return filled(tmp_path_factory.mktemp("register"), vocabularies=True)


@pytest.fixture(scope="module")
def found(search: Search) -> Found:
    return finding(search)


@pytest.mark.parametrize("query", ["acetaminophen", "Panadol", "4-acetamidophenol", "apap"])
def test_a_synonym_finds_the_substances_medicines_and_it_is_said(found: Found, query: str) -> None:
    assert found(query) == (["Alofisel"], [("synonym", "Paracetamol")])


def test_the_common_name_counts_before_synonyms(found: Found) -> None:
    assert found("adrenaline") == (["Penna"], [("synonym", "epinephrine")])
    assert found("epinephrine") == (["Penna"], []), "EMA's own name needs no vocabulary"


def test_a_synonym_of_two_records_finds_nothing(found: Found) -> None:
    assert found("twofold")[0] == []


def test_a_chemists_name_is_not_found_by_its_pieces(found: Found) -> None:
    assert found("4")[1] == []


def test_a_heading_is_found_as_it_is_said(found: Found) -> None:
    assert found("high blood pressure") == (["Alofisel"], [("synonym", "Hypertension")])


@pytest.mark.parametrize("query", ["vascular diseases", "disorders of the vessels", "cardiovascular disease"])
def test_a_heading_above_finds_what_is_below_and_it_is_said(found: Found, query: str) -> None:
    assert found(query) == (["Alofisel"], [("broader", query)])


def test_a_disease_that_no_medicine_has_is_told_with_the_nearest_above(search: Search) -> None:
    results = search.search("stasis ulcer")
    assert results.items == []
    assert [(one["as"], one["value"]) for one in results.understood] == [("known", "Varicose Ulcer")]
    assert results.nearest == [{"as": "broader", "query": "Vascular Diseases", "total": 2}]


def test_what_is_no_disease_is_not_told(found: Found) -> None:
    assert found("death") == ([], [])


def test_salts_are_no_part_of_a_substances_name(found: Found) -> None:
    assert found("epinephrine bitartrate")[0] == ["Penna"]


def test_without_vocabularies_the_registers_own_names_are_found(tmp_path: Path) -> None:
    found = finding(filled(tmp_path, vocabularies=False))
    assert found("paracetamol")[0] == ["Alofisel"]
    assert found("acetaminophen")[0] == []
    assert found("vascular diseases")[0] == []
