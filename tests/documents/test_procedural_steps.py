"""Lists of procedures after authorisation in the forms that EMA's documents have after their conversion."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.documents.markdown import read_markdown
from medpath.documents.procedural_steps import Steps, read_steps
from medpath.documents.procedure_numbers import kind_of, numbers_in

HEAD = (
    "| Application number | Scope | Opinion/ Notification 1 issued on | Commission Decision Issued 2 / amended on "
    "| Product Information affected 3 | Summary |\n|---|---|---|---|---|---|\n"
)
OLD = (
    "| II/0044/G | This was an application for a group of variations. B.I.a.2 | 27/03/2025 | 05/06/2025 "
    "| SmPC and PL | New data. |\n"
)
BREAK = '\n<div style=\\"page-break-after: always\\"></div>\n\n'
LINE = "|---|---|---|---|---|---|\n"


def read(text: str) -> Steps:
    return read_steps(read_markdown(text))


def codes(found: Steps) -> list[str]:
    return [fault.code for fault in found.issues]


def test_a_row_is_a_step() -> None:
    found = read("## Velmora\n\n" + HEAD + OLD + "| IB/0043 | A change | 1/02/2025 | n/a | | |\n")
    first, second = found.steps
    assert (first.procedure_numbers, first.kind, first.grouped) == (["II/0044/G"], "variation-ii", True)
    assert (first.opinion_date, first.commission_decision_date) == ("2025-03-27", "2025-06-05")
    assert (first.product_information_affected, first.summary) == ("SmPC and PL", "New data.")
    assert (first.place, first.pages) == ("line 3", (1, 1))
    assert (second.kind, second.date, second.commission_decision_date) == ("variation-ib", "2025-02-01", None)
    assert second.product_information_affected is None
    assert (found.rows, found.issues) == (2, [])


def test_a_row_goes_on_on_the_next_page() -> None:
    found = read(
        HEAD + "| Variation type IB / | Outcome: A change | 20/07/2026 | | Annex II and | |\n" + BREAK
        + "| EMA/VR/0000356116 | in section 6.6 - Accepted | | | PL | |\n" + LINE
        + "| N/0012 | Another | 01/06/2026 | 02/07/2026 | PL | |\n"
    )  # fmt: skip
    first, second = found.steps
    assert (first.procedure_numbers, first.kind) == (["EMA/VR/0000356116"], "variation-ib")
    assert first.scope == "Outcome: A change in section 6.6 - Accepted"
    assert first.product_information_affected == "Annex II and PL"
    assert first.pages == (1, 2)
    assert (second.procedure_numbers, second.kind) == (["N/0012"], "notification")
    assert found.issues == []


def test_pages_on_which_columns_were_empty_have_fewer() -> None:
    found = read(
        HEAD + OLD + BREAK
        + "| IA/0045 | One | 22/02/2024 | n/a |\n|---|---|---|---|\n| IG/1646 | Two | 02/01/2024 | 03/02/2024 |\n"
        + BREAK + "| Variation type II / EMA/VR/0000343434 | Three | 16/07/2026 |\n|---|---|---|\n"
        + BREAK + "| T/0007 | Four | 12/01/2020 | PL |\n|---|---|---|---|\n"
    )  # fmt: skip
    assert [(step.kind, step.opinion_date, step.commission_decision_date) for step in found.steps[1:]] == [
        ("variation-ia", "2024-02-22", None),
        ("group", "2024-01-02", "2024-02-03"),
        ("variation-ii", "2026-07-16", None),
        ("transfer", "2020-01-12", None),
    ]
    assert found.steps[-1].product_information_affected == "PL"


def test_a_page_of_scope_alone_belongs_to_the_row_before() -> None:
    found = read(HEAD + "| IB/0043 | A change | 01/02/2025 | n/a | | |\n" + BREAK + "| that goes on |\n|---|\n")
    assert [step.scope for step in found.steps] == ["A change that goes on"]


def test_old_lists_of_minor_changes_have_the_day_of_effect() -> None:
    found = read(
        "| No | Scope | Product Information affected 2 | Date 4 |\n|---|---|---|---|\n"
        "| IB/0007 | 42_a_01_Change in shelf-life | SPC | 04/07/2007 |\n"
    )
    (step,) = found.steps
    assert (step.effect_date, step.opinion_date, step.date) == ("2007-07-04", None, "2007-07-04")
    assert step.product_information_affected == "SPC"


def test_numbers_of_safety_reports_are_put_together_and_joined() -> None:
    found = read(
        HEAD + "| PSUSA/10954 /202303 | Periodic Safety Update EU Single assessment | 26/10/2023 | n/a | | |\n"
        + "| PSUSA/2451/ | Periodic Safety Update | 04/09/2020 | n/a | | |\n"
        + BREAK + "| 201912 | plerixafor | | | | |\n" + LINE
        + "| PSUR / EMA/PSUR/0000317658 | EURD: PSUSA/00002888/202508 Outcome: Maintenance | 10/04/2026 | | | |\n"
    )  # fmt: skip
    assert [(step.procedure_numbers, step.kind) for step in found.steps] == [
        (["PSUSA/10954/202303"], "psusa"),
        (["PSUSA/2451/201912"], "psusa"),
        (["EMA/PSUR/0000317658", "PSUSA/00002888/202508"], "psusa"),
    ]


def test_a_number_in_another_column_is_found() -> None:
    found = read(HEAD + "| Variation type IA / | A change | 20/01/2026 | | | EMA/VR/0000322245 |\n")
    assert found.steps[0].procedure_numbers == ["EMA/VR/0000322245"]
    assert found.steps[0].summary is None


def test_a_number_whose_first_line_is_in_another_column_is_put_together() -> None:
    found = read(
        HEAD + OLD + BREAK + "| | A change | 28/07/2020 | n/a | IB/0018 |\n|---|---|---|---|---|\n"
        "| /201909 | Periodic Safety Update | 17/04/2020 | n/a | PSUSA/10676 |\n"
    )
    assert [step.procedure_numbers for step in found.steps[1:]] == [["IB/0018"], ["PSUSA/10676/201909"]]


def test_rows_run_together_keep_their_numbers_without_days_and_scopes() -> None:
    found = read(HEAD + "| R/0041 IB/0044 | Renewal A change | 01/02/2012 03/04/2012 | 05/06/2012 n/a | | |\n")
    assert [(step.procedure_numbers, step.kind, step.date, step.scope) for step in found.steps] == [
        (["R/0041"], "renewal", None, None),
        (["IB/0044"], "variation-ib", None, None),
    ]
    assert (found.rows, codes(found)) == (2, ["merged-rows"])


def test_what_a_row_does_not_say_is_null_and_told() -> None:
    found = read(
        HEAD + "| I1/0144 | A change | 13/02/2020 | n/a | | |\n| SW/0010 | Something | 01/02/2020 | | | |\n"
        "| II/0001 | A change | 31/02/2020 | | | |\n| II/0002 | A change | 01/02/2020 | see annex | | |\n"
    )
    assert [step.procedure_numbers for step in found.steps] == [[], ["SW/0010"], ["II/0001"], ["II/0002"]]
    assert [step.kind for step in found.steps] == [None, None, "variation-ii", "variation-ii"]
    assert [step.date for step in found.steps] == ["2020-02-13", "2020-02-01", None, "2020-02-01"]
    assert codes(found) == ["no-number", "unknown-kind", "no-date", "odd-date"]


def test_a_day_never_goes_to_the_row_before_whose_own_is_lost() -> None:
    found = read(HEAD + "| IA/0045 | A change | | | | |\n| 11/0046 | Another | 13/02/2020 | n/a | | |\n")
    assert [(step.procedure_numbers, step.date) for step in found.steps] == [(["IA/0045"], None), ([], "2020-02-13")]


def test_a_decision_before_the_opinion_is_told() -> None:
    found = read(HEAD + "| R/0018 | Renewal | 27/04/2006 | 12/09/2001 | | |\n")
    assert found.steps[0].commission_decision_date == "2001-09-12"
    assert codes(found) == ["days-out-of-order"]


def test_other_documents_are_told() -> None:
    assert codes(read("<!-- image -->\n")) == ["scanned"]
    assert codes(read("A text.\n")) == ["no-table"]
    other = read("## 1. NAME OF THE MEDICINAL PRODUCT\n\n" + HEAD + OLD)
    assert (other.steps, codes(other)) == ([], ["other-document"])


def test_kinds_follow_numbers_and_words() -> None:
    for number, kind in (
        ("IAIN/0012/G", "variation-iain"),
        ("I/0003", "variation-i"),
        ("WS/2451", "worksharing"),
        ("X/0006/G", "line-extension"),
        ("S/0004", "annual-reassessment"),
        ("PSUV/0009", "psur"),
        ("A31/0106", "referral"),
        ("EMEA/H/C/000666/A20/0012", "referral"),
        ("2PMF/0014", "plasma-master-file"),
        ("Z/0005", "suspension-procedure"),
        ("EMA/R/0000123456", "renewal"),
        ("EMA/VR/0000123456", None),
    ):
        assert numbers_in(number) == [number]
        assert kind_of(number, [number], "") == kind
    assert kind_of("Variation type IA_IN / EMA/VR/0000123456", ["EMA/VR/0000123456"], "") == "variation-iain"
    assert kind_of("SW/0050", ["SW/0050"], "Post Authorisation Safety Study results") == "safety-study"
    assert numbers_in("B.II.b.2 and some text") == []


@pytest.mark.parametrize(
    "cell", ["no " * 60_000 + "x", "IA/" * 60_000, "1/1/" * 40_000, "SmPC and " * 20_000, "a b" * 60_000]
)
def test_hostile_cells_take_no_long_time(cell: str) -> None:
    began = time.process_time()
    read(HEAD + f"| longer | authorised {cell} | {cell} | {cell} | {cell} | authorised |\n" + f"| {cell} | | | | | |\n")
    read(HEAD + "| | | no day | | | |\n" * 20_000)
    assert time.process_time() - began < 4


@given(st.text(alphabet="|IAB/0123 EMVR-\nnopé<", max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    for found in (read(text), read(HEAD + text)):
        assert len(found.steps) == found.rows


_NUMBERS = st.builds(
    lambda prefix, number, group: f"{prefix}/{number:04d}{group}",
    st.sampled_from(["IA", "IB", "II", "N", "WS", "R"]),
    st.integers(1, 9999),
    st.sampled_from(["", "/G"]),
)
_DAYS = st.dates(min_value=date(1996, 1, 1), max_value=date(2026, 12, 31))


@given(st.lists(st.tuples(_NUMBERS, _DAYS, st.booleans()), min_size=1, max_size=12))
def test_every_number_and_day_of_a_step_stands_in_its_row(rows: list[tuple[str, date, bool]]) -> None:
    text = HEAD
    for number, day, split in rows:
        text += f"| {number} | A change | {day:%d/%m/%Y} | n/a | | |\n"
        if split:
            text += f"{BREAK}| | goes on | | | | |\n{LINE}"
    found = read(text)
    assert [(step.procedure_numbers, step.date) for step in found.steps] == [
        ([number], day.isoformat()) for number, day, _ in rows
    ]
    for step, (number, day, split) in zip(found.steps, rows, strict=True):
        assert number in step.raw
        assert f"{day:%d/%m/%Y}" in step.raw
        assert step.scope == ("A change goes on" if split else "A change")
