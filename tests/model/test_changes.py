"""What is a change, whose doing it was, and what is none: on bodies composed by the real code."""

from typing import Any

import pytest

from medpath.model.changes import Change, Context, Table, changes_between
from medpath.model.columns import Columns
from medpath.model.differences import Facts, spelling_of
from tests.model.sources import NUMBER, body_of, page_body, row_body, source

BEFORE, AT = "2026-01-29T05:00:00Z", "2026-03-14T05:00:00Z"


def told(
    before: dict[str, Any],
    after: dict[str, Any],
    columns: Columns | None = None,
    layouts: tuple[str, str] = ("2026", "2026"),
) -> list[Change]:
    """The changes between two rows of EMA's list."""
    bodies = [body_of(source("ema.medicines", (BEFORE, row_body(**one)), key=NUMBER)) for one in (before, after)]
    was, now = (Facts(layout, True, None, frozenset({"ema.medicines"})) for layout in layouts)
    context = Context([Table(BEFORE, layouts[0]), Table(AT, layouts[1], columns or Columns())])
    return changes_between(bodies[0], was, bodies[1], now, AT, context)


def kinds(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.kind, change.cause) for change in changes]


@pytest.mark.parametrize(
    "after",
    [
        {"last_updated": "2026-03-01"},
        {"first_published": "2026-03-01"},
        {"therapeutic_areas": ["B", "A"]},
        {"active_substances": ["y", "x"]},
    ],
)
def test_days_of_publication_and_the_order_of_a_list_are_no_change(after: dict[str, Any]) -> None:
    before = {"therapeutic_areas": ["A", "B"], "active_substances": ["x", "y"]}
    assert told(before, before | after) == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({"name": "Alofisel"}, {"name": "Alofisel Plus"}, "name-changed"),
        ({"holder": "N.V. Organon"}, {"holder": "Organon N.V."}, "holder-changed"),
        ({"therapeutic_indication": "from 12 years"}, {"therapeutic_indication": "from 6 years"}, "indication-changed"),
        ({"therapeutic_indication": "over ≥ 40 kg"}, {"therapeutic_indication": "over < 40 kg"}, "indication-changed"),
        ({"atc": ["L04"]}, {"atc": ["L04AA01"]}, "atc-changed"),
        ({"flags": {"orphan": True}}, {"flags": {"orphan": False}}, "flag-changed"),
        ({"revision": 1}, {"revision": 2}, "procedure-changed"),
        ({"therapeutic_areas": ["A"]}, {"therapeutic_areas": ["A", "B"]}, "area-changed"),
        ({"active_substances": ["x"]}, {"active_substances": ["z"]}, "substance-changed"),
        ({"url": "https://www.ema.europa.eu/a"}, {"url": "https://www.ema.europa.eu/b"}, "other-changed"),
    ],
)
def test_each_kind_of_change_is_told_with_both_values(before: Any, after: Any, kind: str) -> None:
    [change] = told(before, after)
    assert (change.kind, change.cause) == (kind, "source")
    assert change.fields[0]["before"] != change.fields[0]["after"]


def test_the_stated_day_goes_with_the_change() -> None:
    status = {"code": "authorised", "source_value": "Authorised"}
    changes = told({"status": status, "dates": {"marketing_authorisation": "2018-03-23"}}, {})
    assert {(change.kind, change.date) for change in changes} == {
        ("status-changed", "2024-12-13"),
        ("date-changed", "2024-12-13"),
    }


def test_an_authorisation_in_force_again_is_not_of_the_day_on_which_it_was_granted() -> None:
    """Esmya was suspended in 2020 and authorised again; its authorisation is of 2012."""
    dates = {"marketing_authorisation": "2012-02-22"}
    suspended = {"status": {"code": "suspended", "source_value": "Suspended"}, "dates": dates}
    authorised = {"status": {"code": "authorised", "source_value": "Authorised"}, "dates": dates}
    [change] = told(suspended, authorised)
    assert (change.kind, change.cause, change.date) == ("status-changed", "source", None)
    [granted] = told({**authorised, "status": {"code": "opinion", "source_value": "Opinion"}}, authorised)
    assert granted.date == "2012-02-22"


