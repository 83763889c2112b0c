"""Words that a column tore are put together where the document proves it, and nowhere else."""

import pytest

from medpath.documents.blocks import Block
from medpath.documents.text_sections import TextSection
from medpath.documents.torn_words import with_whole_words

RUNNING = "Hypoglycaemia and reactions after administration in all patients; see into section 4.4."


def mended(*cells: str) -> tuple[str, ...]:
    blocks = (Block("paragraph", RUNNING, 1), Block("table", "", 2, rows=(cells,)))
    (section,) = with_whole_words([TextSection("smpc", "4.8", "", None, 1, 2, 1, 1.0, blocks)])
    return section.blocks[1].rows[0]


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("Hypoglyca emia a when used", "Hypoglycaemia a when used"),
        ("administra- tion site reactio ns,", "administration site reactions,"),
        ("in to", "in to"),  # "in" is a word of its own
        ("Constipatio n", "Constipatio n"),  # nothing proves that there is such a word
        ("Number of events", "Number of events"),
    ],
)
def test_only_what_the_document_proves(torn: str, whole: str) -> None:
    assert mended(torn) == (whole,)


def test_another_cell_proves_a_word_whose_second_piece_is_none() -> None:
    assert mended("Neutropeni a", "Neutropenia") == ("Neutropenia", "Neutropenia")
    assert mended("Neutropeniain all", "Neutropenia in all") == ("Neutropeniain all", "Neutropenia in all")
    assert mended("Doses in", "Dosesin") == ("Doses in", "Dosesin"), "“in” is a word, and no text has “Dosesin”"
