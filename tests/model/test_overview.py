"""Questions and answers that EMA's page no longer shows stay, marked as past."""

from typing import Any

import pytest

from medpath.model.histories import Source
from tests.model.sources import ROW, body_of, composed, found, page_body, row_body, source

ASKED = {"summary": ["A."], "questions": [{"kind": "what-is-it", "question": "What?", "answer": ["That."]}]}
SILENT = {"summary": ["Withdrawn."], "questions": []}


def test_questions_of_today_are_not_archived() -> None:
    body = body_of(ROW, source("ema.epar_pages", ("2026-01-06T00:00:00Z", page_body(overview=ASKED))))
    assert body["overview"]["questions"] == [ASKED["questions"][0] | {"archived": False}]
    assert body["overview"]["archived_at"] is None


def test_dropped_questions_stay_with_the_last_instant_at_which_they_were_shown() -> None:
    page = source(
        "ema.epar_pages",
        ("2026-01-06T00:00:00Z", page_body(overview=ASKED)),
        ("2026-08-17T00:00:00Z", page_body(overview=SILENT)),
    )
    overview = body_of(ROW, page)["overview"]
    assert overview["summary"] == ["Withdrawn."]
    assert [question["archived"] for question in overview["questions"]] == [True]
    assert overview["archived_at"] == "2026-01-06T00:00:00Z"
    assert overview["no_longer_shown"] is False


def test_where_no_held_page_ever_had_them_the_overview_says_so_and_links_the_document() -> None:
    document = {
        "title": "Overview",
        "type": "overview",
        "group": "overview",
        "status": None,
        "first_published": "2018-04-04",
        "last_updated": None,
        "reference_number": None,
        "language": "en",
        "url": "https://www.ema.europa.eu/en/documents/overview/alofisel_en.pdf",
        "translations": {},
    }
    page = source("ema.epar_pages", ("2026-08-17T00:00:00Z", page_body(overview=SILENT, documents=[document])))
    overview = body_of(ROW, page)["overview"]
    assert overview["no_longer_shown"] is True
    assert overview["document"] == document["url"]


def document(at: str, month: str | None, *questions: str, name: str = "velmora") -> Source:
    url = f"https://www.ema.europa.eu/en/documents/overview/{name}-epar-summary-public_en.pdf"
    asked = [{"kind": "what-is-it", "question": question, "answer": ["That."]} for question in questions]
    body = {
        "kind": "summary-for-the-public",
        "summary": [],
        "questions": asked,
        "last_updated_month": month,
        "url": url,
    }
    return source("emamds.overviews", (at, body), key=url.removeprefix("https://www.ema.europa.eu"))


def test_questions_that_no_page_has_come_from_the_overview_document_dated_and_archived() -> None:
    page = source("ema.epar_pages", ("2026-08-17T00:00:00Z", page_body(overview=SILENT)))
    one = document("2025-01-21T00:00:00Z", "2018-06", "What is Velmora?")
    made = composed(ROW, page, others=(found(one),))
    overview = made.body["overview"]
    assert [(asked["question"], asked["archived"]) for asked in overview["questions"]] == [("What is Velmora?", True)]
    assert overview["archived_at"] == "2025-01-21T00:00:00Z"
    assert (overview["questions_month"], overview["questions_document"]) == ("2018-06", one.body["url"])
    assert overview["no_longer_shown"] is False
    assert overview["summary"] == ["Withdrawn."]
    assert made.provenance["overview"].dataset == "ema.epar_pages"
    assert made.provenance["overview.questions"] is one


def test_of_several_overview_documents_the_newest_counts() -> None:
    page = source("ema.epar_pages", ("2026-08-17T00:00:00Z", page_body(overview=SILENT)))
    documents = [
        document("2026-01-01T00:00:00Z", None, "Undated?", name="a"),
        document("2025-01-21T00:00:00Z", "2018-06", "Newest?", name="b"),
        document("2025-01-21T00:00:00Z", "2012-06", "Older?", name="c"),
        document("2026-01-01T00:00:00Z", "2020-01", name="d"),
    ]
    overview = body_of(ROW, page, others=tuple(map(found, documents)))["overview"]
    assert [asked["question"] for asked in overview["questions"]] == ["Newest?"]


@pytest.mark.parametrize("shown", [(ASKED,), (ASKED, SILENT)])
def test_what_the_page_shows_or_showed_counts_before_the_document(shown: tuple[dict[str, Any], ...]) -> None:
    versions = [(f"2026-0{number}-01T00:00:00Z", page_body(overview=one)) for number, one in enumerate(shown, 1)]
    one = document("2026-02-01T00:00:00Z", "2026-01", "What is Velmora?")
    overview = body_of(ROW, source("ema.epar_pages", *versions), others=(found(one),))["overview"]
    assert [asked["question"] for asked in overview["questions"]] == ["What?"]
    assert overview["questions_document"] is None


def test_a_medicine_that_is_authorised_gets_no_archived_questions_from_a_document() -> None:
    status = {"code": "authorised", "source_value": "Authorised"}
    row = source("ema.medicines", ("2025-05-01T00:00:00Z", row_body(status=status)), key="EMEA/H/C/004258")
    page = source("ema.epar_pages", ("2026-08-17T00:00:00Z", page_body(overview=SILENT, status=status)))
    one = document("2025-01-21T00:00:00Z", "2018-06", "What is Velmora?")
    assert body_of(row, page, others=(found(one),))["overview"]["questions"] == []
