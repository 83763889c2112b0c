"""Every code of the model has words."""

import pytest

from medpath.model.changes import CAUSES, KINDS
from medpath.model.documents import GROUPS
from medpath.model.events import EVENTS, RELATED_EVENTS
from medpath.model.related import KINDS as RELATED
from medpath.model.terms import DATES, ENDED, FLAGS, STATUSES
from medpath.search.facets import FACETS
from medpath.search.schema import KINDS as FOUND
from medpath.sources.facts import datasets
from medpath.translations.language import language
from medpath.translations.vocabulary.medicines import STATUS_GROUPS, STATUS_LOOKS
from medpath.translations.words import field_word, word

ENGLISH, CHINESE = language("en"), language("zh")


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("status", STATUSES),
        ("status_sentence", STATUSES),
        ("ending", ENDED),
        ("flag", FLAGS),
        ("flag_meaning", FLAGS),
        ("date", (*DATES, "first_published", "last_updated")),
        ("group", GROUPS),
        ("event", [key.replace("_", "-") for key in EVENTS]),
        ("event", [kind for kind, _dataset in RELATED_EVENTS.values()]),
        ("related", RELATED),
        ("change", KINDS),
        ("cause", CAUSES),
        ("facet", FACETS),
        ("kind", FOUND),
        ("kind_of_one", FOUND),
        ("dataset", datasets()),
        ("basis", ("product-number", "page-link", "name", "former-name", "substance")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_closed_lists_of_the_model_have_words(table: str, codes: tuple[str, ...]) -> None:
    assert [code for code in codes if word(ENGLISH, table, code) is None] == []
    assert [code for code in codes if word(CHINESE, table, code) == word(ENGLISH, table, code)] == []


def test_every_status_has_a_look_and_a_group_and_only_one_is_good() -> None:
    grouped = [code for codes in STATUS_GROUPS.values() for code in codes]
    assert sorted(grouped) == sorted(STATUSES)
    assert set(STATUS_LOOKS) == set(STATUSES)
    assert [code for code, (colour, _sign) in STATUS_LOOKS.items() if colour == "good"] == ["authorised"]


def test_an_unknown_code_has_no_word() -> None:
    assert word(ENGLISH, "status", "brand-new") is None


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("status.code", "Status"),
        ("dates.refusal", "Refusal"),
        ("flags.orphan", "Orphan medicine"),
        ("related.paediatric_plans", "Paediatric plans"),
        ("first_published", "First published by EMA"),
        ("something.new", "something.new"),
    ],
)
def test_fields_have_labels(name: str, label: str) -> None:
    assert field_word(ENGLISH, name) == label
