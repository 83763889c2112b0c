"""Lists as of a day, on either database: what each medicine was then, from the versions that held."""

from datetime import date

import pytest

from medpath.errors import UsageError
from medpath.search.entries import medicine_entry
from medpath.search.then import SORTS, Filters, medicines_as_of
from medpath.store.read import Register
from tests.sample_store import SampleStore

pytestmark = pytest.mark.parametrize("sample_store", ["sqlite", "postgresql"], indirect=True)
FIRST, SECOND, BEFORE = date(2026, 2, 1), date(2026, 3, 31), date(2001, 1, 1)


@pytest.fixture
def register(sample_store: SampleStore) -> Register:
    return Register(sample_store.database)


@pytest.mark.parametrize("day", [FIRST, SECOND])
def test_each_item_is_that_of_the_medicine_as_it_was(register: Register, day: date) -> None:
    listed = medicines_as_of(register, day, Filters(), limit=1000)
    told = [one for number in register.numbers() if (one := register.medicine(number, day)) is not None]
    assert listed.total == len(told) > 50
    expected = {one["id"]: medicine_entry(one, {}, {}).item | {"matched": None} for one in told}
    assert {one["id"]: one for one in listed.items} == expected


def test_a_status_is_that_of_the_day(register: Register) -> None:
    def names(day: date, status: str) -> set[str]:
        return {one["name"] for one in medicines_as_of(register, day, Filters(status=(status,)), limit=1000).items}

    assert "Lumark" in names(FIRST, "authorised") - names(SECOND, "authorised")
    assert "Lumark" in names(SECOND, "withdrawn") - names(FIRST, "withdrawn")


def test_filters_and_counts_agree_with_the_medicines(register: Register) -> None:
    everything = medicines_as_of(register, FIRST, Filters(), limit=1000)
    for status in everything.facets["status"]:
        found = medicines_as_of(register, FIRST, Filters(status=(str(status["value"]),)), limit=1)
        assert found.total == status["count"]
    assert sum(one["count"] for one in everything.facets["category"]) == everything.total
    several = medicines_as_of(register, FIRST, Filters(atc=("L04",), category=("human",), flag=("orphan",)), limit=1000)
    for one in several.items:
        assert any(code.startswith("L04") for code in one["atc"])
        assert "orphan" in one["flags"]


@pytest.mark.parametrize("sort", SORTS)
def test_parts_make_the_whole_in_every_order(register: Register, sort: str) -> None:
    whole = [one["id"] for one in medicines_as_of(register, FIRST, Filters(), sort=sort, limit=1000).items]
    found: list[str] = []
    cursor = None
    while True:
        part = medicines_as_of(register, FIRST, Filters(), sort=sort, limit=7, cursor=cursor)
        found += [one["id"] for one in part.items]
        cursor = part.next
        if cursor is None:
            break
    assert found == whole
    assert len(set(whole)) == len(whole)


def test_before_everything_that_was_observed_there_is_nothing(register: Register) -> None:
    assert medicines_as_of(register, BEFORE, Filters()).total == 0
    assert list(register.medicines_of_then(register.numbers(), BEFORE)) == []


def test_whole_records_are_those_of_the_day(register: Register) -> None:
    numbers = register.numbers()[:20]
    for one in register.medicines_of_then(numbers, FIRST):
        then = register.medicine(one["product_number"], FIRST)
        assert then is not None
        assert one == {key: value for key, value in then.items() if key != "horizon"}


def test_words_orders_and_places_that_there_are_none_of_are_refused(register: Register) -> None:
    place = medicines_as_of(register, FIRST, Filters(), limit=5).next
    for given in (
        {"filters": Filters(q="asthma")},
        {"filters": Filters(), "sort": "relevance"},
        {"filters": Filters(status=("authorised",)), "cursor": place},
        {"filters": Filters(), "cursor": "nonsense"},
    ):
        with pytest.raises(UsageError):
            medicines_as_of(register, FIRST, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("filters", [{"held": ("2025",)}, {"status_year": ("2024",)}, {"decision": ("2018", "2022")}])
def test_years_are_those_of_the_day(register: Register, filters: dict[str, tuple[str, ...]]) -> None:
    chosen = Filters(**filters)  # type: ignore[arg-type]
    found = medicines_as_of(register, FIRST, chosen, limit=1000)
    told = [one for number in register.numbers() if (one := register.medicine(number, FIRST)) is not None]
    day = register.data_date(FIRST)
    entries = [medicine_entry(one, {}, {}, data_day=day) for one in told]
    ((name, values),) = filters.items()
    assert (
        {one["product_number"] for one in found.items}
        == {one.key for one in entries if set(values) & set(one.fields[name])}
        != set()
    )
    assert sum(one["count"] for one in found.facets["category"]) == found.total


def test_a_medicine_that_has_ended_since_was_held_then(register: Register) -> None:
    def held(day: date) -> set[str]:
        return {one["name"] for one in medicines_as_of(register, day, Filters(held=("2026",)), limit=1000).items}

    assert "Lumark" in held(FIRST) - held(SECOND)


@pytest.mark.parametrize("name", ["protection", "exclusivity"])
def test_estimates_are_refused_as_of_a_day(register: Register, name: str) -> None:
    with pytest.raises(UsageError, match="present state"):
        medicines_as_of(register, FIRST, Filters(**{name: ("2030",)}))  # type: ignore[arg-type]
