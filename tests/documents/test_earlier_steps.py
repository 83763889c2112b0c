"""The days before an authorisation, on sentences in the form of EMA's documents."""

from hypothesis import given
from hypothesis import strategies as st

from medpath.documents.earlier_steps import read_milestones
from medpath.documents.markdown import read_markdown

TEXT = """## 1. Submission of the dossier

The applicant Velmer Ltd. submitted on 26 July 1999 an application for Marketing Authorisation to EMEA.

## 2. Steps taken for the assessment of the product

- The application was received by the EMEA on 27 July 1999.
- The  procedure  started on 27th August 1999.
- The report was circulated to all CPMP Members on 8 November 1999.
- During the meeting on 17-19 October 2000 the CPMP issued a positive opinion for granting a Marketing Authorisation to
Velmora on 19 October 2000. The applicant gave a letter on 18 October 2000.
- The opinions were forwarded to the European Commission, which adopted the corresponding Decisions on 22 January 2001.
"""


def days(text: str) -> list[tuple[str, str]]:
    return [
        (one.kind, one.date)
        for one in read_milestones(read_markdown(text.replace("to\nVelmora", "to Velmora"))).milestones
    ]


def test_each_of_the_known_sentences_gives_its_day():
    assert days(TEXT) == [
        ("application-submitted", "1999-07-26"),
        ("application-received", "1999-07-27"),
        ("start-of-evaluation", "1999-08-27"),
        ("opinion-adopted", "2000-10-19"),
        ("commission-decision", "2001-01-22"),
    ]


def test_sentences_that_a_watermark_ran_together_are_parted_at_their_bullets():
    text = (
        "2. Steps taken · The procedure started on 1 March 2001. · The report came on 2 April 2001. "
        "Medicinal product no longer authorised"
    )
    assert days(text) == [("start-of-evaluation", "2001-03-01")]


def test_where_a_document_states_several_days_for_a_step_none_is_used():
    found = read_milestones(
        read_markdown("- The procedure started on 1 March 2001.\n- The procedure started on 2 May 2002.\n")
    )
    assert found.milestones == []
    assert [fault.code for fault in found.issues] == ["several-days"]
    assert days("- The procedure started on 1 March 2001.\n- The centralised procedure started on 1 March 2001.\n") == [
        ("start-of-evaluation", "2001-03-01")
    ]


def test_days_that_are_not_in_the_order_of_the_procedure_are_not_used():
    text = TEXT.replace("19 October 2000. The", "19 October 1998. The")
    found = read_milestones(read_markdown(text.replace("to\nVelmora", "to Velmora")))
    assert (found.milestones, [fault.code for fault in found.issues]) == ([], ["days-out-of-order"])


def test_days_that_are_none_and_other_sentences_give_nothing():
    found = read_milestones(
        read_markdown("The procedure started on 31 February 2001.\n\nThe clock restarted on 1 March 2001.\n")
    )
    assert (found.milestones, [fault.code for fault in found.issues]) == ([], ["no-steps"])


def test_a_document_on_the_time_after_the_authorisation_gives_none():
    found = read_milestones(read_markdown(f"# Steps taken after granting the Marketing Authorisation\n\n{TEXT}"))
    assert (found.milestones, [fault.code for fault in found.issues]) == ([], ["other-document"])


@given(st.text(max_size=300))
def test_no_text_stops_the_reader(text):
    read_milestones(read_markdown(text))
