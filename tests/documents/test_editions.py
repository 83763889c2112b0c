"""Two versions of a document compared section by section."""

import time

from medpath.documents.blocks import Block
from medpath.documents.conversion import convert
from medpath.documents.editions import Difference, compare
from medpath.documents.text_sections import TextSection
from tests.documents.qrd_documents import BREAK, SUMMARY, summary, whole

KNEE = "Examplin 10 mg tablets"
HIP = "Hippin 20 mg capsules"


def sections(markdown: str) -> list[TextSection]:
    return convert(markdown.encode(), "text/markdown", "product-information").sections


def named(found: list[Difference]) -> list[tuple[str, str, int, str]]:
    return [(one.kind, section.part, section.unit, section.number) for one in found if (section := one.new or one.old)]


def report(number: str, title: str, text: str) -> TextSection:
    return TextSection("", number, title, None, 1, 1, 1, 1.0, (Block("paragraph", text, 1),))


def test_a_version_does_not_differ_from_itself() -> None:
    assert compare(sections(whole()), sections(whole())) == []
    assert compare([], []) == []


def test_only_the_section_that_changed_is_shown_with_its_words() -> None:
    new = whole(summary(s4_8=SUMMARY["4.8"][1].replace("yawning", "sneezing")))
    (one,) = compare(sections(whole()), sections(new))
    assert (one.kind, one.new.number if one.new else "") == ("changed", "4.8")
    (edit,) = one.edits
    assert [(run.kind, run.text.strip()) for run in edit.runs if run.kind != "same"] == [
        ("removed", "yawning."),
        ("added", "sneezing."),
    ]


def test_another_conversion_of_the_same_text_is_silent() -> None:
    other = "  ".join(SUMMARY["4.4"][1].split(" ")).replace("Readers", "R eaders").replace(". ", ".\n\n")
    assert compare(sections(whole()), sections(whole(summary(s4_4=other)))) == []


def test_a_section_that_only_one_version_has_is_shown_whole() -> None:
    without = whole(summary().replace(f"## 4.9 Overdose\n\n{SUMMARY['4.9'][1]}\n", ""))
    assert named(compare(sections(whole()), sections(without))) == [("only-old", "smpc", 1, "4.9")]
    assert named(compare(sections(without), sections(whole()))) == [("only-new", "smpc", 1, "4.9")]


def test_summaries_are_compared_with_those_for_the_same_product() -> None:
    knee, hip = summary(s1=KNEE), summary(s1=HIP, s4_8="Sneezing.")
    old = whole(f"{knee}\n{BREAK}\n\n{hip}")
    third = summary(s1="Examplin 5 mg oral solution", s4_8="Coughing.")
    new = whole(f"{third}\n{BREAK}\n\n{knee}\n{BREAK}\n\n{hip.replace('Sneezing', 'Hiccups')}")
    found = compare(sections(old), sections(new))
    assert [key for key in named(found) if key[2] != 1] == [("changed", "smpc", 3, "4.8")]
    assert {key[:3] for key in named(found)} == {("only-new", "smpc", 1), ("changed", "smpc", 3)}


def test_thousands_of_labels_are_compared_in_their_order() -> None:
    labels = [
        TextSection(
            "labelling", "1", "NAME", f"Label {unit}", unit, 1, 1, 1.0, (Block("paragraph", f"{unit} mg", unit),)
        )
        for unit in range(1, 3_001)
    ]
    begun = time.process_time()
    assert compare(labels, labels) == []
    assert named(compare(labels, labels[:-1])) == [("only-old", "labelling", 3_000, "1")]
    assert time.process_time() - begun < 5


def test_sections_of_other_documents_are_matched_by_number_and_title() -> None:
    old = [report("1", "Background", "One."), report("2", "Discussion", "Two."), report("", "Discussion", "Three.")]
    new = [report("1", "Background", "One."), report("2", "Discussion", "Two and a half."), report("3", "End", "Four.")]
    assert named(compare(old, new)) == [
        ("changed", "", 1, "2"),
        ("only-new", "", 1, "3"),
        ("only-old", "", 1, ""),
    ]


def test_sections_of_the_same_name_are_compared_in_their_order() -> None:
    old = [report("", "Conclusion", "The first."), report("", "Conclusion", "The second.")]
    new = [report("", "Conclusion", "The first."), report("", "Conclusion", "Another second.")]
    (one,) = compare(old, new)
    assert one.old is not None
    assert one.old.blocks[0].text == "The second."
