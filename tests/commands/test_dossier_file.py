"""A dossier is one file: the page with its sources and the date of the data, and nothing that must be fetched."""

import pytest
from selectolax.lexbor import LexborHTMLParser


def test_it_is_the_page_and_needs_nothing_else(medpath, tmp_path):
    file = tmp_path / "alofisel.html"
    medpath("dossier", "alofisel", "--format", "html", "--output", str(file))
    tree = LexborHTMLParser(file.read_text(encoding="utf-8"))
    assert tree.css_first("h1").text() == "Alofisel"
    assert "Not authorised now" in tree.css_first(".banner").text()
    assert "SHA-256" in tree.css_first("#sources").text()
    assert "Date of the data" in tree.css_first("footer").text()
    assert tree.css("link, img, script[src], [href^='/'], form") == []
    assert "@media print" in tree.css_first("style").text()
    assert [one for one in tree.css("details") if "open" not in one.attributes] == []


def test_in_chinese_and_as_of_a_day(medpath, tmp_path):
    file = tmp_path / "alofisel.html"
    medpath("dossier", "alofisel", "--lang", "zh", "--as-of", "2026-02-01", "--output", str(file))
    text = file.read_text(encoding="utf-8")
    assert '<html lang="zh-Hans">' in text
    assert "2026年2月1日" in text


@pytest.mark.parametrize("asked", [("xqzwvkj",), ("alofisel", "--as-of", "soon")])
def test_what_can_not_be_written_says_why(medpath, asked):
    found = medpath("dossier", *asked)
    assert found.code in (2, 3)
