"""Private codes of the fonts Symbol and Wingdings in converted texts: plain where it is sure, else left as they are."""

import pytest

from medpath.documents.conversion import convert
from medpath.documents.private_signs import plain_signs


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("common (\uf0b3 1/100 to \uf03c 1/10)", "common (≥ 1/100 to < 1/10)"),
        ("aged \uf0a3 12 years, stored at 2 \uf0b0C", "aged ≤ 12 years, stored at 2 °C"),
        ("5 \uf06dg \uf0b1 2, AUC \uf0af 12%", "5 μg ± 2, AUC ↓ 12%"),
        ("p = \uf030\uf02e\uf030\uf031", "p = 0.01"),
        ("a human IgG1 \uf06b antibody", "a human IgG1κ antibody"),
        ("\uf0b7\uf020 rest", "• rest"),
        ("\uf06b Plunger", "\uf06b Plunger"),  # a number in a picture, no kappa
        ("\uf031 of one, \uf024 of the other", "\uf031 of one, \uf024 of the other"),  # of a font that is not known
        ("\uf061", "\uf061"),  # a mark in a table: which one, nothing says
        ("\uf0fc", "✓"),
        ("Name\uf8e8", "Name®"),
        ("no private sign", "no private sign"),
    ],
)
def test_what_a_sign_shows(given: str, plain: str) -> None:
    assert plain_signs(given) == plain


def test_a_converted_document_has_them_plain_in_titles_items_and_cells() -> None:
    text = "# Dose \uf0b3 10 mg\n\nGiven \uf0a3 2 times.\n\n- \uf0b7 in rest\n- \uf0fb not in haste\n\n"
    text += "| Weight | Dose |\n|---|---|\n| \uf03e 40 kg | \uf061 |\n"
    converted = convert(text.encode(), "text/markdown", "assessment-report")
    (section,) = converted.sections
    assert (converted.title, section.title) == ("Dose ≥ 10 mg", "Dose ≥ 10 mg")
    assert [block.text for block in section.blocks if block.text] == ["Given ≤ 2 times.", "in rest", "✗ not in haste"]
    assert section.blocks[-1].rows[-1] == ("> 40 kg", "\uf061")
