"""What a query is understood as, without an index: filters by name and in words, phrases, free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.search.query import LONGEST_QUERY, Meaning, clean, free_words, understand

KNOWN = {
    ("organisation", "novartis"): [("novartis-a", "Novartis A"), ("novartis-b", "Novartis B")],
    ("substance", "adalimumab"): [("adalimumab", "adalimumab")],
    ("atc", "L04"): [("L04", "Immunosuppressants")],
}


def meaning(query: str) -> Meaning:
    return understand(
        clean(query), lambda facet, text: KNOWN.get((facet, text if facet == "atc" else text.lower()), [])
    )


@pytest.mark.parametrize(
    ("query", "facet", "values", "text"),
    [
        ("status:withdrawn", "status", ("withdrawn",), ""),
        ("status:Withdrawn insulin", "status", ("withdrawn",), "insulin"),
        ('status:"application withdrawn"', "status", ("application-withdrawn",), ""),
        ("status:withdrawn,lapsed", "status", ("withdrawn", "lapsed"), ""),
        ("状态：撤回", "status", ("withdrawn",), ""),
        ("flag:orphan", "flag", ("orphan",), ""),
        ("flag:advanced-therapy", "flag", ("advanced_therapy",), ""),
        ("category:human", "category", ("human",), ""),
        ("year:2025", "year", ("2025",), ""),
        ("year:2020-2022", "year", ("2020", "2021", "2022"), ""),
        ("holder: Novartis", "organisation", ("novartis-a", "novartis-b"), ""),
        ("substance:adalimumab", "substance", ("adalimumab",), ""),
        ("atc:L04", "atc", ("L04",), ""),
        ("withdrawn L04", "atc", ("L04",), ""),
        ("biosimilar adalimumab", "flag", ("biosimilar",), "adalimumab"),
        ("orphan cystic fibrosis", "flag", ("orphan",), "cystic fibrosis"),
        ("orphan medicines for cystic fibrosis", "flag", ("orphan",), "for cystic fibrosis"),
        ("Application withdrawn adalimumab", "status", ("application-withdrawn",), "adalimumab"),
        ("no longer authorised", "status", ("withdrawn", "lapsed", "expired", "revoked"), ""),
        ("authorised 2025", "year", ("2025",), ""),
        ("approved in 2025", "year", ("2025",), ""),
        ("withdrawn in 2024", "status_year", ("2024",), ""),
        ("孤儿药 adalimumab", "flag", ("orphan",), "adalimumab"),
        ("已撤回的生物类似药", "status", ("withdrawn",), ""),
        ("已撤回的生物类似药", "flag", ("biosimilar",), ""),
        ("veterinary vaccine", "category", ("veterinary",), "vaccine"),
        ("withdrawn medicines", "status", ("withdrawn",), ""),
        ("2019 refused", "status_year", ("2019",), ""),
        ("2025年批准", "year", ("2025",), ""),
        ("2019年拒绝的孤儿药", "status_year", ("2019",), ""),
        ("2019年拒绝的孤儿药", "flag", ("orphan",), ""),
        ("条件性批准", "flag", ("conditional_approval",), ""),
        ("兽用疫苗", "atc", ("J07", "QI"), ""),
        ("authorised since 2047", "year", ("2047", "2048", "2049"), ""),
        ("after 2047 insulin", "year", ("2048", "2049"), "insulin"),
        ("approved before 1997", "year", ("1995", "1996"), ""),
        ("refused 2019-2021", "status_year", ("2019", "2020", "2021"), ""),
        ("refused between 2019 and 2021", "status_year", ("2019", "2020", "2021"), ""),
        ("2019年至2021年的孤儿药", "year", ("2019", "2020", "2021"), ""),
        ("2047年以后获批", "year", ("2047", "2048", "2049"), ""),
        ("诺华 孤儿药", "organisation", ("novartis-a", "novartis-b"), ""),
        ("blood thinners", "atc", ("B01A",), ""),
        ("blood thinner", "atc", ("B01A",), ""),
        ("cholesterol pills", "atc", ("C10",), ""),
        ("antihistamine tablets", "atc", ("R06",), ""),
        ("HPV疫苗", "atc", ("J07BM",), ""),
        ("teva statins", "atc", ("C10AA", "C10BA", "C10BX"), "teva"),
    ],
)
def test_what_is_a_filter_is_taken_as_one(query: str, facet: str, values: tuple[str, ...], text: str) -> None:
    found = meaning(query)
    assert (facet, values) in found.filters
    assert found.text == text
    assert found.understood


def test_a_company_that_the_register_does_not_have_stays_a_word() -> None:
    found = meaning("gsk vaccines")
    assert (found.filters, found.text) == ([], "gsk vaccines")


@pytest.mark.parametrize(
    "query", ["insulin human", "summary of opinion", "human normal immunoglobulin", "foo:bar", "vitamin B12", "B12"]
)
def test_words_with_another_meaning_stay_words(query: str) -> None:
    found = meaning(query)
    assert found.filters == []
    assert found.understood == []
    assert found.text == query


def test_statuses_in_words_are_alternatives_and_flags_add_up() -> None:
    found = meaning("withdrawn lapsed orphan biosimilar x")
    assert ("status", ("withdrawn", "lapsed")) in found.filters
    assert ("flag", ("orphan",)) in found.filters
    assert ("flag", ("biosimilar",)) in found.filters


def test_each_part_is_reported_with_the_text_that_it_was() -> None:
    found = meaning("authorised 2025 holder:Novartis psoriasis")
    assert [(part["text"], part["as"], part["value"]) for part in found.understood] == [
        ("authorised 2025", "year", "2025"),
        ("holder:Novartis", "organisation", "Novartis"),
    ]
    assert found.understood[1]["values"] == ["novartis-a", "novartis-b"]
    assert found.text == "psoriasis"


def test_a_phrase_stays_together_and_its_words_are_words() -> None:
    found = meaning('"withdrawn consent" 「囊性纤维化」')
    assert found.phrases == ["withdrawn consent", "囊性纤维化"]
    assert found.filters == []


def test_a_value_that_means_nothing_is_said_and_searched() -> None:
    found = meaning("status:nonsense holder:nobody")
    assert [(part["as"], part["value"]) for part in found.understood] == [
        ("not-understood", "nonsense"),
        ("not-understood", "nobody"),
    ]
    assert found.text == "nonsense nobody"
    assert found.filters == []


def test_car_t_is_a_wording_that_says_what_it_stands_for() -> None:
    found = meaning("withdrawn CAR-T")
    assert found.wordings == ["car-t"]
    assert ("status", ("withdrawn",)) in found.filters
    part = next(part for part in found.understood if part["as"] == "wording")
    assert part["text"] == "CAR-T"
    assert part["means"]


@pytest.mark.parametrize(
    "query", ["2019年拒绝的孤儿药 insulin", "withdrawn 2024 biosimilar insulin", "已撤回生物类似药"]
)
def test_each_part_can_be_taken_out_of_the_question(query: str) -> None:
    for part in meaning(query).understood:
        assert part["text"] in clean(query)
        rest = meaning(clean(query).replace(part["text"], " ", 1))
        assert (part["as"], part["value"]) not in [(one["as"], one["value"]) for one in rest.understood]


def test_antibodies_are_a_wording_that_says_what_it_stands_for() -> None:
    for query in ("monoclonal antibodies", "单克隆抗体"):
        assert meaning(query).wordings == ["antibody"]
        assert meaning(query).understood[0]["means"]


def test_a_class_is_named_with_any_ending() -> None:
    assert free_words("利尿药") == free_words("利尿剂") == ["利尿"]


def test_words_that_carry_nothing_are_left_out_where_others_are() -> None:
    assert free_words("medicines for the treatment of asthma") == ["asthma"]
    assert free_words("the") == ["the"]
    assert free_words("治疗疟疾的药物") == ["疟疾"]


@pytest.mark.parametrize(
    "query", ['"', '"""', "a:b:c::", ":", "status:", 'holder:"', "“unbalanced", "-", "\\", "a" * 10_000]
)
def test_broken_syntax_is_text(query: str) -> None:
    assert isinstance(meaning(query), Meaning)
    assert len(clean(query)) <= LONGEST_QUERY


@given(st.text(max_size=300))
def test_no_query_raises_and_values_are_text(query: str) -> None:
    found = meaning(query)
    for part in found.understood:
        assert isinstance(part["text"], str)
        assert isinstance(part["as"], str)
        assert isinstance(part["value"], str)


@given(
    st.lists(
        st.sampled_from(
            ["status:withdrawn", "orphan", '"', "CAR-T", "2025", "in", "L04", "撤回", "的", "holder:x", ":"]
        )
    )
)
def test_no_mixture_raises(parts: list[str]) -> None:
    assert isinstance(meaning(" ".join(parts)), Meaning)
