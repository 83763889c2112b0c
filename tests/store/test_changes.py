"""Changes by day, and the last ones of a medicine, on either database."""

import pytest

from medpath.errors import UsageError
from medpath.store.read import Register
from tests.sample_store import SampleStore

pytestmark = pytest.mark.parametrize("sample_store", ["sqlite", "postgresql"], indirect=True)


def test_days_count_every_change_once(sample_store: SampleStore) -> None:
    register = Register(sample_store.database)
    days = register.change_days()
    assert [day for day, _number in days] == sorted({day for day, _number in days}, reverse=True)
    assert sum(number for _day, number in days) == register.changes().total
    news = register.change_days(kind="status-changed", cause="source")
    assert sum(number for _day, number in news) == register.changes(kind="status-changed", cause="source").total
    with pytest.raises(UsageError, match="no cause"):
        register.change_days(cause="nobody")


def test_the_last_changes_are_the_end_of_the_history(sample_store: SampleStore) -> None:
    register = Register(sample_store.database)
    told = register.history("EMEA/H/C/002749")["changes"]
    assert len(told) > 2
    assert register.last_changes("EMEA/H/C/002749", limit=2) == told[::-1][:2]
    assert {one["cause"] for one in register.last_changes_of("EMEA/H/C/002749", "source", 5)} == {"source"}
