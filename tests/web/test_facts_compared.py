"""Medicines side by side by their facts: each with its status first, nothing guessed, every text shown as text."""

from collections.abc import Callable

from tests.lists import authorised
from tests.web.kinds import ALOFISEL
from tests.web.pages import Page, Pages

THREE = "/compare?medicine=alofisel&medicine=humira&medicine=hulio"


def rows(page: Page) -> dict[str, list[str]]:
    """The cells of each row by its label."""
    found = {}
    for line in page.tree.css(".facts-compared tbody tr"):
        label = " ".join(line.css_first("th").text().split()).removesuffix(" differs").removesuffix(" 不同")
        found[label] = [" ".join(cell.text().split()) for cell in line.css("td")]
    return found


def test_facts_stand_side_by_side(sample: Pages) -> None:
    page = sample.get(THREE)
    assert page.texts(".facts-compared thead th") == ["Fact", "Alofisel", "Humira", "Hulio"]
    found = rows(page)
    assert found["Status"][0].startswith(
        "Withdrawn 13 December 2024 Not authorised now: the marketing authorisation was withdrawn"
    )
    assert found["Status"][1].startswith("Authorised")
    assert found["Active substance"] == ["darvadstrocel", "adalimumab", "adalimumab"]
    assert found["Product number"] == ["EMEA/H/C/004258", "EMEA/H/C/000481", "EMEA/H/C/004429"]
    assert found["EU numbers"][0] == "EU/1/17/1261"
    assert found["Marketing authorisation"][0] == "23 March 2018"
    assert ["13 December 2024", "not ended", "not ended"] in found.values()
    assert found["Flags"] == ["Advanced therapy", "none, according to EMA", "Biosimilar"]


def test_what_differs_is_marked_and_sections_are_one_step_away(sample: Pages) -> None:
    page = sample.get(THREE)
    marked = [text for text in page.texts(".facts-compared tbody th") if text.endswith("differs")]
    assert any(text.startswith("Active substance") for text in marked)
    for form in ("JSON", "CSV"):
        assert sample.client.get(page.link(form)).status_code == 200
    section = next(link for link in page.links("main a") if "section=4.8" in link)
    assert sample.get(section).text("h1") == "4.8 Undesirable effects"


def test_in_chinese_too(sample: Pages) -> None:
    page = sample.get(f"/zh{THREE}")
    assert page.text("h1") == "事实与日期对比"
    assert rows(page)["上市许可"][0] == "2018年3月23日"


def test_the_medicines_page_leads_there(sample: Pages) -> None:
    page = sample.get("/medicines/EMEA-H-C-000481")
    links = [link for link in page.links("#alternatives a") if link.startswith("/compare?medicine=EMEA-H-C-000481&")]
    assert sample.get(links[0]).texts(".facts-compared thead th")[1] == "Humira"


def test_one_medicine_and_none(sample: Pages) -> None:
    assert "Name a second medicine" in sample.get("/compare?medicine=alofisel").text("main")
    page = sample.get("/compare")
    assert page.text("h1") == "Compare medicines"
    assert page.tree.css(".facts-compared") == []
    assert "No medicine is known here" in sample.get("/compare?medicine=alofisel&medicine=xqzwvkj").text(".problem")


def test_hostile_text_is_text(pages_of: Callable[..., Pages]) -> None:
    bad = "<script>alert(1)</script>"
    pages = pages_of({"2026-01-01": [authorised(active_substance=bad, therapeutic_indication=bad)]})
    page = pages.get(f"/compare?medicine={ALOFISEL.rpartition('/')[2]}")
    assert bad not in page.html
    assert rows(page)["Therapeutic indication"] == [bad]
