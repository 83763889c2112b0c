"""Questions and answers that EMA's page no longer shows stay, marked as past."""

from tests.model.sources import ROW, body_of, page_body, source

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
