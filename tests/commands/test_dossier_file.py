"""A dossier is one file: the page with its sources and the date of the data, and nothing that must be fetched."""

import os
import sys

import pypdfium2
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
    folded = [one.css_first("summary").text() for one in tree.css("details") if "open" not in one.attributes]
    assert folded == ["What these flags mean"], "open, it would read as if the medicine had them"


def test_a_pdf_says_on_every_page_that_the_medicine_is_not_authorised(medpath, tmp_path):
    file = tmp_path / "alofisel.pdf"
    ran = medpath("dossier", "alofisel", "--format", "pdf", "--lang", "zh", "--output", file)
    assert ran.code == 0
    assert f"{file}: {file.stat().st_size:,} bytes." in ran.err
    pages = [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(file)]
    for text in pages:
        assert "Alofisel · EMEA/H/C/004258" in text
        assert "样本数据" in text
        assert "目前未获批：上市许可已撤回（2024年12月13日）。" in text
        assert "数据日期：2026年3月14日" in text
    whole = "\n".join(pages)
    assert "产品编号 EMEA/H/C/004258" in whole, "a fact stands beside its name"
    assert "https://www.ema.europa.eu/en/medicines/human/EPAR/alofisel" in whole
    assert "SHA-256" in whole


def test_a_terminal_is_not_given_a_pdf(medpath, monkeypatch):
    master, terminal = os.openpty()
    with os.fdopen(terminal, "w") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        ran = medpath("dossier", "alofisel", "--format", "pdf")
    os.close(master)
    assert ran.code == 2
    assert "A PDF is nothing for a terminal: name a file with --output" in ran.err


def test_a_file_is_written_whole_or_not_at_all(medpath, tmp_path):
    assert medpath("dossier", "alofisel", "--output", tmp_path / "missing" / "file.html").code == 2
    assert medpath("dossier", "alofisel", "--output", tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []


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
