"""Whole columns that came, went, were rewritten, came late or changed in spelling, against true changes."""

from typing import Any

from medpath.model.columns import Columns, compare_columns, emptied


def table(**columns: Any) -> dict[int, dict[str, Any]]:
    """A hundred rows; a value may depend on the row's number."""
    return {
        number: {name: value(number) if callable(value) else value for name, value in columns.items()}
        for number in range(100)
    }


def test_equal_tables_have_nothing_to_say() -> None:
    assert compare_columns(table(a="x"), table(a="x")) == Columns()


def test_a_column_that_went_or_came_is_whole() -> None:
    found = compare_columns(table(a="x", b=None), table(a=None, b="y"))
    assert found.whole == {"a", "b"}
    assert found.vanished == {"a"}
    assert found.late == {"b"}


def test_a_rewritten_column_is_whole_but_not_the_revisions_that_count_on() -> None:
    found = compare_columns(table(group="x", revision=1), table(group="z", revision=2))
    assert found.whole == {"group"}


def test_twelve_values_lost_at_once_are_no_twelve_events() -> None:
    found = compare_columns(table(holder="x"), table(holder=lambda number: None if number < 12 else "x"))
    assert found == Columns(vanished=frozenset({"holder"}))
    few = compare_columns(table(holder="x"), table(holder=lambda number: None if number < 3 else "x"))
    assert few == Columns()


def test_letter_case_of_many_rows_is_spelling() -> None:
    found = compare_columns(table(name="abc"), table(name=lambda number: "ABC" if number < 30 else "abc"))
    assert found == Columns(respelt=frozenset({"name"}))


def test_a_column_that_all_rows_lost_is_emptied() -> None:
    full, bare = table(holder="x", seldom=lambda number: "y" if number < 30 else None), table(holder="", seldom=None)
    assert emptied(full.values(), bare.values()) == ["holder"]
    bare[99]["holder"] = "x"
    assert emptied(full.values(), bare.values()) == []
    assert emptied(list(full.values())[:5], list(bare.values())[:5]) == []


def test_it_survives_the_store() -> None:
    found = Columns(frozenset({"a"}), frozenset({"b"}), frozenset({"c"}), frozenset({"d"}))
    assert Columns.from_json(found.as_json()) == found


def test_what_happened_is_kept_and_read_again() -> None:
    happened = Columns(whole=frozenset({"holder"}), vanished=frozenset({"atc", "name"}), back=True)
    assert Columns.from_json(happened.as_json()) == happened
    assert Columns.from_json({"whole": ["holder"]}) == Columns(whole=frozenset({"holder"})), "as kept before"
