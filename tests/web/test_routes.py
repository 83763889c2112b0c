"""Where addresses lead: one page, one address."""

import pytest

from tests.web.kinds import ALOFISEL
from tests.web.pages import Pages


@pytest.mark.parametrize(
    ("address", "status", "location"),
    [
        ("/medicines/EMEA/H/C/004258", 308, ALOFISEL),
        ("/medicines/emea-h-c-4258", 308, ALOFISEL),
        ("/zh/medicines/EMEA/H/C/004258", 308, f"/zh{ALOFISEL}"),
        ("/medicines/EMEA/H/C/004258/history", 308, f"{ALOFISEL}/history"),
        ("/medicines/ema:medicine:EMEA-H-C-004258", 308, ALOFISEL),
        ("/medicines/EU/1/17/1261/001", 302, ALOFISEL),
        ("/medicines/ALOFISEL", 302, ALOFISEL),
        ("/zh/medicines/alofisel?as_of=2026-02-01", 302, f"/zh{ALOFISEL}?as_of=2026-02-01"),
        ("/atc/l04 ab-04", 308, "/atc/L04AB04"),
        ("/substances/Adalimumab", 308, "/substances/adalimumab"),
        ("/organisations/Takeda Pharma A%2FS", 308, "/organisations/takeda-pharma-a-s"),
        ("/zh/", 308, "/zh"),
        ("/medicines/", 308, "/medicines"),
    ],
)
def test_other_spellings_lead_to_the_one_address(sample: Pages, address: str, status: int, location: str) -> None:
    assert sample.location(address, status) == location


def test_an_entity_is_also_known_by_its_id(sample: Pages) -> None:
    medicine = sample.client.get(f"/api/v1{ALOFISEL}").json()
    identity = medicine["active_substances"][0]["id"]
    assert sample.location(f"/substances/{identity}", 308) == "/substances/darvadstrocel"


@pytest.mark.parametrize("language", ["", "/zh"])
def test_a_name_that_fits_several_is_not_picked(sample: Pages, language: str) -> None:
    page = sample.get(f"{language}/medicines/cimzia", 300)
    assert page.links("main .alternatives a") == [
        f"{language}/medicines/EMEA-H-C-000740",
        f"{language}/medicines/EMEA-H-C-001037",
    ]
    assert page.texts("main .status")[0].startswith("Refused" if not language else "被拒绝")
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/medicines/EMEA-H-C-999999",
        "/medicines/nothing-of-this-name",
        "/medicines/EMEA-H-C-999999/history",
        "/substances/nothing",
        "/conditions/nothing",
        "/organisations/nothing",
        "/atc/Z99",
        "/atc/nothing",
        "/sources/ema.nothing",
        "/static/nothing.css",
    ],
)
def test_what_is_not_there_says_so_in_one_sentence(sample: Pages, address: str) -> None:
    page = sample.get(address, 404)
    assert page.text("h1") == "Not found"
    assert page.text("main .lead")
    assert "Traceback" not in page.html
    assert sample.get(f"/zh{address}", 404).text("h1") == "未找到"


def test_an_error_in_english_is_marked_as_english_on_a_chinese_page(sample: Pages) -> None:
    page = sample.get("/zh/medicines?status=nonsense", 400)
    assert page.attribute("main .lead", "lang") == "en"
    assert "无法理解该请求" in page.text("h1")


def test_parameters_that_a_page_does_not_have_are_dropped(sample: Pages) -> None:
    page = sample.get("/about?utm_source=x")
    assert page.link("中文") == "/zh/about"


def test_a_page_is_answered_304_where_the_browser_has_it(sample: Pages) -> None:
    etag = sample.get(ALOFISEL).headers["etag"]
    assert sample.client.get(ALOFISEL, headers={"if-none-match": etag}).status_code == 304
    assert sample.get(f"/zh{ALOFISEL}").headers["etag"] != etag


def test_a_path_that_looks_like_another_host_leads_nowhere_else(sample: Pages) -> None:
    assert sample.location("http://testserver//evil.example/", 308) == "/evil.example"
    for link in sample.get("http://testserver//evil.example", 404).links():
        assert not link.startswith("//")
