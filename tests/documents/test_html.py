"""HTML read into blocks, by what its elements mean."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medpath.documents.blocks import TEXT_LIMIT, Link
from medpath.documents.html import read_html


def brief(text: str) -> list[tuple[str, str, int]]:
    """Kind, text and level of each block."""
    return [(block.kind, block.text, block.level) for block in read_html(text).blocks]


def test_headings_paragraphs_and_lists() -> None:
    page = "<h1>Title</h1><p>One.</p>two<div>three<p>four</div><ul><li>a<ul><li>b</ul><li><p>c</p></ul><ol><li>d</ol>"
    assert brief(page) == [
        ("heading", "Title", 1),
        ("paragraph", "One.", 0),
        ("paragraph", "two", 0),
        ("paragraph", "three", 0),
        ("paragraph", "four", 0),
        ("item", "a", 0),
        ("item", "b", 1),
        ("item", "c", 0),
        ("item", "d", 0),
    ]


def test_a_heading_takes_all_that_stands_in_it() -> None:
    page = "<h2><button><div>\nHow is\n</div> it <b>used</b>?</button></h2><p>So.</p>"
    assert brief(page) == [("heading", "How is it used?", 2), ("paragraph", "So.", 0)]


def test_terms_and_what_is_said_of_them_are_items_as_in_markdown() -> None:
    code = "<dt>Code</dt><dd><ul><li>A</li><li>B</li></ul></dd>"
    document = read_html(f"<dl>{code}<dt>Holder</dt><dd><div>X</div><p>y<br>z</p></dd></dl>")
    assert [(block.text, block.level, block.strong) for block in document.blocks] == [
        ("Code", 0, True),
        ("A", 2, False),
        ("B", 2, False),
        ("Holder", 0, True),
        ("X", 1, False),
        ("y\nz", 1, False),
    ]
    assert {block.kind for block in document.blocks} == {"item"}


def test_links_bold_and_blanks() -> None:
    page = '<p> See&nbsp;<a href="/a">the\n <i>list</i></a> <strong>now</strong> .</p>'
    first, second = read_html(f"{page}<p><b>All</b> <strong>bold</strong></p>").blocks
    assert (first.text, first.links, first.strong) == ("See the list now.", (Link("the list", "/a"),), False)
    assert (second.text, second.strong) == ("All bold", True)


def test_tables_give_their_cells_and_nested_ones_their_text() -> None:
    page = "<table><caption>C</caption><tr><th>a<th>b<tr><td>1<p>2<td><table><tr><td>n</table></table><p>after"
    caption, table, after = read_html(page).blocks
    assert (caption.kind, caption.text) == ("paragraph", "C")
    assert table.rows == (("a", "b"), ("1\n2", "n"))
    assert (after.kind, after.text) == ("paragraph", "after")


def test_scripts_styles_and_forms_of_choice_are_no_text() -> None:
    page = (
        "<p>k</p><script>a</script><style>b</style><template>c</template><noscript>d</noscript><select><option>e</select>"
        "<textarea>f</textarea><svg><text>g</text></svg><iframe>h</iframe><!-- i --><p onclick='x'>l</p>"
    )
    assert brief(page) == [("paragraph", "k", 0), ("paragraph", "l", 0)]


def test_the_head_says_title_and_address() -> None:
    document = read_html('<title> A &amp; B </title><link rel="canonical" href="https://x/y"><p>z')
    assert document.front == {"title": "A & B", "canonical": "https://x/y"}
    assert document.place(document.blocks[0]) == "block 1"
    assert read_html("").blocks == read_html(" \n").blocks == []


def test_unclosed_and_wrongly_closed_elements() -> None:
    assert brief("<p>a<div>b</p>c</span><li>d<h2>e</h3><p>f") == [
        ("paragraph", "a", 0),
        ("paragraph", "b", 0),
        ("paragraph", "c", 0),
        ("item", "d", 0),
        ("heading", "e", 2),
        ("paragraph", "f", 0),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 1_000_000,
        "<div></span>" * 100_000,
        "<div><table></div>" * 100_000,
        "<b>" * 100_000 + "x",
        "<a href=x>" * 100_000,
        "<ul><li>" * 100_000,
        "<svg><td>" * 100_000,
        "<h1>" * 100_000,
        "<div/>" * 100_000,
        "<p>" * 1_000_000,
        "<table><tr><td>" * 100_000,
    ],
    ids=lambda page: page[:12],
)
def test_pages_that_nest_without_end_are_refused_at_once(page: str) -> None:
    began = time.process_time()
    document = read_html(page)
    assert document.blocks == []
    assert [fault.message for fault in document.faults] == [
        "The page opens too many elements within each other and was not read."
    ]
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "page",
    ["<" * 300_000, "<a " * 300_000, "x" * 300_000, "<ul><li>" * 2_000 + "x", "<table><tr><td>" * 1_500 + "x", "\x00"],
    ids=lambda page: page[:12],
)
def test_hostile_pages_take_no_long_time(page: str) -> None:
    began = time.process_time()
    document = read_html(page)
    assert all(len(block.text) <= TEXT_LIMIT for block in document.blocks)
    assert time.process_time() - began < 5


@settings(deadline=None)
@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<li>", "<ul>", "</ul>", "<dl>", "<dt>", "<dd>", "</dl>", "<table>", "<tr>",
    "<td>", "</table>", "<h2>", "</h2>", "<a href='/x'>", "</a>", "<b>", "</b>", "<br>", "<!--", "-->", "text", " ",
    "&amp;", "<",
]), max_size=40))  # fmt: skip
def test_any_order_of_elements_becomes_clean_blocks(pieces: list[str]) -> None:
    for number, block in enumerate(read_html("".join(pieces)).blocks, 1):
        assert block.text or block.kind == "table"
        assert block.text == block.text.strip()
        assert block.place == number
