"""Values as agencies write them, and what is left after cleaning."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.sources.cleaning import clean_text, parse_day, product_number, split_list
from medpath.sources.keys import fold, path_of


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("UCB Pharma S.A.\u00a0 ", "UCB Pharma S.A."),
        ("dose &amp;lt; limit", "dose < limit"),
        ("two\r\nlines&nbsp;", "two lines"),
        ("-", None),
        ("Not yet assigned", None),
        ("", None),
        (None, None),
        (12.0, "12"),
        ("nul\x00byte", "nulbyte"),
    ],
)
def test_text_is_one_trimmed_line(given_value: object, expected: str | None) -> None:
    assert clean_text(given_value) == expected


def test_lists_are_parted_by_semicolons_and_never_by_commas() -> None:
    given_value = "Lentogest  ;Multiple Sclerosis, Relapsing-Remitting;;Lentogest"
    assert split_list(given_value) == ["Lentogest", "Multiple Sclerosis, Relapsing-Remitting"]
    assert split_list("A&amp;B; C") == ["A&B", "C"]


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("23/03/2018", date(2018, 3, 23)),
        ("2018-09-19T02:00:00Z", date(2018, 9, 19)),
        (datetime(2018, 3, 23, 1, 0), date(2018, 3, 23)),
        (", ,   02/07/2018, , ".replace(",", " "), date(2018, 7, 2)),
        ("", None),
    ],
)
def test_days_are_taken_as_they_stand(given_value: object, expected: date | None) -> None:
    assert parse_day(given_value) == expected


@pytest.mark.parametrize("given_value", ["31/02/2020", "01/01/0023", "03/23/2018", "soon", "2020"])
def test_what_is_no_possible_day_is_refused(given_value: str) -> None:
    with pytest.raises(ValueError, match="day"):
        parse_day(given_value)


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("EMEA/H/C/004258", "EMEA/H/C/004258"),
        ("EMEA/H/C005201", "EMEA/H/C/005201"),
        ("EMEA/H/C/5900", "EMEA/H/C/005900"),
        ("emea-v-c-000123", "EMEA/V/C/000123"),
        ("H/C/WS2451", None),
        ("R/0023", None),
        ("H/C/PSUSA/00001187/202308", None),
    ],
)
def test_product_numbers_get_their_usual_spelling(given_value: str, expected: str | None) -> None:
    assert product_number(given_value) == expected


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none()))
def test_nothing_from_outside_breaks_cleaning(value: object) -> None:
    text = clean_text(value)
    assert text is None or (text and text == text.strip())
    assert all(split_list(value))
    assert product_number(value) is None or str(product_number(value)).startswith("EMEA/")


@given(st.text())
def test_folding_twice_changes_nothing_more(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_spellings_of_one_name_fold_to_one() -> None:
    assert fold("UCB Pharma S.A.") == fold("UCB PHARMA SA") == "ucb pharma sa"
    assert fold("β-glucan") != fold("beta-glucan")
    assert path_of("https://www.ema.europa.eu/en/medicines/human/EPAR/x/") == "/en/medicines/human/EPAR/x"
