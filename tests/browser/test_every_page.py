"""Every kind of page, in both languages, light and dark, on a phone and on a wide screen."""

import pytest

from tests.browser.looking import Site, overflow, shifted, transferred, violations
from tests.web.kinds import EVERY_PAGE, in_chinese

LOOKS = [(1440, "light"), (1440, "dark"), (360, "light"), (360, "dark")]
OTHER_WIDTHS = (320, 720, 768)  # the narrowest that is promised, 200 % zoom on a wide screen, a tablet


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param(path, status, id=f"{kind}-{language}")
        for kind, (english, status) in EVERY_PAGE.items()
        for language, path in (("en", english), ("zh", in_chinese(english)))
    ],
)
def test_it_is_accessible_fits_and_asks_nobody_else(looking: Site, axe: str, path: str, status: int) -> None:
    page = looking.open(path, status)
    assert shifted(page) == 0
    assert transferred(page) <= 60_000
    wrong = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        wrong += [f"{width} {scheme}: {one}" for one in violations(page, axe)]
        assert overflow(page) <= 0, (width, scheme)
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
