"""Printed, a medicine's page is a dossier; motion is reduced where asked for."""

from playwright.sync_api import expect

from tests.browser.looking import Site


def test_the_page_prints_as_a_dossier(looking: Site) -> None:
    page = looking.open("/medicines/EMEA-H-C-004258")
    page.emulate_media(media="print")
    for selector in (".top nav", ".top form", ".toc", "details.whence", "details.meanings"):
        expect(page.locator(selector).first).to_be_hidden()
    for selector in (".banner.bad", "#sources .places", ".cite", "footer .dated", "#documents li"):
        expect(page.locator(selector).first).to_be_visible()
    assert len(page.pdf()) > 10_000


def test_what_is_folded_on_the_screen_is_open_in_print(looking: Site) -> None:
    page = looking.open("/medicines/EMEA-H-C-000481")
    page.emulate_media(media="print")
    rest = page.locator("#facts details.rest p").first
    assert rest.evaluate("element => element.checkVisibility()")


def test_motion_is_reduced_where_asked_for(looking: Site) -> None:
    page = looking.open("/medicines/EMEA-H-C-004258")
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(behaviour) == "auto"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(behaviour) == "smooth"
