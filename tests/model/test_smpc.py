"""Where the summary of product characteristics says otherwise than EMA's lists, and where that is explained."""

from typing import Any

import pytest

from medpath.model.addresses import postal_codes
from medpath.model.company_names import company_in, same_name
from medpath.model.histories import Source
from tests.model.sources import ROW, body_of, found, page_body, row_body, source

AT = "2026-01-06T00:00:00Z"
DAYS = {"marketing_authorisation": "2004-03-05"}
ADDRESS = "Takeda Pharma A/S\nDelta Park 45\n2665 Vallensbaek Strand\nDenmark"


def smpc(**changed: Any) -> Source:
    body = {
        "holder_text": ADDRESS,
        "eu_numbers": [],
        "first_authorisation_date": None,
        "renewal_date": None,
    } | changed
    return source("emamds.product_information", (AT, body), key="/en/documents/product-information/x_en.pdf")


def renewed(decision: str | None, opinion: str = "2008-01-24") -> Source:
    step = {
        "procedure_numbers": ["R/0010"],
        "kind": "renewal",
        "scope": None,
        "opinion_date": opinion,
        "effect_date": None,
        "commission_decision_date": decision,
        "pages": [1, 1],
    }
    url = "https://www.ema.europa.eu/en/documents/procedural-steps-after/x_en.pdf"
    return source("emamds.procedural_steps", (AT, {"steps": [step], "url": url}), key="/en/x")


def told(*others: Source, **row: Any) -> list[dict[str, Any]]:
    ema = source("ema.medicines", (AT, row_body(last_updated=None, **row)), key="EMEA/H/C/004258")
    page = source("ema.epar_pages", (AT, page_body(last_updated=None)))
    return body_of(ema, page, others=tuple(map(found, others)))["disagreements"]


def test_sources_that_say_the_same_disagree_about_nothing() -> None:
    assert told(smpc(first_authorisation_date="2004-03-05", renewal_date=None), dates=DAYS) == []
    assert body_of(ROW)["disagreements"] == []


def test_another_company_in_section_7_is_shown_with_the_day_of_the_document() -> None:
    (one,) = told(smpc(holder_text="Takeda Pharmaceuticals International AG Ireland Branch, Dublin 2, Ireland"))
    assert one["field"] == "holder"
    assert one["values"][1] == {
        "dataset": "emamds.product_information",
        "value": "Takeda Pharmaceuticals International AG",
        "last_updated": "2026-01-06",
    }


@pytest.mark.parametrize(
    "text", ["Delta Park 45\n2665 Vallensbaek Strand\nDenmark", "Takeda A Danish Company\nDelta Park 45\nDenmark", ""]
)
def test_a_text_that_names_no_company_for_certain_is_no_disagreement(text: str) -> None:
    assert told(smpc(holder_text=text)) == []


def test_addresses_disagree_where_their_postal_codes_do() -> None:
    (one,) = told(smpc(holder_text="Takeda Pharma A/S\nDybendal Alle 10\n2630 Taastrup\nDenmark"))
    assert one["field"] == "authorisations.holder.address"
    assert [value["value"][-2] for value in one["values"]] == ["2665 Vallensbaek Strand", "2630 Taastrup"]
    assert told(smpc(holder_text="Takeda Pharma A/S\nDelta Park nr. 45\nDK-2665 Vallensbæk\nDanmark")) == []


def test_a_day_of_authorisation_disagrees_when_no_notification_explains_it() -> None:
    assert told(smpc(first_authorisation_date="2004-03-01"), dates=DAYS) == []
    (one,) = told(smpc(first_authorisation_date="2004-04-05"), dates=DAYS)
    assert (one["field"], [value["value"] for value in one["values"]]) == (
        "dates.marketing_authorisation",
        ["2004-03-05", "2004-04-05"],
    )


@pytest.mark.parametrize("stated", ["2008-02-25", "2008-02-27", "2008-01-24", "2008-03-05", "2014-03-06"])
def test_a_renewal_at_its_decision_or_opinion_or_on_an_anniversary_is_explained(stated: str) -> None:
    assert told(smpc(renewal_date=stated), renewed("2008-02-25"), dates=DAYS) == []


def test_a_renewal_on_another_day_than_the_decision_on_it_is_shown() -> None:
    (one,) = told(smpc(renewal_date="2008-04-01"), renewed("2008-02-25"), dates=DAYS)
    assert (one["field"], [(value["dataset"], value["value"]) for value in one["values"]]) == (
        "renewal_date",
        [("emamds.procedural_steps", "2008-02-25"), ("emamds.product_information", "2008-04-01")],
    )
    assert told(smpc(renewal_date="2008-04-01"), renewed(None), dates=DAYS) == []


def test_a_renewal_that_the_list_does_not_have_is_no_disagreement() -> None:
    assert told(smpc(renewal_date="2013-07-01"), renewed("2008-02-25"), dates=DAYS) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Teva B.V. Swensweg 5 2031GA Haarlem", "Teva B.V."),
        ("Pfizer Europe MA EEIG Boulevard de la Plaine 17", "Pfizer Europe MA EEIG"),
        ("AbbVie Deutschland GmbH & Co. KG Knollstrasse", "AbbVie Deutschland GmbH & Co. KG"),
        ("GlaxoSmithKline (Ireland) Limited 12 Riverwalk", "GlaxoSmithKline (Ireland) Limited"),
        ("Industriestraße 25 83607 Holzkirchen Germany", None),
        ("SP Europe 73, rue de Stalle", None),
        ("GmbH", None),
        ("", None),
    ],
)
def test_the_name_of_a_company_ends_with_its_legal_form(text: str, name: str | None) -> None:
    assert company_in(text) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Gruenenthal GmbH", "Grünenthal GmbH", True),
        ("Menarini Luxembourg S.A. (MIOL)", "Menarini Luxembourg S.A.", True),
        ("Chemical Works of Gedeon Richter Plc. (Gedeon Richter Plc.)", "Gedeon Richter Plc.", True),
        ("Regeneron Ireland Designated Activity Company (DAC)", "Regeneron Ireland DAC", True),
        ("Boehringer Ingelheim", "Boehringer Ingelheim International GmbH", True),
        ("Teva Pharma B.V.", "Teva B.V.", False),
        ("Gedeon Richter Ltd", "Gedeon Richter Plc.", False),
        ("Amryt AG", "Amryt GmbH", False),
    ],
)  # fmt: skip
def test_names_that_are_only_written_otherwise_are_one(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("D-55216 Ingelheim", {"55216"}),
        ("SE-151 85 Södertälje", {"15185"}),
        ("3528BJ Utrecht", {"3528BJ"}),
        ("3528 BJ Utrecht", {"3528BJ"}),
        ("Dublin 4 D04 E5W7", {"D04E5W7"}),
        ("London EC2M 1QS", {"EC2M1QS"}),
        ("2665 Vallensbaek Strand", {"2665"}),
        ("Dublin 13, Ireland", set()),
        ("Swensweg 5", set()),
    ],
)
def test_postal_codes_are_compared_without_country_and_blanks(line: str, codes: set[str]) -> None:
    assert postal_codes([line]) == codes
