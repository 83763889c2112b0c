"""Names of companies: equal but for spelling and the form of the legal form, and taken off an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.model.company_names import same_company, without_name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("UCB Pharma S.A.", "UCB PHARMA SA", True),
        ("Novartis Europharm Ltd", "Novartis Europharm Limited", True),
        ("Regeneron Ireland Designated Activity Company", "Regeneron Ireland DAC", True),
        ("Gilead Sciences Ireland Unlimited Company", "Gilead Sciences Ireland UC", True),
        ("Merck Sharp and Dohme B.V", "Merck Sharp & Dohme B.V.", True),
        ("Teva Pharma B.V.", "Teva B.V.", False),
        ("Mallinckrodt", "Mallinckrodt Ireland Limited", False),
        ("N.V. Organon", "Organon N.V.", True),
        ("NV Organon", "Organon N.V", True),
        ("B.V. Organon", "Organon N.V.", False),
        ("N.V. Organon", "Organon", False),
        ("N.V. Organon B.V.", "Organon B.V. N.V.", False),
        ("AB Science", "Science AB", False),  # here it is a part of the name
        ("N.V.", "N.V.", True),
        ("", "", False),
        (None, "Teva B.V.", False),
    ],
)
def test_names_are_the_same_by_their_spelling_alone(one: str | None, other: str | None, same: bool) -> None:
    assert same_company(one, other) is same


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("Novartis Europharm Ltd. Vista Building", "Novartis Europharm Limited", "Vista Building"),
        ("Accord Healthcare S.L.U. World Trade Center", "Accord Healthcare", "World Trade Center"),
        (
            "Swedish Orphan Biovitrum AB (publ) SE-112 76 Stockholm",
            "Swedish Orphan Biovitrum AB",
            "SE-112 76 Stockholm",
        ),
        ("Takeda AG Ireland Branch Block 2", "Takeda AG", "Block 2"),
        ("N.V. Organon, Kloosterstraat 6", "Organon N.V.", "Kloosterstraat 6"),
        ("Oss\nOrganon N.V. Street", "Organon N.V.", "Oss\nStreet"),
        ("Zentiva k.s. U Kabelovny 130", "Zentiva k.s.", "U Kabelovny 130"),
        # a longer name may be another company
        ("Mallinckrodt Ireland Limited College Park", "Mallinckrodt", None),
        ("Bayern AG 5", "Bayer AG", None),
        ("", "Bayer AG", None),
        ("Bayer AG", "", None),
    ],
)
def test_the_name_is_taken_off_with_the_rest_of_its_legal_form(text: str, name: str, rest: str | None) -> None:
    assert without_name(text, name) == rest


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_gives_a_part_of_itself_or_nothing(text: str, name: str) -> None:
    rest = without_name(text, name)
    assert rest is None or all(part in text for part in rest.split("\n"))


@given(st.text(min_size=1, max_size=40))
def test_a_name_is_the_same_as_itself_unless_nothing_is_left_of_it(name: str) -> None:
    assert same_company(name, name.upper()) == same_company(name.upper(), name)
