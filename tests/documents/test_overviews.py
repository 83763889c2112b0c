"""EMA's overview documents, on files of our own in both of EMA's forms."""

from hypothesis import given
from hypothesis import strategies as st

from medpath.documents.markdown import read_markdown
from medpath.documents.overviews import Overview, read_overview

BREAK = '\n<div style=\\"page-break-after: always\\"></div>\n\n'
OLD = f"""EMA/123456/2012 EMEA/H/C/009001

## EPAR summary for the public

## Velmora

velmorabum

This is a summary of the European public assessment report (EPAR) for Velmora. It says why it was approved in the EU.

## What is Velmora?

Velmora is a medicine that contains the active substance velmorabum.

What is Velmora used for?

Velmora is used for:

- adults with Velmer's disease;
- children from 6 years.

7 Westferry Circus ● Canary Wharf ● London E14 4HB ● United Kingdom

{BREAK}## How does Velmora

## work?

Nobody knows why it works.

## Other information about Velmora

The European Commission granted a marketing authorisation on 1 March 2012.

This summary was last updated in 06-2018.

Page 2/2
"""
NEW = """EMA/654321/2021 EMEA/H/C/009002

Ostrava (ostravin)

An overview of Ostrava and why it is authorised in the EU

## What is Ostrava and what is it used for?

Ostrava is used to treat high blood pressure.

## How is Ostrava used?

It is taken by mouth.

## What benefits of Ostrava have been shown in studies?

In a study with 200 patients it lowered the pressure.

## What are the risks associated with Ostrava?

| Side effect | Share |
|---|---|
| Headache | 1 in 10 |

## Why is Ostrava authorised in the EU?

Its benefits are greater than its risks.

## What measures are being taken to ensure the safe and effective use of Ostrava?

None.

## Does Ostrava taste well?

Yes.

This overview was last updated in March 2021.
"""


def read(text: str) -> Overview:
    return read_overview(read_markdown(text))


def test_a_summary_for_the_public_gives_its_questions() -> None:
    found = read(OLD)
    assert found.kind == "summary-for-the-public"
    assert [(item["kind"], item["question"]) for item in found.questions] == [
        ("what-is-it", "What is Velmora?"),
        ("what-is-it-used-for", "What is Velmora used for?"),
        ("how-does-it-work", "How does Velmora work?"),
        ("other-information", "Other information about Velmora"),
    ]
    assert found.questions[1]["answer"] == [
        "Velmora is used for:",
        "• adults with Velmer's disease;",
        "• children from 6 years.",
    ]
    assert found.questions[2]["answer"] == ["Nobody knows why it works."]
    assert found.questions[3]["answer"][-1] == "This summary was last updated in 06-2018."
    assert found.summary == [
        "This is a summary of the European public assessment report (EPAR) for Velmora. It says why it was approved in "
        "the EU."
    ]
    assert (found.last_updated, found.issues) == ("2018-06", [])


def test_a_medicine_overview_gives_its_questions() -> None:
    found = read(NEW)
    assert (found.kind, found.last_updated) == ("medicine-overview", "2021-03")
    assert [item["kind"] for item in found.questions] == [
        "what-is-it",
        "how-is-it-used",
        "benefits",
        "risks",
        "why-authorised",
        "safety-measures",
        "other",
    ]
    assert found.questions[3]["answer"] == ["Side effect | Share", "Headache | 1 in 10"]
    assert [fault.code for fault in found.issues] == ["unknown-question"]


def test_a_document_without_questions_is_told() -> None:
    assert [fault.code for fault in read("<!-- image -->\n").issues] == ["scanned"]
    assert [fault.code for fault in read("Some text about something.\n").issues] == ["no-questions"]


def test_a_question_within_an_answer_is_none() -> None:
    text = "## What is Velmora?\n\nWhat is known: it is new. Patients asked how it works, and nobody could say it.\n"
    assert len(read(text).questions) == 1


@given(st.text(alphabet="#? What isVel-\n|•.0/", max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read(text)
    assert bool(found.questions) != any(fault.code in ("scanned", "no-questions") for fault in found.issues)
