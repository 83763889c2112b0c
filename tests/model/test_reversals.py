"""Values that come back."""

import pytest

from medpath.model.differences import Difference
from medpath.model.reversals import Earlier

BACK = Difference("holder-changed", "holder", "B", "A", "ema.medicines")


def test_a_value_that_was_lost_within_a_year_is_known_again() -> None:
    earlier = Earlier()
    earlier.add("2025-06-01T05:00:00Z", [{"field": "holder", "before": "A", "after": "B"}])
    assert earlier.had(BACK, "2026-03-14T05:00:00Z")
    assert not earlier.had(BACK, "2026-09-14T05:00:00Z"), "after more than a year it is a new fact"
    assert not earlier.had(BACK, "2025-06-01T05:00:00Z"), "nothing is lost and found in one observation"
    assert not earlier.had(Difference("name-changed", "name", "B", "A", "ema.medicines"), "2025-07-01T05:00:00Z")


@pytest.mark.parametrize("nothing", [None, "", [], True, False])
def test_that_nothing_was_said_or_a_flag_is_no_value_that_comes_back(nothing: object) -> None:
    earlier = Earlier()
    earlier.add("2025-06-01T05:00:00Z", [{"field": "holder", "before": nothing, "after": "B"}])
    assert earlier.lost == {}


def test_the_order_of_a_list_makes_no_other_value() -> None:
    earlier = Earlier()
    earlier.add("2025-06-01T05:00:00Z", [{"field": "atc", "before": ["A", "B"], "after": ["A"]}])
    back = Difference("atc-changed", "atc", ["A"], ["B", "A"], "ema.medicines")
    assert earlier.had(back, "2025-07-01T05:00:00Z")
