"""EMA's page of a medicine: one record whatever form the page has, and what is rejected or told as an issue."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.ema.epar_page_samples import CONTENT, URL, body_of, codes_of, html, markdown, read, with_

LAYOUTS = ("inline", "lines", "list")
MARKDOWN = [pytest.param(markdown(CONTENT, layout), id=layout) for layout in LAYOUTS]
PAGES = [*MARKDOWN, pytest.param(html(CONTENT), id="html")]


@pytest.mark.parametrize("page", PAGES)
def test_every_layout_gives_the_same_record(page: str) -> None:
    (record,), report = read(page)
    assert codes_of(report) == []
    assert (report.rows, report.rejected) == (1, 0)
    body = record.body
    cut = body["layout"] in ("inline", "lines")
    assert body.pop("layout") == report.layout
    assert body.pop("holder_address") == (["Voorbeeldstraat 1"] if cut else list(CONTENT.address))
    assert body.pop("holder_address_complete") is not cut
    expected = body_of(html(CONTENT))
    for key in ("layout", "holder_address", "holder_address_complete"):
        expected.pop(key)
    assert body == expected


def test_what_the_page_says() -> None:
    (record,), _ = read(markdown(CONTENT, "list"))
    body = record.body
    assert record.key == "/en/medicines/human/EPAR/examplin"
    assert record.medicine == body["product_number"] == "EMEA/H/C/009999"
    assert body["url"] == URL
    assert body["layout"] == "list"
    assert body["name"] == "Examplin"
    assert body["status"] == {"code": "authorised", "source_value": "Authorised"}
    assert body["status_statement"] == ["This medicine is authorised for use in the European Union"]
    assert body["active_substances"] == body["inn_or_common_names"] == ["examplinum"]
    assert body["therapeutic_areas"] == ["Arthritis, Psoriatic", "Psoriasis"]
    assert body["atc"] == ["L04AC05"]
    assert body["pharmacotherapeutic_group"] == "Immunosuppressants"
    assert body["therapeutic_indication"] == "Examplin is indicated for nothing: in adults; in children."
    assert {flag for flag, value in body["flags"].items() if value is not None} == {"orphan"}
    assert body["holder"] == "Example Pharma B.V."
    assert body["dates"]["opinion_adopted"] == "2017-12-14"
    assert body["dates"]["marketing_authorisation"] == "2018-03-23"
    assert body["dates"]["latest_european_commission_decision"] == "2023-09-14"
    assert body["latest_procedure"] == "II/0001"
    assert body["revision"] == 12
    assert body["last_updated"] == "2025-04-29"
    assert body["first_published"] is None
    assert body["links"] == [
        "/en/medicines/human/paediatric-investigation-plans/emea-1",
        "/en/medicines/dhpc/examplin",
    ]


def test_the_keys_by_which_other_records_are_found() -> None:
    (record,), _ = read(markdown(CONTENT, "list"))
    assert record.offers == (("medicine-name", "examplin"), ("page", "/en/medicines/human/EPAR/examplin"))
    assert {
        ("product-number", "EMEA/H/C/009999"),
        ("substance", "examplinum"),
        ("atc", "L04"),
        ("mesh", "arthritis psoriatic"),
        ("page", "/en/medicines/dhpc/examplin"),
        ("document", "/en/documents/product-information/examplin_en.pdf-0"),
    } <= set(record.seeks)


def test_the_time_of_markdown_is_amsterdams_and_html_has_none() -> None:
    _, report = read(markdown(CONTENT, "list"))
    assert report.observed_at == datetime(2025, 7, 1, 10, 30, tzinfo=UTC)
    _, report = read(markdown(CONTENT, "list").replace("2025-07-01", "2025-01-01"))
    assert report.observed_at == datetime(2025, 1, 1, 11, 30, tzinfo=UTC)
    _, report = read(html(CONTENT))
    assert report.observed_at is None
    _, report = read(markdown(CONTENT, "list").replace("2025-07-01 12:30:00", "yesterday"))
    assert report.observed_at is None
    assert codes_of(report) == ["no-timestamp"]


def test_navigation_above_the_title_and_notices_under_it_are_left_out() -> None:
    notice = "On Monday, 12 January 2026, this website will be unavailable due to scheduled maintenance."
    page = markdown(with_(CONTENT, notice=notice), "inline")
    menu = "# Search\n\n- [Medicines](/en/medicines)\n    - [Find medicine](/en/medicines)\n\n1. [Home](/en/home)\n\n"
    (record,), report = read(page.replace("# Examplin\n", menu + "# Examplin\n", 1))
    assert codes_of(report) == []
    assert record.body == body_of(markdown(CONTENT, "inline"))
    _, report = read(page.replace(notice, "Something else."))
    assert codes_of(report) == ["unread-text"]


def test_a_title_without_its_feed_is_found_by_the_status_under_it() -> None:
    page = markdown(CONTENT, "lines").replace("[RSS](/en/individual-human-medicine.xml/1)\n", "", 1)
    assert body_of(page) == body_of(markdown(CONTENT, "lines"))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("Withdrawn", "withdrawn"),
        ("Application withdrawn", "application-withdrawn"),
        ("Opinion under re-examination", "opinion-under-re-examination"),
        ("Withdrawn from rolling review", "withdrawn-from-rolling-review"),
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_statuses_are_plain_lines_or_headings(status: str, code: str, layout: str) -> None:
    (record,), report = read(markdown(with_(CONTENT, status=status, sentence="It is so."), layout))
    assert record.body["status"] == {"code": code, "source_value": status}
    assert record.body["status_statement"] == ["It is so."]
    assert codes_of(report) == []


def test_a_status_that_is_new_keeps_its_words_and_is_an_issue() -> None:
    (record,), report = read(markdown(with_(CONTENT, status="On hold"), "inline"))
    assert record.body["status"] == {"code": None, "source_value": "On hold"}
    assert codes_of(report) == ["unknown-value"]


def test_statuses_that_contradict_each_other_are_an_issue() -> None:
    page = markdown(CONTENT, "inline").replace("Medicine Human Authorised", "Medicine Human Withdrawn")
    (record,), report = read(page)
    assert record.body["status"]["code"] == "authorised"
    assert codes_of(report) == ["two-statuses"]


def test_a_substance_line_may_be_missing_or_stand_apart() -> None:
    page = markdown(CONTENT, "inline")
    apart = page.replace("examplinum Medicine Human Authorised", "examplinum\n\nMedicine\n\nHuman\n\nAuthorised")
    missing = page.replace("examplinum Medicine Human Authorised", "Medicine Human Authorised")
    for one in (apart, missing):
        (record,), report = read(one)
        assert record.body["status_statement"] == ["This medicine is authorised for use in the European Union"]
        assert codes_of(report) == []


def test_a_page_without_a_product_number_is_rejected_and_not_joined_by_guess() -> None:
    for number in ("", "to be assigned"):
        records, report = read(markdown(with_(CONTENT, number=number), "list"))
        assert records == []
        assert (report.rejected, codes_of(report)[-1]) == (1, "no-product-number")


def test_a_number_without_its_zeros_is_repaired_and_told() -> None:
    (record,), report = read(markdown(with_(CONTENT, number="EMEA/H/C/5900"), "inline"))
    assert record.medicine == "EMEA/H/C/005900"
    assert record.body["source_product_number"] == "EMEA/H/C/5900"
    assert codes_of(report) == ["repaired-number"]


def test_a_page_that_breaks_off_is_rejected() -> None:
    page = markdown(CONTENT, "list")
    for half in (page[: len(page) // 2], html(CONTENT)[:3000]):
        records, report = read(half)
        assert records == []
        assert codes_of(report) == ["cut-page"]


def test_what_is_no_page_of_a_medicine_is_rejected() -> None:
    maintenance = "<!doctype html><html><body><h1>Site under maintenance</h1><p>Come back soon.</p></body></html>"
    for page in (maintenance, "# Examplin\n\nNothing.", "", "---\n---\n", "\x00\x00"):
        records, report = read(page)
        assert records == []
        assert codes_of(report) == ["no-page"]


def test_impossible_days_are_unknown_and_told() -> None:
    (record,), report = read(markdown(with_(CONTENT, updated="29/04/0025"), "lines"))
    assert record.body["last_updated"] is None
    assert codes_of(report) == ["bad-date"]


def test_a_decision_later_than_the_page_is_unknown_and_told() -> None:
    (record,), report = read(markdown(with_(CONTENT, procedure="II/0001 15/09/2026"), "lines"))
    assert record.body["dates"]["latest_european_commission_decision"] is None
    assert record.body["latest_procedure"] == "II/0001"
    assert codes_of(report) == ["future-day"]


def test_the_day_of_the_decision_may_stand_without_a_procedure() -> None:
    page = markdown(CONTENT, "inline").replace("**Latest procedure affecting product information:** II/0001 ", "")
    (record,), report = read(page)
    assert record.body["latest_procedure"] is None
    assert record.body["dates"]["latest_european_commission_decision"] == "2023-09-14"
    assert codes_of(report) == []


def test_unknown_sections_and_text_beside_documents_are_told() -> None:
    history = "## Assessment history"
    page = markdown(CONTENT, "list").replace(history, f"## Something new\n\nText.\n\n{history}\n\nMore text.")
    _, report = read(page)
    assert sorted(codes_of(report)) == ["unknown-section", "unread-text"]


def test_links_in_older_spellings_lead_to_the_same_pages() -> None:
    related = (
        ("a", "https://www.ema.europa.eu/en/medicines/human/orphan-designations/eu302088"),
        ("b", "/medicines/human/orphan-designations/eu3131219"),
        ("c", "http://ema.europa.eu/en/medicines/human/referrals/something/"),
        ("d", "https://example.org/en/medicines/human/referrals/other"),
        ("e", "/en/medicines/human/EPAR/another"),
    )
    assert body_of(markdown(with_(CONTENT, related=related), "list"))["links"] == [
        "/en/medicines/human/orphan-designations/eu-3-02-088",
        "/en/medicines/human/orphan-designations/eu-3-13-1219",
        "/en/medicines/human/referrals/something",
    ]


def test_a_veterinary_page() -> None:
    page = markdown(with_(CONTENT, number="EMEA/V/C/009999", codes=("QL04AC05",)), "list")
    page = page.replace("Medicine Human", "Medicine Veterinary")
    area = "- **Therapeutic area (MeSH)**"
    page = page.replace(area, f"- **Species**\n    - Dogs\n    - Cats\n{area}")
    (record,), report = read(page)
    assert record.body["category"] == "veterinary"
    assert record.body["species"] == ["Dogs", "Cats"]
    assert (record.body["atc"], record.body["atcvet"]) == ([], ["QL04AC05"])
    assert ("atc", "QL04") in record.seeks
    assert codes_of(report) == []


def test_scripts_and_foreign_addresses_never_get_into_the_record() -> None:
    page = html(CONTENT).replace("/en/documents/overview/examplin-epar-medicine-overview_en.pdf", "javascript:alert(1)")
    page = page.replace("It is not used.", "It is <script>alert(1)</script>not used.")
    (record,), report = read(page)
    assert "alert" not in str(record.body)
    assert codes_of(report) == ["unsafe-url"]


def test_of_one_kind_of_fault_only_some_are_told_one_by_one() -> None:
    page = markdown(CONTENT, "list").replace("## Assessment history", "## Odd\n\n" * 100 + "## Assessment history")
    _, report = read(page)
    assert codes_of(report).count("unknown-section") == 21
    assert report.issues[-1].message.startswith("80 more")


@settings(deadline=None)
@given(st.data())
def test_no_damage_makes_the_reader_fail(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from([markdown(CONTENT, layout) for layout in LAYOUTS] + [html(CONTENT)]))
    start = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(start, min(len(page), start + 300)))
    page = page[:start] + data.draw(st.text(max_size=30)) + page[end:]
    records, report = read(page.encode("utf-8", "replace"))
    assert len(records) + report.rejected == report.rows == 1
