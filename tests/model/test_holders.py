"""The holder's address and EU numbers: which source gives them, and when none does."""

from typing import Any

from medpath.model.histories import Source
from tests.model.sources import ROW, body_of, found, page_body, source

AT = "2025-06-01T00:00:00Z"
WHOLE = ["Delta Park 45", "2665 Vallensbaek Strand", "Denmark"]
CUT = source("ema.epar_pages", (AT, page_body(holder_address=["Delta Park 45"], holder_address_complete=False)))


def register(**changed: Any) -> Source:
    body = {
        "type": "human",
        "eu_numbers": ["EU/1/17/1261"],
        "holder": "Takeda Pharma A/S",
        "holder_address": ["Delta Park 45", "2665 Vallensbaek Strand", "Danmark"],
        "status": {"code": "withdrawn", "source_value": "Withdrawn"},
        "authorisation_date": "2018-03-23",
    } | changed
    return source("union_register.products", (AT, body), key="/html/h1261.htm")


def information(dataset: str = "product_information", **changed: Any) -> Source:
    body = {
        "holder_text": "Takeda Pharma A/S Delta Park 45 2665 Vallensbaek Strand Denmark",
        "eu_numbers": ["EU/1/17/1261"],
    } | changed
    return source(f"emamds.{dataset}", (AT, body), key="/en/documents/product-information/alofisel_en.pdf")


def authorisation(*others: Source, page: Source = CUT) -> dict[str, Any]:
    (one,) = body_of(ROW, page, others=tuple(found(other) for other in others))["authorisations"]
    return dict(one)


def test_a_whole_address_of_the_page_counts_first() -> None:
    whole = source("ema.epar_pages", (AT, page_body()))
    assert authorisation(register(), page=whole)["holder"]["address"] == WHOLE


def test_name_and_address_that_run_together_part_where_the_list_says_the_name_ends() -> None:
    text = "Takeda Pharma A/S Delta Park 45\n2665 Vallensbaek Strand\nDenmark"
    body = page_body(holder=None, holder_address=[], holder_address_complete=False, holder_text=text)
    assert authorisation(page=source("ema.epar_pages", (AT, body)))["holder"]["address"] == WHOLE


def test_of_another_company_on_the_newer_page_the_list_is_no_witness() -> None:
    """Esbriet in July 2026: the list of March still says Roche, the page "H.A.C. Pharma Pericentre 2 43 Avenue"."""
    body = page_body(holder=None, holder_address=[], holder_address_complete=False)
    other = body | {"holder_text": "Other Company Main Street 1 Dublin Ireland"}
    assert authorisation(page=source("ema.epar_pages", (AT, other)))["holder"] is None
    older = source("ema.epar_pages", ("2020-01-01T00:00:00Z", other | {"last_updated": "2019-01-01"}))
    assert authorisation(page=older)["holder"]["name"] == "Takeda Pharma A/S"


def test_the_register_fills_what_the_page_cuts_off_and_gives_the_number() -> None:
    one = authorisation(register(), information())
    assert one["holder"]["address"][-1] == "Danmark"
    assert (one["holder"]["address_complete"], one["holder"]["country"]) == (True, "DK")
    assert one["eu_numbers"] == ["EU/1/17/1261"]


def test_the_product_information_fills_what_both_lack() -> None:
    one = authorisation(information())
    assert (one["holder"]["address"], one["holder"]["country"]) == (WHOLE, "DK")
    assert one["eu_numbers"] == ["EU/1/17/1261"]


def test_the_sections_alone_help_where_the_whole_document_says_nothing() -> None:
    silent = information(holder_text=None, eu_numbers=[])
    one = authorisation(silent, information("product_information_sections"))
    assert one["holder"]["address"] == WHOLE
    assert one["eu_numbers"] == ["EU/1/17/1261"]


def test_an_address_of_another_company_is_never_used() -> None:
    other = authorisation(register(holder="TiGenix S.A.U."), information(holder_text="TiGenix S.A.U. Madrid Spain"))
    assert other["holder"]["address"] == ["Delta Park 45"]
    assert other["holder"]["address_complete"] is False
    assert other["holder"]["country"] is None


def test_an_address_without_its_country_is_not_used_as_whole() -> None:
    one = authorisation(information(holder_text="Takeda Pharma A/S Delta Park 45 2665 Vallensbaek Strand"))
    assert one["holder"]["address_complete"] is False


def test_an_orphan_designation_in_the_register_is_no_authorisation() -> None:
    assert authorisation(register(type="orphan", eu_numbers=["EU/3/09/667"]))["eu_numbers"] == []
