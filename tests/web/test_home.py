"""The first page."""

from pathlib import Path

from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.settings import Settings
from medpath.store.database import Database
from medpath.store.migrate import upgrade
from tests.web.pages import Pages


def test_its_title_says_what_it_is_in_both_languages(sample: Pages) -> None:
    assert sample.get("/").text("title") == "Medicines in the European Union: status, dates, texts, documents – MedPath"
    assert sample.get("/zh").text("title") == "欧盟药品：状态、日期、文本、文件 – MedPath"


def test_it_has_the_box_counts_news_and_classes(sample: Pages) -> None:
    page = sample.get("/")
    assert page.attribute("form.large", "action") == "/search"
    counts = dict(zip(page.texts(".counts th"), page.texts(".counts td"), strict=True))
    total = int(counts.pop("All medicines"))
    assert int(counts.pop("Human medicine")) + int(counts.pop("Veterinary medicine")) == total
    assert sum(map(int, counts.values())) == total
    assert "Marketing authorisation withdrawn" in page.text(".news")
    assert page.links(".classes a")[0] == "/atc/A"
    assert len(page.links(".classes a")) == 14


def test_its_counts_are_those_of_the_lists(sample: Pages) -> None:
    page = sample.get("/")
    for link, count in zip(page.links(".counts a"), page.texts(".counts td"), strict=True):
        assert sample.get(link).text(".total").split()[0] == count


def test_an_empty_store_shows_a_page_that_says_so(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    upgrade(Database(settings.database))
    with TestClient(create_app(settings)) as client:
        page = Pages(client).get("/")
        assert "nothing has been read yet" in page.text("footer .dated")
        assert "the search index is being made" in page.text("main")
        assert "No changes have been observed yet." in page.text("main")
        assert Pages(client).get("/search?q=x", 503).text("h1") == "Not available at the moment"
        assert Pages(client).get("/sources").texts("h1") == ["Sources"]
