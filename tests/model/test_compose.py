"""A medicine from what EMA's list, EMA's page and others say, each value with the source that gave it."""

import pytest

from medpath.model.compose import compose
from medpath.model.histories import Inputs
from medpath.model.terms import DATES, FLAGS
from tests.model.sources import NUMBER, PAGE, ROW, body_of, found, page_body, row_body, source

CONTRACT = {
    "id", "agency", "product_number", "name", "category", "status", "opinion", "active_substances",
    "inn_or_common_names", "atc", "therapeutic_areas", "pharmacotherapeutic_group", "species",
    "therapeutic_indication", "flags", "overview", "authorisations", "dates", "revision", "latest_procedure",
    "documents", "events", "related", "url", "disagreements", "issues", "no_longer_listed_at",
}  # fmt: skip


def test_every_key_of_the_contract_is_there_even_where_nothing_is_known() -> None:
    bare = row_body(
        status=None, holder=None, dates={}, flags={}, atc=[], therapeutic_areas=[], active_substances=[], url=None
    )
    body = body_of(source("ema.medicines", ("2025-05-01T00:00:00Z", bare), key=NUMBER))
    assert body.keys() >= CONTRACT
    assert body["status"] == {
        "code": None,
        "source_value": None,
        "date": None,
        "statement": [],
        "first_observed_at": None,
    }
    assert body["flags"] == dict.fromkeys(FLAGS)
    assert all(body["dates"][key] is None for key in DATES)
    assert body["atc"] == body["active_substances"] == body["therapeutic_areas"] == []


def test_nothing_is_composed_where_neither_list_nor_page_speaks() -> None:
    assert compose(Inputs(NUMBER, "2026-01-01T00:00:00Z", [], [])) is None


@pytest.mark.parametrize(
    ("code", "field", "day"),
    [
        ("authorised", "marketing_authorisation", "2018-03-23"),
        ("withdrawn", "withdrawal_expiry_revocation_lapse", "2024-12-13"),
        ("lapsed", "withdrawal_expiry_revocation_lapse", "2024-12-13"),
        ("refused", "refusal", "2019-01-01"),
        ("suspended", "suspension", "2019-01-02"),
        ("application-withdrawn", "withdrawal_of_application", "2019-01-03"),
        ("opinion", "opinion_adopted", "2019-01-04"),
    ],
)
def test_the_day_of_the_status_is_the_day_of_that_status_alone(code: str, field: str, day: str) -> None:
    status = {"code": code, "source_value": code}
    others = {"marketing_authorisation": "2000-01-01"} if field != "marketing_authorisation" else {}
    with_day = row_body(status=status, dates={**others, field: day})
    assert body_of(source("ema.medicines", ("2025-05-01T00:00:00Z", with_day)))["status"]["date"] == day
    without = row_body(status=status, dates=others)
    assert body_of(source("ema.medicines", ("2025-05-01T00:00:00Z", without)))["status"]["date"] is None


def test_a_conversion_of_the_page_which_can_lose_lines_gives_the_indication_only_where_nobody_else_does() -> None:
    later = {"last_updated": "2026-02-01", "therapeutic_indication": "Half of it."}
    converted = source("ema.epar_pages", ("2026-02-02T00:00:00Z", page_body(layout="lines", **later)))
    assert body_of(ROW, converted)["therapeutic_indication"] == "For the treatment of a thing."
    own = source("ema.epar_pages", ("2026-02-02T00:00:00Z", page_body(layout="html", **later)))
    assert body_of(ROW, own)["therapeutic_indication"] == "Half of it."
    alone = body_of(converted)
    assert alone["therapeutic_indication"] == "Half of it."
    assert [issue["code"] for issue in alone["issues"]] == ["indication-from-conversion"]


def test_an_application_has_an_applicant_and_no_authorisation() -> None:
    refused = row_body(status={"code": "refused", "source_value": "Refused"}, dates={"refusal": "2019-01-01"})
    body = body_of(source("ema.medicines", ("2025-05-01T00:00:00Z", refused)))
    assert body["authorisations"] == []
    assert body["applicant"]["name"] == "Takeda Pharma A/S"
    ended = body_of(ROW)
    assert ended["applicant"] is None
    assert ended["authorisations"][0]["holder"]["name"] == "Takeda Pharma A/S"


