"""The quality of the data: every count leads to what it counts."""

from collections.abc import Callable

from medpath.translations.quality import CODES, TREATMENTS
from tests.lists import authorised
from tests.web.pages import Pages


def test_every_kind_of_issue_leads_to_its_issues(sample: Pages) -> None:
    page = sample.get("/quality")
    total = 0
    for line in page.tree.css("table.datasets tbody tr"):
        link = line.css_first("td:nth-child(4) a")
        if link is not None:
            listed = sample.get((link.attributes["href"] or "").partition("#")[0])
            shown = len(listed.tree.css("ul.issues > li .note"))
            assert shown > 0
            total += int(link.text())
    assert f"Issues by kind {total}" in page.texts("h2")
    assert sample.client.get("/api/v1/issues").json()["total"] == total


def test_disagreements_show_what_each_source_says(sample: Pages) -> None:
    page = sample.get("/quality")
    found = sample.client.get("/api/v1/disagreements").json()
    assert f"Where sources disagree {found['total']}" in page.texts("h2")
    lines = [one.text() for one in page.tree.css("h2#disagreements ~ details li")]
    assert len(lines) == found["total"]
    first = found["items"][0]
    assert any(first["name"] in one for one in lines)


def test_the_trend_has_a_line_for_each_day_of_the_lists(sample: Pages) -> None:
    page = sample.get("/quality")
    days = page.texts("h2#trend ~ details tbody th")
    assert "14 March 2026" in days
    assert "29 January 2026" in days


def test_what_is_not_joined_is_listed_with_its_dataset(sample: Pages) -> None:
    page = sample.get("/quality")
    for line in page.tree.css("table.counts tbody tr"):
        number = int(line.css("td")[1].text())
        if number:
            dataset = sample.get((line.css_first("a").attributes["href"] or "").partition("#")[0])
            assert dataset.text("h2#not-joined") == f"Joined to no medicine {number}"


def test_values_from_a_source_are_text(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of({"2026-01-01": [authorised(atc_code_human="<b>L04</b>")]})
    page = pages.get("/quality")
    assert "<b>L04</b>" in page.text("main")
    assert not page.tree.css("main b")


def test_every_treatment_of_a_kind_has_words() -> None:
    assert {treatment for treatment, _ in CODES.values()} == set(TREATMENTS)
