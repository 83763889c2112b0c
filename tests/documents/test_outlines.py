"""The outline of reports: headings with their numbers and levels, whatever conversion made of them."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from medpath.documents.blocks import Block
from medpath.documents.markdown import read_markdown
from medpath.documents.outlines import outline, outlined

REPORT = """
12 March 2024 EMA/1/2024

## Assessment report

## Velmora

An agency of the European Union

<div style="page-break-after: always"></div>

## Table of contents

| 1. Background information on the procedure .......... 3 | |
|---|---|
| 1.1. Submission of the dossier ....................... | 3 |
| 2. Scientific discussion ............................ 4 | |
| 2.1. Quality aspects ................................ 4 | |

Toxicology ............................................. 4

<div style="page-break-after: always"></div>

## 1. Background information on the procedure

1.1. Submission of the dossier

The applicant submitted an application.

## Licensing status

The product was not licensed.

Assessment report EMA/1/2024 Page 3/4

<div style="page-break-after: always"></div>

## Scientific discussion

## 2.1. Quality aspects

## Table 1: What was found

| Test | Result |
|---|---|
| Purity | 99 % |

Toxicology

No harm was seen.

## No carry-over of the substance was observed.

## The legal basis refers to:

An article.

4
"""


def of(markdown: str, kind: str = "assessment-report"):
    return outline(read_markdown(markdown).blocks, kind)


def told(sections) -> list[tuple[str, str, int]]:
    return [(section.number, section.title, section.level) for section in sections]


def words(section) -> list[str]:
    return [text for block in section.blocks for text in (block.text, *(c for row in block.rows for c in row)) if text]


def test_a_report_has_the_headings_that_it_names_itself():
    sections = of(REPORT)
    assert told(sections) == [
        ("", "", 1),
        ("1", "Background information on the procedure", 1),
        ("1.1", "Submission of the dossier", 2),
        ("", "Licensing status", 3),
        ("2", "Scientific discussion", 1),
        ("2.1", "Quality aspects", 2),
        ("", "Toxicology", 3),
    ]
    assert [section.page for section in sections] == [1, 3, 3, 3, 4, 4, 4]


def test_captions_sentences_and_words_that_lead_in_are_text_though_marked_as_headings():
    *_, quality, toxicology = of(REPORT)
    assert words(quality) == ["Table 1: What was found", "Test", "Result", "Purity", "99 %"]
    assert words(toxicology) == [
        "No harm was seen.",
        "No carry-over of the substance was observed.",
        "The legal basis refers to:",
        "An article.",
    ]
    assert all(block.kind != "heading" for section in of(REPORT) for block in section.blocks)


def test_the_list_of_contents_running_heads_numbers_of_pages_and_the_address_are_set_aside():
    aside = outlined(read_markdown(REPORT).blocks, "assessment-report").set_aside
    assert [text.split("...")[0].strip() for text in aside] == [
        "An agency of the European Union",
        "Assessment report EMA/1/2024 Page 3/4",
        "4",
        "Table of contents",
        "1. Background information on the procedure",
        "Toxicology",
    ]


def test_words_on_the_cover_of_a_numbered_report_are_no_headings():
    assert words(of(REPORT)[0]) == ["12 March 2024 EMA/1/2024", "Assessment report", "Velmora"]


def test_a_document_without_numbers_has_its_headings_counted():
    sections = of("## Scientific conclusions\n\nA.\n\n## Grounds for the variation\n\nB.", "scientific-conclusion")
    assert told(sections) == [("1", "Scientific conclusions", 1), ("2", "Grounds for the variation", 1)]


def test_levels_of_marks_count_where_they_differ_and_nothing_is_numbered():
    sections = of("# Review\n\n### Background\n\nA.\n\n### Next steps\n\nB.", "referral")
    assert [section.level for section in sections] == [1, 2, 2]


def test_a_document_without_headings_is_one_section_without_a_title():
    (section,) = of("A text.\n\nAnd more of it.", "other")
    assert (section.number, section.title, section.level, section.confidence) == ("", "", 1, 1.0)
    assert words(section) == ["A text.", "And more of it."]


def test_headings_that_a_watermark_ran_into_the_text_are_found_by_the_list_of_contents():
    lead = "The applicant asked for an authorisation of this product, which nobody had asked for before, and got it. "
    text = (
        "## Table of contents\n\n1.1 Submission of the dossier ........ 2\n\n1.2 Steps taken ........ 2\n\n"
        f"## 1.1 Submission of the dossier\n\n{lead}1.2 Steps taken · The procedure started. "
        "See section 1.2 Steps taken Medicinal product no longer authorised\n\n## 1.3 Advice\n\nNone."
    )
    sections = of(text)
    assert told(sections) == [("1.1", "Submission of the dossier", 2), ("1.2", "Steps taken", 2), ("1.3", "Advice", 2)]
    assert [section.confidence for section in sections] == [1.0, 0.9, 1.0]
    assert words(sections[0]) == [lead.strip()]
    assert words(sections[1]) == ["· The procedure started. See section 1.2 Steps taken"]


def test_steps_before_authorisation_have_their_two_sections_also_without_a_list_of_contents():
    text = "The company submitted an application in that year. " * 3
    sections = of(f"{text}2. Steps taken for the assessment of the product · It started.", "procedural-steps")
    assert told(sections) == [("", "", 1), ("2", "Steps taken for the assessment of the product", 1)]


def test_a_heading_of_two_lines_and_a_number_apart_are_one_heading():
    listed = "## Contents\n\n2. Discussion of the many results ........ 5\n\n2.1. Aims ........ 5\n\n"
    sections = of(f"{listed}## 2. Discussion of\n\n## the many results\n\nA.\n\n## 2.1.\n\n## Aims\n\nB.")
    assert told(sections) == [("2", "Discussion of the many results", 1), ("2.1", "Aims", 2)]


def test_quoted_sections_of_another_text_do_not_break_the_order():
    text = "## 2.1. One\n\nA.\n\n## 4.8 Undesirable effects\n\nB.\n\n## 2.2. Two\n\nC.\n\n## 3. Three\n\nD."
    assert told(of(text)) == [
        ("2.1", "One", 2),
        ("", "4.8 Undesirable effects", 3),
        ("2.2", "Two", 2),
        ("3", "Three", 1),
    ]


def test_bold_lines_are_headings_and_less_sure_ones():
    sections = of("**Summary**\n\nA text of some words.\n\n**Details**\n\nMore.", "other")
    assert [(section.title, section.confidence) for section in sections] == [("Summary", 0.9), ("Details", 0.7)]


def test_annexes_and_lists_of_abbreviations_stand_at_the_top():
    text = "## 1. One\n\nA.\n\n## 1.1. Two\n\nB.\n\n## Annex II\n\nC.\n\n## Table of data\n\nD."
    assert [section.level for section in of(text)] == [1, 2, 1, 2]


def test_the_questions_of_an_overview_are_its_headings():
    text = "What is Velmora used for?\n\nFor something.\n\nHow does Velmora work?\n\nSomehow."
    assert [section.title for section in of(text, "overview")] == [
        "What is Velmora used for?",
        "How does Velmora work?",
    ]


WORDS = (
    "Table of contents 1. 2.1 2.1. Results Toxicology 7 Page 3/9 ........ London Telephone www.ema.europa.eu Medicinal "
    "product no longer authorised Annex Note: · ● The (see Submission dossier"
)
WORD = st.sampled_from(WORDS.split())
TEXT = st.lists(WORD, max_size=9).map(" ".join)
LONG = st.lists(WORD, min_size=25, max_size=60).map(" ".join)
ROWS = st.lists(st.lists(TEXT, min_size=2, max_size=2).map(tuple), min_size=1, max_size=4).map(tuple)


@st.composite
def blocks(draw):
    kind = draw(st.sampled_from(("heading", "paragraph", "paragraph", "item", "table")))
    page = draw(st.integers(1, 3))
    if kind == "table":
        return Block("table", "", 0, rows=draw(ROWS), page=page)
    marker = draw(st.sampled_from(("", "1.", "2."))) if kind == "item" else ""
    return Block(kind, draw(st.one_of(TEXT, LONG)), 0, 2, strong=draw(st.booleans()), page=page, marker=marker)


def counted(texts) -> Counter:
    return Counter(word.casefold() for text in texts for word in text.split())


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks(), max_size=25), st.sampled_from(("assessment-report", "procedural-steps", "overview", "")))
def test_no_word_is_lost_and_none_comes_twice(given_blocks, kind):
    given_blocks = [
        block._replace(place=place) for place, block in enumerate(sorted(given_blocks, key=lambda block: block.page))
    ]
    found = outlined(given_blocks, kind)
    before = counted(
        text for block in given_blocks for text in (block.marker, block.text, *(c for row in block.rows for c in row))
    )
    after = counted(found.set_aside) + counted(section.title for section in found.sections)
    for section in found.sections:
        after += counted(
            text
            for block in section.blocks
            for text in (block.marker, block.text, *(c for row in block.rows for c in row))
        )

    def kept(words: Counter) -> Counter:  # numbers of headings are told apart, bullets before them go
        return Counter({word: count for word, count in words.items() if word.strip("()").isalpha()})

    assert kept(after) == kept(before)
