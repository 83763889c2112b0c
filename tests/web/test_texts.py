"""Reading: a section, the contents of a part, a document, what changed in it, and medicines side by side."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.sync import sync
from medpath.web.comparison import shared
from tests.documents.qrd_documents import summary, whole
from tests.sample_store import fill
from tests.web.kinds import ALOFISEL, KISUNLA, UZPRUVO
from tests.web.pages import Pages
from tests.web.test_hostile import ATTACK, harmless

ALOFISEL_FILE = "alofisel-epar-product-information_en.pdf"
PDF = f"https://www.ema.europa.eu/en/documents/product-information/{ALOFISEL_FILE}"
REDLINE = f"{KISUNLA}/documents/kisunla-epar-product-information_en.pdf/diff"
NEWER = "2026-04-01"


@pytest.fixture(scope="module")
def pages_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Pages]]:
    """Makes the pages over the sample with another text of Alofisel's product information, by day."""
    stores = []

    def make(texts: dict[str, str]) -> Pages:
        folder, data = tmp_path_factory.mktemp("texts"), tmp_path_factory.mktemp("store")
        for day, text in texts.items():
            front = (
                f"---\ndocument_datetime: {day} 06:00:00\ndocument_pathfilename: {PDF.removeprefix('https://')}\n---\n"
            )
            Path(folder / f"alofisel_{day}.md").write_text(front + text, encoding="utf-8")
        store = fill(data)
        sync(store.settings, store.database, origin=str(folder))
        stores.append(store)
        return Pages(TestClient(create_app(store.settings), follow_redirects=False))

    yield make
    for store in stores:
        store.database.dispose()


def test_a_section_says_whose_it_is_what_holds_now_and_where_it_stands(sample: Pages) -> None:
    page = sample.get(f"{ALOFISEL}/smpc/4.8")
    assert page.text("h1") == "4.8 Undesirable effects"
    assert page.attribute("h1 span", "lang") == "en"
    assert page.text("title") == "Alofisel: 4.8 Undesirable effects – Withdrawn – MedPath"
    assert page.text(".eyebrow").startswith("Alofisel EMEA/H/C/004258 Withdrawn 13 December 2024")
    assert page.text(".banner.bad").startswith("Not authorised now: the marketing authorisation was withdrawn")
    assert page.link("page 3 of EMA's file") == f"{PDF}#page=3"
    assert "version 1, as it stood on 30 January 2026" in page.text(".lead")
    assert page.text(".doubt").startswith("It is not certain where this section begins and ends")
    assert "Sample text written for MedPath, not EMA's wording." in page.text(".origin")
    assert page.links("nav.ways a") == [f"{ALOFISEL}/smpc/4.7", f"{ALOFISEL}/smpc/4.9"]
    assert page.text(".toc [aria-current=page]") == "4.8 Undesirable effects"
    assert page.links(".toc > .inline a") == [
        f"{ALOFISEL}/{part}" for part in ("smpc", "annex-ii", "labelling", "package-leaflet")
    ]


def test_its_table_is_a_table_with_heads_that_can_be_scrolled(sample: Pages) -> None:
    page = sample.get(f"{ALOFISEL}/smpc/4.8")
    assert page.texts("thead th[scope=col]") == ["System organ class", "Frequency", "Undesirable effect"]
    assert page.texts("tbody th[scope=row]") == ["General", "General", "Skin"]
    box = page.tree.css_first(".scroll")
    assert (box.attributes["tabindex"], box.attributes["role"], box.attributes["aria-label"]) == (
        "0",
        "region",
        "Table 1",
    )
    assert len(page.tree.css("section.text ul > li")) == 2
    assert sample.get(f"/zh{ALOFISEL}/smpc/4.8").attribute(".scroll", "aria-label") == "表 1"


def test_a_section_without_doubt_has_no_such_words(sample: Pages) -> None:
    assert sample.get(f"{ALOFISEL}/smpc/4.1").tree.css(".doubt") == []


def test_each_product_of_a_file_has_its_place(sample: Pages) -> None:
    page = sample.get(f"{UZPRUVO}/smpc/4.8")
    names = ["Uzpruvo concentrate for solution for infusion", "Uzpruvo solution for injection in pre-filled syringe"]
    assert page.texts(".units li") == names
    assert page.links(".units a") == ["#unit-1", "#unit-2"]
    assert [page.text(f"#unit-{unit} h2") for unit in (1, 2)] == names


