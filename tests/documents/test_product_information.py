"""Product information is split by the headings of the QRD template; what can't be split says so."""

from medpath.documents.markdown import read_markdown
from medpath.documents.product_information import split

SMPC = """
## ANNEX I

## SUMMARY OF PRODUCT CHARACTERISTICS

## 1. NAME OF THE MEDICINAL PRODUCT

Examplin 5 mg tablets

## 2. QUALITATIVE AND QUANTITATIVE COMPOSITION

Each tablet contains 5 mg of examplin.

## 3. PHARMACEUTICAL FORM

Tablet.

## 4. CLINICAL PARTICULARS

## 4.1 Therapeutic indications

For an example.

## 4.2 Posology and method of administration

As an example is taken.

## 4.3 Contraindications

None that is known.
"""


def test_sections_stand_under_their_numbers_with_their_own_text() -> None:
    found = split(read_markdown(SMPC).blocks)
    texts = {
        section.number: " ".join(block.text for block in section.blocks)
        for section in found.sections
        if section.part == "smpc"
    }
    assert texts["4.1"] == "For an example."
    assert texts["4.2"] == "As an example is taken."
    assert texts["4.3"] == "None that is known."
    assert "4.4" not in texts


def test_a_text_without_headings_gives_no_section_of_an_smpc_and_an_issue() -> None:
    found = split(read_markdown("Just words.\n\nAnd more words.\n").blocks)
    assert not [section for section in found.sections if section.part == "smpc" and section.blocks]
    assert found.issues
