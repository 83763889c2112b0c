"""From the box to the medicine: by keyboard, with suggestions, and without any script."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import Site, violations

ALOFISEL = re.compile(r"/medicines/EMEA-H-C-004258$")


def test_suggestions_while_typing_by_keyboard(looking: Site, axe: str) -> None:
    page = looking.open("/")
    box = page.get_by_role("combobox")
    box.focus()
    page.keyboard.type("alof")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Alofisel")
    expect(options.first).to_contain_text("Withdrawn")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert violations(page, axe) == []
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("alof")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(ALOFISEL)
    assert looking.wrong == []


def test_suggestions_by_pointer_and_in_chinese(looking: Site) -> None:
    page = looking.open("/zh/about")
    page.get_by_role("combobox").click()
    page.keyboard.type("alof")
    page.get_by_role("option", name="Alofisel").click()
    page.wait_for_url(re.compile(r"/zh/medicines/EMEA-H-C-004258$"))
    expect(page.get_by_text("目前未获批", exact=False).first).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus; each on the way must show that it has it."""
    for _ in range(250):
        page.keyboard.press("Tab")
        here, outline, name = page.evaluate(
            """selector => { const one = document.activeElement;
               return [one.matches(selector), getComputedStyle(one).outlineStyle, one.textContent]; }""",
            selector,
        )
        assert outline != "none", name
        if here:
            return
    raise AssertionError(f"Tab never comes to {selector}")


def test_box_suggestion_medicine_document_comparison_and_back_by_keyboard_alone(looking: Site) -> None:
    page = looking.open("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    tab_to(page, "#q")
    page.keyboard.type("humi")
    expect(page.get_by_role("option").first).to_contain_text("Humira")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/medicines/EMEA-H-C-000481$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Humira")
    tab_to(page, ".toc a[href='#documents']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#documents$"))
    expect(page.locator("#documents h2")).to_be_in_viewport()
    tab_to(page, "#documents a[href$='.pdf'][rel=external]")
    tab_to(page, "#alternatives a[href^='/compare?']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/compare\?medicine=EMEA-H-C-000481&"))
    tab_to(page, ".scroll")
    tab_to(page, ".facts-compared a[href^='/atc/']")
    page.go_back()
    page.wait_for_url(re.compile(r"/medicines/EMEA-H-C-000481#documents$"))
    page.go_back()
    page.go_back()
    page.wait_for_url(re.compile(r":\d+/$"))
    assert looking.wrong == []


def test_a_search_is_sent_and_its_result_opened_by_keyboard_alone(looking: Site) -> None:
    page = looking.open("/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("darvadstrocel")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q=darvadstrocel$"))
    tab_to(page, ".results a[href$='EMEA-H-C-004258']")
    page.keyboard.press("Enter")
    page.wait_for_url(ALOFISEL)


def test_the_skip_link_leads_to_the_content(looking: Site) -> None:
    page = looking.open("/medicines")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_filter_a_page_and_the_language_stay_in_the_address(looking: Site) -> None:
    page = looking.open("/medicines")
    page.locator(".filters").get_by_role("link", name="Withdrawn").first.click()
    page.wait_for_url(re.compile(r"/medicines\?status=withdrawn$"))
    page.get_by_role("link", name="中文").click()
    page.wait_for_url(re.compile(r"/zh/medicines\?status=withdrawn$"))
    page.locator("#sort").select_option("-authorised")
    page.locator(".sorting button").click()
    page.wait_for_url(re.compile(r"/zh/medicines\?status=withdrawn&sort=-authorised$"))


def test_everything_works_without_scripts(site: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.locator("#q").fill("alofisel")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile(r"/search\?q=alofisel$"))
    page.locator(".results").get_by_role("link", name="Alofisel", exact=True).first.click()
    page.wait_for_url(ALOFISEL)
    page.locator(".state details.whence summary").click()
    expect(page.locator(".state details.whence p")).to_contain_text("As published on")
    page.get_by_role("link", name="All versions and changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("History of Alofisel")
    context.close()


def test_without_the_server_the_box_still_is_a_form(looking: Site) -> None:
    page = looking.open("/")
    page.route("**/suggest*", lambda route: route.abort())
    page.get_by_role("combobox").focus()
    page.keyboard.type("alofisel")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q=alofisel$"))
