"""Reading texts: by keyboard, side by side where there is room, tables that scroll within themselves."""

import re

from playwright.sync_api import Page, expect

from tests.browser.looking import Site, overflow
from tests.web.kinds import ALOFISEL, KISUNLA


def lefts(page: Page, selector: str) -> list[float]:
    """How far from the left edge each element stands."""
    return [one.bounding_box()["x"] for one in page.locator(selector).all()]  # type: ignore[index]


def test_from_the_medicine_to_a_section_to_what_changed_by_keyboard(looking: Site) -> None:
    page = looking.open(KISUNLA)
    page.locator("nav.read").get_by_role("link", name="4.8 Undesirable effects").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/smpc/4\.8$"))
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1)).to_have_text("4.8 Undesirable effects")
    page.locator(".scroll").focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.get_by_role("link", name="What changed since the version before").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/diff\?from=1&to=2#smpc-4\.8$"))
    number = page.locator("[id='smpc-4.8'] ins.number")
    expect(number).to_have_text("4")
    assert "underline" in number.evaluate("element => getComputedStyle(element).textDecorationLine")
    removed = page.locator("[id='smpc-4.8'] del.number")
    assert "line-through" in removed.evaluate("element => getComputedStyle(element).textDecorationLine")
    page.wait_for_load_state("networkidle")
    assert looking.wrong == []


def test_medicines_stand_side_by_side_on_a_wide_screen_and_below_each_other_on_a_phone(looking: Site) -> None:
    page = looking.open("/compare?section=4.8&medicine=humira&medicine=hefiya")
    first, second = lefts(page, ".side-by-side > section")
    assert second > first + 300
    page.set_viewport_size({"width": 360, "height": 900})
    first, second = lefts(page, ".side-by-side > section")
    assert first == second
    assert overflow(page) <= 0


def test_a_comparison_is_asked_for_without_scripts_of_its_own(looking: Site) -> None:
    page = looking.open("/compare")
    page.locator("#section").select_option("package-leaflet/4")
    page.locator("#medicine-1").fill("humira")
    page.locator("#medicine-2").fill("hefiya")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/compare\?section=package-leaflet%2F4&medicine=humira&medicine=hefiya"))
    expect(page.locator(".side-by-side h2")).to_have_text(["Humira", "Hefiya"])


def test_a_wide_table_scrolls_within_itself_on_a_phone(looking: Site) -> None:
    page = looking.open(f"{ALOFISEL}/smpc/4.8")
    page.set_viewport_size({"width": 320, "height": 900})
    assert overflow(page) <= 0
    widths = page.locator(".scroll").first.evaluate("element => [element.scrollWidth, element.clientWidth]")
    assert widths[0] >= widths[1]
    assert page.locator(".scroll").first.evaluate("element => getComputedStyle(element).overflowX") == "auto"
