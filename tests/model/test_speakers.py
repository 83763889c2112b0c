"""Which of EMA's list and EMA's page leads, and what the other one fills."""

from tests.model.sources import NUMBER, ROW, body_of, composed, found, page_body, row_body, source


def test_the_one_that_ema_updated_later_leads_and_the_other_fills() -> None:
    newer = source(
        "ema.epar_pages", ("2026-01-02T00:00:00Z", page_body(name="Alofisel New", last_updated="2026-01-01"))
    )
    made = composed(ROW, newer)
    assert made.body["name"] == "Alofisel New"
    assert made.provenance["name"].dataset == "ema.epar_pages"
    assert made.body["therapeutic_indication"] == "For the treatment of a thing."
    assert made.provenance["therapeutic_indication"].dataset == "ema.medicines"
    older = source("ema.epar_pages", ("2026-01-02T00:00:00Z", page_body(name="Old", last_updated="2020-01-01")))
    assert body_of(ROW, older)["name"] == "Alofisel"


def test_a_page_whose_conversion_lost_sentences_does_not_change_the_indication() -> None:
    def with_page(layout: str) -> str:
        body = page_body(layout=layout, therapeutic_indication="For a thing.", last_updated="2026-01-01")
        page = source("ema.epar_pages", ("2026-01-02T00:00:00Z", body))
        return str(body_of(ROW, page)["therapeutic_indication"])

    assert with_page("inline") == with_page("lines") == "For the treatment of a thing."
    assert with_page("list") == with_page("html") == "For a thing."


def test_where_the_days_of_update_can_not_be_compared_the_later_observed_leads() -> None:
    """Rows of opinions have no last update; a page seen later that says “Authorised” is the newer word."""
    opinion = row_body(status={"code": "opinion", "source_value": "Opinion"}, last_updated=None)
    authorised = page_body(status={"code": "authorised", "source_value": "Authorised"})
    row = source("ema.medicines", ("2026-03-14T05:00:00Z", opinion), key=NUMBER)
    assert (
        body_of(row, source("ema.epar_pages", ("2026-08-17T00:00:00Z", authorised)))["status"]["code"] == "authorised"
    )
    assert body_of(row, source("ema.epar_pages", ("2026-01-06T00:00:00Z", authorised)))["status"]["code"] == "opinion"


def test_flags_come_from_the_list_since_pages_print_only_those_that_hold() -> None:
    page = source(
        "ema.epar_pages", ("2026-01-02T00:00:00Z", page_body(flags={"orphan": True}, last_updated="2026-01-01"))
    )
    body = body_of(ROW, page)
    assert body["flags"]["orphan"] is False
    assert [one["field"] for one in body["disagreements"]] == ["flags.orphan"]


def test_a_row_found_by_the_pages_address_continues_the_line() -> None:
    gone = source("ema.medicines", ("2024-01-01T00:00:00Z", row_body()), ("2024-08-15T00:00:00Z", None), key=NUMBER)
    stray = row_body(product_number=None, source_product_number="H/C/WS2451", revision=33)
    other = source("ema.medicines", ("2024-08-15T00:00:00Z", stray), key="/en/medicines/human/EPAR/alofisel")
    other = type(other)(other.dataset, other.key, None, other.versions)
    body = body_of(gone, others=(found(other, ("page", "/en/medicines/human/EPAR/alofisel")),))
    assert (body["revision"], body["no_longer_listed_at"]) == (33, None)
    by_name = body_of(gone, others=(found(other, ("medicine-name", "alofisel")),))
    assert (by_name["revision"], by_name["no_longer_listed_at"]) == (12, "2024-08-15T00:00:00Z")


def test_of_the_pages_of_a_renamed_medicine_the_one_updated_last_leads() -> None:
    """Rivaroxaban Koanaa became Svariya in August 2026; its old page stayed, and the table knew that address alone."""
    old = source("ema.epar_pages", ("2026-03-01T00:00:00Z", page_body(last_updated="2025-12-17")), key="/old")
    renamed = page_body(name="Svariya (previously Alofisel)", last_updated="2026-08-03", url="https://x.example/new")
    new = source("ema.epar_pages", ("2026-08-03T00:00:00Z", renamed), key="/new")
    body = body_of(ROW, new, old)
    assert (body["name"], body["url"]) == ("Svariya (previously Alofisel)", "https://x.example/new")
    assert [issue["code"] for issue in body["issues"]] == ["several-pages"]
    mistyped = source("ema.epar_pages", ("2026-08-03T00:00:00Z", renamed | {"name": "Another"}), key="/new")
    assert body_of(ROW, mistyped, old)["name"] == "Alofisel"
