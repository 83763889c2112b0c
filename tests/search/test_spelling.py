"""Words as they are compared: accents, case, hyphens, plurals, two spellings of English, Chinese, numbers, errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.search.spelling import (
    allowed_errors,
    distance,
    eu_spellings,
    number_keys,
    number_spellings,
    squeeze,
    stem,
    without_excluded,
    without_legal_form,
    words_to_find,
    words_to_index,
)


@pytest.mark.parametrize(
    "spelling", ["NovoRapid", "novo-rapid", "Novo Rapid", "NOVORAPID®", "Nóvo·Rapid", "ＮovoRapid™"]
)
def test_case_accents_hyphens_and_trade_marks_do_not_count(spelling: str) -> None:
    assert squeeze(spelling) == "novorapid"


def test_greek_letters_are_read_by_name() -> None:
    assert words_to_index("Interferon β-1a") == ["interferon", "beta", "1a", "beta1a"]


def test_what_a_hyphen_joins_is_found_in_one_word_and_in_two() -> None:
    assert {"glp", "1", "glp1"} <= set(words_to_index("GLP-1 analogues"))
    assert words_to_find("GLP-1") == ["glp", "1"]
    assert words_to_find("GLP1") == ["glp1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tumours", "tumor"),
        ("anaemia", "anemia"),
        ("oedema", "edema"),
        ("neoplasms", "neoplasm"),
        ("therapies", "therapy"),
        ("immunisation", "immunization"),
        ("haemophilia", "hemophilia"),
    ],
)
def test_plurals_and_british_spellings_are_one_with_the_others(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["virus", "sclerosis", "mass", "hiv", "covid19"])
def test_endings_that_are_no_plural_stay(word: str) -> None:
    assert stem(word) == word


def test_chinese_is_cut_into_characters_and_pairs() -> None:
    assert words_to_index("免疫抑制剂") == ["免", "疫", "抑", "制", "剂", "免疫", "疫抑", "抑制", "制剂"]
    assert words_to_find("免疫") == ["免疫"]
    assert words_to_find("疫") == ["疫"]
    assert set(words_to_find("免疫抑制")) <= set(words_to_index("免疫抑制剂"))


@pytest.mark.parametrize(
    "spelling",
    [
        "EMEA/H/C/004258",
        "emea/h/c/4258",
        "EMEA-H-C-004258",
        "EMEA H C 4258",
        "EMEAHC004258",
        "H/C/4258",
        "h c 004258",
        "EMEA_H_C_004258",
        "EMEA – H – C – 4258",
        "EMEA/H/C/004258/II/0044/G",
        "emea/h/c/4258/0000",
        "  EMEA/H/C/004258 ",
    ],
)
def test_a_product_number_in_any_spelling_gives_its_key(spelling: str) -> None:
    assert "emeahc004258" in number_keys(spelling)
    assert "emeahc004258" in number_spellings("EMEA/H/C/004258")


@pytest.mark.parametrize(
    "spelling",
    ["EU/1/97/049", "eu/1/97/49", "EU-1-97-049", "EU 1 97 049", "EU197049", "EU/1/97/049/001", "EU/1/97/049/001-003"],
)
def test_an_eu_number_in_any_spelling_and_with_packs_gives_its_key(spelling: str) -> None:
    assert set(number_keys(spelling)) & eu_spellings("EU/1/97/049")


@pytest.mark.parametrize("text", ["2025", "1997"])
def test_a_year_is_no_number(text: str) -> None:
    assert number_keys(text) == []


def test_digits_alone_are_a_number() -> None:
    assert number_keys("4258")[0] in number_spellings("EMEA/H/C/004258")
    assert number_keys("004258")[0] in number_spellings("EMEA/H/C/004258")


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("humira", "humira", 0),
        ("humria", "humira", 1),
        ("humra", "humira", 1),
        ("humiira", "humira", 1),
        ("hunira", "humira", 1),
        ("hunirra", "humira", 2),
        ("", "abc", 3),
    ],
)
def test_typing_errors_are_counted(one: str, other: str, errors: int) -> None:
    assert distance(one, other) == errors


def test_short_words_may_hold_no_error() -> None:
    assert [allowed_errors("x" * length) for length in (3, 4, 7, 8)] == [0, 1, 1, 2]


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance_is_a_measure(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


@given(st.text(max_size=60))
def test_what_is_asked_is_among_what_is_indexed(text: str) -> None:
    assert set(words_to_find(text)) <= {word[:64] for word in words_to_index(text)}
    assert all(word and " " not in word for word in words_to_index(text))
    assert number_keys(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "EMA/H/C/4258",
        "procedure EMEA/H/C/004258/II/0012",
        "n° EMEA-H-C-004258",
        "EMEA∕H∕C∕004258.",
        "the EPAR of emea h c 4258 please",
    ],
)
def test_a_product_number_is_found_wherever_it_stands(text: str) -> None:
    assert "emeahc004258" in number_keys(text)


@pytest.mark.parametrize(
    "text",
    ["MA number EU/1/17/1261/001", "EU1171261001", "eu 1 17 1261", "EU/1/17/1261/001-EU/1/17/1261/004", "EU.1.17.1261"],
)
def test_an_eu_number_is_found_wherever_it_stands(text: str) -> None:
    assert "eu1171261" in number_keys(text)


def test_a_pack_run_together_is_no_part_of_the_number() -> None:
    assert number_keys("EU108494001") == ["eu108494001", "eu108494"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Blood glucose lowering drugs, excl. insulins", "Blood glucose lowering drugs"),
        ("Agents for dermatitis, excluding corticosteroids", "Agents for dermatitis"),
        ("降血糖药物,不含胰岛素", "降血糖药物"),
        ("除性激素和胰岛素外的全身激素制剂", "全身激素制剂"),
        ("抗肥胖制剂（不包括饮食产品）", "抗肥胖制剂"),
        ("Insulins and analogues", "Insulins and analogues"),
    ],
)
def test_what_a_class_leaves_out_is_no_part_of_its_name(name: str, short: str) -> None:
    assert without_excluded(name) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Santen Oy", "Santen"),
        ("Merck Sharp & Dohme B.V.", "Merck Sharp & Dohme"),
        ("AbbVie Deutschland GmbH & Co. KG", "AbbVie Deutschland"),
        ("Swedish Orphan Biovitrum AB (publ)", "Swedish Orphan Biovitrum"),
        ("SA", "SA"),
    ],
)
def test_a_company_is_known_without_its_legal_form(name: str, short: str) -> None:
    assert without_legal_form(name) == short
