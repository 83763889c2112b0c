"""Every kind of page, in both languages, light and dark, on a phone, a tablet and a wide screen."""

import pytest

from tests.browser.looking import OF_COLOURS, Site, overflow, settled, shifted, transferred, violations
from tests.web.kinds import EVERY_PAGE, in_chinese

WIDTHS = (1440, 768, 360)
NO_SHIFT = 0.005  # a busy machine draws a page while it comes, and evens out its columns as they grow
OTHER_WIDTHS = (320, 720)  # the narrowest that is promised, 200 % zoom on a wide screen


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param(path, status, id=f"{kind}-{language}")
        for kind, (english, status) in EVERY_PAGE.items()
        for language, path in (("en", english), ("zh", in_chinese(english)))
    ],
)
def test_it_is_accessible_fits_shifts_nothing_and_asks_nobody_else(
    looking: Site, axe: str, path: str, status: int
) -> None:
    page = looking.open(path, status, until="load")
    for width in WIDTHS:
        if width != WIDTHS[0]:
            page.set_viewport_size({"width": width, "height": 900})
            page.reload(wait_until="load")
        settled(page)
        assert shifted(page) < NO_SHIFT, width
        assert overflow(page) <= 0, width
        if width == WIDTHS[0]:
            assert transferred(page) <= 60_000
    wrong = []
    for width in reversed(WIDTHS):  # axe comes into the page once, as it was loaded last
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        wrong += [f"{width} light: {one}" for one in violations(page, axe)]
        page.emulate_media(color_scheme="dark")  # where nothing but colours is other
        wrong += [f"{width} dark: {one}" for one in violations(page, axe, OF_COLOURS)]
    for width in OTHER_WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0, width
    assert wrong == []
    assert looking.wrong == []


def test_everything_unfolded_is_accessible_and_fits(looking: Site, axe: str) -> None:
    page = looking.open("/medicines/EMEA-H-C-005874")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page, axe) == []
        assert overflow(page) <= 0
