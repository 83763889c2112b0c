"""The texts of a medicine's documents: which version, which section, and what is said where there is none."""

from datetime import date

import pytest

from medpath.documents.blocks import Block
from medpath.errors import UsageError
from medpath.store.editions import asked_section, redline_of, side_by_side
from medpath.store.read import Register
from medpath.store.sections import NoText, Text, Texts, lines, section_url, texts_held
from tests.sample_store import SampleStore

pytestmark = pytest.mark.parametrize("sample_store", ["sqlite", "postgresql"], indirect=True)

KISUNLA, ALOFISEL, HULIO = "EMEA/H/C/006024", "EMEA/H/C/004258", "EMEA/H/C/004429"
FILE = "kisunla-epar-product-information_en.pdf"
URL = f"https://www.ema.europa.eu/en/documents/product-information/{FILE}"


@pytest.fixture
def texts(sample_store: SampleStore) -> Texts:
    return Texts(Register(sample_store.database))


def holder(texts: Texts, text: Text) -> list[str]:
    """What section 7 says."""
    return lines(texts.sections(text, "smpc", "7")[0].blocks)


def test_the_newest_version_a_number_and_a_day(texts: Texts) -> None:
    newest = texts.product_information(KISUNLA)
    assert (newest.version.number, newest.is_newest, len(newest.versions)) == (2, True, 2)
    first = texts.product_information(KISUNLA, version=1)
    assert texts.document(KISUNLA, FILE, as_of=date(2026, 2, 1)).version == first.version
    assert ("Orteliuslaan 1000" in holder(texts, newest), "Papendorpseweg 83" in holder(texts, first)) == (True, True)
    assert section_url(first, texts.sections(first, "smpc", "7")[0]) == "/medicines/EMEA-H-C-006024/smpc/7?version=1"


def test_documents_with_a_text_are_listed_with_the_version_of_the_day(texts: Texts) -> None:
    assert [(one.file, one.version.number) for one in texts.of_medicine(KISUNLA)] == [(FILE, 2)]
    assert [one.version.number for one in texts.of_medicine(KISUNLA, date(2026, 2, 1))] == [1]
    assert texts.of_medicine(KISUNLA, date(2026, 1, 29)) == []


def test_which_documents_have_a_text_is_one_question(sample_store: SampleStore) -> None:
    other = URL.replace("kisunla", "nobody")
    assert texts_held(sample_store.database, [other, URL]) == {URL: "split"}
    assert texts_held(sample_store.database, [URL], date(2026, 1, 29)) == {}
    assert texts_held(sample_store.database, []) == {}


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (lambda texts: texts.product_information("EMEA/H/C/999999"), "no-medicine"),
        (lambda texts: texts.product_information(KISUNLA, as_of=date(2001, 1, 1)), "not-observed"),
        (lambda texts: texts.product_information(KISUNLA, as_of=date(2026, 1, 29)), "not-yet"),
        (lambda texts: texts.product_information(KISUNLA, version=3), "no-version"),
        (lambda texts: texts.product_information(KISUNLA, version=2, as_of=date(2026, 2, 1)), "no-version"),
        (lambda texts: texts.product_information(HULIO), "no-information"),
        (lambda texts: texts.document(KISUNLA, "other.pdf"), "no-document"),
        (lambda texts: texts.document(HULIO, "hulio-epar-product-information_en.pdf"), "no-text"),
        (lambda texts: texts.asked_sections(texts.product_information(KISUNLA), "smpc", "9.9"), "no-section"),
        (lambda texts: texts.asked_sections(texts.product_information(KISUNLA), "annex-v", None), "no-part"),
        (lambda texts: redline_of(texts, ALOFISEL), "no-earlier"),
        (lambda texts: redline_of(texts, KISUNLA, FILE, old=5), "no-version"),
        (lambda texts: side_by_side(texts, ["EMEA/H/C/999999"], "smpc", "4.8"), "no-medicine"),
    ],
)
def test_what_is_not_held_has_a_reason_and_a_sentence(texts: Texts, asked, reason: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NoText) as problem:
        asked(texts)
    assert problem.value.reason == reason
    assert str(problem.value).endswith(".") or "at https://" in str(problem.value)


def test_a_redline_is_between_the_newest_and_the_one_before_where_nothing_is_said(texts: Texts) -> None:
    found = redline_of(texts, KISUNLA)
    assert (found.old.version.number, found.new.version.number) == (1, 2)
    assert found.differences == redline_of(texts, KISUNLA, FILE, 1, 2).differences
    assert redline_of(texts, KISUNLA, FILE, 2, 2).differences == []


def test_a_comparison_keeps_the_order_and_says_what_is_missing(texts: Texts) -> None:
    found = side_by_side(texts, [HULIO, ALOFISEL], "smpc", "4.8")
    assert [(one.medicine["name"], len(one.sections)) for one in found] == [("Hulio", 0), ("Alofisel", 1)]
    assert found[0].missing is not None
    assert found[0].missing.reason == "no-information"


@pytest.mark.parametrize(
    ("text", "part", "number"),
    [("4.8", "smpc", "4.8"), (" package-leaflet/4 ", "package-leaflet", "4"), ("annex-ii/A", "annex-ii", "A")],
)
def test_a_section_is_asked_for_with_or_without_its_part(
    sample_store: SampleStore, text: str, part: str, number: str
) -> None:
    assert asked_section(text) == (part, number)


@pytest.mark.parametrize("text", ["", "4,8", "annex/1", "smpc/", "/4", "4.8 OR 1", "4" * 40])
def test_what_is_no_section_is_refused(sample_store: SampleStore, text: str) -> None:
    with pytest.raises(UsageError, match="is no section"):
        asked_section(text)


def test_blocks_as_lines(sample_store: SampleStore) -> None:
    blocks = [Block("item", "a", 1, marker="1."), Block("table", "", 2, rows=(("b", "c"), ("d", "")))]
    assert lines(blocks) == ["1. a", "b | c", "d | "]