def test_a_heading_without_text_lists_what_is_below(sample: Pages) -> None:
    page = sample.get(f"{ALOFISEL}/smpc/4")
    assert "This heading has no text of its own. Below it stand:" in page.text("section.text")
    assert page.links("section.text .sections a") == [f"{ALOFISEL}/smpc/4.{number}" for number in range(1, 10)]


def test_the_leaflets_titles_have_the_medicines_name(sample: Pages) -> None:
    assert sample.get(f"{ALOFISEL}/package-leaflet/1").text("h1") == "1 What Alofisel is and what it is used for"


def test_the_contents_of_a_part_lead_to_its_sections(sample: Pages) -> None:
    page = sample.get(f"{ALOFISEL}/smpc")
    assert page.text("h1") == "Summary of product characteristics"
    assert f"{ALOFISEL}/smpc/5.1" in page.links(".sections a")
    assert "page 3 · not certain where it begins and ends" in page.texts(".sections .note")
    assert page.tree.css("[aria-current=true]")[0].text() == "Summary of product characteristics"
    assert f"{UZPRUVO}/smpc/4.8#unit-2" in sample.get(f"{UZPRUVO}/smpc").links("#unit-2 a")


def test_an_older_version_says_so_and_leads_to_the_newest(sample: Pages) -> None:
    page = sample.get(f"{KISUNLA}/smpc/7?version=1")
    assert "Papendorpseweg 83" in page.text("section.text")
    assert page.text(".banner").startswith("This is version 1 of 2. It stood like this from 30 January 2026")
    assert page.link("The newest version") == f"{KISUNLA}/smpc/7"
    assert page.links("nav.ways a")[0] == f"{KISUNLA}/smpc/6.6?version=1"
    assert page.tree.css("meta[name=robots]") != []
    newest = sample.get(f"{KISUNLA}/smpc/7")
    assert "Orteliuslaan 1000" in newest.text("section.text")
    assert newest.link("What changed since the version before") == f"{REDLINE}?from=1&to=2#smpc-7"


def test_as_of_a_day_the_text_of_then_is_shown(sample: Pages) -> None:
    page = sample.get(f"{KISUNLA}/smpc/7?as_of=2026-02-01")
    assert page.text(".banner").startswith("As of 1 February 2026.")
    assert "Papendorpseweg 83" in page.text("section.text")
    assert page.links(".eyebrow a") == [f"{KISUNLA}?as_of=2026-02-01"]
    assert page.links("nav.ways a")[0] == f"{KISUNLA}/smpc/6.6?as_of=2026-02-01"
    early = sample.get(f"{KISUNLA}/smpc/7?as_of=2026-01-29", 404)
    assert (
        "By 29 January 2026 no text of this document had been seen; the first was on 30 January 2026." in early.text()
    )


def test_a_document_is_shown_whole_with_contents_and_versions(sample: Pages) -> None:
    page = sample.get(f"{ALOFISEL}/documents/{ALOFISEL_FILE}")
    assert page.text("h1") == "Alofisel : EPAR - Product information"
    assert page.text(".lead") == "Product information · 11 pages"
    anchors = [link for link in page.links(".contents a") if link.startswith("#")]
    assert len(anchors) > 40
    assert {one.removeprefix("#") for one in anchors} <= {one.attributes["id"] for one in page.tree.css("section[id]")}
    assert page.texts("article h2.part") == [
        "Summary of product characteristics",
        "Annex II",
        "Labelling",
        "Package leaflet",
    ]


