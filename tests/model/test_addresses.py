"""Postal addresses: their country, their lines, and that no word gets lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.model.addresses import country_of, lines_of, split_lines, without_contact


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["Delta Park 45", "2665 Vallensbaek Strand", "Denmark"], "DK"),
        (["Delta Park 45", "2665 Vallensbaek Strand", "Danmark"], "DK"),
        (["Kiinteistö 1", "02200 Espoo", "Suomi"], "FI"),
        (["Rue 1", "1070 Bruxelles", "Belgique/België"], "BE"),
        (["Οδός 1", "Ελλάδα"], "GR"),
        (["Vista Building Elm Park Dublin 4 Ireland"], "IE"),
        (["12 Riverwalk", "Dublin 24", "Ireland D24 YK11"], "IE"),
        (["12 Riverwalk", "Dublin 24", "Ireland", "D24 YK11"], "IE"),
        (["Court", "Devon", "United Kingdom EX31 3UD"], "GB"),
        (["1 Road", "Belfast", "Northern Ireland"], "GB"),
        (["Hillbrow Road", "Surrey KT10 9NW", "UK"], "GB"),
        (["Spain."], "ES"),
        (["8, rue Jonas Salk", "F-69007 Lyon"], None),
        (["Indiana"], None),
        ([], None),
    ],
)
def test_the_country_ends_the_address_in_any_of_its_languages(lines: list[str], code: str | None) -> None:
    assert country_of(lines) == code


@pytest.mark.parametrize(
    ("text", "holder", "lines"),
    [
        (
            "Takeda Pharma A/S Delta Park 45 2665 Vallensbaek Strand Denmark",
            "Takeda Pharma A/S",
            ["Delta Park 45", "2665 Vallensbaek Strand", "Denmark"],
        ),
        (
            "Novartis Europharm Limited\nVista Building\nElm Park, Merrion Road\nDublin 4\nIreland",
            "Novartis Europharm Limited",
            ["Vista Building", "Elm Park", "Merrion Road", "Dublin 4", "Ireland"],
        ),
        (
            "Amgen Europe B.V. Minervum 7061 4817 ZK Breda The Netherlands",
            "Amgen Europe BV",
            ["Minervum 7061", "4817 ZK Breda", "The Netherlands"],
        ),
        (
            "AstraZeneca AB SE-151 85 Södertälje Sweden",
            "AstraZeneca AB",
            ["SE-151 85 Södertälje", "Sweden"],
        ),
        (
            "Zentiva, k.s. U Kabelovny 130 102 37 Prague 10 Czech Republic",
            "Zentiva k.s.",
            ["U Kabelovny 130", "102 37 Prague 10", "Czech Republic"],
        ),
        (
            "Chiesi Farmaceutici S.p.A. Via Palermo, 26/A 43122 Parma Italy",
            "Chiesi Farmaceutici S.p.A.",
            ["Via Palermo, 26/A", "43122 Parma", "Italy"],
        ),
        (
            "Gen.Orph, 185, Bureaux de la Colline, 92213, Saint Cloud, France",
            "Gen.Orph",
            ["185, Bureaux de la Colline", "92213, Saint Cloud", "France"],
        ),
        (
            "Accord Healthcare S.L.U. Moll de Barcelona, s/n, Edifici Est, Barcelona, 08039, Spain",
            "Accord Healthcare S.L.U.",
            ["Moll de Barcelona, s/n", "Edifici Est", "Barcelona, 08039", "Spain"],
        ),
        (
            "Grünenthal GmbH Zieglerstr. 6 52078 Aachen Germany Tel.: +49-241-569-0",
            "Grünenthal GmbH",
            ["Zieglerstr. 6", "52078 Aachen", "Germany"],
        ),
        ("Bayer AG 51368 Leverkusen Germany", "Bayer AG", ["51368 Leverkusen", "Germany"]),
        ("Roche Registration GmbH 1 Street", "Pfizer Europe MA EEIG", []),
        ("", "Pfizer", []),
    ],
)
def test_an_address_that_runs_together_is_parted_into_its_lines(text: str, holder: str, lines: list[str]) -> None:
    assert lines_of(text, holder) == lines


def test_the_first_line_of_another_source_parts_what_nothing_else_does() -> None:
    text = "Plaza PLC Plaza 254 Blanchardstown Park 2 Dublin 15, D15 T867 Ireland"
    assert lines_of(text, "Plaza PLC", "Plaza 254") == [
        "Plaza 254",
        "Blanchardstown Park 2",
        "Dublin 15, D15 T867",
        "Ireland",
    ]


def test_a_name_amid_the_lines_is_taken_out_unless_the_order_can_not_be_right() -> None:
    name = "ViiV Healthcare BV"
    assert lines_of(f"Straat 55H\n{name} 3811 LP Amersfoort\nNetherlands", name) == [
        "Straat 55H",
        "3811 LP Amersfoort",
        "Netherlands",
    ]
    assert lines_of(f"3811 LP Amersfoort\n{name} Straat 55H Netherlands", name) == []


def test_telephone_and_mail_are_no_part_of_an_address() -> None:
    for contact in ("Tel. +353 1 566", "e-mail: a@b.eu", "medinfo@takeda.com", "P: +45 4677", "+49 89 1", "www.a.eu"):
        assert without_contact(f"Munich\nGermany {contact}") == "Munich\nGermany"
    assert without_contact("Hotel Street 5, Telford, United Kingdom") == "Hotel Street 5, Telford, United Kingdom"


def _signs(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


@given(st.text(alphabet=st.sampled_from("aB1 9,;\n-/.é"), max_size=60))
def test_splitting_lines_keeps_every_letter_and_digit_in_order(text: str) -> None:
    lines = split_lines(text)
    assert _signs("".join(lines)) == _signs(text)
    assert all(line == line.strip() and line for line in lines)


STREETS = st.sampled_from(["Delta Park 45", "Rue de l'Institut 89", "Via Palermo, 26/A", "Elm Park, Merrion Road"])
TOWNS = st.sampled_from(["2665 Vallensbaek", "B-1330 Rixensart", "43122 Parma", "Dublin 4", "1101 CT, Amsterdam"])
COUNTRIES = st.sampled_from([("Denmark", "DK"), ("The Netherlands", "NL"), ("Ireland", "IE"), ("Italia", "IT")])
GAPS = st.sampled_from([" ", ", ", "\n"])


@given(STREETS, TOWNS, COUNTRIES, GAPS, GAPS)
def test_lines_keep_all_words_and_end_with_the_country(
    street: str, town: str, country: tuple[str, str], first: str, second: str
) -> None:
    name, code = country
    lines = lines_of(f"Some Company A/S {street}{first}{town}{second}{name}", "Some Company A/S")
    assert _signs("".join(lines)) == _signs(street + town + name)
    assert lines[-1] == name
    assert country_of(lines) == code
