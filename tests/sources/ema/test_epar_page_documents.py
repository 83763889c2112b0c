"""The documents that a page lists: each once, in its group, with its days, numbers and translations."""

from typing import Any

import pytest

from tests.sources.ema.epar_page_samples import (
    CONTENT,
    INFORMATION,
    OVERVIEW,
    PACKS,
    REPORT,
    RISKS,
    VARIATION,
    Doc,
    body_of,
    codes_of,
    html,
    markdown,
    read,
    with_,
)

SITE = "https://www.ema.europa.eu"
INITIAL, CHANGES = "initial-marketing-authorisation", "changes-since-initial-authorisation"


def one(doc: Doc, layout: str = "lines") -> dict[str, Any]:
    """A document among the changes, as read."""
    documents = body_of(markdown(with_(CONTENT, changes=(doc,)), layout))["documents"]
    return next(item for item in documents if item["url"] == SITE + doc.path)


def test_a_document_has_all_that_its_block_says() -> None:
    (overview, *_) = body_of(markdown(CONTENT, "list"))["documents"]
    assert overview == {
        "title": "Examplin : EPAR - Medicine overview",
        "type": "overview",
        "group": "overview",
        "status": None,
        "first_published": "2018-04-04",
        "last_updated": "2025-01-21",
        "reference_number": "EMA/1/2018",
        "language": "en",
        "url": f"{SITE}/en/documents/overview/examplin-epar-medicine-overview_en.pdf",
        "translations": {
            "bg": f"{SITE}/bg/documents/overview/x_bg.pdf",
            "da": f"{SITE}/da/documents/overview/x_da.pdf",
        },
    }


def test_groups_follow_the_sections_of_the_page() -> None:
    documents = body_of(html(CONTENT))["documents"]
    assert [(item["type"], item["group"]) for item in documents] == [
        ("overview", "overview"),
        ("rmp-summary", "risk-management-plan"),
        ("product-information", "product-information"),
        ("all-authorised-presentations", "authorised-presentations"),
        ("variation-report", CHANGES),
        ("assessment-report", INITIAL),
    ]
    assert next(item for item in documents if item["type"] == "assessment-report")["status"] == "adopted"


def test_the_section_decides_where_type_and_section_differ() -> None:
    (record,), report = read(markdown(with_(CONTENT, changes=(REPORT,), initial=()), "list"))
    assert record.body["documents"][-1]["group"] == CHANGES
    assert codes_of(report) == ["unusual-section"]


@pytest.mark.parametrize("section", ["Assessment history", "All documents", "Related content"])
def test_the_type_decides_where_the_section_says_nothing(section: str) -> None:
    page = markdown(CONTENT, "lines").replace("## Changes since initial authorisation of medicine", f"## {section}")
    page = page.replace("## Initial marketing authorisation documents\n", "")
    groups = [item["group"] for item in body_of(page)["documents"]]
    assert groups[-2:] == [CHANGES, INITIAL]


def test_types_without_a_section_of_their_own_are_other() -> None:
    letter = Doc("Withdrawal letter: Examplin", "/en/documents/withdrawal-letter/x_en.pdf")
    page = markdown(with_(CONTENT, initial=(letter,)), "lines").replace(
        "## Initial marketing authorisation documents", "## All documents"
    )
    assert body_of(page)["documents"][-1]["group"] == "other"


def test_what_stands_under_product_information_belongs_there() -> None:
    conditions = Doc("Conditions", "/en/documents/conditions-member-states/x_en.pdf")
    page = markdown(CONTENT, "lines")
    block = page[page.index(PACKS.title) : page.index("## Product details")]
    page = page.replace(block, block + block.replace(PACKS.title, "Conditions").replace(PACKS.path, conditions.path))
    found = {item["type"]: item["group"] for item in body_of(page)["documents"]}
    assert found["conditions-member-states"] == "product-information"
    assert found["all-authorised-presentations"] == "authorised-presentations"


@pytest.mark.parametrize("layout", ["inline", "list"])
@pytest.mark.parametrize(("status", "reference"), [("Adopted", "EMA/2/2018"), ("Draft", "EMA/2"), ("Adopted", None)])
def test_status_and_reference_number_stand_apart_or_together(layout: str, status: str, reference: str | None) -> None:
    doc = Doc("Some report", "/en/documents/smop/x_en.pdf", status=status, reference=reference)
    found = one(doc, layout)
    assert (found["title"], found["status"], found["reference_number"]) == ("Some report", status.lower(), reference)


