"""Names beside other words: what is said of a condition in more words than its name, and what people call it."""

from collections.abc import Callable

import pytest

from medpath.search.index import Index
from medpath.search.searching import Search
from tests.lists import Store, authorised, write_report

ROWS = {
    "Briumvi": {"therapeutic_area_mesh": "Multiple Sclerosis, Relapsing-Remitting", "atc_code_human": "L04AG14"},
    "Avonex": {"therapeutic_area_mesh": "Multiple Sclerosis", "atc_code_human": "L03AB07"},
    "Aclasta": {"therapeutic_area_mesh": "Osteoporosis", "active_substance": "zoledronic acid"},
    "Aquilda": {"therapeutic_area_mesh": "Hyponatremia", "active_substance": "tolvaptan"},
    "Herceptin": {"therapeutic_area_mesh": "Breast Neoplasms", "active_substance": "trastuzumab"},
    "Akantior": {"therapeutic_area_mesh": "Acanthamoeba Keratitis", "active_substance": "polihexanide"},
    "Baytril": {
        "category": "Veterinary",
        "therapeutic_area_mesh": "",
        "active_substance": "Inactivated bluetongue virus",
        "species_veterinary": "Cattle",
    },
}
TERMS = """DescriptorUI\tDescriptorName\tTermName\tRecordPreferredTermYN
D009103\tMultiple Sclerosis\tMultiple Sclerosis\tY
D009103\tMultiple Sclerosis\tMS (Multiple Sclerosis)\tN
D020529\tMultiple Sclerosis, Relapsing-Remitting\tMultiple Sclerosis, Relapsing-Remitting\tY
D015823\tAcanthamoeba Keratitis\tAcanthamoeba Keratitis\tY
D015818\tEye Infections, Parasitic\tEye Infections, Parasitic\tY
D001943\tBreast Neoplasms\tBreast Neoplasms\tY
D001943\tBreast Neoplasms\tBreast Cancer\tN
"""
PLACES = """DescriptorUI\tDescriptorName\ttree_location
D009103\tMultiple Sclerosis\tC10.114.375.500
D020529\tMultiple Sclerosis, Relapsing-Remitting\tC10.114.375.500.600
D015818\tEye Infections, Parasitic\tC01.610.300
D015823\tAcanthamoeba Keratitis\tC01.610.300.050
D015823\tAcanthamoeba Keratitis\tC11.294.725.500
D001943\tBreast Neoplasms\tC04.588.180
"""
Found = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    folder = tmp_path_factory.mktemp("register")
    reports = folder / "reports"
    rows = [authorised(5000 + number, name_of_medicine=name, **row) for number, (name, row) in enumerate(ROWS.items())]
    write_report(reports, "2026-01-01", rows)
    (reports / "mesh-2023-entry-terms.tsv").write_text(TERMS, encoding="utf-8")
    (reports / "mesh-2023-tree-numbers.tsv").write_text(PLACES, encoding="utf-8")
    store = Store(folder / "store")
    store.sync(reports)
    Index(store.settings.index).follow(store.database)
    return Search(store.settings.index)


@pytest.fixture(scope="module")
def found(search: Search) -> Found:
    """The medicines that a question finds, those that only mention the words left out."""
    return lambda query: [
        one["name"] for one in search.search(query, kind="medicine").items if one.get("matched") != "text"
    ]


def said(search: Search, query: str) -> list[tuple[str, str]]:
    return [(one["as"], one["value"]) for one in search.search(query).understood]


@pytest.mark.parametrize("query", ["brittle bones", "Brittle Bones", "骨质疏松", "brittel bones", "重度骨质疏松"])
def test_conditions_are_found_by_what_people_call_them(found: Found, query: str) -> None:
    assert found(query) == ["Aclasta"]


def test_who_says_that_words_name_a_condition_is_told(search: Search) -> None:
    told = {query: search.search(query).understood[0]["means"] for query in ("brittle bones", "breast cancer")}
    assert told == {"brittle bones": ["MedPath"], "breast cancer": ["MeSH"]}


def test_an_abbreviation_stands_for_its_condition_beside_other_words(found: Found, search: Search) -> None:
    assert found("MS remitting") == ["Briumvi"]
    assert found("severe MS") == ["Avonex", "Briumvi"], "first what is called so, then what is below it"
    assert said(search, "severe MS") == [("left-out", "severe"), ("synonym", "Multiple Sclerosis")]


@pytest.mark.parametrize(
    "query", ["severe breast cancer", "breast cancer tablets", "metastatic breast cancer in women"]
)
def test_words_that_say_for_whom_or_how_need_not_be_there(found: Found, search: Search, query: str) -> None:
    assert found(query) == ["Herceptin"]
    assert "left-out" in dict(said(search, query))


def test_a_word_of_a_name_must_be_there(found: Found) -> None:
    assert found("breast cancer trastuzumab") == ["Herceptin"]
    assert found("breast cancer tolvaptan") == []
    assert found("breast cancer trastuzumbab") == ["Herceptin"], "a word that stands nowhere is mistyped, not left out"


@pytest.mark.parametrize("query", ["low sodium", "too little sodium in the blood", "low sodium levels"])
def test_too_little_of_something_is_a_condition(found: Found, query: str) -> None:
    assert found(query) == ["Aquilda"]


def test_what_is_said_the_other_way_round(found: Found) -> None:
    assert found("cancer of the breast") == ["Herceptin"]


def test_a_part_of_the_body_and_an_ailment(found: Found) -> None:
    assert found("eye keratitis") == ["Akantior"]
    assert found("skin keratitis") == []


@pytest.mark.parametrize("query", ["bluetongue vaccine", "cow bluetongue vaccine", "bovine bluetongue vaccines"])
def test_vaccines_and_animals_by_the_words_of_people(found: Found, query: str) -> None:
    assert found(query) == ["Baytril"]
