"""Conditions by MeSH's tree: counts without counting twice, equal to those of the lists."""

import re
from collections.abc import Callable

from tests.lists import authorised
from tests.web.pages import Page, Pages


def counts(page: Page, selector: str) -> dict[str, str]:
    """The counts beside the links of lines, by address."""
    found = {}
    for line in page.tree.css(selector):
        link, count = line.css_first("a"), line.css_first(".count")
        found[link.attributes["href"] or ""] = re.sub(r"\D.*", "", count.text().strip())
    return found


def test_the_tops_have_the_counts_of_their_lists_and_what_is_below(sample: Pages) -> None:
    page = sample.get("/conditions")
    tops = counts(page, "main section > .plain > li")
    assert "/conditions/C04" in tops
    for address, count in tops.items():
        listed = sample.get(f"/medicines?area={address.rpartition('/')[2]}")
        assert listed.text(".total").split()[0] == count
    assert "C04 Neoplasms" in page.texts(".plain a")
    assert "/conditions/C04.588" in page.links(".columns a")
    assert page.texts("main h2") == [
        "Diseases",
        "Other branches of MeSH",
        f"By name {len(page.links('main > .columns a'))}",
    ]
    assert "/conditions/rectal-fistula" in page.links("main > .columns a")


def test_a_heading_has_everything_below_it_each_medicine_once(sample: Pages) -> None:
    page = sample.get("/conditions/C05")
    found = page.links("table.medicines tbody th a")
    assert len(found) == len(set(found))
    listed = sample.get(page.link("As a list to filter and export"))
    assert listed.text(".total") == f"{len(found)} medicines"
    below = counts(page, ".columns > li")
    assert max(map(int, below.values())) <= len(found) < sum(map(int, below.values()))  # arthritis stands twice
    deeper = sample.get("/conditions/C05.550.114.154")
    assert deeper.links("main nav .path a") == ["/conditions/C05", "/conditions/C05.550", "/conditions/C05.550.114"]
    assert deeper.link("Arthritis, Rheumatoid") == "/conditions/arthritis-rheumatoid"


def test_its_feed_is_that_of_the_list(sample: Pages) -> None:
    page = sample.get("/conditions/C04")
    assert "/medicines/changes.atom?area=C04" in page.links("footer a")
    assert sample.client.get("/medicines/changes.atom?area=C04").status_code == 200


def test_a_place_without_medicines_is_told_as_missing(sample: Pages) -> None:
    assert "C99" in sample.get("/conditions/C99", 404).text("main")


def test_chinese_names_of_branches_are_marked_as_ours(sample: Pages) -> None:
    page = sample.get("/zh/conditions/C04")
    assert page.text("h1") == "C04 肿瘤"
    assert "由 MedPath 翻译" in page.text("main")
    assert page.attribute(".columns li a", "lang") == "en"


def test_a_branch_of_mesh_narrows_a_list_and_can_be_taken_away(sample: Pages) -> None:
    page = sample.get("/medicines?area=C04")
    assert page.texts(".chips a")[0] == "Branch of MeSH: C04 Neoplasms × (take away)" or "C04 Neoplasms" in page.text(
        ".chips"
    )
    assert page.links(".chips a")[0] == "/medicines"
    assert "/medicines?area=C04&area=C04.588" in page.links(".filters a")
    then = sample.get("/medicines?area=C04&as_of=2026-03-14")
    assert then.text(".total") == page.text(".total")


def test_without_the_vocabulary_the_page_says_what_is_missing(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of({"2026-01-01": [authorised(therapeutic_area_mesh="Rectal Fistula")]})
    page = pages.get("/conditions")
    assert "MeSH has not been read here" in page.text("main")
    assert page.links("main > .columns a") == ["/conditions/rectal-fistula"]
    pages.get("/conditions/C06", 404)
