"""The history of a medicine: versions, changes with their cause, ways to each state."""

from collections.abc import Callable

from tests.lists import authorised
from tests.web.kinds import ALOFISEL
from tests.web.pages import Pages

LUMARK = "/medicines/EMEA-H-C-002749"


def test_versions_stand_newest_first_with_what_changed_and_why(sample: Pages) -> None:
    page = sample.get(f"{LUMARK}/history")
    versions = page.texts(".version h2")
    assert versions[0].startswith("Version ")
    assert [int(text.split()[1]) for text in versions] == list(range(len(versions), 0, -1))
    told = next(text for text in page.texts(".version") if "Authorised → after: Withdrawn" in text)
    assert "Marketing authorisation withdrawn stated for 16 January 2026 the publisher changed it" in told
    assert "before: Authorised → after: Withdrawn" in told


def test_each_version_can_be_seen_as_of_its_day(sample: Pages) -> None:
    page = sample.get(f"{LUMARK}/history")
    oldest = [link for link in page.links(".version > p a") if "as_of" in link][-1]
    assert sample.get(oldest).text(".state .status") == "Authorised"


def test_a_long_text_is_compared_word_by_word(pages_of: Callable[..., Pages]) -> None:
    before = authorised(therapeutic_indication="For the treatment of fistulas in adults.")
    after = authorised(therapeutic_indication="For the treatment of fistulas in adults and children.")
    page = pages_of({"2026-01-01": [before], "2026-02-01": [after]}).get(f"{ALOFISEL}/history")
    assert page.texts(".version .difference del") == ["adults."]
    assert page.texts(".version .difference ins") == ["adults and children."]


def test_the_sources_of_each_version_are_named(sample: Pages) -> None:
    page = sample.get(f"{LUMARK}/history")
    assert any("medicines-output-medicines_json-report_en.json" in text for text in page.texts(".version .places"))
    assert page.links(".version .places a")[0].startswith("/sources/")
    assert all(len(text) == 64 for text in page.texts(".version .places .note .code"))
    compared = [link for link in page.links(".version > p a") if "from=" in link]
    assert compared[0] == f"{LUMARK}/history?from={len(compared)}&to={len(compared) + 1}#compare"
    assert sample.get(compared[0].partition("#")[0]).texts("#compare .changes li")


def test_in_chinese(pages_of: Callable[..., Pages]) -> None:
    page = pages_of({"2026-01-01": [authorised()]}).get(f"/zh{ALOFISEL}/history")
    assert page.text("h1") == "Alofisel 的历史"
    assert page.text(".version h2") == "版本 1 自2026年1月1日 05:00（UTC）起观察到"
    assert "首次观察到。" in page.text(".version")


def test_the_history_of_the_indication_says_when_each_text_was_first_seen(pages_of: Callable[..., Pages]) -> None:
    texts = ("For adults with fistulas.", "For adults and children with fistulas.", "For all with fistulas.")
    days = ("2026-01-01", "2026-02-01", "2026-03-01")
    editions = zip(days, texts, strict=True)
    pages = pages_of({day: [authorised(therapeutic_indication=text)] for day, text in editions})
    page = pages.get(f"{ALOFISEL}/history")
    assert page.texts("#indication li > p > strong") == ["1 March 2026", "1 February 2026"]
    assert page.texts("#indication li:first-of-type ins") == ["all"]
    assert page.links("#indication li > p a") == ["#3", "#2"]


def test_as_of_a_day_it_tells_nothing_that_came_later(pages_of: Callable[..., Pages]) -> None:
    texts = ("For adults with fistulas.", "For adults and children with fistulas.", "For all with fistulas.")
    editions = zip(("2026-01-01", "2026-02-01", "2026-03-01"), texts, strict=True)
    pages = pages_of({day: [authorised(therapeutic_indication=text)] for day, text in editions})
    page = pages.get(f"{ALOFISEL}/history?as_of=2026-02-01")
    assert "not what holds now" in page.text(".banner")
    assert [text.partition(" observed")[0] for text in page.texts(".version h2")] == ["Version 2", "Version 1"]
    assert page.texts("#indication li > p > strong") == ["1 February 2026"]
    compared = next(link for link in page.links(".version > p a") if "from=1" in link)
    assert "March 2026" not in pages.get(compared.partition("#")[0]).text("main")
    assert len(pages.get(page.link("The whole history")).texts(".version")) == 3
    assert pages.get(f"{ALOFISEL}/history?as_of=2026-02-01&from=1&to=3", 404).text("main")


def test_any_two_versions_can_be_compared(pages_of: Callable[..., Pages]) -> None:
    texts = ("For adults with fistulas.", "For adults and children with fistulas.", "For adults with fistulas.")
    days = ("2026-01-01", "2026-02-01", "2026-03-01")
    rows = [authorised(therapeutic_indication=text, revision_number=str(place)) for place, text in enumerate(texts)]
    pages = pages_of({day: [row] for day, row in zip(days, rows, strict=True)})
    page = pages.get(f"{ALOFISEL}/history?from=1&to=3")
    assert page.text("#compare h3") == "From version 1 to version 3"
    assert page.texts("#compare li dt") == ["Revision"], "the indication is what it was"
    assert page.attribute("#to option[selected]", "value") == "3"
    assert "and children" in pages.get(f"{ALOFISEL}/history?from=1&to=2").text("#compare ins")
    assert "do not differ" in pages.get(f"{ALOFISEL}/history?from=2&to=2").text("#compare")
    assert "from=" not in page.attribute("form.choose", "action")
    assert pages.get(f"{ALOFISEL}/history?from=1&to=9", 404).text("main")
    assert pages.get(f"{ALOFISEL}/history?from=one", 400).text("main")
    assert pages.get(f"/zh{ALOFISEL}/history?from=1&to=2").text("#compare h3") == "从版本 1 到版本 2"
