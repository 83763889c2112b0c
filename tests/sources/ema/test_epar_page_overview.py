"""The overview of a page: lead paragraphs, questions and answers, and what damage does to them."""

import pytest

from medpath.documents.lay_questions import is_question, question_kind
from tests.sources.ema.epar_page_samples import CONTENT, body_of, codes_of, markdown, read, with_


def test_lead_paragraphs_are_the_summary_and_headings_the_questions() -> None:
    overview = body_of(markdown(CONTENT, "list"))["overview"]
    assert overview["summary"] == ["Examplin is made up.", "It treats nothing at all."]
    assert overview["questions"] == [
        {
            "kind": "how-is-it-used",
            "question": "How is Examplin used?",
            "answer": ["It is not used.", "• not by mouth", "• not otherwise"],
        },
        {"kind": "how-does-it-work", "question": "How does Examplin work?", "answer": ["See the package leaflet."]},
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("What is X and what is it used for?", "what-is-it"),
        ("What is X?", "what-is-it"),
        ("What are A and B and how are they expected to work?", "what-is-it"),
        ("What is X used for?", "what-is-it-used-for"),
        ("What was X expected to be used for?", "what-is-it-used-for"),
        ("How is X used?", "how-is-it-used"),
        ("How does X work?", "how-does-it-work"),
        ("How was X expected to work?", "how-does-it-work"),
        ("How has X been studied?", "how-was-it-studied"),
        ("What benefits of X have been shown in studies", "benefits"),
        ("What benefit has X shown during the studies?", "benefits"),
        ("What are the benefits and risks of X?", "benefits-and-risks"),
        ("What is the risk associated with X?", "risks"),
        ("What are the side effects and restrictions with X?", "risks"),
        ("Why is X authorised in the EU?", "why-authorised"),
        ("Why has X been approved", "why-authorised"),
        ("What measures are being taken to ensure the safe and effective use of X?", "safety-measures"),
        ("Other information about X:", "other-information"),
        ("What information is still awaited for X?", "information-awaited"),
        ("How far into the evaluation was the application when it was withdrawn?", "stage-of-evaluation"),
        ("What were the main reasons for refusing the marketing authorisation?", "reasons-for-refusal"),
        ("Does this withdrawal affect patients in clinical trials?", "consequences"),
        ("X contains weakened viruses. How is X used?", "how-is-it-used"),
        ("Is X blue?", None),
    ],
)
def test_questions_are_known_in_all_their_wordings(heading: str, kind: str | None) -> None:
    assert question_kind(heading) == kind
    assert is_question(heading)


def test_headings_that_ask_nothing_are_no_questions() -> None:
    for heading in ("Product details", "Key developments", "X", "", "What"):
        assert not is_question(heading)


def test_a_question_that_is_new_is_kept_and_told() -> None:
    questions = (("Is Examplin blue?", ("It is.",)),)
    (record,), report = read(markdown(with_(CONTENT, questions=questions), "inline"))
    assert record.body["overview"]["questions"][0]["kind"] == "other"
    assert codes_of(report) == ["unknown-question"]


def test_a_question_that_stands_twice_is_one() -> None:
    questions = (
        ("How is Examplin used?", ("First.", "Second.")),
        ("How is Examplin used?", ("Second.", "Third.")),
    )
    (record,), report = read(markdown(with_(CONTENT, questions=questions), "inline"))
    assert [one["answer"] for one in record.body["overview"]["questions"]] == [["First.", "Second.", "Third."]]
    assert codes_of(report) == ["doubled-question"]


def test_an_answer_that_is_printed_twice_counts_once() -> None:
    questions = (("How is Examplin used?", ("First.", "Second.", "First.", "Second.")),)
    body = body_of(markdown(with_(CONTENT, questions=questions), "inline"))
    assert body["overview"]["questions"][0]["answer"] == ["First.", "Second."]


def test_a_full_stop_on_a_line_of_its_own_goes_back_to_its_sentence() -> None:
    questions = (("How is Examplin used?", ("It is not", ".", "Never.")),)
    body = body_of(markdown(with_(CONTENT, questions=questions), "inline"))
    assert body["overview"]["questions"][0]["answer"] == ["It is not.", "Never."]


def test_tables_and_other_sections_within_the_overview() -> None:
    table = "| Dose | Effect |\n|------|--------|\n| none | none   |"
    page = markdown(with_(CONTENT, questions=(("How is Examplin used?", ("So:", table)),)), "lines")
    page = page.replace("## How is", "### Key developments since authorisation\n\nNot shown.\n\n## How is")
    (record,), report = read(page)
    (question,) = record.body["overview"]["questions"]
    assert question["answer"] == ["So:", "Dose | Effect", "none | none"]
    assert "Not shown." not in str(record.body)
    assert codes_of(report) == []


def test_a_withdrawn_medicine_has_a_summary_and_no_questions() -> None:
    body = body_of(markdown(with_(CONTENT, status="Withdrawn", questions=()), "lines"))
    assert body["overview"] == {"summary": ["Examplin is made up.", "It treats nothing at all."], "questions": []}
