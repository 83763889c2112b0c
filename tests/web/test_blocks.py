"""Blocks become markup: lists within lists, tables with heads, pages; and in portions nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from medpath.documents.blocks import Block
from medpath.translations.language import language
from medpath.web.blocks import Written, portions, signs

ENGLISH = language("en")
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
BLOCKS = st.lists(
    st.builds(
        Block,
        kind=st.sampled_from(["heading", "paragraph", "item"]),
        text=TEXTS,
        place=st.just(1),
        level=st.integers(0, 9),
        page=st.integers(1, 3),
        marker=st.sampled_from(["", "1.", "<b>"]),
    )
    | st.builds(Block, kind=st.just("table"), text=st.just(""), place=st.just(1),
                rows=st.lists(st.lists(TEXTS, max_size=4).map(tuple), min_size=1, max_size=4).map(tuple)),
    max_size=12,
)  # fmt: skip


def written(*blocks: Block, page: int = 0, level: int = 3) -> str:
    return str(Written(ENGLISH, "en", "https://example.eu/x.pdf").blocks(blocks, level, page))


def item(text: str, level: int = 0, marker: str = "") -> Block:
    return Block("item", text, 1, level=level, marker=marker)


def test_items_stand_in_lists_within_lists() -> None:
    assert written(item("a"), item("b", 1), item("c"), Block("paragraph", "d", 1)) == (
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><p>d</p>"
    )
    assert written(item("a", 3)) == "<ul><li>a</li></ul>"
    assert written(item("a", marker="2.")) == "<ul><li class=marked><span>2.</span> a</li></ul>"


def test_headings_have_the_level_that_the_page_gives_them() -> None:
    assert written(Block("heading", "a", 1, level=1), level=4) == "<h4>a</h4>"
    assert written(Block("heading", "a", 1, level=1), level=9) == "<h6>a</h6>"


def test_lines_and_bold_paragraphs_stay() -> None:
    assert written(Block("paragraph", "a\n<b>", 1, strong=True)) == "<p><strong>a<br>&lt;b&gt;</strong></p>"


def test_tables_have_heads_and_cells_over_all_columns() -> None:
    rows = (("Class", "Effect"), ("Skin disorders", "Skin disorders"), ("rash", ""), ("0", "0"), ("x",))
    tree = LexborHTMLParser(written(Block("table", "", 1, rows=rows)))
    assert [one.text() for one in tree.css("thead th[scope=col]")] == ["Class", "Effect"]
    assert [one.text() for one in tree.css("tr.over td[colspan='2']")] == ["Skin disorders"]
    assert [one.text() for one in tree.css("tbody th[scope=row]")] == ["rash", "0", "x"]
    assert all(len(one.css("td, th")) == 2 for one in tree.css("tbody tr:not(.over)"))


def test_a_head_over_several_columns_is_one_cell() -> None:
    tree = LexborHTMLParser(written(Block("table", "", 1, rows=(("", "Dose", "Dose", "Day"), ("a", "b", "c", "d")))))
    heads = [(one.text(), one.attributes.get("colspan")) for one in tree.css("thead th")]
    assert heads == [("Dose", "2"), ("Day", None)]
    assert len(tree.css("thead td")) == 1


def test_a_long_paragraph_is_not_bold() -> None:
    assert "<strong>" not in written(Block("paragraph", "word " * 60, 1, strong=True))


def test_where_a_page_begins_there_is_a_link_to_it() -> None:
    made = written(Block("paragraph", "a", 1, page=4), Block("paragraph", "b", 1, page=5), page=4)
    assert LexborHTMLParser(made).css(".page-mark a")[0].attributes["href"] == "https://example.eu/x.pdf#page=5"
    assert made.count("page-mark") == 1


@given(BLOCKS)
def test_whatever_stands_in_blocks_is_text_and_all_of_it_is_there(blocks: list[Block]) -> None:
    tree = LexborHTMLParser(f"<main>{written(*blocks)}</main>")
    allowed = {"main", "ul", "li", "p", "strong", "br", "div", "table", "thead", "tbody", "tr", "td", "th", "span"}
    assert {one.tag for one in tree.css("main, main *")} <= allowed | {"h3"}
    shown = "".join(tree.css_first("main").text().split())
    for block in blocks:
        assert "".join(block.text.split()) in shown


@given(st.lists(BLOCKS, max_size=6), st.integers(1, 400))
def test_portions_hold_every_block_once_and_in_order(sections: list[list[Block]], size: int) -> None:
    parts = portions(sections, size)
    pieces = [piece for part in parts for piece in part]
    for place, blocks in enumerate(sections):
        of_section = [piece for piece in pieces if piece.section == place]
        assert [block for piece in of_section for block in piece.blocks] == blocks
        assert [piece.begins for piece in of_section] == [True] + [False] * (len(of_section) - 1)
    assert [piece.section for piece in pieces] == sorted(piece.section for piece in pieces)
    longest = max((signs([block]) for blocks in sections for block in blocks), default=0)
    assert all(sum(signs(piece.blocks) for piece in part) <= size + longest for part in parts)
