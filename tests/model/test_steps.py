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


EARLY = {
    "kind": "start-of-evaluation",
    "date": "1999-08-27",
    "text": "The procedure started.",
    "place": "line 9",
    "page": 1,
}


def earlier(*steps: dict[str, Any], milestones: tuple[dict[str, Any], ...] = ()) -> Source:
    url = "https://www.ema.europa.eu/en/documents/procedural-steps/alofisel_en.pdf"
    body = {"steps": list(steps), "milestones": list(milestones), "url": url}
    return source("emamds.steps_before_authorisation", (AT, body), key="/en/documents/procedural-steps/alofisel_en.pdf")


def test_an_earlier_list_adds_the_procedures_that_the_present_ones_lack_however_their_number_is_written() -> None:
    old = STEP | {"procedure_numbers": ["II-44"], "opinion_date": "2023-07-21"}
    older = STEP | {"procedure_numbers": ["I/0003"], "opinion_date": "2001-03-30"}
    made = body_of(ROW, others=(found(listed(STEP)), found(earlier(old, older))))["events"]
    steps = [(event["source"], event["procedure_numbers"]) for event in made if event["procedure_numbers"]]
    assert steps == [("emamds.steps_before_authorisation", ["I/0003"]), ("emamds.procedural_steps", ["II/0044/G"])]


def test_days_before_the_authorisation_are_events_where_the_list_of_medicines_does_not_state_them() -> None:
    days = {"opinion_adopted": "2000-10-19", "marketing_authorisation": "2001-01-22"}
    row = source("ema.medicines", (AT, row_body(dates=days)))
    milestones = [
        EARLY,
        EARLY | {"kind": "application-received", "date": "1999-07-26"},
        EARLY | {"kind": "application-submitted", "date": "1999-07-25"},
        EARLY | {"kind": "opinion-adopted", "date": "2000-10-19"},
        EARLY | {"kind": "commission-decision", "date": "2001-01-23"},
    ]
    made = body_of(row, others=(found(earlier(milestones=tuple(milestones))),))["events"]
    assert [(event["date"], event["kind"], event["source"]) for event in made] == [
        ("1999-07-25", "application-submitted", "emamds.steps_before_authorisation"),
        ("1999-08-27", "start-of-evaluation", "emamds.steps_before_authorisation"),
        ("2000-10-19", "opinion-adopted", "ema.medicines"),
        ("2001-01-22", "marketing-authorisation", "ema.medicines"),
    ]
    assert made[0]["document"] == "ema:document:procedural-steps/alofisel_en.pdf"