def test_a_long_document_comes_in_portions(pages_with: Callable[..., Pages]) -> None:
    text = "\n\n".join(
        f"Paragraph {number} goes on and on for so long that it fills a line or two." for number in range(4_000)
    )
    pages = pages_with({NEWER: whole(summary(s5_1=text))})
    address = f"{ALOFISEL}/documents/{ALOFISEL_FILE}"
    first = pages.get(address)
    assert len(first.html) < 300_000
    ways = first.links(".portions a")
    assert ways[0] == f"{address}?portion=2"
    count = len(set(ways)) + 1
    portions = [pages.get(f"{address}?portion={portion}").html for portion in range(1, count + 1)]
    assert re.findall(r"<p>Paragraph (\d+) goes", "".join(portions)) == [str(number) for number in range(4_000)]
    assert "(goes on)" in pages.get(f"{address}?portion=2").text("article")
    assert f"there is no portion {count + 1}" in pages.get(f"{address}?portion={count + 1}", 404).text()
    assert f"{ALOFISEL}/documents/{ALOFISEL_FILE}?portion={count}" in "".join(first.links(".contents a"))

    section = pages.get(f"{ALOFISEL}/smpc/5.1")  # and so does a long section
    ways = list(dict.fromkeys(section.links(".portions a")))
    portions = [section, *(pages.get(way) for way in ways)]
    assert len(portions) == 4
    written = "".join(one.html for one in portions)
    assert re.findall(r"<p>Paragraph (\d+) goes", written) == [str(number) for number in range(4_000)]
    assert portions[1].text("title").startswith("Alofisel: 5.1 Pharmacodynamic properties (2/4)")
    assert "there is no portion 9" in pages.get(f"{ALOFISEL}/smpc/5.1?portion=9", 404).text()
    compared = pages.get("/compare?section=5.1&medicine=alofisel&medicine=humira")
    assert len(compared.html) < 300_000
    assert compared.link("The section goes on; read all of it on its own page") == f"{ALOFISEL}/smpc/5.1"


@pytest.mark.parametrize(
    ("sizes", "room", "expected"),
    [([10, 10], 40, [10, 10]), ([10, 90], 40, [10, 30]), ([90, 0, 90], 40, [20, 0, 20]), ([], 40, [])],
)
def test_what_short_sections_leave_is_for_the_long_ones(sizes: list[int], room: int, expected: list[int]) -> None:
    assert shared(sizes, room) == expected


def test_what_changed_is_marked_and_what_did_not_is_silent(sample: Pages) -> None:
    page = sample.get(REDLINE)
    assert page.text("h1") == "What changed from version 1 to version 2"
    assert page.texts("h2") == [
        "4 sections differ",
        *(f"{title} Summary of product characteristics" for title in (
            "4.2 Posology and method of administration",
            "4.4 Special warnings and precautions for use",
            "4.8 Undesirable effects",
            "7 MARKETING AUTHORISATION HOLDER",
        )),
    ]  # fmt: skip
    assert page.links(".summary a") == ["#smpc-4.2", "#smpc-4.4", "#smpc-4.8", "#smpc-7"]
    assert page.texts(".summary .note")[2] == "added 1, changed 1, numbers changed"
    assert page.text('[id="smpc-4.2"] .tag') == "moved"
    assert (page.text('[id="smpc-4.8"] del.number'), page.text('[id="smpc-4.8"] ins.number')) == ("3", "4")
    assert "Contraindications" not in page.text("main")
    assert sample.get(f"/zh{REDLINE}?from=1&to=2").text('[id="smpc-4.2"] .tag') == "移动"
    assert "Of this text there is no version 9; the versions are 1, 2." in sample.get(f"{REDLINE}?from=9", 404).text()
    assert "no version of this text before" in sample.get(f"{ALOFISEL}/documents/{ALOFISEL_FILE}/diff", 404).text()


def test_medicines_stand_side_by_side_each_with_its_status(sample: Pages) -> None:
    page = sample.get("/compare?section=4.8&medicine=alofisel&medicine=EU/1/03/256&medicine=hulio")
    assert page.text("h1") == "4.8 Undesirable effects"
    assert page.texts(".side-by-side h2") == ["Alofisel", "Humira", "Hulio"]
    assert page.text(".side-by-side .banner").startswith("Not authorised now")
    assert page.text(".missing") == "No text of a product information of Hulio is held."
    assert [one.attributes.get("value") for one in page.tree.css(".comparing input")] == [
        "alofisel", "EU/1/03/256", "hulio", "",
    ]  # fmt: skip
    assert page.attribute("option[selected]", "value") == "4.8"
    labels = [one.attributes["aria-label"] for one in page.tree.css(".scroll")]
    assert labels == ["Table 1", "Table 2"]


def test_names_that_can_not_be_understood_are_told_beside_their_fields(sample: Pages) -> None:
    page = sample.get("/compare?section=package-leaflet/4&medicine=tibsovo&medicine=xqzwvkj&medicine=humira")
    assert page.texts(".problem")[0].startswith("“tibsovo” fits several medicines; choose the one that you mean.")
    assert "EMEA/H/C/005056" in page.texts(".problem")[0]
    assert page.texts(".problem")[1] == "No medicine is known here as “xqzwvkj”; try a search."
    assert page.texts(".side-by-side h2") == ["Humira"]
    assert "At most 5 medicines" in sample.get("/compare?" + "&".join(f"medicine={n}" for n in range(6)), 400).text()
    assert "is no section" in sample.get("/compare?section=4,8", 400).text()


