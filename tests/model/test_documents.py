"""A medicine's documents from EMA's page and EMA's report: one list, nothing twice."""

from typing import Any

from tests.model.sources import NUMBER, ROW, body_of, page_body, source

BASE = "https://www.ema.europa.eu/en/documents"
AT = "2026-01-06T00:00:00Z"


def page_document(path: str, **changed: Any) -> dict[str, Any]:
    return {
        "title": f"Title of {path}",
        "type": path.partition("/")[0],
        "group": "overview",
        "status": None,
        "first_published": "2018-04-04",
        "last_updated": None,
        "reference_number": None,
        "language": "en",
        "url": f"{BASE}/{path}",
        "translations": {},
    } | changed


def report_document(path: str, **changed: Any) -> dict[str, Any]:
    return page_document(path) | {"status": {"code": "unknown", "source_value": "unknown"}} | changed


def documents(page: list[dict[str, Any]] | None, report: list[dict[str, Any]]) -> dict[str, Any]:
    own = [ROW]
    if page is not None:
        own.append(source("ema.epar_pages", (AT, page_body(documents=page))))
    own += [
        source(
            "ema.epar_documents", (AT, body), key=body["url"].removeprefix("https://www.ema.europa.eu"), medicine=NUMBER
        )
        for body in report
    ]
    return body_of(*own)


def test_a_document_of_both_stands_once_with_the_later_day_and_all_languages() -> None:
    ours = page_document("overview/a_en.pdf", last_updated="2019-01-01", translations={"bg": f"{BASE}/bg"})
    theirs = report_document("overview/a_en.pdf", last_updated="2026-02-01", translations={"cs": f"{BASE}/cs"})
    [document] = documents([ours], [theirs])["documents"]
    assert document["last_updated"] == "2026-02-01"
    assert sorted(document["translations"]) == ["bg", "cs"]


def test_the_suffix_of_an_address_belongs_to_it() -> None:
    body = documents([page_document("overview/a_en.pdf"), page_document("overview/a_en.pdf-0")], [])
    assert [one["id"] for one in body["documents"]] == [
        "ema:document:overview/a_en.pdf",
        "ema:document:overview/a_en.pdf-0",
    ]


def test_what_ema_published_after_the_page_was_seen_comes_from_the_report() -> None:
    body = documents(
        [page_document("overview/a_en.pdf")], [report_document("overview/b_en.pdf", first_published="2026-03-01")]
    )
    assert len(body["documents"]) == 2
    assert body["issues"] == []


def test_an_older_document_that_the_page_does_not_list_is_an_issue_and_not_shown() -> None:
    body = documents([page_document("overview/a_en.pdf")], [report_document("overview/b_en.pdf")])
    assert [one["id"] for one in body["documents"]] == ["ema:document:overview/a_en.pdf"]
    assert [one["code"] for one in body["issues"]] == ["not-on-the-page"]


def test_without_a_page_the_reports_type_decides_the_group_and_what_is_not_known_is_other() -> None:
    known = report_document("assessment-report/a_en.pdf", group="initial-marketing-authorisation")
    body = documents(None, [known, report_document("medicine-qa/b_en.pdf", group=None)])
    assert [one["group"] for one in body["documents"]] == ["initial-marketing-authorisation", "other"]


def test_groups_stand_in_their_order_and_the_newest_first_in_each() -> None:
    body = documents(
        [
            page_document("assessment-report/a_en.pdf", group="initial-marketing-authorisation"),
            page_document("overview/old_en.pdf", first_published="2001-01-01"),
            page_document("overview/new_en.pdf", first_published="2002-01-01"),
        ],
        [],
    )
    assert [one["id"].rpartition("/")[2] for one in body["documents"]] == ["new_en.pdf", "old_en.pdf", "a_en.pdf"]


def test_the_title_of_the_first_summary_of_opinion_states_the_outcome() -> None:
    title = "CHMP summary of positive opinion for Alofisel"
    body = documents([page_document("smop-initial/a_en.pdf", title=title)], [])
    assert body["opinion"]["outcome"] == "positive"
    two = page_document("smop-initial/b_en.pdf", title="CHMP summary of negative opinion for Alofisel")
    body = documents([page_document("smop-initial/a_en.pdf", title=title), two], [])
    assert body["opinion"]["outcome"] is None
