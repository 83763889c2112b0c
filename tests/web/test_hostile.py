"""Hostile text in any field of a source shows as text, everywhere."""

import csv
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from medpath.web.dossier_file import dossier
from tests.lists import authorised, row
from tests.web.kinds import ALOFISEL
from tests.web.pages import Page, Pages
from tests.web.test_every_page import only_ours

ATTACK = (
    """</script><script>alert(1)</script>"'><img src=x onerror=alert(1)>"""
    """<a href="javascript:alert(1)">{{7*7}}%(x)s"""
)
TEXTS = (
    "name_of_medicine",
    "active_substance",
    "international_non_proprietary_name_common_name",
    "therapeutic_area_mesh",
    "pharmacotherapeutic_group_human",
    "therapeutic_indication",
    "marketing_authorisation_developer_applicant_holder",
    "latest_procedure_affecting_product_information",
    "medicine_status",
    "atc_code_human",
    "marketing_authorisation_date",
    "opinion_status",
    "orphan_medicine",
)


def harmless(page: Page) -> None:
    only_ours(page)
    assert page.tree.css("img, [onerror], iframe") == []
    assert "<script>alert" not in page.html


def test_no_page_runs_what_a_source_says(pages_of: Callable[..., Pages]) -> None:
    hostile = row(**dict.fromkeys(TEXTS, ATTACK))
    before = authorised()
    pages = pages_of({"2026-01-01": [before], "2026-02-01": [hostile]})
    medicine = pages.get(ALOFISEL)
    assert medicine.text("h1") == ATTACK
    assert medicine.json_ld()["name"] == ATTACK
    assert (medicine.tree.css_first("title").text() or "").startswith(ATTACK)
    assert medicine.attribute("meta[property='og:title']", "content").startswith(ATTACK)
    harmless(medicine)
    found = set(medicine.links("main a")) | set(pages.get(f"/zh{ALOFISEL}").links("main a"))
    entities = sorted(link for link in found if link.startswith(("/substances/", "/conditions/", "/organisations/")))
    assert len(entities) >= 3
    for address in (
        *entities,
        "/",
        "/medicines",
        "/changes?cause=all",
        f"{ALOFISEL}/history",
        f"/compare?medicine={ALOFISEL.rpartition('/')[2]}",
        "/pictures/holders",
        "/sources/ema.medicines",
        f"/search?q={ATTACK[:20]}",
        "/suggest?q=script",
    ):
        harmless(pages.get(address))
        if not address.startswith("/zh"):
            harmless(pages.get("/zh" + address.rstrip("/")))

    check_files(pages)


def check_files(pages: Pages) -> None:
    """What is no page: the printed file, the feed, the table; for the chart see test_pictures."""
    printed = LexborHTMLParser(dossier(pages.client.app.state.medpath.settings, "EMEA/H/C/004258", "en"))
    assert printed.css_first("h1").text() == ATTACK
    assert printed.css("img, iframe, [onerror], [href^=javascript], script:not([type='application/ld+json'])") == []
    feed = ElementTree.fromstring(pages.client.get(f"{ALOFISEL}/changes.atom").text)
    assert ATTACK in "".join(feed.itertext())
    assert not {element.tag.rpartition("}")[2] for element in feed.iter()} & {"script", "img"}
    rows = list(csv.DictReader(pages.client.get("/api/v1/medicines?format=csv").text.splitlines()))
    assert rows[0]["name"] == ATTACK


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "https://evil@example.org/", "//x.eu"])
def test_an_address_that_is_none_is_never_linked(pages_of: Callable[..., Pages], address: str) -> None:
    page = pages_of({"2026-01-01": [authorised(medicine_url=address)]}).get(ALOFISEL)
    harmless(page)
    assert address not in page.links()


def test_what_a_reader_types_is_text(sample: Pages) -> None:
    page = sample.get("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&kind=medicine")
    assert page.attribute("#q", "value") == '"><script>alert(1)</script>'
    harmless(page)
