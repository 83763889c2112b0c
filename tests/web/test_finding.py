"""Search and the list of medicines: their state in the address, filters as links, counts that hold."""

import csv
import io

from tests.web.pages import Pages


def test_the_list_shows_status_substance_class_holder_and_day(sample: Pages) -> None:
    page = sample.get("/medicines?substance=darvadstrocel")
    assert page.text(".total") == "1 medicine"
    assert page.texts("table.medicines tbody th") == ["Alofisel darvadstrocel"]
    assert page.texts("table.medicines tbody td")[:3] == ["Withdrawn 13 December 2024", "L04", "Takeda Pharma A/S"]
    assert page.attribute("table.medicines tbody tr", "class") == "bad"


def test_filters_are_links_that_add_and_take_away(sample: Pages) -> None:
    page = sample.get("/medicines?status=withdrawn")
    refused = next(link for link in page.links(".filters a") if link.endswith("status=refused"))
    both = sample.get(refused)
    assert refused == "/medicines?status=withdrawn&status=refused"
    assert both.texts(".chips a")[:2] == ["Status: Withdrawn × (take away)", "Status: Refused × (take away)"]
    assert both.links(".chips a")[:2] == ["/medicines?status=refused", "/medicines?status=withdrawn"]
    assert both.links(".chips .all") == ["/medicines"]
    assert int(both.text(".total").split()[0]) > int(page.text(".total").split()[0])


def test_a_filtered_list_has_a_title_of_its_own(sample: Pages) -> None:
    assert sample.get("/medicines").text("title") == "Medicines – MedPath"
    page = sample.get("/medicines?status=withdrawn&category=human&q=limited&atc=L04")
    assert page.text("title") == "Medicines – limited, Withdrawn, Human medicine, L04 Immunosuppressants – MedPath"
    assert sample.get("/zh/medicines?status=withdrawn").text("title") == "药品 – 已撤回 – MedPath"
    then = sample.get("/medicines?status=withdrawn&as_of=2026-02-01")
    assert then.text("title") == "Medicines – Withdrawn – 1 February 2026 – MedPath"


def test_sections_of_a_search_in_texts_are_told_by_their_titles(sample: Pages) -> None:
    asked = "/search?kind=section&q=section:4.1+sample"
    assert sample.get(asked).text(".understood li") == "Section: 4.1 Therapeutic indications"
    assert sample.get(f"/zh{asked}").text(".understood li") == "章节：产品特性概要 4.1"
    labels = " ".join(sample.get("/search?kind=section&q=sample").texts("main .plain a"))
    assert "4.8 Undesirable effects" in labels
    assert "smpc/" not in labels


def test_counts_of_filters_are_what_the_links_find(sample: Pages) -> None:
    page = sample.get("/medicines?category=human")
    for link, text in zip(page.links(".filters a"), page.texts(".filters a"), strict=True):
        if "&category=" not in link and "&" in link:
            assert sample.get(link).text(".total").split()[0] == text.split()[-1], link


def test_the_list_goes_on_without_gap_or_repetition(sample: Pages) -> None:
    address, names = "/medicines", []
    for _ in range(5):
        page = sample.get(address)
        names += page.links("table.medicines tbody th a")
        following = page.links("a[rel=next]")
        if not following:
            break
        address = following[0]
    total = int(sample.get("/medicines").text(".total").split()[0])
    assert len(names) == len(set(names)) == total
    assert sample.get(address).link("From the beginning") == "/medicines"


def test_the_order_is_a_form_that_keeps_the_filters(sample: Pages) -> None:
    page = sample.get("/medicines?status=authorised&sort=-authorised")
    assert page.attribute(".sorting input[type=hidden]", "value") == "authorised"
    assert page.attribute(".sorting option[selected]", "value") == "-authorised"
    days = [one.attributes["datetime"] for one in page.tree.css("table.medicines td.right time")]
    assert days == sorted(days, key=str, reverse=True)


