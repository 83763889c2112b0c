"""The history of medicines on both databases: what a store tells does not depend on how it came about."""

import itertools
from datetime import date
from pathlib import Path

import pytest

from tests.lists import NAME, Store, authorised, comparable, row, write_report, write_table

NUMBER = "EMEA/H/C/004258"


@pytest.fixture
def editions(tmp_path: Path) -> Path:
    """Four lists: an authorisation that ends, one that comes, a new holder, a medicine that goes and returns.

    Medicine 4 has another holder for a while, Medicine 5 no class.
    """
    folder = tmp_path / "editions"
    holder = "marketing_authorisation_developer_applicant_holder"
    others = [authorised(number) for number in range(10, 40)]
    new, going = authorised(2, marketing_authorisation_date="20/02/2024"), authorised(3)
    others += [authorised(4), authorised(5)]
    strange = [*others[:-2], authorised(4, **{holder: "Stray Ltd"}), authorised(5, atc_code_human="")]
    write_report(folder, "2024-01-10", [authorised(), going, *others])
    write_report(folder, "2024-03-01", [authorised(), new, going, *others])
    write_report(folder, "2024-06-01", [authorised(**{holder: "Other Pharma B.V."}), new, *strange])
    write_report(folder, "2025-02-01", [row(**{holder: "Other Pharma B.V."}), new, going, *others])
    return folder


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Store:
    return Store(tmp_path, database_url)


def test_the_line_of_a_medicine_is_told_in_its_order(store: Store, editions: Path) -> None:
    assert store.sync(editions).exit_code == 0
    told = [(one["name"], one["kind"], one["cause"], one["date"]) for one in store.told()]
    assert told == [
        ("Medicine 2", "newly-listed", "source", "2024-02-20"),
        ("Medicine 3", "no-longer-listed", "source", None),
        ("Medicine 4", "holder-changed", "source", None),
        ("Medicine 5", "value-vanished", "source", None),
        ("Alofisel", "holder-changed", "source", None),
        ("Medicine 3", "listed-again", "source", None),
        ("Medicine 4", "value-reverted", "source", None),
        ("Medicine 5", "value-reverted", "source", None),
        ("Alofisel", "date-changed", "source", "2024-12-13"),
        ("Alofisel", "status-changed", "source", "2024-12-13"),
    ]
    history = store.register.history(NUMBER)
    assert [one["version"] for one in history["versions"]] == [1, 2, 3]
    assert [change["versions"] for change in history["changes"]] == [[1, 2], [2, 3], [2, 3]]


def test_a_second_sync_and_a_reading_anew_change_nothing(store: Store, editions: Path) -> None:
    store.sync(editions)
    before = store.register.sequence(), store.told(), store.shown()
    again = store.sync(editions)
    assert {outcome.result for outcome in again.outcomes} == {"unchanged"}
    assert (store.register.sequence(), store.told(), store.shown()) == before
    store.replay()
    assert (store.register.sequence(), store.told(), store.shown()) == before


def test_the_order_in_which_files_come_does_not_matter(tmp_path: Path, editions: Path) -> None:
    straight = Store(tmp_path / "straight")
    straight.sync(editions)
    files = sorted(editions.iterdir())
    for number, order in enumerate(itertools.permutations(files)):
        other = Store(tmp_path / str(number))
        for path in order:
            other.sync(path)
        assert other.told() == straight.told()
        assert other.shown() == straight.shown()


def test_older_files_read_later_are_history_and_no_news(store: Store, editions: Path) -> None:
    first, *rest = sorted(editions.iterdir())
    for path in rest:
        store.sync(path)
    newest = store.register.changes(newest_first=True, limit=1).items[0]["sequence"]
    store.sync(first)
    later = store.register.changes(after=newest).items
    assert all(change["observed_at"] < "2025" for change in later)


@pytest.mark.parametrize("day", ["2024-01-10", "2024-02-29", "2024-03-01", "2024-12-31", "2025-02-01", "2030-01-01"])
def test_as_of_a_day_is_what_a_fresh_store_with_the_files_until_then_shows(
    tmp_path: Path, store: Store, editions: Path, day: str
) -> None:
    store.sync(editions)
    fresh = Store(tmp_path / "fresh")
    for path in sorted(editions.iterdir()):
        if path.name <= f"{NAME}_{day}.json":
            fresh.sync(path)
    for number in store.register.numbers():
        then = store.register.medicine(number, date.fromisoformat(day))
        now = fresh.register.medicine(number)
        assert (then is None) == (now is None)
        if then is not None:
            assert comparable(then) == comparable(now)


def test_before_the_first_observation_nothing_is_known(store: Store, editions: Path) -> None:
    store.sync(editions)
    assert store.register.medicine(NUMBER, date(2024, 1, 9)) is None
    assert store.register.horizon() == "2024-01-10T05:00:00Z"


