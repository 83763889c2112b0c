"""docling's Markdown, read line by line into blocks."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medpath.documents.blocks import BLOCK_LIMIT, TEXT_LIMIT, Block, Document, Link
from medpath.documents.faults import Fault
from medpath.documents.markdown import read_markdown


def brief(text: str) -> list[tuple[str, str, int]]:
    """Kind, text and level of each block."""
    return [(block.kind, block.text, block.level) for block in read_markdown(text).blocks]


def only(text: str) -> Block:
    """The one block of a text."""
    (block,) = read_markdown(text).blocks
    return block


def test_headings_paragraphs_and_items_stand_on_a_line_each() -> None:
    text = "# Title\n\nOne.\nTwo.\n\n- first\n    - under it\n        - deeper\n1. numbered\n\n### Small"
    assert brief(text) == [
        ("heading", "Title", 1),
        ("paragraph", "One.", 0),
        ("paragraph", "Two.", 0),
        ("item", "first", 0),
        ("item", "under it", 1),
        ("item", "deeper", 2),
        ("item", "numbered", 0),
        ("heading", "Small", 3),
    ]


def test_blocks_know_their_line_and_their_page() -> None:
    document = read_markdown('---\na: b\n---\nOne.\n\n<div style="page-break-after: always"></div>\n\n## Two')
    assert [(block.place, block.page) for block in document.blocks] == [(4, 1), (8, 2)]
    assert document.place(document.blocks[1]) == "line 8"


def test_front_matter_gives_its_flat_keys() -> None:
    text = "---\ndocument_datetime: 2025-12-29 11:51:34\nname: 'x'\nnested:\n  docling: 1\nempty:\n---\nText."
    document = read_markdown(text)
    assert document.front == {"document_datetime": "2025-12-29 11:51:34", "name": "x"}
    assert [block.text for block in document.blocks] == ["Text."]
    assert read_markdown("---\nno end\n\nText.").front == {}
    assert read_markdown("\ufeff---\na: b\n---\n").front == {"a": "b"}


def test_marks_are_taken_off_and_links_kept() -> None:
    block = only("See the **whole** *list* in [the **report**](/en/x_(1).pdf) .")
    assert block.text == "See the whole list in the report."
    assert block.links == (Link("the report", "/en/x_(1).pdf"),)
    assert not block.strong
    assert only("[View](/en/documents/a_en.pdf)").links == (Link("View", "/en/documents/a_en.pdf"),)
    assert only("[Name [old]](/a) and [b](/b)").links == (Link("Name [old]", "/a"), Link("b", "/b"))
    assert only("![picture](/a.png) text").text == "picture text"


def test_a_block_that_is_bold_as_a_whole_says_so() -> None:
    assert only("- **Active substance**").strong
    assert only("**First published:**").strong
    assert not only("**One** and **two**").strong
    assert not only("plain").strong


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("placebo* and active*", "placebo* and active*"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("containing antigen*: strain (X-179A)*propagated", "containing antigen*: strain (X-179A)*propagated"),
        ("with * E. coli* , only **.** So", "with * E. coli*, only. So"),
        ("***all*** of ( *S. pyogenes* ), them", "all of (S. pyogenes), them"),
        ("**open", "**open"),
        ("a_b\\_c", "a_b_c"),
        ("a\\\\_b", "a_b"),
        ('\\"quoted\\"', '"quoted"'),
        ("Merck Sharp &amp; Dohme &lt;30", "Merck Sharp & Dohme <30"),
        ("one\u00a0two\u200b three\x00\x07", "one two three"),
        ("Street 1 \ue000 1000 Town \ue000 Country", "Street 1\n1000 Town\nCountry"),
        ("[no link] (x) [a](b c)", "[no link] (x) [a](b c)"),
    ],
)
def test_signs_that_mean_themselves_stay_and_escapes_are_resolved(given: str, read: str) -> None:
    assert only(given).text == read


def test_tables_give_their_cells() -> None:
    block = read_markdown("Before\n\n| **A** | B \\| C |\n|-------|--------|\n| 1 |   |\n\nAfter").blocks[1]
    assert (block.kind, block.text, block.place) == ("table", "", 3)
    assert block.rows == (("A", "B | C"), ("1", ""))
    assert read_markdown("|---|---|\n").blocks == []
    assert read_markdown("| last |").blocks[0].rows == (("last",),)


def test_pictures_rules_fences_and_empty_headings_are_no_blocks() -> None:
    assert brief("<!-- image -->\n\n------\n\n```\ncode\n```\n\n## \n\n<div>kept</div>\n\n<!-- a --> b") == [
        ("paragraph", "code", 0),
        ("paragraph", "kept", 0),
        ("paragraph", "b", 0),
    ]


def test_what_is_too_long_is_cut_and_said_so() -> None:
    document = read_markdown("x" * (TEXT_LIMIT + 5))
    assert len(document.blocks[0].text) == TEXT_LIMIT
    assert document.faults == [Fault("cut-text", "Line 1 is longer than 200,000 signs and was cut.", "")]
    document = read_markdown("x\n" * (BLOCK_LIMIT + 5))
    assert len(document.blocks) == BLOCK_LIMIT
    assert len(document.faults) == 1


PIECES = ["[", "](", "[a](", "![", "**a ", "*", "<!--", "<div", "\\", "- ", "| ", "`", "&amp;", "("]


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_lines_take_no_long_time(piece: str) -> None:
    line = piece * (TEXT_LIMIT // len(piece))
    began = time.process_time()
    for text in (line, line + "x", "- " + line):
        read_markdown(text)
    assert time.process_time() - began < 5


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("a \n#-*|[]()<>!`\\&;_1.\t\x00\ue000\u00a0é"), max_size=200))
def test_any_text_becomes_clean_blocks(text: str) -> None:
    document: Document = read_markdown(text)
    for block in document.blocks:
        assert block.text or block.kind == "table"
        assert "\x00" not in block.text
        assert block.text == block.text.strip()
        assert 1 <= block.place <= text.count("\n") + 1