def test_the_list_can_be_had_whole(sample: Pages) -> None:
    page = sample.get("/medicines?status=withdrawn&status=refused")
    address = page.link("CSV")
    assert address == "/api/v1/medicines?status=withdrawn&status=refused&format=csv"
    rows = list(csv.DictReader(io.StringIO(sample.client.get(address).text)))
    assert len(rows) == int(page.text(".total").split()[0])


def test_a_search_shows_how_it_was_understood(sample: Pages) -> None:
    page = sample.get("/search?q=biosimilar+adalimumab")
    assert page.texts(".understood a") == ["Flag: Biosimilar × (take “biosimilar” out of the question)"]
    assert page.links(".understood a") == ["/search?q=adalimumab"]
    assert page.texts(".results .head a")[:3] == ["Hefiya", "Hulio", "Yuflyma"]
    assert page.attribute("#q", "value") == "biosimilar adalimumab"


def test_every_kind_is_found_and_named(sample: Pages) -> None:
    page = sample.get("/search?q=adalimumab")
    heads = page.texts(".results .head")
    assert "Substance adalimumab" in heads
    assert any(head.startswith("ATC class L04AB04") for head in heads)
    assert any(head.startswith("Humira Authorised") for head in heads)


def test_a_class_is_found_by_its_chinese_name(sample: Pages) -> None:
    page = sample.get("/zh/search?q=免疫抑制剂")
    assert "/zh/atc/L04" in page.links(".results a")


def test_typing_errors_are_told(sample: Pages) -> None:
    page = sample.get("/search?q=alofisle")
    assert page.texts(".results .head a")[0] == "Alofisel"
    assert "Nothing is called “alofisle”; shown is “" in page.text(".understood")


def test_nothing_found_says_what_was_tried(sample: Pages) -> None:
    page = sample.get("/search?q=xqzwvkj")
    assert page.text(".total") == "0 results"
    assert "Nothing was found. Names, numbers," in page.text("main")


def test_a_kind_without_a_code_says_what_it_is_taken_for_and_what_else_finds_something(sample: Pages) -> None:
    page = sample.get("/search?q=withdrawn+CAR-T")
    assert page.text(".total") == "0 results"
    understood = page.texts(".understood a")
    assert understood[0].startswith("Status: Withdrawn")
    assert understood[1].startswith("Kind of medicine: CAR-T cell therapy (taken for it: names of substances with")
    assert "withdrawn advanced therapy 1 a wider kind" in page.texts("main .plain li")
    assert "CAR-T 2 with fewer conditions" in page.texts("main .plain li")
    assert "/search?q=withdrawn%20advanced%20therapy" in page.links("main .plain li a")


def test_without_a_question_the_page_explains_itself(sample: Pages) -> None:
    assert "Type a name, a substance, a condition" in sample.get("/search").text("main")


def test_a_filter_that_makes_no_sense_is_told(sample: Pages) -> None:
    assert "nonsense" in sample.get("/medicines?status=nonsense", 400).text("main .lead")
    assert sample.get("/medicines?sort=nonsense", 400).text("h1") == "The question can't be understood"
    assert sample.get("/medicines?cursor=nonsense", 400).text("main .lead")


def test_suggestions_are_options_with_status_and_address(sample: Pages) -> None:
    page = sample.get("/suggest?q=alo")
    assert page.texts("[role=option]")[0] == "Alofisel Withdrawn · darvadstrocel"
    assert page.attribute("[role=option]", "data-address") == "/medicines/EMEA-H-C-004258"
    chinese = sample.get("/zh/suggest?q=alo")
    assert chinese.texts("[role=option]")[0] == "Alofisel 已撤回 · darvadstrocel"
    assert chinese.attribute("[role=option]", "data-address") == "/zh/medicines/EMEA-H-C-004258"
    assert sample.get("/suggest").texts("[role=option]") == []
