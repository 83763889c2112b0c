"""The look-up without network, in a real browser on a phone."""

import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def until(page: Page, expression: str) -> None:
    """Waits until something is true of a page; its policy allows the driver no functions that wait by themselves."""
    end = time.monotonic() + 15
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        time.sleep(0.05)


@pytest.fixture
def phone(chromium: Browser, site: str) -> Iterator[Page]:
    """A phone that opened two pages of the register and then lost the network."""
    context = chromium.new_context(**PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller !== null")
    page.goto(f"{site}/about")
    until(page, "caches.match('/offline.json').then((list) => list !== undefined)")
    context.set_offline(True)
    yield page
    context.close()


def test_any_page_becomes_the_look_up_and_finds_within_300_ms(phone: Page, site: str) -> None:
    phone.goto(f"{site}/medicines")
    assert phone.locator("h1").inner_text() == "Look-up without network"
    until(phone, "document.querySelector('#offline-age').textContent !== ''")
    assert "2026" in phone.locator("#offline-age").inner_text()
    begun = time.monotonic()
    phone.locator("#offline-query").press_sequentially("alof")
    phone.locator("#offline-found a").first.wait_for()
    assert time.monotonic() - begun < 1.5  # four keys through the driver
    took = phone.evaluate(
        """() => {
            const box = document.querySelector("#offline-query");
            const begun = performance.now();
            box.value = "darvadstrocel";
            box.dispatchEvent(new Event("input"));
            document.querySelector("#offline-found").getBoundingClientRect();
            return performance.now() - begun;
        }"""
    )
    assert took < 300
    first = phone.locator("#offline-found li").first
    assert first.locator("a").inner_text() == "Alofisel"
    assert "Withdrawn · 2024-12-13" in first.inner_text()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_question_that_was_asked_is_answered_and_authorised_ones_come_first(phone: Page, site: str) -> None:
    phone.goto(f"{site}/search?q=adalimumab")
    phone.locator("#offline-found a").first.wait_for()
    statuses = [item.get_attribute("class") for item in phone.locator("#offline-found li").all()]
    assert len(statuses) > 1
    assert statuses == sorted(statuses, key=lambda look: look != statuses[0])
    assert phone.locator("#offline-query").input_value() == "adalimumab"


def test_the_look_up_is_there_in_chinese(phone: Page, site: str) -> None:
    phone.goto(f"{site}/zh/medicines/EMEA-H-C-004258")
    assert phone.locator("h1").inner_text() == "离线查询"
    phone.locator("#offline-query").fill("alofisel")
    phone.locator("#offline-found a").first.wait_for()
    assert "撤" in phone.locator("#offline-found li").first.inner_text()


def test_who_looks_something_up_on_the_first_visit_has_the_list_from_then_on(chromium: Browser, site: str) -> None:
    context = chromium.new_context(**PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/offline")
    page.locator("#offline-query").fill("alofisel")
    page.locator("#offline-found a").first.wait_for()
    until(page, "caches.match('/offline.json').then((list) => list !== undefined)")
    context.set_offline(True)
    page.reload()
    page.locator("#offline-query").fill("alofisel")
    page.locator("#offline-found a").first.wait_for()
    context.close()


def test_with_network_everything_comes_from_the_server(chromium: Browser, site: str) -> None:
    context = chromium.new_context(**PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site)
    until(page, "navigator.serviceWorker.controller !== null")
    page.goto(f"{site}/medicines/EMEA-H-C-004258")
    assert page.locator("h1").inner_text().startswith("Alofisel")
    context.close()


def test_the_register_can_be_installed(chromium: Browser, site: str) -> None:
    page = chromium.new_page()
    page.goto(site)
    address = page.locator("link[rel=manifest]").get_attribute("href")
    manifest = json.loads(page.request.get(f"{site}{address}").text())
    assert manifest["start_url"] == "/"
    assert page.request.get(f"{site}{manifest['icons'][0]['src']}").ok
    page.close()


def test_hostile_names_are_text(phone: Page, site: str) -> None:
    phone.goto(f"{site}/offline")
    phone.locator("#offline-query").fill("<img src=x onerror=alert(1)>")
    assert phone.locator("#offline-found li").count() == 0
    assert phone.locator("main img").count() == 0
