"""The Union Register in its wire form: products, orphan designations, faults."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.reading import Report, SourceRecord
from medpath.sources.union_register import products

SITE = "http://ec.europa.eu/health/documents/community-register/html"
PRODUCT: dict[str, Any] = {
    "URI": f"{SITE}/h1261.htm",
    "Type": "Human",
    "Category": "Centrally authorised",
    "Name": [{"LanguageCode": "FR", "Text": "Alofisel (fr)"}, {"LanguageCode": "EN", "Text": "Alofisel"}],
    "AssociatedNames": [],
    "AssociatedOrphanDesignations": [
        {
            "URI": f"{SITE}/o667.htm",
            "LinkDate": "2018-03-27",
            "ExtensionLength": "24",
            "ExtensionDate": None,
            "EndDate": "2024-12-13",
        }
    ],
    "Status": "Withdrawn",
    "EUNumber": "EU/1/17/1261",
    "ActiveSubstance": [{"LanguageCode": "EN", "Text": "darvadstrocel"}],
    "Indication": [{"LanguageCode": "EN", "Text": "A sample sentence.\r\nAnother &amp; one."}],
    "MAH": {
        "URI": f"{SITE}/mh26317.htm",
        "Name": "Takeda Pharma A/S",
        "Address": "Delta Park 45, 2665 Vallensbaek Strand, Danmark",
    },
    "ATC": [{"Level": "5", "Code": "L04AX08", "Description": "darvadstrocel"}],
    "EMALink": "https://www.ema.europa.eu/en/medicines/human/EPAR/Alofisel/",
    "AuthorisationDate": "2018-03-23",
    "LastDecisionDate": "2024-12-13",
    "TotalProcedures": "10",
    "TotalDecisions": "5",
    "CurrentAnnexLink": [{"URI": f"{SITE}/../2023/anx_bg.pdf", "LanguageCode": "BG"}],
}
DESIGNATION = PRODUCT | {
    "URI": f"{SITE}/o667.htm",
    "Type": "Orphan designation",
    "EUNumber": "EU/3/09/667",
    "AssociatedOrphanDesignations": [],
    "EMALink": None,
}


def read(*entries: Any) -> tuple[list[SourceRecord], Report]:
    report = Report("union_register.products")
    file = SourceFile("union_register.products", "ods_products.json", "", json.dumps({"data": entries}).encode())
    return list(products.read(file, report)), report


def test_an_entry_is_read_in_the_fields_terms() -> None:
    (record, _), report = read(PRODUCT, DESIGNATION)
    assert report.issues == []
    assert record.key == "/health/documents/community-register/html/h1261.htm"
    assert record.offers == (("page", "/en/medicines/human/EPAR/alofisel"),), "whatever the register's case"
    body = record.body
    assert (body["type"], body["name"], body["names"]["fr"]) == ("human", "Alofisel", "Alofisel (fr)")
    assert body["eu_numbers"] == ["EU/1/17/1261"]
    assert body["status"] == {"code": "withdrawn", "source_value": "Withdrawn"}
    assert body["holder"] == "Takeda Pharma A/S"
    assert body["holder_address"] == ["Delta Park 45", "2665 Vallensbaek Strand", "Danmark"]
    assert body["holder_country"] == "DK"
    assert body["indication"] == ["A sample sentence.", "Another & one."]
    assert body["atc"] == ["L04AX08"]
    assert (body["authorisation_date"], body["last_decision_date"]) == ("2018-03-23", "2024-12-13")
    assert (body["procedures"], body["decisions"]) == (10, 5)


def test_an_associated_designation_has_its_number_from_its_own_entry() -> None:
    (record, designation), _ = read(PRODUCT, DESIGNATION)
    assert record.body["orphan_designations"] == [
        {
            "eu_number": "EU/3/09/667",
            "url": f"{SITE}/o667.htm",
            "link_date": "2018-03-27",
            "extension_months": 24,
            "extension_date": None,
            "end_date": "2024-12-13",
        }
    ]
    assert designation.body["type"] == "orphan"


def test_what_the_register_leaves_out_is_unknown() -> None:
    entry = PRODUCT | {"EUNumber": None, "MAH": None, "ActiveSubstance": [{"LanguageCode": "EN", "Text": None}]}
    (record,), report = read(entry | {"AuthorisationDate": None, "EMALink": None})
    assert report.issues == []
    body = record.body
    assert (body["eu_numbers"], body["holder"], body["holder_address"]) == ([], None, [])
    assert (body["active_substances"], body["authorisation_date"]) == ([], None)
    assert record.offers == ()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"Status": "Frozen"}, "unknown-value"),
        ({"Type": "Mineral"}, "unknown-value"),
        ({"EUNumber": "1261"}, "bad-eu-number"),
        ({"AuthorisationDate": "0023-01-01"}, "bad-date"),
        ({"TotalDecisions": "many"}, "bad-number"),
        ({"EMALink": "javascript:alert(1)"}, "unsafe-url"),
        ({"ATC": [{"Code": "L044"}]}, "bad-atc-code"),
        ({"MAH": {"Name": "X", "Address": "Street 1, Atlantis"}}, "no-country"),
        ({"MAH": {"Name": "X", "Phone": "1"}}, "unknown-field"),
        ({"Name": "Alofisel"}, "unknown-value"),
        ({"Indication": [{"LanguageCode": "EN", "Text": ["a", "b"]}]}, "unknown-value"),
        ({"AssociatedNames": [{"Novel": 1}]}, "unknown-value"),
        ({"Novel": "x"}, "unknown-field"),
    ],
)
def test_what_is_unknown_or_impossible_is_an_issue_and_the_entry_is_kept(changed: dict[str, Any], code: str) -> None:
    (record,), report = read(PRODUCT | changed)
    assert [issue.code for issue in report.issues] == [code]
    assert report.issues[0].record == record.key


def test_entries_without_an_address_of_their_own_are_rejected() -> None:
    records, report = read(PRODUCT, PRODUCT, PRODUCT | {"URI": "http://evil.example/h1.htm"}, "text")
    assert len(records) == 1
    assert (report.rows, report.rejected) == (4, 3)
    codes = [issue.code for issue in report.issues]
    assert codes == ["doubled-record", "unsafe-url", "no-identity", "not-a-record"]


def test_a_field_that_no_entry_has_any_more_is_a_changed_format() -> None:
    entry = {name: value for name, value in PRODUCT.items() if name != "EMALink"}
    with pytest.raises(SourceFailed, match="EMALink"):
        read(entry)


@pytest.mark.parametrize("data", [b"[]", b'{"data": {}}', b"<html></html>"])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(SourceFailed):
        list(products.read(SourceFile("x", "ods_products.json", "", data), Report("x")))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["URI", "Text", "Name", "x"]), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(PRODUCT)), JSON, max_size=6))
def test_whatever_stands_in_its_fields_an_entry_is_kept_or_rejected_with_an_issue(changed: dict[str, Any]) -> None:
    records, report = read(DESIGNATION, PRODUCT | changed)
    assert report.rows == 2 == len(records) + report.rejected
    assert report.rejected == sum(issue.severity == "error" for issue in report.issues)
    assert all(number.startswith("EU/") for record in records for number in record.body["eu_numbers"])
