"""What holds for every page: date and source of the data, languages, nothing from elsewhere, nothing inline."""

import gzip
import re
from itertools import pairwise

import pytest

from medpath.translations.language import language
from medpath.web.static_files import static_files
from tests.web.kinds import EVERY_PAGE, KINDS, in_chinese
from tests.web.pages import Page, Pages

BOTH = [
    pytest.param(address, status, id=f"{kind}-{language}")
    for kind, (english, status) in EVERY_PAGE.items()
    for language, address in (("en", english), ("zh", in_chinese(english)))
]
ATC_CODE = r"\bQ?[A-Z]\d\d[A-Z]{0,2}\d{0,2}\b"
NUMBER = r"\bEMEA/[HV]/C/\d{6}\b|\bEU/\d/\d\d/\d+\b"
# Words of other languages that stand in a Chinese page as names, abbreviations and forms.
NAMES = {
    "MedPath", "EMA", "EPAR", "ATC", "ATCvet", "MeSH", "JSON", "Lines", "CSV", "UTC", "PDF", "Word", "DHPC", "PRIME",
    "SHA", "OpenAPI", "Apache", "English", "COVID", "CHMP", "CMDh", "PRAC", "Cookie", "WHO", "Excel", "ZIP", "of",
    "TNF", "patient", "safety", "withdrawn", "biosimilar", "orphan", "Alofisel", "adalimumab", "xqzwvkj", "soon",
    "II", "Hulio", "tibsovo", "JavaScript", "sample", "section", "smpc", "BibTeX", "RIS", "CVMP",
}  # fmt: skip


@pytest.mark.parametrize(("address", "status"), BOTH)
def test_it_says_of_which_day_its_data_are_and_that_they_are_a_sample(sample: Pages, address: str, status: int) -> None:
    page = sample.get(address, status)
    chinese = address.startswith("/zh")
    then = "as_of=2026" in address  # the list of then
    day = "2026-01-29" if then else "2026-03-14"
    told = language("zh" if chinese else "en").instant(f"{day}T05:00:00Z")
    assert told in page.text("footer .dated")
    assert page.attribute("footer .dated time", "datetime") == f"{day}T05:00:00Z"
    assert ("样本数据" if chinese else "Sample data") in page.text(".sample")
    assert "/about" in page.links("footer a")[-1]


@pytest.mark.parametrize(("address", "status"), BOTH)
def test_it_has_one_language_and_leads_to_the_other(sample: Pages, address: str, status: int) -> None:
    page = sample.get(address, status)
    chinese = address.startswith("/zh")
    assert page.attribute("html", "lang") == ("zh-Hans" if chinese else "en")
    other = address.removeprefix("/zh") or "/" if chinese else in_chinese(address)
    if status == 200:
        assert page.link("English" if chinese else "中文") == other.replace("+", "+")
    for link in page.links("main a, header a"):
        if link.startswith("/") and not link.startswith(("/api/", "/docs", "/openapi.json")) and "/cite." not in link:
            here = link.startswith("/zh")
            assert here == chinese or link in (other, other.partition("?")[0]), link


@pytest.mark.parametrize("kind", KINDS)
def test_chinese_pages_have_no_english_but_names_and_what_is_marked(sample: Pages, kind: str) -> None:
    page = sample.get(in_chinese(KINDS[kind]))
    for element in page.tree.css("body [lang]:not([lang=zh-Hans]), .code, script, svg, option"):
        element.decompose()
    text = re.sub(rf"{ATC_CODE}|{NUMBER}", "", page.text("body"))
    words = set(re.findall(r"[A-Za-z]{2,}", text)) - NAMES
    assert words == set()


@pytest.mark.parametrize("kind", KINDS)
def test_english_pages_have_no_chinese_but_what_is_marked(sample: Pages, kind: str) -> None:
    page = sample.get(KINDS[kind])
    for element in page.tree.css("[lang=zh-Hans]"):
        element.decompose()
    assert re.findall(r"[\u4e00-\u9fff]+", page.text("body")) == []


@pytest.mark.parametrize(("address", "status"), BOTH)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(sample: Pages, address: str, status: int) -> None:
    page = sample.get(address, status)
    only_ours(page)
    assert page.tree.css("style, [style], img:not(.chart img), iframe, object, embed, form[method=post]") == []
    assert "unsafe-inline" not in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers


def only_ours(page: Page) -> None:
    """No scripts but our files and data, no handler, no address that is not the web's or this site's."""
    for script in page.tree.css("script"):
        kind, source = script.attributes.get("type"), script.attributes.get("src")
        assert kind == "application/ld+json" or (source or "").startswith("/static/")
    for element in page.tree.css("*"):
        for name, value in element.attributes.items():
            assert not name.startswith("on"), name
            if name in ("href", "src", "action", "data-address", "data-suggest"):
                assert re.match(r"/(?!/)|#|https?://", value or ""), (name, value)
                if name == "src" or element.tag == "link":
                    assert (value or "").startswith("/"), value


@pytest.mark.parametrize(("address", "status"), BOTH)
def test_headings_and_landmarks(sample: Pages, address: str, status: int) -> None:
    page = sample.get(address, status)
    assert len(page.tree.css("h1")) == 1
    assert len(page.tree.css("main")) == 1
    levels = [int(one.tag[1]) for one in page.tree.css("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels
    assert page.text("title").endswith("MedPath")
    assert page.links("a.skip") == ["#content"]
    ids = [one.attributes["id"] for one in page.tree.css("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", KINDS)
def test_sources_are_named_with_their_terms(sample: Pages, kind: str) -> None:
    page = sample.get(KINDS[kind])
    assert page.texts(".credits li")
    assert all(link.startswith("https://") for link in page.links(".credits a"))


def test_a_page_is_small_with_everything_that_it_needs(sample: Pages) -> None:
    fixed = sum(len(file.packed) for file in static_files().values())
    for kind, address in KINDS.items():
        assert len(gzip.compress(sample.get(address).html.encode())) + fixed < 60_000, kind
