"""`medpath sections`, `document`, `compare` and `diff` over the bundled sample."""

import pytest

from medpath.commands.texts import markdown
from medpath.documents.blocks import Block
from medpath.store.database import Database
from medpath.store.read import Register
from medpath.store.sections import Texts, section_item

ALOFISEL = "EMEA/H/C/004258"
FILE = "alofisel-epar-product-information_en.pdf"


@pytest.fixture
def texts(sample_data):
    database = Database(f"sqlite:///{sample_data / 'medpath.sqlite'}")
    yield Texts(Register(database))
    database.dispose()


def test_sections_as_json_are_the_contracts_list(medpath, texts):
    found = medpath("sections", "alofisel", "--part", "smpc", "--section", "4.8", "--json").json
    text = texts.product_information(ALOFISEL)
    assert found == [section_item(text, one) for one in texts.sections(text, "smpc", "4.8")]
    every = medpath("sections", "EU/1/17/1261", "--json").json
    assert len(every) == len([one for one in texts.contents(text) if one.part])


def test_a_section_is_read_with_status_version_page_and_doubt(medpath):
    lines = medpath("sections", "alofisel", "--section", "4.8").out.splitlines()
    assert lines[0] == "Not authorised now: the marketing authorisation was withdrawn (13 December 2024)"
    assert lines[1] == "# Alofisel : EPAR - Product information"
    assert "version 1 of 1, as it stood on 2026-01-30" in lines[2]
    assert "## 4.8 Undesirable effects" in lines
    assert "(page 3, not certain where it begins and ends; check it in EMA's file)" in lines
    assert "| System organ class | Frequency | Undesirable effect |" in lines
    assert lines[-1] == "MedPath informs. It gives no medical advice."


def test_without_a_section_the_contents_are_listed(medpath):
    shown = medpath("sections", "uzpruvo").out
    assert shown.count(" 4.8 ") == 2
    assert "Uzpruvo solution for injection in pre-filled syringe" in shown
    assert "This section" not in shown


def test_an_older_version_and_a_day_are_shown_as_they_were(medpath):
    then = medpath("sections", "kisunla", "--section", "7", "--as-of", "2026-02-01", "--json").json
    assert then == medpath("sections", "kisunla", "--section", "7", "--version", "1", "--json").json
    assert "Papendorpseweg 83" in then[0]["text"]


def test_documents_with_text_are_listed(medpath):
    (listed,) = medpath("document", "alofisel", "--json").json
    assert (listed["file"], listed["version"]["version"]) == (FILE, 1)
    assert FILE in medpath("document", "alofisel").out


@pytest.mark.parametrize("file", [FILE, "product-information"])
def test_a_document_is_printed_as_markdown(medpath, file):
    lines = medpath("document", "alofisel", file).out.splitlines()
    assert "### 4 CLINICAL PARTICULARS" in lines
    assert "#### 4.1 Therapeutic indications" in lines
    assert "## package-leaflet" in lines


def test_a_comparison_says_of_each_medicine_what_it_is(medpath):
    shown = medpath("compare", "alofisel", "humira", "hulio", "--section", "4.3")
    assert shown.out.count("## 4.3 Contraindications") == 2
    assert shown.out.splitlines()[1].startswith("Not authorised now")
    assert "Hulio: No text of a product information of Hulio is held." in shown.err
    told = medpath("compare", "humira", "hefiya", "--section", "package-leaflet/4", "--json").json
    assert [one["name"] for one in told["medicines"]] == ["Humira", "Hefiya"]


def test_facts_are_compared_with_each_status_first(medpath):
    shown = medpath("compare", "alofisel", "humira").out
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert lines[1].startswith("Not authorised now: the marketing authorisation was withdrawn")
    assert "status withdrawn authorised" in lines
    assert "marketing authorisation date 2018-03-23 2003-09-08" in lines
    assert lines[lines.index("therapeutic indication") + 1].startswith("Alofisel: ")
    told = medpath("compare", "alofisel", "humira", "--json").json
    assert [one["name"] for one in told["medicines"]] == ["Alofisel", "Humira"]
    assert {"field": "active_substances", "values": [["darvadstrocel"], ["adalimumab"]], "differs": True} in told[
        "facts"
    ]


def test_what_changed_is_shown_word_by_word(medpath):
    shown = medpath("diff", "kisunla").out
    assert "From version 1 (2026-01-30) to version 2 (2026-03-15): 4 sections differ." in shown
    assert "[-3-] {+4+} rows" in shown
    assert "  moved: A second paragraph says" in shown
    told = medpath("diff", "kisunla", "product-information", "--from", "1", "--to", "2", "--json").json
    assert [one["section"] for one in told["differences"]] == ["4.2", "4.4", "4.8", "7"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("sections", "alofisel", "--section", "9.9"), 3, "no section 9.9"),
        (("sections", "alofisel", "--part", "annex"), 2, "--part is one of smpc"),
        (("sections", "hulio"), 3, "No text of a product information of Hulio"),
        (("sections", "tibsovo"), 3, "EMEA/H/C/005056"),
        (("sections", "alofisel", "--as-of", "soon"), 2, "--as-of needs a day"),
        (("document", "alofisel", "other.pdf"), 3, "no document “other.pdf”"),
        (("document", "hulio"), 3, "No text of a document"),
        (("document", "alofisel", "--version", "1"), 2, "name its FILE"),
        (("diff", "alofisel"), 3, "no version of this text before version 1"),
        (("diff", "kisunla", "--from", "9"), 3, "the versions are 1, 2"),
        (("compare", "alofisel"), 2, "Name 2 to 5 medicines"),
        (("compare", "alofisel", "EMEA/H/C/004258"), 2, "These are one medicine, EMEA/H/C/004258"),
        (("compare", "alofisel", "humira", "--section", "77"), 3, "Humira: The text has no section 77"),
        (("compare", "alofisel", "humira", "--section", "4,8"), 2, "is no section"),
    ],
)
def test_what_is_not_held_or_not_understood_is_told_in_a_sentence(medpath, arguments, code, said):
    shown = medpath(*arguments)
    assert (shown.code, shown.out) == (code, "")
    assert said in shown.err
    assert "Traceback" not in shown.err


def test_blocks_become_markdown():
    blocks = [
        Block("heading", "Effects\nof it", 1, level=2),
        Block("paragraph", "One\ntwo", 2, strong=True),
        Block("item", "first", 3),
        Block("item", "below", 4, level=1, marker="1."),
        Block("table", "", 5, rows=(("a|b", "c"), ("d",))),
    ]
    assert list(markdown(blocks)) == [
        "", "### Effects of it", "", "**One**", "**two**", "", "- first", "  1. below", "",
        "| a\\|b | c |", "|---|---|", "| d |  |",
    ]  # fmt: skip