def test_a_day_of_authorisation_makes_no_authorisation_of_a_withdrawn_application() -> None:
    """EMA's list states one for Graspa and for Fingolimod Mylan, whose applications were withdrawn."""
    status = {"code": "application-withdrawn", "source_value": "Application withdrawn"}
    body = body_of(source("ema.medicines", ("2025-05-01T00:00:00Z", row_body(status=status))))
    assert body["authorisations"] == []
    assert body["applicant"]["name"] == "Takeda Pharma A/S"
    assert [issue["code"] for issue in body["issues"]] == ["authorisation-of-an-application"]


def test_a_class_has_its_level_and_its_names_and_says_whether_it_is_complete() -> None:
    [item] = body_of(ROW)["atc"]
    assert item == {
        "system": "ATC",
        "code": "L04",
        "level": 2,
        "complete": False,
        "name": {"en": "Immunosuppressants", "zh": "免疫抑制剂"},
    }
    vet = row_body(atc=[], atcvet=["QI07AA01"])
    [item] = body_of(source("ema.medicines", ("2025-05-01T00:00:00Z", vet)))["atc"]
    assert (item["system"], item["level"], item["complete"]) == ("ATCvet", 5, True)


def test_an_area_gets_its_mesh_number_where_the_vocabulary_has_the_heading() -> None:
    heading = {"id": "D012003", "name": "Rectal Fistula", "terms": ["Fistula, Rectal"], "tree": []}
    mesh = source("mesh.descriptors", ("2023-01-01T00:00:00Z", heading), key="D012003")
    body = body_of(ROW, others=(found(mesh, ("mesh", "rectal fistula")),))
    assert body["therapeutic_areas"][0]["mesh"] == "D012003"
    assert body_of(ROW)["therapeutic_areas"][0]["mesh"] is None


def test_the_present_status_was_first_seen_where_the_unbroken_line_begins() -> None:
    authorised = row_body(status={"code": "authorised", "source_value": "Authorised"})
    line = source(
        "ema.medicines",
        ("2019-01-01T00:00:00Z", row_body()),
        ("2020-01-01T00:00:00Z", authorised),
        ("2021-01-01T00:00:00Z", row_body()),
        ("2022-01-01T00:00:00Z", row_body(revision=13)),
    )
    assert body_of(line)["status"]["first_observed_at"] == "2021-01-01T00:00:00Z"


def test_the_agencys_words_on_the_status_stand_only_with_the_status_that_they_explain() -> None:
    assert body_of(ROW, PAGE)["status"]["statement"] == ["This medicine's authorisation has been withdrawn"]
    other = row_body(status={"code": "authorised", "source_value": "Authorised"}, last_updated="2026-01-01")
    line = source("ema.medicines", ("2026-01-01T00:00:00Z", other))
    assert body_of(line, PAGE)["status"]["statement"] == []


def test_list_and_page_updated_on_one_day_and_differing_is_a_disagreement() -> None:
    page = source("ema.epar_pages", ("2025-05-02T00:00:00Z", page_body(holder="Somebody Else Ltd")))
    [one] = body_of(ROW, page)["disagreements"]
    assert one["field"] == "holder"
    assert [value["value"] for value in one["values"]] == ["Takeda Pharma A/S", "Somebody Else Ltd"]
    assert body_of(ROW, PAGE)["disagreements"] == []


def test_events_are_the_days_that_ema_states_in_their_order() -> None:
    events = [(event["date"], event["kind"]) for event in body_of(ROW)["events"]]
    assert events == [
        ("2018-03-23", "marketing-authorisation"),
        ("2024-12-13", "withdrawal-expiry-revocation-lapse"),
    ]


def test_a_holder_written_in_two_ways_is_no_disagreement_and_another_holder_is_one() -> None:
    row = source("ema.medicines", ("2025-05-01T00:00:00Z", row_body(holder="Organon N.V.")), key=NUMBER)
    for printed, fields in (("N.V. Organon", []), ("Organon Pharma B.V.", ["holder"])):
        page = source("ema.epar_pages", ("2025-05-01T00:00:00Z", page_body(holder=printed)))
        assert [one["field"] for one in body_of(row, page)["disagreements"]] == fields
