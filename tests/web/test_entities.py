"""Substances, conditions and organisations: medicines in groups by what their status means now."""

from tests.web.pages import Pages


def test_a_substance_keeps_its_medicines_apart_by_status(sample: Pages) -> None:
    page = sample.get("/substances/adalimumab")
    assert page.text("h1") == "adalimumab"
    assert page.texts("h2") == ["Authorised now 4", "No longer authorised 1", "Never authorised 1"]
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
