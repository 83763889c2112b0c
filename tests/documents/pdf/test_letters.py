"""Letters as fonts give them, made plain; lines that run from right to left."""

import pytest

from medpath.documents.pdf.letters import LINE_END_HYPHEN, in_reading_order, is_bold, plain, signs_of


def test_ligatures_and_forms_of_letters_are_taken_apart() -> None:
    assert plain("e\ufb03cacy \ufb02ow") == "efficacy flow"
    assert plain("\ufee3\ufeae\ufea3\ufe92\ufe8e") == "\u0645\u0631\u062d\u0628\u0627"
    assert plain("H₂O is not H2O, ½ not 1/2") == "H₂O is not H2O, ½ not 1/2"


def test_soft_hyphens_go_unless_they_end_a_line() -> None:
    assert plain("con\u00adtents") == "contents"
    assert plain("con\u00ad") == f"con{LINE_END_HYPHEN}"


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("ABCDEF+Symbol", 0xF0B3, "≥"),
        ("SymbolMT", 0xF061, "α"),
        ("Symbol", 0xF057, "Ω"),
        ("Wingdings-Regular", 0xF0A7, "•"),
    ],
)
def test_private_signs_of_known_fonts_are_named(font: str, code: int, sign: str) -> None:
    signs = signs_of(font)
    assert signs is not None
    assert signs[code] == sign


def test_private_signs_of_other_fonts_are_not_guessed() -> None:
    assert signs_of("ABCDEF+TimesNewRomanPSMT") is None
    assert signs_of("SegoeUISymbol") is None


def test_the_weight_of_letters_stands_in_the_font_s_name() -> None:
    assert is_bold("BCDEEE+TimesNewRomanPS-BoldMT")
    assert is_bold("Arial,Bold")
    assert not is_bold("BCDEEE+TimesNewRomanPSMT")


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("םולש", "שלום"),
        ("12.5 ןב םלוע", "עולם בן 12.5"),
        ("(Crohn) םירגובמה תלחמ", "מחלת המבוגרים (Crohn)"),
        (")Crohn) םירגובמה תלחמ", "מחלת המבוגרים (Crohn)"),
        ("A word, םולש, in English", "A word, שלום, in English"),
    ],
)
def test_lines_are_read_in_the_direction_of_most_of_their_letters(shown: str, read: str) -> None:
    assert in_reading_order(shown) == read
