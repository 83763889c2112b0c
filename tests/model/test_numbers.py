"""Product numbers and EU numbers in any usual spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.model.numbers import eu_number, product_number


@pytest.mark.parametrize(
    "text",
    ["EMEA/H/C/004258", "emea-h-c-004258", "EMEA/H/C4258", "H/C/4258", " EMEA / H / C / 004258 ", "EMEAHC004258"],
)
def test_a_product_number_is_known_in_every_spelling(text: str) -> None:
    assert product_number(text) == "EMEA/H/C/004258"


@pytest.mark.parametrize("text", ["", "EMEA/H/C/", "R/0023", "H/C/WS2451", "H/C/002840/N/0049", "EMEA/X/C/1", "\x00"])
def test_what_is_no_product_number_is_none(text: str) -> None:
    assert product_number(text) is None


@pytest.mark.parametrize(
    "text", ["EU/1/17/1261", "eu-1-17-1261", "EU/1/17/1261/001", "EU1171261", "EU/1/17/1261/001-003"]
)
def test_an_eu_number_is_that_of_the_product(text: str) -> None:
    assert eu_number(text) == "EU/1/17/1261"


def test_old_eu_numbers_keep_three_digits() -> None:
    assert eu_number("EU/1/97/49") == eu_number("EU/1/97/049/001") == "EU/1/97/049"


@given(st.text())
def test_any_text_is_a_number_or_none_and_a_number_stays_itself(text: str) -> None:
    for normal in (product_number, eu_number):
        number = normal(text)
        assert number is None or normal(number) == number
