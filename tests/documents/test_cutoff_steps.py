"""EMA's lists of procedures until about 2004, on tables of our own in EMA's form."""

from hypothesis import given
from hypothesis import strategies as st

from medpath.documents.blocks import Block, Document
from medpath.documents.cutoff_steps import is_cutoff_list, read_cutoff_steps
from medpath.documents.markdown import read_markdown
from medpath.documents.procedural_steps import Steps

HEAD = (
    "| Scope | Application number | Type of modification 1 | Notification/ Opinion issued on 2 "
    "| Commission Decision Issued/amen ded on |\n|---|---|---|---|---|\n"
)


def read(rows: str) -> Steps:
    return read_cutoff_steps(read_markdown(HEAD + rows))


def test_a_row_is_a_procedure_with_its_days():
    (step,) = read("| Change of a name | II/0002 | II | 27.06.01 | 24/10/2001 |\n").steps
    assert (step.procedure_numbers, step.kind, step.scope) == (["II/0002"], "variation-ii", "Change of a name")
    assert (step.opinion_date, step.commission_decision_date) == ("2001-06-27", "2001-10-24")


def test_two_figures_of_a_year_are_of_the_time_since_1995():
    steps = read("| A | I/0001 | I | 30.03.95 | - |\n| B | I/0002 | I | 01.02.04 | n/a |\n").steps
    assert [step.opinion_date for step in steps] == ["1995-03-30", "2004-02-01"]
    assert [step.commission_decision_date for step in steps] == [None, None]


def test_the_list_goes_on_over_pages_without_its_head_and_in_the_middle_of_a_row():
    found = read(
        '| The scope | N-12 | N | 01.02.03 | |\n\n<div style="page-break-after: always"></div>\n\n'
        "| goes on | | | | |\n|---|---|---|---|---|\n| Next | X/0013 | X | 02.02.03 | 01.04.03 |\n"
    )
    assert [(step.scope, step.procedure_numbers, step.pages) for step in found.steps] == [
        ("The scope goes on", ["N-12"], (1, 2)),
        ("Next", ["X/0013"], (2, 2)),
    ]
    assert found.issues == []


def test_what_a_row_does_not_say_is_an_issue_and_no_guess():
    found = read(
        "| A | I/0001 | II | 01.02.03 | - |\n| B | II0002 | II | 31.02.03 | 1.2 |\n"
        "| C | 0003 | I | 03.04.03 | 01.04.03 |\n"
    )
    assert [(step.procedure_numbers, step.kind, step.date) for step in found.steps] == [
        (["I/0001"], None, "2003-02-01"),
        ([], "variation-ii", None),
        (["0003"], "variation-i", "2003-04-03"),
    ]
    assert [fault.code for fault in found.issues] == [
        "unknown-kind",
        "no-number",
        "odd-date",
        "odd-date",
        "no-date",
        "days-out-of-order",
    ]


def test_the_watermark_at_the_end_of_a_cell_is_none_of_it():
    (step,) = read("| A | II/10 no longer | II longer | 30.05.02 authorise | - authorised |\n").steps
    assert (step.procedure_numbers, step.kind, step.date) == (["II/10"], "variation-ii", "2002-05-30")


def test_other_documents_are_none():
    assert not is_cutoff_list(read_markdown("| Application number | Scope | A | B | C |\n|---|---|---|---|---|\n"))
    assert not is_cutoff_list(read_markdown("On 1 March 1999 the company applied for a variation.\n"))
    assert [fault.code for fault in read_cutoff_steps(read_markdown("| A | B |\n|---|---|\n")).issues] == ["no-table"]


CELL = st.sampled_from(("", "I/0001", "I", "II", "01.02.03", "99.99.99", "-", "Scope", "A change", "longer", "0004"))


@given(st.lists(st.lists(CELL, min_size=5, max_size=5).map(tuple), max_size=12).map(tuple))
def test_every_row_with_a_number_or_day_is_counted_and_none_invented(rows):
    head = ("Scope", "Application number", "Type of modification", "Notification/ Opinion", "Commission Decision")
    found = read_cutoff_steps(Document({}, [Block("table", "", 1, rows=(head, *rows))], "line"))
    assert found.rows == len(found.steps) <= len(rows)
    for step in found.steps:
        assert all(number in step.raw for number in step.procedure_numbers)
