"""PDF files read into blocks: lines, paragraphs, headings, lists, tables, columns, and what belongs to no text."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medpath.documents.blocks import Block, Document
from medpath.documents.pdf.opening import read
from medpath.documents.product_information import split
from tests.documents.pdf.pdf_files import (
    LEADING,
    LETTER,
    MARGIN,
    SIZE,
    WATERMARK,
    WIDTH,
    Flow,
    Page,
    Pdf,
    assembled,
    objects_in_a_ring,
    pages_without_end,
    product_information,
)
from tests.documents.qrd_documents import ANNEX_II, LABEL, LEAFLET, SUMMARY, numbers, text_of

SENTENCE = "A sentence that goes on over more than one line of a column, as most of them do here."


def brief(document: Document) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(block.kind, block.text) for block in document.blocks]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def read_page(*lines: str, size: float = SIZE) -> Document:
    """A page with lines one below the other."""
    pdf = Pdf()
    page = pdf.page()
    for number, line in enumerate(lines):
        page.text(MARGIN, 700 - number * LEADING, line, size)
    return read(pdf.bytes())


def cell_rows(document: Document) -> tuple[tuple[str, ...], ...]:
    (table,) = (block for block in document.blocks if block.kind == "table")
    return table.rows


# -- the template of product information


@pytest.mark.parametrize("watermark", [False, True])
def test_a_product_information_is_split_into_its_sections_with_their_pages(watermark: bool) -> None:
    flow = product_information(watermark=watermark)
    document = read(flow.pdf.bytes())
    found = split(document.blocks)
    assert found.issues == []
    assert numbers(found, "smpc") == ["0", *SUMMARY]
    assert numbers(found, "annex-ii") == ["0", *ANNEX_II]
    assert numbers(found, "labelling") == ["0", *LABEL]
    assert numbers(found, "package-leaflet") == ["0", *LEAFLET]
    for one in found.sections:
        heading = f"{one.number}{'' if '.' in one.number else '.'} {one.title}"
        if one.part == "smpc" and one.number not in ("0", "1"):
            assert one.page == flow.where[heading], heading
            assert one.confidence == 1.0
            assert text_of(one).startswith(SUMMARY[one.number][1])
    assert document.front.get("watermark") == (WATERMARK if watermark else None)


def test_a_watermark_changes_no_word() -> None:
    marked = read(product_information(watermark=True).pdf.bytes())
    assert marked.blocks == read(product_information().pdf.bytes()).blocks


def test_headings_are_known_by_their_type_and_their_number() -> None:
    document = read(product_information().pdf.bytes())
    headings = {block.text: block.level for block in document.blocks if block.kind == "heading"}
    assert headings["4. CLINICAL PARTICULARS"] == 1
    assert headings["4.8 Undesirable effects"] == 2
    assert not any(text.startswith("Sentence") for text in headings)


def test_larger_type_makes_headings_of_higher_levels() -> None:
    flow = Flow()
    for text, size in [("The title", 20), ("A chapter", 15), ("A part", 13)]:
        flow.write(text, size=size)
        for _ in range(3):
            flow.write(SENTENCE)
    found = read(flow.pdf.bytes()).blocks
    assert [(block.text, block.level) for block in found if block.kind == "heading"] == [
        ("The title", 1),
        ("A chapter", 2),
        ("A part", 3),
    ]


def test_lists_keep_their_numbers_and_lose_their_bullets() -> None:
    flow = Flow()
    flow.write(SENTENCE)
    flow.write(SENTENCE, mark="-", indent=28)
    flow.write("Wash your hands.", mark="1.", indent=28)
    flow.write(SENTENCE, mark="2.", indent=28)
    found = read(flow.pdf.bytes()).blocks
    assert [(block.kind, block.marker, block.text) for block in found] == [
        ("paragraph", "", SENTENCE),
        ("item", "", SENTENCE),
        ("item", "1.", "Wash your hands."),
        ("item", "2.", SENTENCE),
    ]


def test_what_stands_at_the_margin_behind_a_list_is_none_of_it() -> None:
    flow = Flow()
    flow.write(SENTENCE)
    for mark in ("-", "-"):
        flow.write(SENTENCE, mark=mark, indent=28)
        flow.y += LEADING
    flow.write(SENTENCE)
    assert [(block.kind, block.text) for block in read(flow.pdf.bytes()).blocks] == [
        ("paragraph", SENTENCE),
        ("item", SENTENCE),
        ("item", SENTENCE),
        ("paragraph", SENTENCE),
    ]


def test_a_dash_at_the_beginning_of_a_line_is_no_bullet_in_a_sentence() -> None:
    lines = (
        "The range was from two milligrams for the smallest of them",
        "- as it was found - to four milligrams for all.",
    )
    assert brief(read_page(*lines)) == [("paragraph", " ".join(lines))]


# -- lines and words


def test_lines_become_paragraphs_and_a_meant_break_stays() -> None:
    address = ("Sample Ltd", "1 Test Street", "Dublin")
    document = read_page(*textwrap.wrap(SENTENCE * 3, 60), "", "", *address)
    assert texts(document) == [" ".join(textwrap.wrap(SENTENCE * 3, 60)), "\n".join(address)]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("The management of it is a part of manage-", "ment and does not end with the line."), "management and"),
        (("This is a long-term matter and it is long-", "term for all of the others here as well."), "long-term for"),
        (("Nothing else here says whether it is co-", "administered or not, so the sign stays in."), "co-administered"),
        (("Both of the short- and the much more long-", "term effects of it are of interest here."), "long-term"),
        (("It holds for the ages of both groups, pre-", "and post-menopausal women as well as men."), "pre- and post-"),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_made_whole(lines: tuple[str, str], text: str) -> None:
    (found,) = texts(read_page(*lines))
    assert text in found


def test_ligatures_and_soft_hyphens_are_made_plain() -> None:
    assert texts(read_page("The e\ufb01cacy of con\u00adtents is fine.")) == ["The eficacy of contents is fine."]


def test_raised_signs_stay_with_their_word() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(MARGIN, 700, "Give 5 mg/m")
    page.text(MARGIN + 11 * LETTER * SIZE, 704, "2", 7)
    page.text(MARGIN + 12 * LETTER * SIZE, 700, "once, as before.")
    (text,) = texts(read(pdf.bytes()))
    assert text.replace(" ", "") == "Give5mg/m2once,asbefore."


def test_a_script_that_runs_from_right_to_left_is_read_so() -> None:
    words = "שלום לכל הקוראים של העלון"
    pdf = Pdf()
    page = pdf.page()
    page.text(300, 700, words[::-1])  # signs stand in a file as they are shown
    for number, word in enumerate(words.split()):
        page.text(450 - 60 * number, 600, word[::-1])
    page.text(MARGIN, 500, f"A word of it, {words[:4][::-1]}, in English.")
    assert texts(read(pdf.bytes())) == [words, words, f"A word of it, {words[:4]}, in English."]


# -- what belongs to no text


def test_running_heads_and_page_numbers_are_left_out() -> None:
    flow = Flow(head="Examplin - EMEA/H/C/000999")
    for number in range(200):
        flow.write(f"{number}: {SENTENCE}")
    document = read(flow.pdf.bytes())
    assert document.pages > 5
    assert not any("EMEA/H/C" in text for text in texts(document))
    assert " ".join(texts(document)) == " ".join(f"{number}: {SENTENCE}" for number in range(200))


def test_a_number_at_the_edge_that_counts_no_pages_stays() -> None:
    pdf = Pdf()
    for year in (1999, 2003, 2014, 2020):
        page = pdf.page()
        page.text(MARGIN, 700, SENTENCE[:50])
        page.text(300, 30, str(year))
    assert [text for text in texts(read(pdf.bytes())) if text.isdigit()] == ["1999", "2003", "2014", "2020"]


def test_upright_watermarks_are_set_aside() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(20, 400, "Medicinal product", 52, grey=0.8)
    page.text(20, 340, "no longer authorised", 46, grey=0.8)
    for number in range(10):
        page.text(MARGIN, 500 - 22 * number, SENTENCE[:60])
    document = read(pdf.bytes())
    assert set(texts(document)) <= {SENTENCE[:60], "\n".join([SENTENCE[:60]] * 10)}
    assert document.front["watermark"] == WATERMARK


# -- tables and columns

ROWS = (("Organ class", "Frequency", "Effect"), ("Eyes", "Common", "Dry eye"), ("Skin", "Rare", "Rash"))


def draw_table(page: Page, *, ruled: bool) -> None:
    """Three columns of short words."""
    for line, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            page.text(MARGIN + 4 + 150 * column, 600 - 20 * line, cell)
    if ruled:
        for line in range(4):
            page.line(MARGIN, 615 - 20 * line, MARGIN + 450, 615 - 20 * line)
        for column in range(4):
            page.line(MARGIN + 150 * column, 615, MARGIN + 150 * column, 555)


@pytest.mark.parametrize("ruled", [True, False])
def test_tables_keep_their_rows_with_and_without_ruled_lines(ruled: bool) -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(MARGIN, 680, "A line before the table that is wide enough to be text.")
    draw_table(page, ruled=ruled)
    page.text(MARGIN, 480, "A line behind the table that is wide enough to be text.")
    document = read(pdf.bytes())
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]
    assert cell_rows(document) == ROWS


def test_a_cell_over_two_columns_stands_in_the_first() -> None:
    pdf = Pdf()
    page = pdf.page()
    for y in (640, 600, 560):
        page.line(100, y, 400, y)
    for x in (100, 400):
        page.line(x, 640, x, 560)
    page.line(250, 600, 250, 560)
    page.text(110, 615, "Over both of the columns")
    page.text(110, 580, "left")
    page.text(260, 580, "right")
    assert cell_rows(read(pdf.bytes())) == (("Over both of the columns", ""), ("left", "right"))


def test_words_of_a_cell_in_several_lines_stay_in_it() -> None:
    pdf = Pdf()
    page = pdf.page()
    for x, y, width, height in [(100, 500, 150, 60), (250, 500, 150, 60), (100, 560, 150, 30), (250, 560, 150, 30)]:
        page.box(x, y, width, height)
    for x, y, text in [(104, 570, "Term"), (254, 570, "Meaning"), (104, 545, "A word of"), (104, 530, "two lines"),
                       (254, 545, "What it"), (254, 530, "means")]:  # fmt: skip
        page.text(x, y, text)
    assert cell_rows(read(pdf.bytes())) == (("Term", "Meaning"), ("A word of two lines", "What it means"))


def test_long_words_broken_in_narrow_cells_are_made_whole() -> None:
    pdf = Pdf()
    page = pdf.page()
    page.text(MARGIN, 700, "On pembrolizumab, and on what the patients can do and not do, cannot say.")
    for x in (100, 180):
        page.box(x, 500, 80, 60)
    for x, y, text in [
        (104, 545, "Pembrolizum"),
        (104, 530, "ab 200 mg"),
        (184, 545, "they can"),
        (184, 530, "not do"),
    ]:
        page.text(x, y, text)
    assert cell_rows(read(pdf.bytes())) == (("Pembrolizumab 200 mg", "they can not do"),)


def test_two_columns_are_read_one_after_the_other() -> None:
    left = textwrap.wrap("The left column speaks of the left and of nothing else at all. " * 8, 32)
    right = textwrap.wrap("The right column speaks of the right and of nothing else at all. " * 8, 32)
    pdf = Pdf()
    page = pdf.page()
    page.text(MARGIN, 760, "One heading over both of the columns", 16, bold=True)
    for number in range(max(len(left), len(right))):
        for x, lines in ((MARGIN, left), (MARGIN + 240, right)):
            if number < len(lines):
                page.text(x, 720 - number * LEADING, lines[number])
    assert texts(read(pdf.bytes())) == ["One heading over both of the columns", " ".join(left), " ".join(right)]


def test_a_page_turned_to_its_side_is_read_as_it_is_looked_at() -> None:
    pdf = Pdf()
    page = pdf.page(rotate=90)
    for number, line in enumerate(textwrap.wrap(SENTENCE * 2, 60)):
        page.text(100 + number * LEADING, 100, line, direction=(0, 1))
    assert texts(read(pdf.bytes())) == [" ".join(textwrap.wrap(SENTENCE * 2, 60))]


# -- pages and faults


def test_each_block_has_its_page_and_a_sentence_over_two_pages_the_first() -> None:
    flow = Flow()
    for number in range(30):
        flow.write(f"{number}: {SENTENCE} {SENTENCE}")
    document = read(flow.pdf.bytes())
    assert texts(document) == [f"{number}: {SENTENCE} {SENTENCE}" for number in range(30)]
    pages = [block.page for block in document.blocks]
    assert pages == sorted(pages)
    assert pages[0] == 1
    assert document.pages == len(flow.pdf.pages) == pages[-1]


def test_the_title_is_the_file_s_unless_it_is_a_program_s() -> None:
    for title, shown in [("Examplin, INN-examplin", "Examplin, INN-examplin"), ("Microsoft Word - x.doc", None)]:
        pdf = Pdf(title=title)
        pdf.page().text(MARGIN, 700, "Text.")
        assert read(pdf.bytes()).front.get("title") == shown


def codes(document: Document) -> list[str]:
    return [fault.code for fault in document.faults]


def test_scanned_pages_are_faults() -> None:
    pdf = Pdf()
    pdf.page().picture(0, 0, 595, 842)
    document = read(pdf.bytes())
    assert (codes(document), document.blocks, document.pages) == (["no-text"], [], 1)
    pdf.page().text(MARGIN, 700, "Only this page has text.")
    document = read(pdf.bytes())
    assert (codes(document), document.faults[0].place) == (["scanned-pages"], "page 1")
    assert texts(document) == ["Only this page has text."]


def test_empty_pages_in_between_are_no_faults() -> None:
    pdf = Pdf()
    pdf.page().text(MARGIN, 700, "Text.")
    pdf.page()
    assert codes(read(pdf.bytes())) == []
    assert codes(read(Pdf([Page()]).bytes())) == ["no-text"]


def test_text_beside_the_page_is_none() -> None:
    pdf = Pdf()
    pdf.page().text(-500, 700, "Nobody sees this.")
    assert codes(read(pdf.bytes())) == ["no-text"]
    pdf.page().text(MARGIN, 700, "Everybody sees this.")
    assert texts(read(pdf.bytes())) == ["Everybody sees this."]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "damaged"),
        (b"<!DOCTYPE html><html></html>", "damaged"),
        (b"%PDF-1.7\n", "damaged"),
        (Pdf([Page()], locked=True).bytes(), "encrypted"),
        (assembled([b"<< /Type /Catalog >>"]), "no-text"),
        (objects_in_a_ring(), "no-text"),
        (pages_without_end("loop"), "damaged-page"),
        (pages_without_end("deep"), "damaged-page"),
        (pages_without_end("claim"), "no-text"),
    ],
    ids=["empty", "web-page", "head", "locked", "no-pages", "ring", "loop", "deep", "claim"],
)
def test_what_can_not_be_read_is_told(data: bytes, code: str) -> None:
    document = read(data)
    assert code in codes(document)
    assert document.blocks == []


def test_two_thousand_pages_are_read() -> None:
    flow = Flow()
    for number in range(2_000):
        flow.write(f"The text of one page, which is number {number + 1}.")
        if number < 1_999:
            flow.turn()
    document = read(flow.pdf.bytes())
    assert document.pages == len(document.blocks) == 2_000
    assert document.blocks[-1] == Block("paragraph", "The text of one page, which is number 2000.", 2_000, page=2_000)


# -- anything at all

GOOD = product_information(filling=2).pdf.bytes()


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=2_000).map(lambda junk: b"%PDF-1.4\n" + junk))
def test_random_bytes_never_stop_the_reader(data: bytes) -> None:
    assert read(data).faults


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_altered_files_never_stop_the_reader(data: st.DataObject) -> None:
    altered = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 20))):
        place = data.draw(st.integers(0, len(altered) - 1))
        altered[place : place + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    document = read(bytes(altered))
    assert document.blocks or document.faults


OPERATORS = [
    b"BT", b"ET", b"q", b"Q", b"/F1 11 Tf", b"/F2 0 Tf", b"/F9 9 Tf", b"/F1 -1e38 Tf", b"1 0 0 1 71 700 Tm",
    b"0 0 0 0 0 0 Tm", b"1e38 0 0 1e38 0 0 cm", b"0 0 0 0 0 0 cm", b"(A word and more) Tj", b"<FFFE00> Tj", b"nan 7 Td",
    b"-9999999999 99999999999 Td", b"[(A)-99999(B)1e30(C)] TJ", b"3 Tr", b"0 0 9 9 re S", b"0 0 m 1e38 1e38 l S",
    b"71 600 m 400 600 l S", b"71 600 m 71 500 l S", b"/I1 Do", b"W n", b"/GS gs", b"BI ID EI", b"1 g", b"(", b"]",
]  # fmt: skip


@settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(OPERATORS), max_size=40))
def test_any_order_of_drawing_is_read(drawn: list[bytes]) -> None:
    document = read(Pdf([Page(drawn=drawn)]).bytes())
    assert document.pages == 1
    assert document.blocks or document.faults


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 500), st.integers(20, 800), st.text("abcde -.1", min_size=1, max_size=12),
            st.sampled_from([6, 9, 11, 11, 20]), st.booleans(),
        ),
        max_size=40,
    )
)  # fmt: skip
def test_words_at_any_place_are_all_read(placed: list[tuple[int, int, str, int, bool]]) -> None:
    pdf = Pdf()
    page = pdf.page()
    for x, y, text, size, bold in placed:
        page.text(x % (WIDTH - 100), y, text, size, bold=bold)
    document = read(pdf.bytes())
    for block in document.blocks:
        assert block.page == 1
        assert block.text or block.rows
