"""The packs of a medicine and its EU numbers: who gives them, and what is said where sources differ."""

from typing import Any

from medpath.model.histories import Source
from tests.model.sources import ROW, body_of, found, source
from tests.model.test_holders import AT, authorisation, information, register

PACK = {
    "eu_number": "EU/1/17/1261/001",
    "name": "Alofisel",
    "strength": "5 million cells/ml",
    "pharmaceutical_form": "Suspension for injection",
    "route_of_administration": "Intralesional use",
    "packaging": "vial (glass)",
    "content": "6 ml",
    "pack_size": "4 vials",
    "text": None,
}
LIST = "/en/documents/all-authorised-presentations/alofisel-epar-all-authorised-presentations_en.pdf"


def packs(number: str = "EU/1/17/1261", at: str = AT, key: str = LIST) -> Source:
    body = {"presentations": [PACK | {"eu_number": f"{number}/001"}], "eu_numbers": [number], "url": key}
    return source("emamds.authorised_presentations", (at, body), key=key)


def disagreements(*others: Source) -> list[dict[str, Any]]:
    found_disagreements = body_of(ROW, others=tuple(found(other) for other in others))["disagreements"]
    return [one for one in found_disagreements if one["field"] == "authorisations.eu_numbers"]


def test_packs_and_their_number_belong_to_the_authorisation() -> None:
    one = authorisation(packs())
    assert one["presentations"] == [PACK]
    assert one["eu_numbers"] == ["EU/1/17/1261"]


def test_without_a_list_there_are_no_packs() -> None:
    one = authorisation(information())
    assert (one["presentations"], one["eu_numbers"]) == ([], ["EU/1/17/1261"])


def test_the_latest_of_several_lists_counts() -> None:
    later = packs("EU/1/17/9999", at="2025-07-01T00:00:00Z", key=LIST.replace("_en", "-0_en"))
    assert authorisation(packs(), later)["eu_numbers"] == ["EU/1/17/9999"]


def test_the_register_leads_and_a_difference_is_shown() -> None:
    wider = register(eu_numbers=["EU/1/17/1261", "EU/1/17/1262"])
    assert authorisation(packs(), wider)["eu_numbers"] == ["EU/1/17/1261", "EU/1/17/1262"]
    (one,) = disagreements(packs(), wider)
    assert [(value["dataset"], value["value"]) for value in one["values"]] == [
        ("union_register.products", ["EU/1/17/1261", "EU/1/17/1262"]),
        ("emamds.authorised_presentations", ["EU/1/17/1261"]),
    ]


def test_a_list_of_another_medicine_gives_nothing_and_is_shown_as_disagreement() -> None:
    one = authorisation(packs("EU/1/20/1440"), information())
    assert (one["presentations"], one["eu_numbers"]) == ([], ["EU/1/17/1261"])
    (shown,) = disagreements(packs("EU/1/20/1440"), information())
    assert [value["value"] for value in shown["values"]] == [["EU/1/20/1440"], ["EU/1/17/1261"]]


def test_sources_that_agree_disagree_about_nothing() -> None:
    assert disagreements(packs(), information(), register()) == []
