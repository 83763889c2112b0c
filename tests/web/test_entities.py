"""Substances, conditions and organisations: medicines in groups by what their status means now."""

from tests.web.pages import Pages


def test_a_substance_keeps_its_medicines_apart_by_status(sample: Pages) -> None:
    page = sample.get("/substances/adalimumab")
    assert page.text("h1") == "adalimumab"
    assert page.texts("h2") == [
        "Authorised now 4", "No longer authorised 1", "Application withdrawn 1",
        "What they have most often", "Classes and alternatives", "First and last",
    ]  # fmt: skip
    assert "6 medicines, 4 authorised now." in page.text("main")
    assert "never to a substance" in page.text("main")
    assert page.link("As a list to filter and export") == "/medicines?substance=adalimumab"


def test_a_condition_has_its_heading_of_mesh(sample: Pages) -> None:
    page = sample.get("/conditions/rectal-fistula")
    assert page.text("h1") == "Rectal Fistula"
    assert "MeSH heading D012003" in page.text("main")
    assert page.links("table.medicines tbody th a") == ["/medicines/EMEA-H-C-004258"]


def test_an_organisation_in_chinese(sample: Pages) -> None:
    page = sample.get("/zh/organisations/takeda-pharma-a-s")
    assert page.text("h1") == "Takeda Pharma A/S"
    assert page.texts("h2") == ["不再获批 1"]
    assert page.links("table.medicines tbody th a") == ["/zh/medicines/EMEA-H-C-004258"]


def test_its_number_of_medicines_is_that_of_the_list(sample: Pages) -> None:
    page = sample.get("/substances/adalimumab")
    listed = sample.get(page.link("As a list to filter and export"))
    assert listed.text(".total") == "6 medicines"


def test_every_group_has_the_count_of_its_list(sample: Pages) -> None:
    page = sample.get("/conditions/arthritis-rheumatoid")
    named = dict(zip(page.texts(".counts th"), page.texts(".counts td"), strict=True))
    groups = {text.rpartition(" ")[0]: text.rpartition(" ")[2] for text in page.texts("section > h2")}
    assert groups["Authorised now"] == named["Authorised now"] == "5"
    statuses = {"Authorised now": "authorised", "No longer authorised": "withdrawn"}
    for title, status in statuses.items():
        listed = sample.get(f"/medicines?area=arthritis-rheumatoid&status={status}")
        assert listed.text(".total").split()[0] == named[title]
    assert "Biosimilar" in page.text("table.medicines")
    assert page.link("How it developed, as a picture") == "/pictures/landscape?area=arthritis-rheumatoid"
    sample.get(page.link("How it developed, as a picture"))


def test_what_is_short_now_is_named_with_the_day_of_the_list(sample: Pages) -> None:
    page = sample.get("/conditions/schizophrenia")
    assert "In shortage 1" in page.texts("section > h2")
    assert page.links("#shortages ~ ul a") == ["/medicines/EMEA-H-C-000890"]
    assert "EMA's list of 14 March 2026" in page.text("main")
    remarks = page.texts("table.medicines .under")
    assert any("In shortage since 9 July 2024 (EMA's list of 14 March 2026)" in one for one in remarks)
    assert "In shortage" in sample.get("/conditions/rectal-fistula").text(".counts tfoot")


def test_a_condition_stands_in_meshs_tree(sample: Pages) -> None:
    page = sample.get("/conditions/arthritis-rheumatoid")
    assert page.links(".path a")[:3] == ["/conditions/C05", "/conditions/C05.550", "/conditions/C05.550.114"]


def test_designations_and_plans_are_those_joined_to_its_medicines(sample: Pages) -> None:
    page = sample.get("/conditions/rectal-fistula")
    titles = page.texts("section > h2")
    assert any(one.startswith("Orphan designations ") for one in titles)
    assert any(one.startswith("Paediatric plans ") for one in titles)
    assert "/medicines/EMEA-H-C-004258" in page.links(".related a")


def test_alternatives_of_a_substance_are_in_its_class(sample: Pages) -> None:
    page = sample.get("/substances/adalimumab")
    assert "/atc/L04AB04" in page.links(".plain a")
    assert "/atc/L04AB" in page.links(".plain a")


def test_a_companys_page_counts_what_its_medicines_are_for(sample: Pages) -> None:
    page = sample.get("/organisations/novartis-europharm-limited")
    named = page.facts()
    assert "Active substance" in named
    address = page.links("dl.facts a")[0]
    assert "organisation=novartis-europharm-limited" in address
    assert sample.get(address).text(".total").split()[0] == page.texts("dl.facts .count")[0]
