"""Changes in words."""

from typing import Any

import pytest

from medpath.translations.differences import changes_in_words, difference, value_in_words, word_difference
from medpath.translations.language import language

ENGLISH, CHINESE = language("en"), language("zh")


@pytest.mark.parametrize(
    ("name", "value", "english", "chinese"),
    [
        ("status.code", "withdrawn", "Withdrawn", "已撤回"),
        ("status.code", "Brand new", "Brand new", '<span lang="en">Brand new</span>'),
        ("flags.orphan", True, "Yes", "是"),
        ("flags.orphan", False, "No", "否"),
        ("flags.orphan", "yes", "Yes", "是"),
        ("dates.refusal", "2024-12-13", "13 December 2024", "2024年12月13日"),
        ("active_substances", ["a", "b"], "a, b", '<span lang="en">a</span>、<span lang="en">b</span>'),
        ("atc", [], "", ""),
        ("revision", 0, "0", "0"),
        ("holder", "<b>", "&lt;b&gt;", '<span lang="en">&lt;b&gt;</span>'),
        ("holder", None, "", ""),
        ("opinion.outcome", "positive", "Positive", "肯定"),
        (
            "related.orphan_designations",
            {"id": "x", "title": "Treatment of gout", "date": "2020-01-02", "status": "positive"},
            "Treatment of gout, Positive, 2 January 2020",
            '<span lang="en">Treatment of gout</span>、肯定、2020年1月2日',
        ),
        (
            "related.orphan_designations",
            {"id": "x", "title": "Gout", "date": None, "status": "positive", "current": False},
            "Gout, Positive, not listed as an orphan medicine",
            '<span lang="en">Gout</span>、肯定、未列为孤儿药',
        ),
        (
            "related.shortages",
            {
                "id": "x",
                "title": "A",
                "date": None,
                "status": "ongoing",
                "expected_resolution": "Q1 <2026>",
                "expected_resolution_date": None,
            },
            "A, Ongoing, expected to end: Q1 &lt;2026&gt;",
            '<span lang="en">A</span>、持续中、预计结束：<span lang="en">Q1 &lt;2026&gt;</span>',
        ),
        (
            "related.shortages",
            {
                "id": "x",
                "title": "A",
                "date": "2026-01-02",
                "status": "ongoing",
                "strengths": ["5 mg", "10 mg"],
                "pharmaceutical_forms": [],
                "alternatives_available": False,
                "no_longer_listed_at": "2026-03-14T05:00:00Z",
            },
            "A, Ongoing, 2 January 2026, 5 mg, 10 mg, no alternatives available, "
            "no longer listed: 14 March 2026, 05:00 UTC",
            '<span lang="en">A</span>、持续中、2026年1月2日、<span lang="en">5 mg</span>、'
            '<span lang="en">10 mg</span>、'
            "无替代药品、不再列出：2026年3月14日 05:00（UTC）",
        ),
        (
            "related.paediatric_plans",
            {"id": "x", "title": "PIP01", "date": None, "decision_number": "P/0001/2026", "decision_type": "pm"},
            "PIP01, Modification of an agreed plan, P/0001/2026",
            '<span lang="en">PIP01</span>、已同意计划的修改、<span lang="en">P/0001/2026</span>',
        ),
        (
            "events",
            {"title": "A <scope>", "date": "2026-01-02", "kind": "renewal", "procedure_numbers": ["R/0001"]},
            "A &lt;scope&gt;, Renewal, R/0001, 2 January 2026",
            '<span lang="en">A &lt;scope&gt;</span>、续期、<span lang="en">R/0001</span>、2026年1月2日',
        ),
        (
            "documents",
            {"id": "x", "title": "A : EPAR", "first_published": "2020-01-01", "last_updated": "2021-01-01"},
            "A : EPAR, 1 January 2021",
            '<span lang="en">A : EPAR</span>、2021年1月1日',
        ),
    ],
)
def test_values_in_words(name: str, value: Any, english: str, chinese: str) -> None:
    assert value_in_words(ENGLISH, name, value) == english
    assert value_in_words(CHINESE, name, value) == chinese


def test_long_texts_are_compared_word_by_word() -> None:
    assert word_difference("for adults with gout", "for adults and children with gout") == [
        ("same", "for adults"),
        ("ins", "and children"),
        ("same", "with gout"),
    ]
    assert word_difference("in adults", "in children") == [("same", "in"), ("del", "adults"), ("ins", "children")]


def test_what_stayed_the_same_is_left_out_in_its_middle() -> None:
    long = " ".join(f"w{number}" for number in range(60))
    parts = word_difference(long + " old", long + " new")
    assert [kind for kind, _text in parts] == ["skip", "same", "del", "ins"]
    assert parts[1][1] == " ".join(f"w{number}" for number in range(48, 60))


def test_texts_without_measure_are_not_compared() -> None:
    before, after = "a " * 4000, "b " * 4000
    assert word_difference(before, after) == [("del", before), ("ins", after)]


def test_a_text_that_comes_or_goes_is_shown_whole() -> None:
    told = difference(ENGLISH, {"field": "therapeutic_indication", "before": None, "after": "For gout."})
    assert (told["before"], told["after"], told["parts"]) == ("", "For gout.", [])


def test_two_states_of_one_record_stand_under_its_title() -> None:
    before = {"id": "x", "title": "A : EPAR", "first_published": "2020-01-01", "last_updated": None}
    told = difference(
        ENGLISH, {"field": "documents", "before": before, "after": {**before, "last_updated": "2021-01-01"}}
    )
    assert (told["label"], told["before"], told["after"]) == ("A : EPAR", "1 January 2020", "1 January 2021")


def test_of_two_states_of_a_related_record_only_what_differs_is_told() -> None:
    before = {"id": "x", "title": "A", "date": "2025-09-25", "status": "under-evaluation"}
    before["steps"] = {"procedure_start": "2025-09-25"}
    after = before | {"date": "2026-03-20", "steps": {"chmp_cvmp_opinion": "2026-03-20"} | before["steps"]}
    told = difference(ENGLISH, {"field": "related.referrals", "before": before, "after": after})
    assert (told["before"], told["after"]) == ("", "CHMP or CVMP opinion 20 March 2026")


def test_two_records_that_read_alike_are_told_so() -> None:
    record = {"id": "x", "title": "Gout", "date": None, "status": "positive"}
    told = difference(ENGLISH, {"field": "related.referrals", "before": record, "after": dict(record)})
    assert told["unclear"]
    assert not difference(ENGLISH, {"field": "holder", "before": None, "after": None})["unclear"]


def test_kinds_and_causes_have_words() -> None:
    change = {"kind": "status-changed", "cause": "layout", "fields": []}
    told = changes_in_words(CHINESE, [change])[0]
    assert (told["kind_word"], told["cause_word"]) == ("状态变更", "发布机构更改了格式或列入规则")