def test_what_happened_to_a_whole_column_is_the_publishers_format() -> None:
    group = {"pharmacotherapeutic_group": "Other words"}
    assert kinds(told({}, group)) == [("other-changed", "source")]
    whole = Columns(whole=frozenset({"pharmacotherapeutic_group"}))
    assert kinds(told({}, group, whole)) == [("other-changed", "layout")]
    lost = Columns(vanished=frozenset({"holder"}))
    assert kinds(told({}, {"holder": None}, lost)) == [("holder-changed", "layout")]
    assert kinds(told({}, {"holder": "Another Holder"}, lost)) == [("holder-changed", "source")]
    respelt = Columns(respelt=frozenset({"holder"}))
    assert kinds(told({}, {"holder": "TAKEDA PHARMA A/S"}, respelt)) == [("holder-changed", "layout")]
    assert kinds(told({}, {"holder": "TAKEDA PHARMA A/S"})) == [("holder-changed", "source")]


def test_days_that_come_years_late_in_many_rows_are_no_news_and_new_days_are() -> None:
    late = Columns(late=frozenset({"dates.refusal"}))
    assert kinds(told({}, {"dates": row_body()["dates"] | {"refusal": "2019-01-01"}}, late)) == [
        ("date-changed", "layout")
    ]
    assert kinds(told({}, {"dates": row_body()["dates"] | {"refusal": "2026-02-01"}}, late)) == [
        ("date-changed", "source")
    ]


def test_one_text_printed_in_two_ways_by_list_and_page_is_no_change() -> None:
    row = source("ema.medicines", (BEFORE, row_body(last_updated="2026-01-01", therapeutic_indication="A: • b ≥ 5")))
    page = page_body(last_updated="2026-02-01", therapeutic_indication="A: - b ? 5")
    before = body_of(row, source("ema.epar_pages", (BEFORE, page_body(last_updated="2020-01-01"))))
    after = body_of(row, source("ema.epar_pages", (AT, page)))
    both = frozenset({"ema.medicines", "ema.epar_pages"})
    was = Facts("2026", True, "html", both, (("therapeutic_indication", "ema.medicines"),))
    now = Facts("2026", True, "html", both, (("therapeutic_indication", "ema.epar_pages"),))
    assert changes_between(before, was, after, now, AT, Context()) == []


@pytest.mark.parametrize("text", ["Ab c", "aB-C", "“ab” c", "ａｂｃ"])
def test_spelling_ignores_case_blanks_and_punctuation_and_keeps_signs(text: str) -> None:
    assert spelling_of(text) == "abc"
    assert spelling_of("a ≥ 5 %") == "a≥5%"


def test_a_reader_that_reads_better_makes_no_news() -> None:
    """See tests/store for the whole way; here: a first list is nothing new, whatever it holds."""
    body = body_of(source("ema.medicines", (BEFORE, row_body())))
    facts = Facts("2026", True, None, frozenset({"ema.medicines"}))
    assert changes_between(None, Facts(), body, facts, BEFORE, Context([Table(BEFORE, "2026")])) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("therapeutic_indication", "for adults"), ("holder", "Takeda"), ("atc", ["L04"]), ("revision", 3)],
)
def test_a_value_that_is_missing_is_no_new_fact(name: str, value: Any) -> None:
    before = {name: value}
    assert kinds(told(before, {name: [] if isinstance(value, list) else None})) == [("value-vanished", "source")]
    many = Columns(vanished=frozenset({name}))
    gone = told(before, {name: [] if isinstance(value, list) else None}, many)
    assert [change.cause for change in gone] == ["layout"]
    assert "value-vanished" not in [change.kind for change in gone]
