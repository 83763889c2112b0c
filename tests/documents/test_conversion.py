"""A file as text in sections: what becomes of each kind of file, and of what is none."""

from hypothesis import given, settings
from hypothesis import strategies as st

from medpath.documents.conversion import convert
from tests.documents.qrd_documents import SUMMARY, whole

FRONT = "---\ndocument_datetime: 2026-01-06 10:00:00\n---\n"


def of(markdown: str, kind: str = "product-information"):
    return convert((FRONT + markdown).encode(), "text/markdown", kind)


def words(section) -> str:
    return " ".join(word for block in section.blocks for word in (block.text, *(c for row in block.rows for c in row)))


def test_product_information_is_split_by_its_template():
    found = of(whole())
    assert found.result == "split"
    assert [one.number for one in found.sections if one.part == "smpc"] == ["0", *SUMMARY]
    effects = next(one for one in found.sections if (one.part, one.number) == ("smpc", "4.8"))
    assert (effects.title, effects.level, effects.unit) == ("Undesirable effects", 2, 1)
    assert words(effects) == SUMMARY["4.8"][1]
    assert 0 < effects.confidence <= 1
    assert effects.page == 2


def test_a_product_information_that_cannot_be_split_keeps_its_text_and_says_so():
    found = of("A text about a medicine.\n\nIt has no heading of the template.")
    assert found.result == "not-split"
    assert [fault.code for fault in found.faults] == ["no-sections"]
    assert [(one.part, one.number, words(one)) for one in found.sections] == [
        ("", "", "A text about a medicine. It has no heading of the template.")
    ]


def test_what_belongs_to_no_section_is_kept_beside_the_sections():
    found = of("A word before everything.\n\n" + whole())
    assert found.result == "split"
    assert any(one.part == "" and "A word before everything." in words(one) for one in found.sections)


def test_a_scanned_document_is_a_fault_and_no_empty_success():
    found = of("<!-- image -->\n\n<!-- image -->", "all-authorised-presentations")
    assert (found.result, found.sections) == ("no-text", [])
    assert [fault.code for fault in found.faults] == ["no-text"]


def test_bytes_that_are_no_text_are_a_fault_that_says_where():
    found = convert(b"fine so far \xff\xfe", "text/markdown", "product-information")
    assert found.result == "no-text"
    assert found.faults[0].code == "unreadable"
    assert "byte 12" in found.faults[0].message


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["product-information", "assessment-report", "", "../x"]))
def test_no_bytes_stop_the_conversion(data, kind):
    found = convert(data, "text/markdown", kind)
    assert found.sections or found.faults
