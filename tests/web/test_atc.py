"""ATC classes: the way to them, names in both languages, what is below, the medicines."""

from collections.abc import Callable

from tests.lists import authorised
from tests.web.pages import Pages


def test_a_class_with_its_way_names_and_medicines(sample: Pages) -> None:
    page = sample.get("/atc/L04AB")
    assert page.text("h1").startswith("L04AB ")
    assert page.links("main nav .path a") == ["/atc/L", "/atc/L04", "/atc/L04A"]
    assert page.facts()["Name in English"]
    assert "/atc/L04AB04" in page.links(".classes a")
    assert "/medicines/EMEA-H-C-000481" in page.links("table.medicines a")


def test_names_in_both_languages_are_marked_with_theirs(sample: Pages) -> None:
    page = sample.get("/zh/atc/L04")
    assert page.text("h1") == "L04 免疫抑制剂"
    assert page.facts()["英文名称"] == "Immunosuppressants"
    assert sample.get("/atc/L04").facts()["Name in Chinese"] == "免疫抑制剂"
    assert sample.get("/atc/L04").tree.css_first("dl [lang=zh-Hans]") is not None


def test_a_name_of_ours_is_marked_as_ours(sample: Pages) -> None:
    assert "translated by MedPath, from no official list" in sample.get("/atc/A08").facts()["Name in Chinese"]


def test_a_name_that_is_only_english_is_marked_on_a_chinese_page(sample: Pages) -> None:
    page = sample.get("/zh/atc/L04AB04")
    assert page.text("h1") == "L04AB04 adalimumab （英文）"
    assert page.attribute("h1 [lang]", "lang") == "en"


def test_a_retired_code_says_so(sample: Pages) -> None:
    page = sample.get("/atc/L01XC03", 200)
    assert "L01XC03" in page.text("h1")
    assert page.links("table.medicines tbody th a") == ["/medicines/EMEA-H-C-005066"]


def test_without_the_vocabulary_the_page_says_what_is_missing(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of({"2026-01-01": [authorised(atc_code_human="L04AC05")]})
    page = pages.get("/atc/L04AC05")
    assert page.text("h1") == "L04AC05"
    assert "WHO's list of classes has not been read here" in page.text("main")
    assert page.links("main nav .path a") == ["/atc/L", "/atc/L04", "/atc/L04A", "/atc/L04AC"]
    assert pages.get("/atc/L04A").links(".classes a") == ["/atc/L04AC"]
    pages.get("/atc/L04AX", 404)


def test_all_classes_have_the_counts_of_their_lists(sample: Pages) -> None:
    page = sample.get("/atc")
    assert page.texts("main h2") == ["ATC", "ATCvet"]
    for line in page.tree.css("main section > .plain > li"):
        address = line.css_first("a").attributes["href"] or ""
        listed = sample.get(f"/medicines?atc={address.rpartition('/')[2]}")
        assert listed.text(".total").split()[0] == line.css_first(".count").text().split()[0]
    assert "/atc/L04" in page.links("details a")
    assert "A 消化道和代谢方面的药物" in " ".join(sample.get("/zh/atc").texts("a"))
