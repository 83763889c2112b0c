"""What a page tells search engines and those who share it: one address, its languages, a description."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from medpath.app import create_app
from tests.sample_store import SampleStore
from tests.web.kinds import ALOFISEL, KINDS, in_chinese
from tests.web.pages import Page, Pages

OUTSIDE = "https://medpath.example.org"


@pytest.fixture(scope="module")
def outside(sample_store: SampleStore) -> Iterator[Pages]:
    """The pages of a register that knows its address."""
    settings = sample_store.settings.model_copy(update={"public_url": OUTSIDE})
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield Pages(client)


def told(page: Page) -> dict[str, str]:
    """The Open Graph of a page."""
    return {
        one.attributes["property"] or "": one.attributes["content"] or "" for one in page.tree.css("meta[property]")
    }


@pytest.mark.parametrize("kind", KINDS)
def test_whole_addresses_in_every_language_and_open_graph(outside: Pages, kind: str) -> None:
    for chinese, address in ((False, KINDS[kind]), (True, in_chinese(KINDS[kind]))):
        page = outside.get(address)
        canonical = page.attribute("link[rel=canonical]", "href")
        alternates = {one.attributes["hreflang"]: one.attributes["href"] for one in page.tree.css("link[hreflang]")}
        assert set(alternates) == {"en", "zh-Hans", "x-default"}
        assert alternates["zh-Hans" if chinese else "en"] == canonical
        assert alternates["x-default"] == alternates["en"]
        assert all((one or "").startswith(f"{OUTSIDE}/") for one in alternates.values())
        graph = told(page)
        assert graph["og:url"] == canonical
        assert graph["og:title"] == page.text("title").removesuffix(" – MedPath")
        assert graph["og:description"] == page.attribute("meta[name=description]", "content") != ""
        assert (graph["og:type"], graph["og:site_name"]) == ("website", "MedPath")
        locales = [graph["og:locale"], graph["og:locale:alternate"]]
        assert locales == (["zh_CN", "en_GB"] if chinese else ["en_GB", "zh_CN"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_register_that_does_not_know_its_address_names_none(sample: Pages, kind: str) -> None:
    page = sample.get(KINDS[kind])
    assert page.tree.css("link[rel=canonical], link[hreflang], meta[property='og:url']") == []
    graph = told(page)
    assert graph["og:title"]
    assert graph["og:description"]


def test_data_for_programs_have_whole_addresses(outside: Pages) -> None:
    data = outside.get(f"/zh{ALOFISEL}").json_ld()
    assert data["url"] == f"{OUTSIDE}{ALOFISEL}"
    assert data["mainEntityOfPage"]["url"] == f"{OUTSIDE}/zh{ALOFISEL}"