def test_a_section_offers_comparison_with_alternatives(sample: Pages) -> None:
    page = sample.get("/medicines/EMEA-H-C-000481/smpc/4.8")
    assert page.link("Hefiya") == "/compare?section=4.8&medicine=EMEA-H-C-000481&medicine=EMEA-H-C-004865"
    assert page.link("Compare with a medicine that you choose") == "/compare?section=4.8&medicine=EMEA-H-C-000481"


def test_the_medicines_page_leads_into_the_text(sample: Pages) -> None:
    page = sample.get(ALOFISEL)
    assert page.links("nav.read a") == [
        *(f"{ALOFISEL}/smpc/{number}" for number in ("4.1", "4.2", "4.3", "4.8", "5.1")),
        f"{ALOFISEL}/package-leaflet",
        f"{ALOFISEL}/smpc",
    ]
    assert page.link("read the text") == f"{ALOFISEL}/documents/{ALOFISEL_FILE}"
    assert sample.get(f"{KISUNLA}?as_of=2026-02-01").links("nav.read a")[0] == f"{KISUNLA}/smpc/4.1?as_of=2026-02-01"
    assert sample.get(f"{KISUNLA}?as_of=2026-01-29").tree.css("nav.read") == []
    assert sample.get("/medicines/EMEA-H-C-005874").tree.css("nav.read") == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"{ALOFISEL}/smpc/9.9", "has no section 9.9 in this part (Summary of product characteristics)"),
        (f"{ALOFISEL}/annex/1", "has no page “annex/1”; the parts of its product information are smpc, annex-ii"),
        (f"{ALOFISEL}/documents/other.pdf", "Alofisel has no document “other.pdf”"),
        (f"{ALOFISEL}/smpc/4.8?version=7", "there is no version 7; the versions are 1"),
        ("/medicines/EMEA-H-C-005874/smpc", "No text of a product information of Spevigo is held."),
        ("/medicines/EMEA-H-C-999999/smpc/4.8", "No medicine has the product number EMEA/H/C/999999."),
    ],
)
def test_what_is_not_held_is_not_found_with_a_sentence(sample: Pages, address: str, said: str) -> None:
    assert said in sample.get(address, 404).text("main")
    sample.get(f"/zh{address}", 404)


def test_other_spellings_of_the_medicine_lead_to_the_usual_address(sample: Pages) -> None:
    assert sample.location("/medicines/alofisel/smpc/4.8", 302) == f"{ALOFISEL}/smpc/4.8"
    assert sample.location("/medicines/EMEA/H/C/004258/smpc", 308) == f"{ALOFISEL}/smpc"
    file = f"documents/{ALOFISEL_FILE}"
    assert sample.location(f"/zh/medicines/EU-1-17-1261/{file}?version=1", 302) == f"/zh{ALOFISEL}/{file}?version=1"


def test_hostile_text_shows_as_text(pages_with: Callable[..., Pages]) -> None:
    table = f"| {ATTACK.replace('|', '')} | b |\n|---|---|\n| {ATTACK} | c |"
    body = f"{ATTACK}\n\n- {ATTACK}\n\n## {ATTACK}\n\n{table}"
    pages = pages_with({NEWER: whole(summary(s4_8=body, s4_9=ATTACK, s1=ATTACK))})
    section = pages.get(f"{ALOFISEL}/smpc/4.8")
    assert "<script>alert(1)</script>" in section.text("section.text")
    assert "{{7*7}}%(x)s" in section.text("section.text")
    for address in (
        f"{ALOFISEL}/smpc/4.8",
        f"{ALOFISEL}/smpc/1",
        f"{ALOFISEL}/documents/{ALOFISEL_FILE}",
        f"{ALOFISEL}/documents/{ALOFISEL_FILE}/diff",
        "/compare?section=4.8&medicine=alofisel&medicine=%3Cscript%3E",
        ALOFISEL,
    ):
        harmless(pages.get(address))
        harmless(pages.get(f"/zh{address}"))
