"""Procedures after authorisation become events of the medicine's life, none twice."""

from typing import Any

from medpath.model.histories import Source
from tests.model.sources import ROW, body_of, found, row_body, source

AT = "2025-06-01T00:00:00Z"
DOCUMENT = (
    "procedural-steps-after/alofisel-epar-procedural-steps-taken-scientific-information-after-authorisation_en.pdf"
)
STEP = {
    "procedure_numbers": ["II/0044/G"],
    "kind": "variation-ii",
    "grouped": True,
    "worksharing": False,
    "scope": "This was an application for a group of variations.",
    "opinion_date": "2023-07-20",
    "commission_decision_date": "2023-09-14",
    "effect_date": None,
    "product_information_affected": "SmPC and PL",
    "summary": None,
    "place": "line 20",
    "pages": [2, 3],
}


def listed(*steps: dict[str, Any], at: str = AT, document: str = DOCUMENT) -> Source:
    url = f"https://www.ema.europa.eu/en/documents/{document}"
    return source("emamds.procedural_steps", (at, {"steps": list(steps), "url": url}), key=f"/en/documents/{document}")


def events(*lists: Source, row: Source = ROW) -> list[dict[str, Any]]:
    all_events = body_of(row, others=tuple(found(one) for one in lists))["events"]
    return [event for event in all_events if event["source"] == "emamds.procedural_steps"]


def test_a_procedure_is_an_event_linked_to_its_document() -> None:
    assert events(listed(STEP)) == [
        {
            "date": "2023-07-20",
            "kind": "variation-ii",
            "title": "This was an application for a group of variations.",
            "source": "emamds.procedural_steps",
            "procedure_numbers": ["II/0044/G"],
            "commission_decision_date": "2023-09-14",
            "document": f"ema:document:{DOCUMENT}",
            "page": 2,
        }
    ]


def test_a_long_scope_is_cut_at_a_word() -> None:
    (event,) = events(listed(STEP | {"scope": "Outcome: " + "A change of something " * 30}))
    assert len(event["title"]) <= 200
    assert event["title"].startswith("A change of something")
    assert event["title"].endswith(("change…", "something…", "of…", "A…"))


def test_a_procedure_without_a_day_is_no_event_and_one_of_unknown_kind_is_a_procedure() -> None:
    lost = STEP | {"opinion_date": None, "commission_decision_date": None}
    assert events(listed(lost)) == []
    assert [event["kind"] for event in events(listed(STEP | {"kind": None, "procedure_numbers": []}))] == ["procedure"]


def test_the_day_is_that_of_the_opinion_else_of_the_effect_else_of_the_decision() -> None:
    later = STEP | {"procedure_numbers": ["IB/0007"], "opinion_date": None}
    found_events = events(listed(STEP, later, later | {"procedure_numbers": ["IB/8"], "effect_date": "2007-07-04"}))
    assert [event["date"] for event in found_events] == ["2007-07-04", "2023-07-20", "2023-09-14"]


def test_what_the_archived_and_the_present_list_both_have_is_one_event() -> None:
    archive = listed(STEP, STEP | {"procedure_numbers": ["IB/0001"]}, document=DOCUMENT.replace("_en", "-archive_en"))
    present = listed(STEP | {"scope": "Newer words."}, at="2025-07-01T00:00:00Z")
    found_events = events(archive, present)
    assert [(event["procedure_numbers"], event["title"][:5]) for event in found_events] == [
        (["II/0044/G"], "Newer"),
        (["IB/0001"], "This "),
    ]


def test_the_latest_decision_says_on_which_procedure_it_was() -> None:
    row = source("ema.medicines", (AT, row_body(dates={"latest_european_commission_decision": "2023-09-14"})))
    decisions = [
        event
        for event in body_of(row, others=(found(listed(STEP)),))["events"]
        if event["kind"] == "latest-european-commission-decision"
    ]
    assert [(event["date"], event["procedure_numbers"], event["document"]) for event in decisions] == [
        ("2023-09-14", ["II/0044/G"], f"ema:document:{DOCUMENT}")
    ]
