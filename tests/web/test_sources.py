"""Sources: age, counts, licence, runs, issues."""

from collections.abc import Callable

import pytest

from medpath.translations.language import language
from medpath.web.sources import age
from tests.lists import authorised
from tests.web.pages import Pages


def test_every_dataset_is_listed_with_its_state(sample: Pages) -> None:
    page = sample.get("/sources")
    names, states = page.texts("table.datasets tbody th"), page.texts("table.datasets tbody td .status")
    listed = dict(zip(names, states, strict=True))
    assert listed["EMA: medicines"] == "read"
    assert "European Commission: Union Register" in listed
    known = {one["name"] for one in sample.client.get("/api/v1/datasets").json()["items"]}
    assert {link.rpartition("/")[2] for link in page.links("table.datasets a")} == known


def test_a_dataset_shows_licence_bounds_runs_and_age(sample: Pages) -> None:
    page = sample.get("/sources/ema.medicines")
    facts = page.facts()
    assert facts["Data of"].startswith("14 March 2026, 05:00 UTC")
    assert "listed now" in facts["Records"]
    assert facts["Bounds"].startswith("A run with fewer than 1,000")
    assert facts["Licence"]
    assert page.texts(".runs tbody tr")
    assert "hours" in facts["Data of"] or "days" in facts["Data of"]


def test_issues_stand_by_code_and_one_by_one(pages_of: Callable[..., Pages]) -> None:
    rows = [authorised(number, atc_code_human="VO4D") for number in range(1, 61)]
    pages = pages_of({"2026-01-01": [*rows, authorised(61, marketing_authorisation_date="31/02/2020")]})
    page = pages.get("/sources/ema.medicines")
    assert page.text("#issues") == "Issues 61"
    chips = dict(zip(page.texts(".chips a"), page.links(".chips a"), strict=True))
    assert set(chips) == {"bad-atc-code 60", "bad-date 1"}
    assert "“VO4D” is not a code of the classification" in page.text(".issues li")
    assert len(page.tree.css(".issues li")) == 50
    following = pages.get(page.links(".ways a[rel=next]")[0])
    assert len(following.tree.css(".issues li")) == 11
    dates = pages.get(chips["bad-date 1"].partition("#")[0])
    assert len(dates.tree.css(".issues li")) == 1
    assert "EMEA/H/C/000061" in dates.text(".issues li")


def test_a_failing_dataset_says_why_and_that_the_old_data_stay(pages_of: Callable[..., Pages]) -> None:
    rows = [authorised(number) for number in range(1, 101)]
    pages = pages_of({"2026-01-01": rows, "2026-02-01": rows[:50]})
    page = pages.get("/sources/ema.medicines")
    assert page.text(".state .status").startswith("failing since")
    assert page.text(".banner.bad").startswith("The last run failed and the old data were kept:")
    assert "failing since" in pages.get("/sources").text("main")


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (0.01, "0 hours", "0 小时"),
        (0.05, "1 hour", "1 小时"),
        (1.9, "45 hours", "45 小时"),
        (2.0, "2 days", "2 天"),
        (1200.5, "1,200 days", "1,200 天"),
        (-1.0, "from the future", "来自未来"),
    ],
)
def test_ages(days: float, english: str, chinese: str) -> None:
    assert age(language("en"), days) == english
    assert age(language("zh"), days) == chinese
    assert age(language("en"), None) is None
