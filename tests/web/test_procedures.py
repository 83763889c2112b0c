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


def test_procedures_stand_newest_first_with_number_scope_and_decision(pages: Pages) -> None:
    page = pages.get(ALOFISEL)
    assert "Procedures after authorisation 11" in page.texts("#timeline h3")
    first = page.texts("#timeline h3 ~ .events li")[0]
    assert first.startswith("20 July 2023 Variation of type II II/0044/G: A <b>change</b> Commission decision 14 Sep")
    assert page.tree.css("#timeline b") == []
    folded = page.tree.css("#timeline details.rest li")
    assert len(folded) == 6
    chinese = pages.get(f"/zh{ALOFISEL}")
    assert chinese.texts("#timeline h3 ~ .events li")[0].startswith("2023年7月20日 II 类变更 II/0044/G：")


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
