"""Searching the whole register: every name and number, typing errors, conditions and classes, on EMA's newest table."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from bench.search import mistyped, short, squeezed

from medpath.model import atc
from medpath.model.names import fold, names_in
from medpath.search.pictures import PICTURES, Counted, counted
from medpath.search.searching import Filters, Search
from tests.real.plain_years import Years
from tests.real.registers import NEWEST_TABLE


def share_right(search: Search, asked: Iterable[tuple[str, dict[str, Any]]]) -> float:
    """The share of queries whose first medicine is the wanted one, or one of the same name."""
    right = total = 0
    for query, wanted in asked:
        total += 1
        found = search.search(query, facet_values=0)
        first = next((item for item in found.items if item["kind"] == "medicine"), None)
        if first is not None:
            names = {squeezed(name) for part in names_in(first["name"]) for name in part}
            right += first["product_number"] == wanted["product_number"] or squeezed(short(wanted)) in names
    assert total
    return right / total


def test_every_medicine_is_listed_once(medicines: list[dict[str, Any]], search: Search) -> None:
    assert len(medicines) == len({item["product_number"] for item in medicines}) == 2673
    assert search.medicines(limit=1).total == 2673


@pytest.mark.parametrize("spell", [str, str.lower, str.upper, squeezed, lambda name: fold(name).replace(" ", "-")])
def test_every_name_finds_its_medicine_first(
    search: Search, medicines: list[dict[str, Any]], spell: Callable[[str], str]
) -> None:
    assert share_right(search, ((spell(short(item)), item) for item in medicines)) == 1


@pytest.mark.parametrize(
    "spell",
    [
        lambda number: number,
        lambda number: number.replace("/", "-").lower(),
        lambda number: number.replace("/", " "),
        lambda number: number[:9] + number[9:].lstrip("/").lstrip("0"),
        lambda number: number.replace("/", ""),
    ],
)
def test_every_product_number_finds_its_medicine_first(
    search: Search, medicines: list[dict[str, Any]], spell: Callable[[str], str]
) -> None:
    for item in medicines:
        found = search.search(spell(item["product_number"]), facet_values=0).items
        assert found
        assert found[0]["product_number"] == item["product_number"]


def test_names_with_one_typing_error(search: Search, medicines: list[dict[str, Any]]) -> None:
    chance = random.Random(7)
    names = [item for item in medicines if len(squeezed(short(item))) >= 4]
    assert share_right(search, ((mistyped(short(item).lower(), chance), item) for item in names)) >= 0.97


def test_names_with_two_typing_errors(search: Search, medicines: list[dict[str, Any]]) -> None:
    chance = random.Random(7)
    names = [item for item in medicines if len(squeezed(short(item))) >= 8]
    asked = ((mistyped(mistyped(short(item).lower(), chance), chance), item) for item in names)
    assert share_right(search, asked) >= 0.95


def test_every_area_finds_all_of_its_medicines(search: Search, medicines: list[dict[str, Any]]) -> None:
    by_area: dict[str, set[str]] = {}
    for item in medicines:
        for area in item["therapeutic_areas"]:
            by_area.setdefault(area, set()).add(item["product_number"])
    assert len(by_area) > 500
    for area, wanted in by_area.items():
        found = search.search(f'area:"{area}"', limit=1000, facet_values=0)
        assert wanted <= {item["product_number"] for item in found.items}, area
        in_words = search.search(area, kind="medicine", limit=1000, facet_values=0)
        assert wanted <= {item["product_number"] for item in in_words.items}, area


def test_every_class_finds_all_of_its_medicines(search: Search, medicines: list[dict[str, Any]]) -> None:
    by_code: dict[str, set[str]] = {}
    for item in medicines:
        for code in item["atc"]:
            for above in atc.ancestors(code):
                by_code.setdefault(above, set()).add(item["product_number"])
    for code, wanted in by_code.items():
        listed = search.medicines(Filters(atc=(code,)), limit=1000, facet_values=0)
        assert {item["product_number"] for item in listed.items} == wanted
        assert listed.total == len(wanted)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("heart attack", "Myocardial Infarction"),
        ("high blood pressure", "Hypertension"),
        ("breast cancer", "Breast Neoplasms"),
        ("lung cancer", "Carcinoma, Non-Small-Cell Lung"),
        ("COPD", "Pulmonary Disease, Chronic Obstructive"),
        ("ADHD", "Attention Deficit Disorder with Hyperactivity"),
    ],
)
def test_conditions_in_the_words_of_people(search: Search, query: str, name: str) -> None:
    found = search.search(query)
    assert name in [item["name"] for item in found.items if item["kind"] == "condition"]
    medicines = [item for item in found.items if item["kind"] == "medicine"]
    assert [item["matched"] for item in medicines[:3]] == ["condition"] * 3


@pytest.mark.parametrize("query", ["免疫抑制剂", "免疫", "immunosuppressants", "L04", "l 04"])
def test_the_class_of_immunosuppressants_in_both_languages(search: Search, query: str) -> None:
    assert "L04" in [item.get("code") for item in search.search(query).items]


def test_mixtures_are_what_the_table_says(search: Search, medicines: list[dict[str, Any]]) -> None:
    def wanted(fits: Callable[[dict[str, Any]], bool]) -> set[str]:
        return {item["product_number"] for item in medicines if fits(item)}

    def found(query: str) -> set[str]:
        return {item["product_number"] for item in search.search(query, limit=1000, facet_values=0).items}

    assert found("biosimilar adalimumab") >= wanted(
        lambda item: "biosimilar" in item["flags"] and "adalimumab" in item["active_substances"]
    )
    assert found("orphan cystic fibrosis") >= wanted(
        lambda item: "orphan" in item["flags"] and "Cystic Fibrosis" in item["therapeutic_areas"]
    )
    assert found("authorised 2025") == wanted(lambda item: (item["marketing_authorisation_date"] or "")[:4] == "2025")
    assert found("withdrawn 2024") == wanted(
        lambda item: item["status"]["code"] == "withdrawn" and (item["status"]["date"] or "")[:4] == "2024"
    )
    assert found("refused holder:pfizer") == wanted(
        lambda item: item["status"]["code"] == "refused" and "pfizer" in fold(item["holder"] or "").split()
    )
    car_t = found("CAR-T")
    assert {"Kymriah", "Yescarta", "Tecartus", "Breyanzi", "Abecma", "Carvykti", "Aucatzyl"} == {
        item["name"] for item in medicines if item["product_number"] in car_t
    }
    assert found("withdrawn CAR-T") == set()


@pytest.fixture(scope="module")
def plain(shared: Path) -> Years:
    """The counts of the same table by itself."""
    return Years(shared / "data" / NEWEST_TABLE, 2026)


@pytest.fixture(scope="module")
def pictures(search: Search) -> dict[str, Counted]:
    """Every picture of all medicines."""
    return {name: counted(search, picture, Filters()) for name, picture in PICTURES.items()}


def test_pictures_by_year_count_what_the_table_states(pictures: dict[str, Counted], plain: Years) -> None:
    assert {row.value: row.count for row in pictures["approvals"].rows} == plain.granted
    assert {row.value: row.count for row in pictures["held"].rows} == plain.held
    ends = {(row.value, cell.column): cell.count for row in pictures["ends-by-year"].rows for cell in row.cells}
    assert {place: count for place, count in ends.items() if count} == plain.ends
    decisions = {row.value: row for row in pictures["decision"].rows}
    assert set(decisions) == set(plain.decisions)
    for year, row in decisions.items():
        assert row.days is not None
        assert row.count == len(plain.decisions[year])
        assert [row.days.lower, row.days.median, row.days.upper] == pytest.approx(plain.quartiles(year))


def test_every_number_of_a_picture_is_the_length_of_its_list(search: Search, pictures: dict[str, Counted]) -> None:
    by_year = [one for one in pictures.values() if one.picture.by_year]
    for found in [*by_year, counted(search, PICTURES["landscape"], Filters(area=("breast-neoplasms",)))]:
        for number in (one for row in found.rows for one in (row, *row.cells)):
            asked = {name: tuple(values) for name, values in parse_qs(number.query).items()}
            assert search.medicines(Filters(**asked), limit=1, facet_values=0).total == number.count  # type: ignore[arg-type]


def test_each_medicine_is_in_a_row_or_left_out(pictures: dict[str, Counted]) -> None:
    for name in ("approvals", "decision", "ends-by-year", "protection", "exclusivity"):
        found = pictures[name]
        assert sum(row.count for row in found.rows) + len(found.left_out) == found.total
    reasons = Counter(one.reason for one in pictures["decision"].left_out)
    assert (reasons["opinion-after-authorisation"], reasons["longer-than-three-years"]) == (15, 5)


def test_protection_is_estimated_where_something_speaks_for_it(search: Search, pictures: dict[str, Counted]) -> None:
    def told(name: str) -> dict[str, Any]:
        number = search.search(name, facet_values=0).items[0]["product_number"]
        found: dict[str, Any] = (search.estimates(number) or {})["protection"]
        return found

    assert sum(row.count for row in pictures["protection"].rows) > 150
    assert told("Veoza") | {"counted_from": None} == {
        "basis": "own",
        "counted_from": None,
        "data_protection_until": "2031-12-07",
        "market_protection_until": "2033-12-07",
        "market_protection_until_at_most": "2034-12-07",
        "reason": None,
    }
    reasons = {"Amgevita": "copy", "Zaltrap": "other-holder", "Buccolam": "no-sign", "Glivec": "before-2011"}
    assert {name: told(name)["reason"] for name in reasons} == reasons
