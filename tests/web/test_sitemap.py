"""What search engines are told: every lasting page in both languages, and nothing of the sample."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.settings import Settings
from medpath.store.tables import store_fact
from tests.lists import Store, authorised, write_report
from tests.web.pages import Pages

OUTSIDE = "https://medpath.example.org"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def listed(tmp_path: Path) -> Iterator[TestClient]:
    store = Store(tmp_path / "store")
    write_report(tmp_path / "reports", "2026-01-01", [authorised()])
    store.sync(tmp_path / "reports")
    with store.database.writing() as connection:  # these rows stand for real ones
        connection.execute(sa.update(store_fact).where(store_fact.c.name == "sample").values(value="no"))
    settings = Settings(data=store.settings.data, database_url=store.settings.database_url, public_url=OUTSIDE)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


def locations(text: str) -> list[str]:
    return [str(one.text) for one in ElementTree.fromstring(text).iterfind(".//s:loc", NAMES)]


def test_every_page_of_every_part_is_there_and_says_itself_the_same_address(listed: TestClient) -> None:
    parts = locations(listed.get("/sitemap.xml").text)
    assert [one.removeprefix(f"{OUTSIDE}/sitemap-") for one in parts][:2] == ["pages-1.xml", "medicines-1.xml"]
    seen = []
    for part in parts:
        answer = listed.get(part.removeprefix(OUTSIDE))
        assert answer.headers["content-type"] == "application/xml; charset=utf-8"
        seen += locations(answer.text)
    assert len(seen) == len(set(seen))
    assert f"{OUTSIDE}/medicines/EMEA-H-C-004258" in seen
    assert f"{OUTSIDE}/zh/medicines/EMEA-H-C-004258" in seen
    for address in seen[:40]:
        page = Pages(listed).get(address.removeprefix(OUTSIDE) or "/")
        assert page.attribute('link[rel="canonical"]', "href") == address
        assert page.tree.css('meta[name="robots"]') == []


def test_each_page_names_itself_in_both_languages(listed: TestClient) -> None:
    tree = ElementTree.fromstring(listed.get("/sitemap-medicines-1.xml").text)
    for one in tree.iterfind("s:url", NAMES):
        others = {link.attrib["hreflang"]: link.attrib["href"] for link in one.iterfind("x:link", NAMES)}
        assert others == {
            "en": f"{OUTSIDE}/medicines/EMEA-H-C-004258",
            "zh-Hans": f"{OUTSIDE}/zh/medicines/EMEA-H-C-004258",
            "x-default": f"{OUTSIDE}/medicines/EMEA-H-C-004258",
        }


@pytest.mark.parametrize("name", ["medicines-2", "medicines-0", "medicines-x", "medicines", "other-1", "medicines-²"])
def test_there_is_no_other_part(listed: TestClient, name: str) -> None:
    assert listed.get(f"/sitemap-{name}.xml").status_code == 404


def test_robots_are_told_where_it_is_and_what_has_no_end(listed: TestClient) -> None:
    lines = listed.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {OUTSIDE}/sitemap.xml"
    assert {"Disallow: /suggest", "Disallow: /zh/suggest", "Disallow: /*cursor="} <= set(lines)
    assert "Disallow: /" not in lines


def test_lists_are_not_followed_and_what_is_nothing_or_was_once_is_not_listed(listed: TestClient) -> None:
    for address, robots in {
        "/": None,
        "/medicines": None,
        "/search?q=alofisel": "nofollow",
        "/medicines?category=human": "nofollow",
        "/medicines?category=veterinary": "noindex",
        "/search?q=xqzwvkj": "noindex",
        "/compare?medicine=alofisel": "noindex",
        "/medicines/EMEA-H-C-004258?as_of=2026-01-02": "noindex",
        "/offline": "noindex",
    }.items():
        found = Pages(listed).get(address).tree.css_first('meta[name="robots"]')
        assert (found.attributes["content"] if found is not None else None) == robots, address


def test_the_sample_and_a_register_without_an_address_have_none(sample: Pages) -> None:
    sample.get("/sitemap.xml", 404)
    sample.get("/sitemap-medicines-1.xml", 404)
    assert "Sitemap:" not in sample.get("/robots.txt").html
