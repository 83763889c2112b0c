"""References to versions: what reference managers read, with a source's text that can't break out of its field."""

import re
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.settings import Settings
from medpath.web.citing import bibtex, ris
from tests.lists import authorised
from tests.sample_store import SampleStore
from tests.web.kinds import ALOFISEL
from tests.web.pages import Pages


def medicine(name: str = "Alofisel", attribution: str = "Source: European Medicines Agency") -> dict[str, Any]:
    return {
        "name": name,
        "product_number": "EMEA/H/C/004258",
        "version": 3,
        "observed_from": "2026-03-14T05:00:00Z",
        "licence": {"attribution": attribution, "url": None},
    }


def test_ris_has_version_day_and_attribution_and_no_day_of_access() -> None:
    assert ris(medicine(), "https://medpath.example.org").split("\r\n") == [
        "TY  - ELEC",
        "TI  - Alofisel (EMEA/H/C/004258)",
        "T2  - MedPath, register of medicines",
        "ET  - version 3",
        "PY  - 2026",
        "DA  - 2026/03/14/observed",
        "N1  - Source: European Medicines Agency. Version 3, observed 2026-03-14T05:00:00Z.",
        "LA  - en",
        "UR  - https://medpath.example.org/medicines/EMEA-H-C-004258?as_of=2026-03-14",
        "ER  - ",
        "",
    ]


def test_without_an_address_from_outside_none_is_invented() -> None:
    assert "UR  -" not in ris(medicine(), "")
    assert "url =" not in bibtex(medicine(), "")


def test_bibtex() -> None:
    text = bibtex(medicine("A & B {100 %}"), "https://medpath.example.org")
    assert text.startswith("@misc{medpath:EMEA-H-C-004258:3,\n")
    assert r"title = {{A \& B \textbraceleft{}100 \%\textbraceright{}} (EMEA/H/C/004258)}," in text
    assert "url = {https://medpath.example.org/medicines/EMEA-H-C-004258?as_of=2026-03-14}," in text


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_of_a_source_begins_a_field_of_its_own(name: str, attribution: str) -> None:
    record = medicine(f"x\r\nER  - {name}", f"y\u2028}}, url = {{evil}}\nUR  - {attribution}")
    lines = ris(record, "").split("\r\n")
    assert [line[:2] for line in lines] == ["TY", "TI", "T2", "ET", "PY", "DA", "N1", "LA", "ER", ""]
    assert all(len(line.splitlines()) <= 1 for line in lines)
    text = bibtex(record, "")
    depths = [text[:place].count("{") - text[:place].count("}") for place in range(len(text))]
    assert min(depths[text.index("{") + 1 :][:-1]) >= 0
    assert text.count("{") == text.count("}")
    assert re.findall(r"^  (\w+) = \{", text, re.MULTILINE) == [
        "title", "howpublished", "edition", "year", "month", "note", "language"
    ]  # fmt: skip


def test_the_page_leads_to_both_files_and_to_its_version(sample: Pages) -> None:
    page = sample.get(ALOFISEL)
    for form, media_type in (("RIS", "application/x-research-info-systems"), ("BibTeX", "application/x-bibtex")):
        answer = sample.get(page.link(form))
        assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
        assert answer.headers["content-disposition"].startswith('attachment; filename="EMEA-H-C-004258-version-')
        assert "Alofisel" in answer.html
    assert sample.get(page.link("This version by date")).text("h1") == "Alofisel"
    assert page.link("RIS") == sample.get(f"/zh{ALOFISEL}").link("RIS")


def test_a_version_of_the_past_is_cited_as_it_was(pages_of: Callable[..., Pages]) -> None:
    pages = pages_of({"2026-01-01": [authorised()], "2026-02-01": [authorised(therapeutic_indication="Other.")]})
    before = pages.get(pages.get(f"{ALOFISEL}?as_of=2026-01-15").link("RIS"))
    assert "ET  - version 1" in before.html
    assert "DA  - 2026/01/01/observed" in before.html
    assert "ET  - version 2" in pages.get(f"{ALOFISEL}/cite.ris").html


def test_other_spellings_lead_to_the_file(sample: Pages) -> None:
    assert sample.location("/medicines/emea-h-c-4258/cite.bib", 308) == f"{ALOFISEL}/cite.bib"


def test_the_address_is_that_of_the_version(sample_store: SampleStore) -> None:
    settings = Settings(data=sample_store.settings.data, public_url="https://medpath.example.org")
    with TestClient(create_app(settings)) as client:
        page = Pages(client).get(ALOFISEL)
        day = re.search(r"https://medpath\.example\.org/medicines/EMEA-H-C-004258\?as_of=([\d-]+)", page.text(".cite"))
        assert day is not None
        assert f"UR  - {day[0]}" in client.get(f"{ALOFISEL}/cite.ris").text
        assert page.attribute('meta[property="og:url"]', "content") == f"https://medpath.example.org{ALOFISEL}"
