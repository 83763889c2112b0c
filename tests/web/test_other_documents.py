"""What overviews, earlier lists of steps and sections 7 and 9 add to a medicine's page."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from medpath.app import create_app
from medpath.sync import sync
from tests.documents.test_overviews import OLD
from tests.sample_store import fill
from tests.web.kinds import ALOFISEL
from tests.web.pages import Pages

FRONT = (
    "---\ndocument_datetime: 2026-03-01 09:15:00\ndocument_pathfilename: www.ema.europa.eu/en/documents/{}.pdf\n---\n"
)
SMPC = """## 7. MARKETING AUTHORISATION HOLDER

Takeda Pharma A/S, Dybendal Alle 10, 2630 Taastrup, Denmark

## 8. MARKETING AUTHORISATION NUMBER(S)

EU/1/17/1261/001

## 9. DATE OF FIRST AUTHORISATION/RENEWAL OF THE AUTHORISATION

Date of first authorisation: 23 May 2018

## 10. DATE OF REVISION OF THE TEXT
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """The pages over the sample with two of EMA's documents more."""
    folder = tmp_path_factory.mktemp("documents")
    names = {
        "overview/alofisel-epar-summary-public_en": OLD,
        "product-information/alofisel-epar-product-information_en": SMPC,
    }
    for name, text in names.items():
        (folder / f"{name.partition('/')[0]}.md").write_text(FRONT.format(name) + text, encoding="utf-8")
    store = fill(tmp_path_factory.mktemp("store"))
    sync(store.settings, store.database, origin=str(folder))
    with TestClient(create_app(store.settings), follow_redirects=False) as client:
        yield Pages(client)
    store.database.dispose()


def test_questions_from_an_overview_document_are_marked_as_past_with_its_month(pages: Pages) -> None:
    page = pages.get(ALOFISEL)
    assert page.texts("#overview .banner") == [
        "EMA's page no longer shows questions and answers. These are from EMA's overview document of June 2018 and are "
        "not current."
    ]
    assert "What is Velmora? archived" in page.texts("#overview h3")


def test_the_same_in_chinese(pages: Pages) -> None:
    assert "2018年6月" in " ".join(pages.get(f"/zh{ALOFISEL}").texts("#overview .banner"))


def test_what_sections_7_and_9_say_otherwise_stands_among_the_disagreements(pages: Pages) -> None:
    text = " ".join(pages.get(ALOFISEL).texts("#sources"))
    assert "Postal address of the holder" in text
    assert "Dybendal Alle 10" in text
    assert "23 May 2018" in text
