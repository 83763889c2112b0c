"""ATC codes: levels, ancestors, spelling; names in sentence case; what became of retired codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.model import atc


def test_levels_and_ancestors() -> None:
    assert [atc.level(code) for code in ("L", "L04", "L04A", "L04AC", "L04AC05", "L0", "")] == [1, 2, 3, 4, 5, 0, 0]
    assert atc.ancestors("L04AC05") == ["L", "L04", "L04A", "L04AC", "L04AC05"]
    assert atc.ancestors("QI09AA01") == ["QI", "QI09", "QI09A", "QI09AA", "QI09AA01"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("l04 ac-05", "L04AC05"), ("L04.AC", "L04AC"), ("qi09aa", "QI09AA"), ("L044", None), ("", None), ("LL", None)],
)
def test_codes_in_any_spelling(text: str, code: str | None) -> None:
    assert atc.normal_code(text) == code


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("DRUGS USED IN DIABETES", "Drugs used in diabetes"),
        ("VITAMIN A AND D, INCL. COMBINATIONS OF THE TWO", "Vitamin A and D, incl. combinations of the two"),
        (
            "VITAMIN B1, PLAIN AND IN COMBINATION WITH VITAMIN B6",
            "Vitamin B1, plain and in combination with vitamin B6",
        ),
        ("OTHER PLAIN VITAMIN PREPARATIONS", "Other plain vitamin preparations"),
        ("ANTIARRHYTHMICS, CLASS I AND III", "Antiarrhythmics, class I and III"),
        ("ACE INHIBITORS, PLAIN", "ACE inhibitors, plain"),
        ("SURGICAL AIDS", "Surgical aids"),
        ("PROTECTIVES AGAINST UV-RADIATION", "Protectives against UV-radiation"),
        ("ANTI-PARKINSON DRUGS", "Anti-Parkinson drugs"),
        ("ACTH", "ACTH"),
        ("Serum lipid modifying agents", "Serum lipid modifying agents"),
        ("semaglutide", "semaglutide"),
        ("", ""),
    ],
)
def test_names_in_capitals_are_put_to_sentence_case(printed: str, name: str) -> None:
    assert atc.sentence_case(printed) == name


@given(st.text(max_size=60))
def test_sentence_case_changes_nothing_but_case(name: str) -> None:
    assert atc.sentence_case(name).casefold() == name.casefold()


CLASSES = [
    ("L01FX05", "brentuximab vedotin"),
    ("L01FG01", "bevacizumab"),
    ("S01LA08", "bevacizumab"),
    ("L04AG", "Monoclonal antibodies"),
    ("L01EG02", "everolimus"),
    ("L04AH02", "everolimus"),
]


def test_a_retired_substance_finds_its_one_code_of_today() -> None:
    assert atc.replacement("L01XC12", "Brentuximab vedotin", CLASSES) == "L01FX05"


def test_no_replacement_is_guessed() -> None:
    assert atc.replacement("L01XC07", "bevacizumab", CLASSES) is None, "two codes have the name"
    assert atc.replacement("L01XC", "Monoclonal antibodies", CLASSES) is None, "names of classes recur"
    assert atc.replacement("L01XC99", "novelmab", CLASSES) is None
    assert atc.replacement("L01XC99", "", CLASSES) is None
    assert atc.replacement("L01FX05", "brentuximab vedotin", CLASSES) is None, "not its own replacement"


def test_a_code_that_stood_beside_the_retired_one_does_not_take_its_place() -> None:
    assert atc.replacement("L04AA18", "everolimus", CLASSES, before={"L01EG02", "L04AA18"}) == "L04AH02"


def test_the_package_names_levels_1_and_2_in_english_and_chinese() -> None:
    codes = atc.built_in_codes()
    assert [sum(atc.level(code) == level for code in codes) for level in (1, 2)] == [14, 94]
    assert atc.built_in_names("L04") == {"en": "Immunosuppressants", "zh": "免疫抑制剂"}
    assert atc.built_in_names("L04A") == {}
    assert atc.translated_by_us("V10")
    assert not atc.translated_by_us("L04")
