"""Changes by day: news by default, layout and reading only where asked for."""

from collections.abc import Callable
from datetime import date

from medpath.web.changes import AT_LEAST, days_of_page
from tests.lists import authorised, row
from tests.web.pages import Pages


def test_news_of_the_newest_day_stand_first(sample: Pages) -> None:
    page = sample.get("/changes")
    days = page.texts("main section h2")
    assert days == ["15 March 2026", "14 March 2026"]
    of_day = page.tree.css("main section")[1]
    assert of_day.css_first("h3").text().startswith("Status changed")
    assert "Lumark" in of_day.text()
    assert page.attribute("#cause option[selected]", "value") == "source"


def test_a_kind_and_a_cause_can_be_chosen(sample: Pages) -> None:
    page = sample.get("/changes?kind=status-changed&cause=all")
    assert {text.split(" ")[0] for text in page.texts("main section h3")} == {"Status"}
    assert sample.get("/changes?kind=nonsense", 400).text("main .lead")
    assert sample.get("/changes?cause=nonsense", 400).text("main .lead")
    assert sample.get("/changes?until=soon", 400).text("main .lead")
    assert "Nothing of this kind was observed." in sample.get("/changes?kind=listed-again").text("main")


def test_each_change_leads_to_its_version_in_the_history(sample: Pages) -> None:
    page = sample.get("/changes?kind=status-changed")
    for link in page.links("main section li > p a"):
        address, _, version = link.partition("#")
        assert sample.get(address).tree.css(f'[id="{version}"]'), link


def test_a_day_with_very_many_shows_some_of_each_kind_and_where_all_are(pages_of: Callable[..., Pages]) -> None:
    before = [authorised(number, revision_number="1") for number in range(1, 201)]
    after = [one | {"revision_number": "2"} for one in before]
    pages = pages_of({"2026-01-01": before, "2026-02-01": after})
    page = pages.get("/changes")
    assert page.texts("main section h3") == ["Procedure completed 200"]
    assert len(page.tree.css("main section:first-of-type ul:first-of-type > li")) == 15
    every = pages.get(page.link("All 200: Procedure completed"))
    assert len(every.tree.css("main section li")) == 150
    rest = pages.get(every.link("More of these days"))
    assert len(rest.tree.css("main section li")) == 50


def test_a_page_takes_whole_days() -> None:
    days = [("2026-03-03", 20), ("2026-03-02", 30), ("2026-03-01", 40), ("2026-02-01", 500)]
    assert days_of_page(days, None, None) == (days[:3], False)
    assert days_of_page(days, None, date(2026, 2, 15)) == (days[3:], True)
    assert days_of_page(days, date(2026, 3, 2), date(2026, 3, 2)) == (days[1:2], True)
    assert days_of_page([], None, None) == ([], False)
    assert days_of_page([("2026-01-01", AT_LEAST)], None, None) == ([("2026-01-01", AT_LEAST)], False)


def test_earlier_days_follow(pages_of: Callable[..., Pages]) -> None:
    old = [row(medicine_status="Authorised", withdrawal_expiry_revocation_lapse_of_marketing_authorisation_date="")]
    others = [authorised(number) for number in range(1, 180)]
    revised = [one | {"revision_number": "77"} for one in others]
    pages = pages_of({"2026-01-01": old + others, "2026-02-01": [row(), *others], "2026-03-01": [row(), *revised]})
    page = pages.get("/changes")
    assert page.texts("main section h2") == ["1 March 2026"]
    earlier = pages.get(page.link("Earlier days"))
    assert earlier.texts("main section h2") == ["1 February 2026"]
    assert "Alofisel" in earlier.text("main section")
    assert pages.get(earlier.link("Newest days")).texts("main section h2") == ["1 March 2026"]
    assert page.texts(".columns li")[-1].startswith("1 February 2026")
