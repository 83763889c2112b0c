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
    assert of_day.css_first("h3 a").text() < "Lumark"  # by weight, then by name
    assert "Marketing authorisation withdrawn" in of_day.text()
    assert page.attribute("#cause option[selected]", "value") == "source"


def test_a_kind_and_a_cause_can_be_chosen(sample: Pages) -> None:
    page = sample.get("/changes?kind=status-changed&cause=all")
    assert set(page.texts("main section .changes p strong")) == {"Authorised", "Marketing authorisation withdrawn"}
    assert page.tree.css(".chips") == []
    assert sample.get("/changes?kind=nonsense", 400).text("main .lead")
    assert sample.get("/changes?cause=nonsense", 400).text("main .lead")
    assert sample.get("/changes?until=soon", 400).text("main .lead")
    assert "Nothing of this kind was observed." in sample.get("/changes?kind=listed-again").text("main")


def test_changes_of_a_kind_and_of_days_have_a_title_of_their_own(sample: Pages) -> None:
    assert sample.get("/changes").text("title") == "Changes – MedPath"
    asked = "/changes?kind=holder-changed&since=2026-03-14&until=2026-03-15"
    assert sample.get(asked).text("title").startswith("Changes – Holder changed – 14 March 2026")


def test_each_change_leads_to_its_version_in_the_history(sample: Pages) -> None:
    page = sample.get("/changes?kind=status-changed")
    assert page.links("main section h3 a")
    for link in page.links("main section h3 a"):
        address, _, version = link.partition("#")
        assert sample.get(address).tree.css(f'[id="{version}"]'), link


def test_what_changed_of_a_medicine_on_a_day_stands_together_the_weightiest_first(sample: Pages) -> None:
    page = sample.get("/changes?since=2026-03-14&until=2026-03-14")
    names = page.texts("main section h3 a")
    assert len(names) == len(set(names))
    (aqneursa,) = (
        one for one in page.tree.css("main section .changes > li") if "Aqneursa" in one.css_first("h3").text()
    )
    told = [one.text() for one in aqneursa.css("p strong")]
    assert told[0] == "Authorised"
    assert {"ATC code assigned", "Indication changed"} <= set(told)
    lumark = next(text for text in page.texts("main section h3") if "Lumark" in text)
    assert lumark == "Lumark Withdrawn"


def test_both_versions_of_each_day_can_be_compared(sample: Pages) -> None:
    page = sample.get("/changes?since=2026-03-14&until=2026-03-14")
    links = [link for link in page.links("main section li > .note a") if "from=" in link]
    assert links
    for link in links:
        assert sample.get(link.partition("#")[0]).texts("#compare .changes li"), link
    new = page.links("main section li > .note a")
    assert any(link.endswith("/history#1") for link in new)  # newly listed


def test_the_kinds_of_the_days_are_counted_and_lead_to_their_changes(sample: Pages) -> None:
    page = sample.get("/changes?since=2026-03-14&until=2026-03-14")
    counts = dict(text.rsplit(" ", 1) for text in page.texts(".chips li"))
    assert counts["Shortage resolved"] == "1"
    assert sum(map(int, counts.values())) == int(page.text(".total").split()[0])
    some = sample.get(page.link("Shortage resolved 1"))
    assert some.texts("main section h3") == ["Rybelsus"]
    assert "Status" not in some.text("main section li")
    assert "Ongoing → after: Resolved" in some.text("main section li")


def test_a_day_with_very_many_goes_on_with_whole_medicines(pages_of: Callable[..., Pages]) -> None:
    before = [authorised(number, revision_number="1") for number in range(1, 201)]
    after = [one | {"revision_number": "2"} for one in before]
    after[:20] = [one | {"therapeutic_indication": "For children."} for one in after[:20]]
    pages = pages_of({"2026-01-01": before, "2026-02-01": after})
    page = pages.get("/changes")
    assert page.texts(".chips li") == ["Indication changed 20", "Procedure completed 200"]
    assert len(page.tree.css("main section h3")) == 130
    assert all("Indication changed" in text for text in page.texts("main section li")[:20])
    rest = pages.get(page.link("More of these days"))
    shown = [*page.texts("main section h3"), *rest.texts("main section h3")]
    assert len(shown) == len(set(shown)) == 200
    assert rest.tree.css("a[rel=next]") == []


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
