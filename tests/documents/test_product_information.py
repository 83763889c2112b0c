"""Product information split into the sections of the template, in every form that conversion leaves it in."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medpath.documents.blocks import Block
from medpath.documents.product_information import ProductInformation, split
from tests.documents.qrd_documents import (
    ANNEX_II,
    BREAK,
    LABEL,
    LEAFLET,
    SUMMARY,
    WATERMARK,
    blocks_of,
    codes,
    headed,
    numbers,
    part,
    section,
    summary,
    text_of,
    whole,
)


def read(markdown: str) -> ProductInformation:
    return split(blocks_of(markdown))


def test_a_clean_document_has_every_section_of_the_template_with_its_text() -> None:
    found = read(whole())
    assert numbers(found, "smpc") == ["0", *SUMMARY]
    assert numbers(found, "annex-ii") == ["0", *ANNEX_II]
    assert numbers(found, "labelling") == ["0", *LABEL]
    assert numbers(found, "package-leaflet") == ["0", *LEAFLET]
    for name, sections in (
        ("smpc", SUMMARY),
        ("annex-ii", ANNEX_II),
        ("labelling", LABEL),
        ("package-leaflet", LEAFLET),
    ):
        assert {number: text_of(section(found, name, number)) for number in sections} == {
            number: text for number, (_, text) in sections.items()
        }
    assert (found.issues, found.rest, found.set_aside) == ([], [], [])
    assert {s.confidence for s in found.sections} == {1.0}
    assert {s.product for s in found.sections} == {None}


def test_a_section_knows_its_title_its_heading_and_its_place() -> None:
    one = section(read(whole()), "package-leaflet", "3")
    assert (one.title, one.heading, one.page) == ("How to take X", "3. How to take Examplin", 9)
    assert blocks_of(whole())[[b.place for b in blocks_of(whole())].index(one.place)].text == "3. How to take Examplin"


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        ("4.4", "4.4. Special warnings and precautions for use"),
        ("4.4", "4. 4 Special warnings and precautions for use"),
        ("4.4", "4.4Special warnings and special precautions for use"),
        ("4.5", "4.5 Interactions with other medicinal products and other forms of interaction"),
        ("4.6", "4.6 Pregnancy and lactation"),
        ("4.7", "4.7 Effects on the ability to drive or use machines."),
        ("4.8", "4.8 Undesirable effect"),
        ("5.3", "5.3 Pre-clinical safety data"),
        ("6.3", "6.3 Shelf-life"),
        ("6.5", "6.5 Nature and contents of container and special equipment for use, administration or implantation"),
        ("6.6", "6.6 Instructions for use and handling"),
        ("7", "7. MARKETING AUTHORIZATION HOLDER"),
        ("7", "7 MARKETINGAUTHORISATIONHOLDER"),
        ("7", "7. Μ ARKETING AUTHORISATION HOLDER"),  # a Greek capital
        ("8", "8. MARKETING AUTHORISTION NUMBER(S)"),
        ("9", "9. DATE OF FIRST AUTHORIZATION / DATE OF LATEST RENEWAL"),
        ("5.1", "5.1 Pharmacodynmic propertys"),
    ],
)
def test_a_heading_is_known_in_the_wordings_of_all_templates_and_with_typing_errors(number: str, heading: str) -> None:
    title = SUMMARY[number][0]
    dot = "" if "." in number else "."
    found = read(summary().replace(f"## {number}{dot} {title}", f"## {heading}"))
    assert section(found, "smpc", number).heading == heading
    assert numbers(found, "smpc") == [*SUMMARY]
    assert "section-lost" not in codes(found)


@pytest.mark.parametrize(
    ("letter", "heading"),
    [
        ("A", "A. MANUFACTURER OF THE BIOLOGICAL ACTIVE SUBSTANCE AND MANUFACTURER RESPONSIBLE FOR BATCH RELEASE"),
        ("A", "A. MANUFACTURING AUTHORISATION HOLDERS RESPONSIBLE FOR BATCH RELEASE"),
        ("B", "B. CONITIONS ORRESTRICTIONS REGARDING SUPPLY AND USE"),
        ("B", "B. CONDITIONS OR RETRICTIONS REGARDING THE SUPPLY AND USE"),
        ("C", "C. OTHER CONDITIONS AND REQUIREMENT OF THE MARKETNG AUTHORIZATION"),
        ("D", "D. CONDITIONS OR RESTRICTIONS WITH REGARDS TO SAFE AND EFFECTIVE USE OF THE MEDICINAL PRODUCT"),
        ("D", "D. CONDITIONS OR RESTRICTIONS WITH REGARD SAFE AND EFFECTIVE USE OF THE MEDICINAL PRODUCT"),
    ],
)
def test_headings_of_annex_ii_are_known_with_their_variants(letter: str, heading: str) -> None:
    found = read(whole().replace(f"## {letter}. {ANNEX_II[letter][0]}", f"## {heading}"))
    assert section(found, "annex-ii", letter).heading == heading
    assert numbers(found, "annex-ii") == ["0", *ANNEX_II]


def test_the_annex_ii_of_old_templates_has_two_or_three_sections() -> None:
    old = (
        "## A. MANUFACTURING AUTHORISATION HOLDER RESPONSIBLE FOR BATCH RELEASE\n\nSample Works, Dublin, Ireland\n\n"
        "## B. CONDITIONS OF THE MARKETING AUTHORISATION\n\nFor testers only, on a written order of the tester.\n\n"
        "## C. SPECIFIC OBLIGATIONS TO BE FULFILLED BY THE MARKETING AUTHORISATION HOLDER\n\nNone at all.\n"
    )
    found = read(f"{summary()}\n{BREAK}\n\n## ANNEX II\n\n{BREAK}\n\n{old}")
    assert numbers(found, "annex-ii") == ["0", "A", "B", "C"]


def test_headings_of_old_leaflets_are_in_capitals() -> None:
    old = part(
        {
            "1": ("WHAT EXAMPLIN IS AND WHAT IT IS USED FOR", LEAFLET["1"][1]),
            "2": ("BEFORE YOU TAKE EXAMPLIN", LEAFLET["2"][1]),
            "3": ("HOW TO TAKE EXAMPLIN", LEAFLET["3"][1]),
            "4": ("POSSIBLE SIDE EFFECTS", LEAFLET["4"][1]),
            "5": ("HOW TO STORE EXAMPLIN", LEAFLET["5"][1]),
            "6": ("FURTHER INFORMATION", LEAFLET["6"][1]),
        }
    )
    found = read(f"{summary()}\n{BREAK}\n\n## PACKAGE LEAFLET: INFORMATION FOR THE USER\n\n{old}")
    assert numbers(found, "package-leaflet") == ["0", *LEAFLET]


def run_together(numbers_of: list[str]) -> str:
    """Sections as one paragraph, as the conversion of a watermarked page has them."""
    pieces = []
    for number in numbers_of:
        title, text = SUMMARY[number]
        pieces.append(f"{number}{'' if '.' in number else '.'} {title} {text}".strip())
    return " ".join(pieces)


def test_headings_run_together_in_one_paragraph_are_parted() -> None:
    middle = run_together([*SUMMARY][2:])
    found = read(headed("1", *SUMMARY["1"]) + "\n" + headed("2", *SUMMARY["2"]) + f"\n{middle} {WATERMARK}\n")
    assert numbers(found, "smpc") == [*SUMMARY]
    assert {n: text_of(section(found, "smpc", n)) for n in SUMMARY} == {n: text for n, (_, text) in SUMMARY.items()}
    assert found.set_aside == [WATERMARK]
    assert section(found, "smpc", "4.8").confidence < section(found, "smpc", "1").confidence


def test_a_heading_named_in_a_sentence_is_none() -> None:
    text = (
        "See section 4.3 Contraindications and sections 4.4 and 4.8 Undesirable effects. The text (4.9 Overdose) says "
        "more, as do “5.1 Pharmacodynamic properties” and 4.5 Interaction with other medicinal products and other "
        "forms of interaction, of other medicines."
    )
    found = read(summary(s4_2=text))
    assert numbers(found, "smpc") == [*SUMMARY]
    assert text_of(section(found, "smpc", "4.2")) == text


def test_steps_and_figures_with_numbers_are_no_headings() -> None:
    steps = "1. Wash your hands\n\n2. Open the box\n\n## 3. Inject\n\n4. Overdose is not meant here\n\n5. 8.\n"
    found = read(whole().replace(LEAFLET["3"][1], f"{LEAFLET['3'][1]}\n\n{steps}"))
    assert numbers(found, "package-leaflet") == ["0", *LEAFLET]
    assert "Wash your hands" in text_of(section(found, "package-leaflet", "3"))


def test_a_list_of_contents_is_part_of_what_stands_before() -> None:
    found = read(whole())
    assert "How to store Examplin" in text_of(section(found, "package-leaflet", "0"))
    assert "BATCH RELEASE" in text_of(section(found, "annex-ii", "0"))
    run = " ".join(f"{number}. {title}" for number, (title, _) in LEAFLET.items())
    text = f"## Package leaflet: Information for the user\n\nWhat is in this leaflet {run} {run_leaflet()}\n"
    found = read(f"{summary()}\n{BREAK}\n\n{text}")
    assert numbers(found, "package-leaflet") == ["0", *LEAFLET]
    assert text_of(section(found, "package-leaflet", "4")) == LEAFLET["4"][1]


def run_leaflet() -> str:
    return " ".join(f"{number}. {title} {text}" for number, (title, text) in LEAFLET.items())


def test_a_number_and_its_wording_may_be_two_blocks() -> None:
    for before, after in (
        ("## 4.8 Undesirable effects", "4.8\n\nUndesirable effects"),
        ("## 7. MARKETING AUTHORISATION HOLDER", "7.\n\n## MARKETING AUTHORISATION HOLDER"),
    ):
        assert before in summary()
        found = read(summary().replace(before, after))
        assert numbers(found, "smpc") == [*SUMMARY]
        assert text_of(section(found, "smpc", "4.8")) == SUMMARY["4.8"][1]
        assert text_of(section(found, "smpc", "7")) == SUMMARY["7"][1]


def test_a_wording_may_go_over_two_blocks() -> None:
    title = ANNEX_II["C"][0]
    found = read(
        whole().replace(
            f"## C. {title}", "## C. OTHER CONDITIONS AND REQUIREMENTS OF\n\n## THE MARKETING AUTHORISATION"
        )
    )
    assert section(found, "annex-ii", "C").heading == f"C. {title}"


def test_a_lost_number_is_known_by_its_wording_and_lowers_the_confidence() -> None:
    found = read(summary().replace("## 4.7 Effects on", "## Effects on"))
    one = section(found, "smpc", "4.7")
    assert (one.heading, text_of(one), one.confidence) == (SUMMARY["4.7"][0], SUMMARY["4.7"][1], 0.7)


def test_a_lost_number_in_the_middle_of_a_paragraph_too() -> None:
    middle = run_together(["4.5", "4.6", "4.7", "4.8"]).replace("4.7 Effects on", "Effects on")
    lines = [headed(n, *SUMMARY[n]) if n not in ("4.5", "4.6", "4.7", "4.8") else "" for n in SUMMARY]
    lines[[*SUMMARY].index("4.5")] = f"{middle} {WATERMARK}\n"
    found = read("\n".join(lines))
    assert text_of(section(found, "smpc", "4.7")) == SUMMARY["4.7"][1]
    assert text_of(section(found, "smpc", "4.6")) == SUMMARY["4.6"][1]


def test_a_number_that_stands_apart_on_the_page_is_set_aside() -> None:
    middle = run_together(["4.5", "4.6", "4.7", "4.8"]).replace("4.7 Effects on", "Effects on")
    lines = [headed(n, *SUMMARY[n]) if n not in ("4.5", "4.6", "4.7", "4.8") else "" for n in SUMMARY]
    lines[[*SUMMARY].index("4.5")] = f"4.7\n\n{middle} {WATERMARK}\n"
    found = read("\n".join(lines))
    assert text_of(section(found, "smpc", "4.7")) == SUMMARY["4.7"][1]
    assert text_of(section(found, "smpc", "4.4")) == SUMMARY["4.4"][1]
    assert found.set_aside == [WATERMARK, "4.7"]


def test_a_lost_section_is_named_and_the_one_before_is_less_sure() -> None:
    found = read(summary().replace("## 4.9 Overdose\n", ""))
    assert "4.9" not in numbers(found, "smpc")
    (issue,) = (issue for issue in found.issues if issue.code == "section-lost")
    assert issue.message == "Section 4.9 (Overdose) of the summary of product characteristics was not found."
    assert section(found, "smpc", "4.8").confidence == 0.6
    assert section(found, "smpc", "4.7").confidence == 1


def test_a_heading_without_text_is_told() -> None:
    found = read(summary(s4_5=""))
    assert section(found, "smpc", "4.5").blocks == ()
    assert section(found, "smpc", "4.5").confidence == 0.5
    assert ("section-empty", "Section 4.5 of the summary of product characteristics has a heading but no text.") in [
        issue[:2] for issue in found.issues
    ]


def test_a_heading_that_comes_twice_is_one_section() -> None:
    found = read(summary(s4_8=f"{SUMMARY['4.8'][1]}\n\n## 4.8 Undesirable effects\n\nAnd sneezing."))
    one = section(found, "smpc", "4.8")
    assert text_of(one) == f"{SUMMARY['4.8'][1]} And sneezing."
    assert "heading-repeated" in codes(found)


def test_several_summaries_are_kept_apart_and_named() -> None:
    second = summary(s1="Examplin 20 mg tablets\n\nExamplin 40 mg tablets", s4_8="Sneezing.")
    found = read(whole(f"{summary()}\n{BREAK}\n\n{second}"))
    assert numbers(found, "smpc", 1) == ["0", *SUMMARY]
    assert numbers(found, "smpc", 2) == [*SUMMARY]
    assert text_of(section(found, "smpc", "4.8", 1)) == SUMMARY["4.8"][1]
    assert text_of(section(found, "smpc", "4.8", 2)) == "Sneezing."
    assert section(found, "smpc", "4.8", 1).product == "Examplin 10 mg tablets"
    assert section(found, "smpc", "4.8", 2).product == "Examplin 20 mg tablets; Examplin 40 mg tablets"
    assert section(found, "annex-ii", "A").product is None


def test_labels_and_leaflets_are_kept_apart_by_what_they_are_for() -> None:
    blister = "## MINIMUM PARTICULARS TO APPEAR ON BLISTERS OR STRIPS\n\nBLISTER\n\n" + part(
        {
            "1": ("NAME OF THE MEDICINAL PRODUCT", "Examplin 10 mg"),
            "2": ("NAME OF THE MARKETING AUTHORISATION HOLDER", "Sample"),
            "3": ("EXPIRY DATE", "EXP"),
            "4": ("BATCH NUMBER", "Lot"),
            "5": ("OTHER", ""),
        }
    )
    leaflet = "## Package leaflet: Information for the carer\n\nExamplin 20 mg tablets\n\n" + part(LEAFLET)
    found = read(
        whole().replace("## B. PACKAGE LEAFLET", f"{blister}\n{BREAK}\n\n## B. PACKAGE LEAFLET")
        + f"\n{BREAK}\n\n{leaflet}"
    )
    assert numbers(found, "labelling", 2) == ["0", "1", "2", "3", "4", "5"]
    assert section(found, "labelling", "4", 2).title == "BATCH NUMBER"
    assert section(found, "labelling", "4", 1).title == "PHARMACEUTICAL FORM AND CONTENTS"
    assert section(found, "labelling", "1", 1).product == "CARTON; Examplin 10 mg tablets"
    assert section(found, "labelling", "1", 2).product == "BLISTER; Examplin 10 mg"
    assert section(found, "package-leaflet", "1", 1).product == "Examplin 10 mg tablets; examplin"
    assert section(found, "package-leaflet", "1", 2).product == "Information for the carer; Examplin 20 mg tablets"


def test_headings_in_the_cells_of_tables_are_headings() -> None:
    text = (
        "| MINIMUM PARTICULARS TO APPEAR ON BLISTERS OR STRIPS |\n|------|\n| BLISTER |\n\n"
        "| 1. | NAME OF THE MEDICINAL PRODUCT |\n|----|----|\n\nExamplin 10 mg\n\n"
        "| 3. | EXPIRY DATE |\n|----|----|\n| EXP | 01/2001 |\n"
    )
    found = read(whole().replace("## B. PACKAGE LEAFLET", f"{text}\n{BREAK}\n\n## B. PACKAGE LEAFLET"))
    assert numbers(found, "labelling", 2) == ["0", "1", "3"]
    assert section(found, "labelling", "3", 2).heading == "3. EXPIRY DATE"
    assert text_of(section(found, "labelling", "3", 2)) == "EXP 01/2001"
    assert section(found, "labelling", "3", 2).blocks[0].rows == (("EXP", "01/2001"),)


def test_tables_stay_tables() -> None:
    table = "| Organ | Effect |\n|---|---|\n| Head | 4.8 Undesirable effects of the head |\n| 1. | yawning |\n"
    found = read(summary(s4_8=table))
    assert section(found, "smpc", "4.8").blocks[0].rows[1] == ("Head", "4.8 Undesirable effects of the head")
    assert numbers(found, "smpc") == [*SUMMARY]


def test_sections_of_a_summary_repeated_for_professionals_stay_in_the_leaflet() -> None:
    extra = "The following information is for professionals.\n\n" + "\n".join(
        headed(n, *SUMMARY[n]) for n in ("4.1", "4.2", "4.3", "4.4")
    )
    found = read(f"{whole()}\n\n{extra}")
    assert {s.unit for s in found.sections if s.part == "smpc"} == {1}
    assert SUMMARY["4.4"][1] in text_of(section(found, "package-leaflet", "6"))


def test_what_stands_outside_the_parts_is_kept() -> None:
    found = read(f"A note of the sender.\n\n{summary()}\n{BREAK}\n\n## ANNEX IV\n\n## SCIENTIFIC CONCLUSIONS\n\nNone.")
    assert [block.text for block in found.rest] == [
        "A note of the sender.",
        "ANNEX IV",
        "SCIENTIFIC CONCLUSIONS",
        "None.",
    ]
    assert text_of(section(found, "smpc", "10")) == SUMMARY["10"][1]


def test_an_annex_behind_the_leaflet_is_not_the_leaflets_last_section() -> None:
    found = read(f"{whole()}\n{BREAK}\n\n## Annex IV\n\n## Scientific conclusions\n\nSee Annex IV of another text.")
    assert text_of(section(found, "package-leaflet", "6")) == LEAFLET["6"][1]
    assert [block.text for block in found.rest] == [
        "Annex IV",
        "Scientific conclusions",
        "See Annex IV of another text.",
    ]


def test_the_number_of_a_page_is_set_aside() -> None:
    text = f"{whole()}\n{BREAK}\n\nLast words."
    page = blocks_of(text)[-1].page
    assert page > 9
    assert read(f"{text}\n\n{page}").set_aside == [str(page)]
    assert read(f"{text}\n\n{page + 1}").set_aside == []


@pytest.mark.parametrize("text", ["", "Nothing of the kind.", "ANNEX I\n\nSUMMARY OF PRODUCT CHARACTERISTICS"])
def test_a_document_that_can_not_be_split_says_so(text: str) -> None:
    found = read(text)
    assert codes(found) == ["no-sections"]
    assert found.sections == []
    assert " ".join(block.text for block in found.rest).split() == text.split()


def test_parts_that_are_missing_are_named() -> None:
    assert [issue.message for issue in read(summary()).issues] == [
        "No annex II was found.",
        "No labelling was found.",
        "No package leaflet was found.",
    ]


def test_what_only_the_watermark_spoilt_is_put_back() -> None:
    pages = [headed(n, *SUMMARY[n]) for n in SUMMARY]
    at = [*SUMMARY].index("4.6")
    body = run_together(["4.6", "4.7"])
    pages[at : at + 3] = [
        f"{BREAK}\n\n## 4.8 Undesirable effects\n\n{body} {WATERMARK}\n\n{SUMMARY['4.8'][1]}\n\n{BREAK}\n"
    ]
    found = read("\n".join(pages))
    assert {n: text_of(section(found, "smpc", n)) for n in SUMMARY} == {n: text for n, (_, text) in SUMMARY.items()}
    assert "order-mended" in codes(found)


_PIECES = st.sampled_from(
    [f"{n}{'' if '.' in n else '.'} {title}" for n, (title, _) in SUMMARY.items()]
    + [f"{letter}. {title}" for letter, (title, _) in ANNEX_II.items()]
    + [f"{n}. {title}" for n, (title, _) in {**LABEL, **LEAFLET}.items()]
    + ["ANNEX I", "ANNEX II", "ANNEX III", "ANNEX IV", "A. LABELLING", "B. PACKAGE LEAFLET", "4.8", "7.", "B.", "•"]
    + ["PARTICULARS TO APPEAR ON THE OUTER PACKAGING", "Package leaflet: Information for the user", WATERMARK, "longer"]
    + [
        "Posology",
        "Absorption",
        "see section 4.4",
        "One tablet",
        "(10 mg)",
        "no",
        "product",
        "authorised",
        "ſ ﬁ İ",
        "12",
    ]
)
_TEXTS = st.lists(
    st.one_of(_PIECES, st.text(st.characters(exclude_categories=("C",)), max_size=12)), min_size=1, max_size=6
).map(" ".join)


def _blocks(kind: str, text: str, page: int, marker: str, cells: list[str]) -> Block:
    if kind == "table":
        row = tuple(dict.fromkeys(cells))
        return Block("table", "", 0, rows=(row, tuple(cell + "!" for cell in row)), page=page)
    return Block(kind, text, 0, page=page, marker=marker if kind == "item" else "")  # type: ignore[arg-type]


_DOCUMENTS = st.lists(
    st.builds(
        _blocks,
        st.sampled_from(["heading", "paragraph", "paragraph", "item", "table"]),
        _TEXTS,
        st.integers(1, 4),
        st.sampled_from(["", "", "1.", "4."]),
        st.lists(_TEXTS, min_size=1, max_size=3),
    ),
    max_size=25,
).map(
    lambda blocks: [block._replace(place=place) for place, block in enumerate(sorted(blocks, key=lambda b: b.page), 1)]
)


def words_of(blocks: list[Block]) -> Counter[str]:
    texts = [part for b in blocks for part in (b.marker, b.text, *(cell for row in b.rows for cell in row))]
    return Counter(word for text in texts for word in re.findall(r"\w+", text))


@settings(max_examples=300, deadline=None)
@given(_DOCUMENTS)
def test_any_blocks_are_split_and_no_word_is_lost_or_doubled(blocks: list[Block]) -> None:
    found = split(blocks)
    told = words_of([block for s in found.sections for block in s.blocks] + found.rest)
    told += Counter(word for s in found.sections for word in re.findall(r"\w+", s.heading))
    told += Counter(word for text in found.set_aside for word in re.findall(r"\w+", text))
    assert told == words_of(blocks)
    for one in found.sections:
        assert 0 < one.confidence <= 1
    keys = [(s.part, s.unit, s.number) for s in found.sections]
    assert len(keys) == len(set(keys))