def test_a_report_that_lost_rows_is_refused_and_the_old_data_stay(store: Store, tmp_path: Path) -> None:
    many = [authorised(number) for number in range(1, 101)]
    store.sync(write_report(tmp_path / "a", "2024-01-10", many))
    before = store.shown()
    result = store.sync(write_report(tmp_path / "b", "2024-01-11", many[:94]))
    assert result.exit_code == 4
    assert "94 records where the last good report had 100, a loss of more than 5%" in str(result.failures[0].reason)
    assert store.shown() == before
    state = store.register.dataset("ema.medicines")
    assert state is not None
    assert state["failed_since"] is not None
    assert state["observed_at"] == "2024-01-10T05:00:00Z"
    assert store.sync(write_report(tmp_path / "c", "2024-01-12", many[:95])).exit_code == 0


def test_a_row_whose_number_is_garbled_continues_the_medicines_line(store: Store, tmp_path: Path) -> None:
    """EMA's tables of August 2024 print ``H/C/WS2451`` for Bondronat: no withdrawal, no second medicine."""
    others = [authorised(number) for number in range(1, 30)]
    write_report(tmp_path / "lists", "2024-01-10", [authorised(), *others])
    garbled = authorised(ema_product_number="H/C/WS2451", revision_number="13")
    write_report(tmp_path / "lists", "2024-02-10", [garbled, *others])
    write_report(tmp_path / "lists", "2024-03-10", [authorised(revision_number="13"), *others])
    store.sync(tmp_path / "lists")
    assert store.register.count() == 30
    told = [(one["kind"], one["cause"], one["fields"][0]["field"]) for one in store.told()]
    assert told == [
        ("no-longer-listed", "layout", "source_product_number"),
        ("procedure-changed", "source", "revision"),
        ("listed-again", "layout", "source_product_number"),
    ]
    between = store.register.medicine(NUMBER, date(2024, 2, 20))
    assert between is not None
    assert (between["status"]["code"], between["revision"], between["no_longer_listed_at"]) == ("authorised", 13, None)


def test_across_a_change_of_layout_only_approvals_and_ends_of_a_later_day_are_news(
    store: Store, tmp_path: Path
) -> None:
    """The table of 2024 lists lapsed authorisations as such and applications, where that of 2023 did not."""
    folder, ended = tmp_path / "tables", "withdrawal_expiry_revocation_lapse_of_marketing_authorisation_date"
    write_table(folder, "2023-06-12", [authorised(), authorised(1), authorised(2, medicine_status="Withdrawn")], "2018")
    write_table(
        folder,
        "2024-08-15",
        [
            row(**{ended: "20/12/2023"}),
            row(1, **{ended: "01/01/2020"}),
            row(2, medicine_status="Lapsed", **{ended: "01/01/2020"}),
            authorised(3, marketing_authorisation_date="01/02/2024"),
            authorised(4, marketing_authorisation_date="01/02/2019"),
            row(5, medicine_status="Application withdrawn", withdrawal_of_application_date="01/02/2024", **{ended: ""}),
        ],
    )
    store.sync(folder)
    news = [(one["name"], one["kind"]) for one in store.told() if one["cause"] == "source"]
    assert news == [
        ("Medicine 3", "newly-listed"),
        ("Alofisel", "date-changed"),
        ("Alofisel", "status-changed"),
    ]


def test_a_renamed_column_is_no_change_of_rules(store: Store, tmp_path: Path) -> None:
    write_table(tmp_path / "t", "2026-01-29", [authorised(generic="Yes"), authorised(1)])
    write_table(tmp_path / "t", "2026-03-14", [row(generic="No"), authorised(1), authorised(2)], "2026")
    store.sync(tmp_path / "t")
    told = {(one["name"], one["kind"]): one["cause"] for one in store.told()}
    assert told[("Alofisel", "flag-changed")] == "layout"
    assert told[("Alofisel", "status-changed")] == "source"
    assert told[("Medicine 2", "newly-listed")] == "source"


def test_names_and_numbers_lead_to_one_medicine_or_to_candidates(store: Store, tmp_path: Path) -> None:
    from medpath.errors import NotFound

    twice = authorised(7, name_of_medicine="Twice"), row(8, name_of_medicine="TWICE")
    former = authorised(9, name_of_medicine="Today (previously Yesterday)")
    store.sync(write_report(tmp_path / "a", "2024-01-10", [row(), *twice, former]))
    for text in ("Alofisel", " ALOFISEL ", "emea-h-c-4258", "EMEA/H/C/004258", "H/C/4258"):
        assert store.register.resolve(text) == NUMBER
    assert store.register.resolve("today") == store.register.resolve("yesterday") == "EMEA/H/C/000009"
    with pytest.raises(NotFound) as several:
        store.register.resolve("twice")
    assert [one["product_number"] for one in several.value.candidates] == ["EMEA/H/C/000007", "EMEA/H/C/000008"]
    for text in ("EMEA/H/C/999999", "EU/1/99/999", "nothing", "", "\x00"):
        with pytest.raises(NotFound):
            store.register.resolve(text)
