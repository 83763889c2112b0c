"""Labels and values of a page's details, and the holder's name and address among them."""

import pytest

from medpath.sources.ema.epar_page_holder import read_holder
from tests.sources.ema.epar_page_samples import CONTENT, body_of, codes_of, html, markdown, read, with_

LAYOUTS = ("inline", "lines", "list")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_application_has_key_facts_and_no_details(layout: str) -> None:
    content = with_(CONTENT, status="Application withdrawn", dates=(("Withdrawal of application", "17/07/2020"),))
    page = markdown(content, layout).replace("## Product details", "## Key facts")
    end, start = "## Authorisation details\n", page.index("### Pharmacotherapeutic group")
    page = page[:start] + page[page.index(end) + len(end) :]
    (record,), report = read(page.replace("Marketing authorisation holder", "Marketing authorisation applicant"))
    assert record.body["page_kind"] == "application"
    assert record.body["dates"]["withdrawal_of_application"] == "2020-07-17"
    assert record.body["holder"] == "Example Pharma B.V."
    assert record.body["product_number"] == "EMEA/H/C/009999"
    assert codes_of(report) == []


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Withdrawal of marketing authorisation", "withdrawal_expiry_revocation_lapse"),
        ("Lapse of marketing authorisation", "withdrawal_expiry_revocation_lapse"),
        ("Expiry of marketing authorisation", "withdrawal_expiry_revocation_lapse"),
        ("Revocation of marketing authorisation", "withdrawal_expiry_revocation_lapse"),
        ("Refusal of marketing authorisation", "refusal"),
        ("Start of rolling review", "start_of_rolling_review"),
        ("Withdrawal from rolling review", "withdrawal_of_application"),
    ],
)
def test_days_are_known_by_their_labels(label: str, field: str) -> None:
    for layout in LAYOUTS:
        body = body_of(markdown(with_(CONTENT, dates=(*CONTENT.dates, (label, "13/12/2024"))), layout))
        assert body["dates"][field] == "2024-12-13"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_flags_hold_where_they_are_printed_and_are_unknown_where_not(layout: str) -> None:
    flags = body_of(markdown(with_(CONTENT, flags=("Orphan", "Generic")), layout))["flags"]
    assert flags["orphan"] is flags["generic_or_hybrid"] is True
    assert flags["biosimilar"] is None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_opinion_states_its_outcome(layout: str) -> None:
    content = with_(CONTENT, dates=(("Opinion adopted", "25/06/2026"), ("Opinion status", "Positive")))
    assert body_of(markdown(content, layout))["opinion_outcome"] == "positive"


def test_codes_that_are_none_are_told() -> None:
    (record,), report = read(markdown(with_(CONTENT, codes=("VO4D", "L04")), "list"))
    assert record.body["atc"] == ["L04"]
    assert codes_of(report) == ["bad-atc-code"]


def test_unknown_labels_and_values_that_are_too_many_are_told() -> None:
    page = markdown(CONTENT, "list").replace("- **Revision**", "- **Colour**\n    - blue\n- **Revision**")
    _, report = read(page)
    assert codes_of(report) == ["unknown-label"]
    _, report = read(html(CONTENT).replace("<dt>Revision</dt>", "<dt>Colour</dt><dd>blue</dd><dt>Revision</dt>"))
    assert codes_of(report) == ["unknown-label"]
    _, report = read(markdown(CONTENT, "lines").replace("\nRevision\n", "\nColour\n\nblue\n\nRevision\n"))
    assert codes_of(report) == ["unread-text"]
    _, report = read(markdown(CONTENT, "inline").replace(" Revision 12", " Colour blue Revision 12"))
    assert codes_of(report) == ["bad-date"]


def test_words_of_a_value_are_no_labels() -> None:
    page = markdown(with_(CONTENT, substance="revision of an active substance"), "inline")
    assert body_of(page)["active_substances"] == ["revision of an active substance"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_faults_of_single_values_are_told(layout: str) -> None:
    content = with_(CONTENT, revision="twelve", dates=(("Opinion adopted", "31/02/2018"),))
    (record,), report = read(markdown(content, layout))
    assert sorted(codes_of(report)) == ["bad-date", "bad-number"]
    assert (record.body["revision"], record.body["dates"]["opinion_adopted"]) == (None, None)


def test_an_address_is_whole_where_its_country_stands_in_it() -> None:
    address = ("Knollstrasse 67061 Ludwigshafen Germany",)
    body = body_of(markdown(with_(CONTENT, address=address), "lines"))
    assert (body["holder_address"], body["holder_address_complete"]) == (list(address), True)


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("Eli Lilly Nederland B.V. Orteliuslaan 1000", "Eli Lilly Nederland B.V.", "Orteliuslaan 1000"),
        ("AbbVie Deutschland GmbH & Co. KG Knollstrasse", "AbbVie Deutschland GmbH & Co. KG", "Knollstrasse"),
        ("Krka, d.d., Novo mesto Šmarješka cesta 6", "Krka, d.d., Novo mesto", "Šmarješka cesta 6"),
        ("Swedish Orphan Biovitrum AB (publ) SE-112 76", "Swedish Orphan Biovitrum AB (publ)", "SE-112 76"),
        ("Sciencepharma Sp. z o.o Ul. Chelmska 30", "Sciencepharma Sp. z o.o", "Ul. Chelmska 30"),
        ("Outlook Therapeutics NL B. V. Strawinskylaan 5", "Outlook Therapeutics NL B. V.", "Strawinskylaan 5"),
        ("AstraZeneca AB SE-151 85 Södertälje", "AstraZeneca AB", "SE-151 85 Södertälje"),
        ("Takeda International AG Ireland Branch Block 2", "Takeda International AG Ireland Branch", "Block 2"),
        ("Ipsen Pharma 70 rue Balard", "Ipsen Pharma", "70 rue Balard"),
        ("Angelini Pharma S.p.A Angelini Pharma S.p.A", "Angelini Pharma S.p.A", None),
        ("Laboratoire Aguettant Laboratoire Aguettant", "Laboratoire Aguettant", None),
    ],
)
def test_name_and_first_line_part_behind_the_legal_form(line: str, name: str, rest: str | None) -> None:
    holder = read_holder([f"{line}\n1000 Town\nBelgium"], run_together=True)
    assert (holder.name, holder.address) == (name, [*([rest] if rest else []), "1000 Town", "Belgium"])
    assert holder.text is None


def test_a_name_without_a_legal_form_is_not_guessed() -> None:
    holder = read_holder(["Pierre Fabre Medicament Les Cauquillous\n81500 - Lavaur\nFrance"], run_together=True)
    assert (holder.name, holder.address) == (None, [])
    assert holder.text == "Pierre Fabre Medicament Les Cauquillous\n81500 - Lavaur\nFrance"
    _, report = read(markdown(with_(CONTENT, holder="Boehringer Ingelheim"), "list"))
    assert codes_of(report) == ["holder-run-together"]


def test_a_lone_name_is_a_name() -> None:
    for given in ("CIS bio international", "Prestige Biopharma Belgium", "Acadia Pharmaceuticals B.V."):
        holder = read_holder([given], run_together=True)
        assert (holder.name, holder.address) == (given, [])
    assert read_holder([], run_together=True).name is None
