"""Two versions of a text compared: what changed is shown to the word, what conversion makes of a text is not."""

import random
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.documents import redline as module
from medpath.documents.blocks import Block
from medpath.documents.redline import Edit, Run, paragraphs, redline

FIRST = "The recommended dose of Examplin is 10 mg once daily, taken with food."
SECOND = "Patients with a severe impairment of the kidneys should not take it."
THIRD = "Tablets are swallowed whole and must not be broken or chewed."


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def marked(edit: Edit) -> list[tuple[str, str, bool]]:
    return [(run.kind, run.text.strip(), run.number) for run in edit.runs if run.kind != "same"]


def test_the_same_text_has_no_changes() -> None:
    assert redline([FIRST, SECOND], [FIRST, SECOND]) == []
    assert redline([], []) == []


def test_words_that_changed_are_marked_and_numbers_as_numbers() -> None:
    (edit,) = redline([FIRST, SECOND], [FIRST.replace("10 mg once", "15 mg twice"), SECOND])
    assert (edit.kind, edit.place) == ("changed", 0)
    assert marked(edit) == [
        ("removed", "10", True),
        ("added", "15", True),
        ("removed", "once", False),
        ("added", "twice", False),
    ]
    assert edit.runs[0] == Run("same", "The recommended dose of Examplin is ")


def test_paragraphs_are_added_removed_and_moved() -> None:
    assert redline([FIRST, SECOND], [FIRST, THIRD, SECOND]) == [Edit("added", None, THIRD, 1)]
    assert redline([FIRST, THIRD, SECOND], [FIRST, SECOND]) == [Edit("removed", THIRD, None, 1)]
    (edit,) = redline([FIRST, SECOND, THIRD], [SECOND, THIRD, FIRST])
    assert edit == Edit("moved", FIRST, FIRST, 2, (), 0)


def test_a_paragraph_that_moved_and_changed_is_shown_by_its_words() -> None:
    found = redline([FIRST, SECOND, THIRD], [SECOND, THIRD, FIRST.replace("10", "15")])
    assert [edit.kind for edit in found] == ["changed"]
    assert marked(found[0]) == [("removed", "10", True), ("added", "15", True)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["A f inding of the kid neys."], ["A finding of the kidneys."]),
        (["- Take it.", "- With food."], ["• Take it. • With food."]),
        (["o Take it."], ["Take it."]),
        (["→ Tell your doctor."], ["Tell your doctor."]),
        (["Take it", "with food."], ["Take it with food."]),
        (["co-administered,twice - daily"], ["coadministered, twice daily"]),
        (["at a dose ≥ 10 µg"], ["at a dose \uf0b3 10 \u03bcg"]),
        (["1,000 of 14,759 cycles"], ["1 000 of 14 759 cycles"]),
        (["ﬁnding"], ["finding"]),
        (["It says “no”."], ['It says "no"']),
    ],
)
def test_what_conversion_makes_is_no_change(old: list[str], new: list[str]) -> None:
    assert redline(old, new) == []
    assert redline(new, old) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a dose of 1.5 mg", "a dose of 15 mg"),
        ("a change of -2 kg", "a change of 2 kg"),
        ("doses ≥ 10 mg", "doses ≤ 10 mg"),
        ("0,125 mg", "125 mg"),
        ("5 % of patients", "5 of patients"),
        ("must be given", "must not be given"),
        ("EU/1/20/1234/001", "EU/1/20/1234/002"),
    ],
)
def test_a_sign_that_changes_the_meaning_is_a_change(old: str, new: str) -> None:
    assert redline([old], [new])
    assert redline([new], [old])


def test_paragraphs_only_joined_are_not_shown_beside_a_real_change() -> None:
    old = ["Very common", FIRST, SECOND]
    new = [f"Very common {FIRST}", SECOND.replace("severe", "moderate")]
    assert [marked(edit) for edit in redline(old, new)] == [
        [("removed", "severe", False), ("added", "moderate", False)]
    ]


def test_tables_are_compared_row_by_row_and_items_with_their_numbers() -> None:
    blocks = [
        Block("item", "Wash your hands.", 1, marker="1."),
        Block("table", "", 2, rows=(("Dose", "Dose", "Effect"), ("10 mg", "", "None"))),
    ]
    assert paragraphs(blocks) == ["1. Wash your hands.", "Dose Effect", "10 mg None"]


_PARAGRAPHS = st.lists(
    st.lists(
        st.sampled_from(
            ["dose", "10", "1.5", "mg", "not", "≥", "-", "daily", "patients", "f", "inding", "EU/1/00/1/001"]
        ),
        max_size=9,
    ).map(" ".join),
    max_size=9,
)


@given(_PARAGRAPHS)
def test_no_text_differs_from_itself(text: list[str]) -> None:
    assert redline(text, text) == []
    assert redline([" ".join(text)], text) == [] or any(sign in "≥-" for paragraph in text for sign in paragraph)


@given(_PARAGRAPHS.map(" ".join), _PARAGRAPHS.map(" ".join))
def test_the_runs_of_a_paragraph_give_both_texts(old: str, new: str) -> None:
    for edit in redline([old], [new]):
        if edit.kind == "changed":
            assert letters("".join(run.text for run in edit.runs if run.kind != "removed")) == letters(new)
            assert letters("".join(run.text for run in edit.runs if run.kind != "added")) == letters(old)


@given(_PARAGRAPHS, _PARAGRAPHS)
def test_what_was_less_what_went_and_with_what_came_is_what_is(old: list[str], new: list[str]) -> None:
    signs = Counter(letters("".join(old)))
    places = []
    for edit in redline(old, new):
        places.append(edit.place)
        if edit.kind == "changed":
            assert edit.new == new[edit.place]
            signs.update(letters("".join(run.text for run in edit.runs if run.kind == "added")))
            signs.subtract(letters("".join(run.text for run in edit.runs if run.kind == "removed")))
        elif edit.kind == "moved":
            assert edit.old_place is not None
            assert letters(old[edit.old_place]) == letters(new[edit.place])
        else:
            signs.update(letters(edit.new or ""))
            signs.subtract(letters(edit.old or ""))
    assert {sign: count for sign, count in signs.items() if count} == Counter(letters("".join(new)))
    assert places == sorted(places)


@given(_PARAGRAPHS, _PARAGRAPHS)
def test_a_change_one_way_is_a_change_the_other_way(old: list[str], new: list[str]) -> None:
    assert bool(redline(old, new)) == bool(redline(new, old))


def test_texts_made_to_be_slow_are_compared_in_bounded_time() -> None:
    rolls = random.Random(1)
    words = [str(number) for number in range(50)]
    one, two = ([" ".join(rolls.choices(words, k=100)) for _ in range(500)] for _ in range(2))
    begun = time.process_time()
    assert redline(one, two)
    assert redline(["a b " * 50_000], ["b a " * 50_000])
    numbered = [f"paragraph number {number} of the text" for number in range(5_000)]
    assert redline(numbered, rolls.sample(numbered, len(numbered)))
    assert time.process_time() - begun < 20


def test_a_change_beyond_the_limit_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WORD_LIMIT", 15)
    (edit,) = redline([FIRST, SECOND], [FIRST, SECOND.replace("severe", "moderate")])
    assert (edit.old, edit.new) == (SECOND, SECOND.replace("severe", "moderate"))
    assert redline([FIRST, SECOND], [FIRST, SECOND]) == []
