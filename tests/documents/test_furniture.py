"""What stands on the pages but is none of the text: watermarks in texts and tables, running heads, page numbers."""

from medpath.documents.blocks import Block
from medpath.documents.furniture import Cleared, clear

MARK = "Medicinal product no longer authorised"


def text(words: str, place: int = 1, page: int = 1) -> Block:
    return Block("paragraph", words, place, page=page)


def table(*rows: tuple[str, ...]) -> list[Block]:
    """A table in a document with a watermark elsewhere."""
    return [text(MARK), Block("table", "", 2, rows=rows)]


def rows(found: Cleared) -> tuple[tuple[str, ...], ...]:
    return found.blocks[-1].rows


def test_a_watermark_is_taken_out_of_a_paragraph_and_the_paragraph_is_known_as_run_together() -> None:
    found = clear([text(f"Take it with food. {MARK} Do not break it.", 7)])
    assert [block.text for block in found.blocks] == ["Take it with food.\nDo not break it."]
    assert (found.set_aside, found.merged) == ([MARK], {7})


def test_words_of_the_watermark_are_taken_out_of_the_cells() -> None:
    found = clear(table(("Headache authorised", "common"), ("longer Rash", "rare"), ("Cough no", "rare")))
    assert rows(found) == (("Headache", "common"), ("Rash", "rare"), ("Cough no", "rare"))
    assert found.set_aside == [MARK, "authorised", "longer"]


def test_no_is_taken_out_only_with_all_other_words() -> None:
    found = clear(
        table(("Headache authorised", "common"), ("longer", "rare"), ("Cough no", "rare"), ("Medicinal product", ""))
    )
    assert rows(found) == (("Headache", "common"), ("", "rare"), ("Cough", "rare"), ("", ""))


def test_a_cell_over_several_columns_counts_once() -> None:
    found = clear(table(("Eye disorders longer", "Eye disorders longer"), ("Blurred vision", "rare authorised")))
    assert rows(found) == (("Eye disorders", "Eye disorders"), ("Blurred vision", "rare"))
    assert found.set_aside == [MARK, "longer", "longer", "authorised"]  # out of each cell that it stood in


def test_words_that_may_be_text_stay() -> None:
    cells = (("Is it authorised", "longer"), ("It is authorised", "yes"))
    assert rows(clear(table(*cells))) == cells
    alone = (("Half-life longer", "in men authorised"),)
    assert clear([Block("table", "", 1, rows=alone)]).blocks[0].rows == alone


def test_running_heads_and_page_numbers_are_set_aside() -> None:
    pages = [text("Examplin 10 mg", page, page) for page in range(1, 13)]
    bodies = [text(f"Text of {page} mg.", page, page) for page in range(1, 13)]
    blocks = [block for pair in zip(pages, bodies, strict=True) for block in pair] + [text("12", 30, 12)]
    found = clear(blocks)
    assert [block.text for block in found.blocks] == [block.text for block in bodies]
    assert found.set_aside == ["Examplin 10 mg"] * 12 + ["12"]


def test_a_figure_that_is_not_the_pages_own_stays() -> None:
    blocks = [text(f"Text of {page} mg.", page, page) for page in range(1, 13)]
    assert clear([*blocks, text("11", 30, 12)]).blocks[-1].text == "11"
    assert clear([text("1", 0, 1), *blocks]).blocks[0].text == "1"
