"""Errors as pages."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.settings import Settings
from tests.web.pages import Pages


def test_an_unreadable_store_is_told_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "medpath.sqlite").write_bytes(b"no database")
    with TestClient(create_app(Settings(data=tmp_path)), raise_server_exceptions=False) as client:
        pages = Pages(client)
        assert pages.get("/", 503).text("h1") == "Not available at the moment"
        assert pages.get("/zh", 503).text("h1") == "暂时不可用"
        assert pages.get("/zh", 503).attribute("html", "lang") == "zh-Hans"


def test_a_hostile_address_is_shown_as_text(sample: Pages) -> None:
    page = sample.get("/medicines/<script>alert(1)</script>", 404)
    assert "“<script>alert(1)</script>”" in page.text("main .lead")
    assert "<script>alert" not in page.html


@pytest.mark.parametrize("address", ["/search?" + "a=1&" * 200, "/search?q=" + "a" * 400])
def test_a_question_without_measure_is_refused(sample: Pages, address: str) -> None:
    assert sample.get(address, 400).text("h1") == "The question can't be understood"
