"""Presentations, and the procedures after authorisation, from EMA's documents."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.sync import sync
from medpath.translations.language import language
from medpath.web.procedures import procedures_of
from tests.sample_store import fill
from tests.web.kinds import ALOFISEL
from tests.web.pages import Pages

FRONT = "---\ndocument_datetime: 2026-03-01 09:15:00\ndocument_pages: 1\ndocument_pathfilename: {}\n---\n"
STEPS = "www.ema.europa.eu/en/documents/procedural-steps-after/{}.pdf"
PACKS = "www.ema.europa.eu/en/documents/all-authorised-presentations/{}.pdf"
STEPS_NAME = "alofisel-epar-procedural-steps-taken-scientific-information-after-authorisation_en"
PACKS_NAME = "alofisel-epar-all-authorised-presentations_en"
STEP_ROWS = (
    "| Application number | Scope | Opinion/ Notification 1 issued on | Commission Decision Issued 2 / amended on "
    "| Product Information affected 3 | Summary |\n|---|---|---|---|---|---|\n"
    "| II/0044/G | A <b>change</b> | 20/07/2023 | 14/09/2023 | SmPC | |\n"
    + "".join(f"| IB/{number:04} | A small change | {number:02}/06/2022 | n/a | | |\n" for number in range(1, 11))
)
PACK_ROWS = (
    "| EU Number | Invented name | Strength | Pharmaceutical Form | Route of administration | Packaging "
    "| Package size |\n|---|---|---|---|---|---|---|\n"
    "| EU/1/17/1261/001 | Alofisel | 5 mg | Tablet | Oral use | blister (alu/alu) | 28 tablets |\n"
    "| EU/1/17/1261/002 | Alofisel | 10 mg | Tablet | Oral use | blister (alu/alu) | 28 tablets |\n"
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """The pages over the sample with two of EMA's documents more."""
    folder = tmp_path_factory.mktemp("documents")
    for name, address, rows in ((STEPS_NAME, STEPS, STEP_ROWS), (PACKS_NAME, PACKS, PACK_ROWS)):
        (folder / f"{name}.md").write_text(FRONT.format(address.format(name)) + rows, encoding="utf-8")
    store = fill(tmp_path_factory.mktemp("store"))
    sync(store.settings, store.database, origin=str(folder))
    with TestClient(create_app(store.settings), follow_redirects=False) as client:
        yield Pages(client)
    store.database.dispose()


def test_the_newest_procedures_stand_on_the_medicines_page_with_number_scope_and_decision(pages: Pages) -> None:
    page = pages.get(ALOFISEL)
    assert "Procedures after authorisation 11" in page.texts("#timeline h3")
    shown = page.texts("#timeline h3 ~ .events li")
    assert len(shown) == 5
    assert shown[0].startswith(
        "20 July 2023 Variation of type II II/0044/G: A <b>change</b> Commission decision 14 Sep"
    )
    assert page.tree.css("#timeline b") == []
    assert page.link("All 11 procedures after authorisation") == f"{ALOFISEL}/procedures"
    chinese = pages.get(f"/zh{ALOFISEL}")
    assert chinese.texts("#timeline h3 ~ .events li")[0].startswith("2023年7月20日 II 类变更 II/0044/G：")
    assert chinese.link("全部 11 项批准后的程序") == f"/zh{ALOFISEL}/procedures"


def test_all_procedures_stand_on_their_own_page_by_year(pages: Pages) -> None:
    page = pages.get(f"{ALOFISEL}/procedures")
    assert page.text("title") == "Procedures of Alofisel after authorisation – MedPath"
    assert page.text(".eyebrow").startswith("Alofisel EMEA/H/C/004258 Withdrawn 13 December 2024")
    assert page.text(".lead").startswith("11 procedures.")
    assert page.texts("h2") == ["2023 1", "2022 10"]
    assert page.links(".toc a") == ["#y2023", "#y2022"]
    assert page.texts("#y2022 li")[0].startswith("10 June 2022 ")
    assert len(page.tree.css(".events li")) == 11
    assert page.links("#y2023 li a") == [f"https://{STEPS.format(STEPS_NAME)}#page=1"]
    assert pages.get(f"/zh{ALOFISEL}/procedures").text("h1") == "Alofisel批准后的程序"
    assert pages.location("/medicines/alofisel/procedures", 302) == f"{ALOFISEL}/procedures"


def test_procedures_as_of_a_day_say_so_and_lead_to_those_of_now(pages: Pages) -> None:
    before = pages.get(f"{ALOFISEL}/procedures?as_of=2026-02-01")
    assert before.text(".banner").startswith("As of 1 February 2026.")
    assert before.link("The procedures as they are known now") == f"{ALOFISEL}/procedures"
    assert before.links(".eyebrow a") == [f"{ALOFISEL}?as_of=2026-02-01"]
    assert before.texts(".events li") == []
    assert before.text("main > .note").startswith("No procedure after authorisation is known")
    assert before.tree.css("meta[name=robots]") != []
    then = pages.get(f"{ALOFISEL}?as_of=2026-03-20")
    assert then.link("All 11 procedures after authorisation") == f"{ALOFISEL}/procedures?as_of=2026-03-20"
    pages.get(f"{ALOFISEL}/procedures?as_of=soon", 400)
    pages.get("/medicines/EMEA-H-C-999999/procedures", 404)


def test_the_picture_keeps_to_the_great_days(pages: Pages, sample: Pages) -> None:
    marks = "#timeline svg circle, #timeline svg .decision"
    assert len(pages.get(ALOFISEL).tree.css(marks)) == len(sample.get(ALOFISEL).tree.css(marks))


def test_presentations_are_listed_with_their_source(pages: Pages) -> None:
    page = pages.get(ALOFISEL)
    assert page.texts(".packs li") == [
        "EU/1/17/1261/001 Alofisel · 5 mg · Tablet · Oral use · blister (alu/alu) · 28 tablets",
        "EU/1/17/1261/002 Alofisel · 10 mg · Tablet · Oral use · blister (alu/alu) · 28 tablets",
    ]
    assert "Authorised presentations" in page.text("#facts details.rest .whence")


def test_a_procedure_leads_to_the_page_of_its_document() -> None:
    event = {
        "date": "2023-07-20", "kind": "brand-new", "source": "emamds.procedural_steps", "title": None,
        "procedure_numbers": [], "commission_decision_date": None, "document": "d", "page": 4,
    }  # fmt: skip
    medicine = {"events": [event], "documents": [{"id": "d", "url": "https://www.ema.europa.eu/x_en.pdf"}]}
    found = procedures_of(language("en"), medicine)[0]
    assert (found.kind, found.url) == ("brand-new", "https://www.ema.europa.eu/x_en.pdf#page=4")
    hostile = {**medicine, "documents": [{"id": "d", "url": "javascript:alert(1)"}]}
    assert procedures_of(language("en"), hostile)[0].url is None
