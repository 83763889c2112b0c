"""What is an alarm, and what ends it."""

import pytest

from medpath.store.alarms import alarms
from tests.lists import Store, authorised, write_report

NOTHING_SENT = {"watches": 0, "sent": 0, "waiting": 0, "given_up": 0}


@pytest.fixture
def store(database_url, tmp_path):
    store = Store(tmp_path, database_url)
    yield store
    store.database.dispose()


def codes(store, dataset="ema.medicines"):
    return {one["code"]: one for one in store.register.operation()["alarms"] if one["dataset"] == dataset}


def test_half_the_rows_are_an_alarm_until_a_good_report_comes_and_no_change_is_told(store, tmp_path):
    store.sync(write_report(tmp_path, "2026-03-01", [authorised(number) for number in range(5001, 5021)]))
    told = len(store.told())
    store.sync(write_report(tmp_path, "2026-03-02", [authorised(number) for number in range(5001, 5011)]))
    alarm = codes(store)["failing"]
    assert "a loss of more than 5%" in alarm["message"]
    assert alarm["since"]
    assert len(store.told()) == told
    store.sync(write_report(tmp_path, "2026-03-03", [authorised(number) for number in range(5001, 5021)]))
    assert "failing" not in codes(store)


def test_old_data_are_an_alarm_with_their_age(store, tmp_path):
    store.sync(write_report(tmp_path, "2026-03-01", [authorised()]))
    assert "days old; new ones come twice a day" in codes(store)["old"]["message"]


def test_an_unknown_field_is_drift(store, tmp_path):
    store.sync(write_report(tmp_path, "2026-03-01", [authorised(favourite_colour="blue")]))
    assert codes(store)["drift"]["message"] == (
        "ema.medicines: 1 value or field was not known; its format may have changed."
    )


def test_deliveries_that_were_given_up_are_an_alarm():
    assert alarms([], NOTHING_SENT) == []
    (alarm,) = alarms([], NOTHING_SENT | {"given_up": 2})
    assert alarm["message"] == "2 deliveries were given up; “medpath watch list” says why."
