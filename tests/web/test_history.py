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
    told = next(text for text in page.texts(".version") if "Status changed" in text)
    assert "Status changed stated for 16 January 2026 the publisher changed it" in told
    assert "before: Authorised → after: Withdrawn" in told


def test_each_version_can_be_seen_as_of_its_day(sample: Pages) -> None:
    page = sample.get(f"{LUMARK}/history")
    oldest = [link for link in page.links(".version > p a") if "as_of" in link][-1]
    assert sample.get(oldest).text(".state .status") == "Authorised"


def test_a_long_text_is_compared_word_by_word(pages_of: Callable[..., Pages]) -> None:
    before = authorised(therapeutic_indication="For the treatment of fistulas in adults.")
    after = authorised(therapeutic_indication="For the treatment of fistulas in adults and children.")
    page = pages_of({"2026-01-01": [before], "2026-02-01": [after]}).get(f"{ALOFISEL}/history")
    assert page.texts(".difference del") == ["adults."]
    assert page.texts(".difference ins") == ["adults and children."]


def test_the_sources_of_each_version_are_named(sample: Pages) -> None:
    page = sample.get(f"{LUMARK}/history")
    assert any("medicines-output-medicines_json-report_en.json" in text for text in page.texts(".version .places"))
    assert page.links(".version .places a")[0].startswith("/sources/")


def test_in_chinese(pages_of: Callable[..., Pages]) -> None:
    page = pages_of({"2026-01-01": [authorised()]}).get(f"/zh{ALOFISEL}/history")
    assert page.text("h1") == "Alofisel 的历史"
    assert page.text(".version h2") == "版本 1 自2026年1月1日 05:00（UTC）起观察到"
    assert "首次观察到。" in page.text(".version")