@pytest.mark.parametrize("summary", ["Summary:\n\nA report as adopted.", "Summary: A report as adopted."])
def test_a_summary_between_title_and_file_is_not_the_title(summary: str) -> None:
    reference = "Reference Number: EMA/3/2024"
    page = markdown(CONTENT, "lines").replace(reference, f"{reference}\n\n{summary}")
    found = next(item for item in body_of(page)["documents"] if item["type"] == "variation-report")
    assert (found["title"], found["reference_number"]) == (VARIATION.title, "EMA/3/2024")


@pytest.mark.parametrize(
    ("title", "joined"),
    [
        ("Questions and answers on the withdrawal of the application for\n\nExamplin", True),
        ("Questions and answers on the withdrawal of the application\n\nfor Examplin", True),
        ("An answer ends here.\n\nfor Examplin", False),
        ("An answer without its stop\n\nExamplin", False),
    ],
)
def test_a_title_split_over_two_paragraphs_is_one(title: str, joined: bool) -> None:
    doc = Doc(title, "/en/documents/medicine-qa/x_en.pdf")
    assert one(doc)["title"] == (title.replace("\n\n", " ") if joined else title.split("\n\n")[1])


def test_a_paragraph_before_the_document_stays_an_answer() -> None:
    title = "Examplin : EPAR - Medicine overview"
    page = markdown(CONTENT, "lines").replace(title, "Last words.\n\nExamplin : Overview")
    body = body_of(page)
    assert body["documents"][0]["title"] == "Examplin : Overview"
    assert body["overview"]["questions"][-1]["answer"][-1] == "Last words."


def test_an_address_that_stands_twice_is_one_document() -> None:
    again = Doc(VARIATION.title, VARIATION.path, last="01/01/2025", status="Adopted")
    (record,), report = read(markdown(with_(CONTENT, changes=(VARIATION, again)), "list"))
    found = [item for item in record.body["documents"] if item["type"] == "variation-report"]
    assert len(found) == 1
    assert (found[0]["last_updated"], found[0]["status"], found[0]["reference_number"]) == (
        "2025-01-01",
        "adopted",
        "EMA/3/2024",
    )
    assert codes_of(report) == ["doubled-document"]


def test_suffixes_tell_addresses_apart() -> None:
    other = Doc("Another", VARIATION.path + "-0")
    body = body_of(markdown(with_(CONTENT, changes=(VARIATION, other)), "list"))
    assert [item["title"] for item in body["documents"] if item["group"] == CHANGES] == [VARIATION.title, "Another"]


def test_a_page_may_list_no_document() -> None:
    page = markdown(with_(CONTENT, changes=(), initial=()), "lines")
    for title in (OVERVIEW.title, RISKS.title, INFORMATION.title, PACKS.title):
        start = page.index(title)
        ends = [page.find(mark, start) for mark in ("\n## ", "\n**Latest", "\nExamplin :", "\nicon")]
        page = page[:start] + page[min(end for end in ends if end > 0) :]
    (record,), report = read(page)
    assert record.body["documents"] == []
    assert codes_of(report) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"first": "31/02/2018"}, "bad-date"),
        ({"last": "21/12/0023"}, "bad-date"),
        ({"last": "01/01/2001"}, "updated-before-published"),
        ({"path": "/en/documents/new-kind/x_en.pdf"}, "unknown-type"),
        ({"path": "/de/documents/smop/x_de.pdf"}, "foreign-address"),
        ({"path": "https://example.org/en/documents/smop/x_en.pdf"}, "unsafe-url"),
        ({"path": "//example.org/en/documents/smop/x_en.pdf"}, "unsafe-url"),
        ({"others": {"dansk (DA)": "/en/documents/smop/x_en.pdf"}}, "no-translation"),
    ],
)
def test_faults_are_told_and_cost_no_more_than_themselves(changed: dict[str, object], code: str) -> None:
    doc = with_(Doc("Some report", "/en/documents/smop/x_en.pdf"), **changed)
    (record,), report = read(markdown(with_(CONTENT, changes=(doc,)), "list"))
    assert codes_of(report) == [code]
    found = [item for item in record.body["documents"] if item["title"] == "Some report"]
    if code == "unsafe-url":
        assert found == []
    else:
        assert found[0]["translations"] == {}
        assert "0023-12-21" not in found[0].values()


def test_a_file_without_its_link_and_languages_that_are_missing_are_told() -> None:
    page = markdown(CONTENT, "list")
    _, report = read(page.replace(f"[View]({VARIATION.path})\n\n", ""))
    assert codes_of(report) == ["no-address"]
    _, report = read(page.replace("[Other languages (2)]", "[Other languages (24)]"))
    assert codes_of(report) == ["languages-missing"]


def test_links_in_running_text_are_no_documents() -> None:
    urls = [item["url"] for item in body_of(markdown(CONTENT, "inline"))["documents"]]
    assert f"{SITE}/en/documents/leaflet/x_en.pdf" not in urls
