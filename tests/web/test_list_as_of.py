"""The list of medicines as of a day, as people get it."""

from tests.web.pages import Pages


def test_the_list_says_of_which_day_it_is_and_leads_to_that_day(sample: Pages) -> None:
    page = sample.get("/medicines?as_of=2026-02-01&status=authorised")
    assert page.text("h1") == "Medicines as of 1 February 2026"
    assert "not what holds now" in page.text(".banner")
    links = page.links("table.medicines th a")
    assert links
    assert all(link.endswith("?as_of=2026-02-01") for link in links)
    assert "as of" not in sample.get(page.link("The list as it is now")).text("h1")


def test_beyond_the_horizon_it_says_so(sample: Pages) -> None:
    page = sample.get("/medicines?as_of=2001-01-01")
    assert "knowledge begins later" in page.text(".banner")
    assert page.tree.css("table.medicines") == []
    assert "截至" in sample.get("/zh/medicines?as_of=2026-02-01").text(".banner")


def test_what_shows_the_present_alone_refuses_a_day_and_shows_nothing_in_its_place(sample: Pages) -> None:
    for address in ("/search?q=alofisel&", "/substances/darvadstrocel?", "/atc/L04?", "/changes?", "/?", "/pictures?"):
        assert "present alone" in sample.get(f"{address}as_of=2026-02-01", 400).text("main"), address
    assert "现状" in sample.get("/zh/atc/L04?as_of=2026-02-01", 400).text("main")


def test_words_and_days_that_have_not_come_are_refused(sample: Pages) -> None:
    assert "Words" in sample.get("/medicines?as_of=2026-02-01&q=asthma", 400).text("main")
    assert "future" in sample.get("/medicines?as_of=2999-01-01", 400).text("main")
