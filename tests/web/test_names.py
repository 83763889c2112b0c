"""Substances and organisations by name, letter by letter."""

from collections.abc import Callable

import pytest

from medpath.web.names import initial
from tests.lists import authorised
from tests.web.pages import Pages


@pytest.mark.parametrize("path", ["/substances", "/organisations"])
def test_every_name_with_a_medicine_stands_under_one_letter(sample: Pages, path: str) -> None:
    page = sample.get(path)
    seen: list[str] = []
    for address in page.links(".chips a"):
        part = sample.get(address)
        seen += part.links("main > .columns a")
        assert part.text(".chips [aria-current]") == f"{part.text('main h2')} {len(part.links('main > .columns a'))}"
    assert len(seen) == len(set(seen))
    assert page.text("h1").split()[1] == str(len(seen))
    named = sample.client.get(f"/api/v1{path}?limit=1000").json()["items"]
    assert set(seen) == {one["url"] for one in named if one["medicines"]}


def test_a_letter_that_there_is_none_of_shows_the_first(sample: Pages) -> None:
    assert sample.get("/substances?begins=%C3%98x").text("main h2") == sample.get("/substances").text("main h2")


def test_names_from_a_source_are_text(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of({"2026-01-01": [authorised(active_substance="<b>bold</b>")]})
    assert pages.get("/substances").texts("main > .columns a") == ["<b>bold</b>"]


@pytest.mark.parametrize(
    ("name", "letter"), [("adalimumab", "A"), ("Émile", "E"), ("(1R)-x", "1"), ("肝素", "0-9"), ("", "0-9")]
)
def test_the_letter_of_a_name(name: str, letter: str) -> None:
    assert initial(name) in (letter, "0-9")
