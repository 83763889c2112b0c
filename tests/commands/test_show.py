import inspect
import re

import pytest

from medpath.commands import dossier
from medpath.store.database import Database
from medpath.store.read import Register
from medpath.translations import catalogue

ALOFISEL = "EMEA/H/C/004258"


@pytest.fixture
def register(sample_data):
    database = Database(f"sqlite:///{sample_data / 'medpath.sqlite'}")
    yield Register(database)
    database.dispose()


@pytest.mark.parametrize("spelling", [ALOFISEL, "emea-h-c-4258", "H/C/004258", "EU/1/17/1261", "eu-1-17-1261-001"])
def test_a_number_in_any_usual_spelling_finds_its_medicine(medpath, spelling):
    assert medpath("show", spelling, "--json").json["product_number"] == ALOFISEL


def test_a_name_in_any_case_finds_its_medicine(medpath):
    assert medpath("show", "ALOFISEL", "--json").json["product_number"] == ALOFISEL


def test_json_is_the_document_of_the_register(medpath, register):
    assert medpath("show", "alofisel", "--json").json == register.medicine(ALOFISEL)


def test_what_is_not_authorised_says_so_first(medpath):
    shown = medpath("show", "alofisel")
    assert shown.code == 0
    first = shown.out.splitlines()[0]
    assert first == "Not authorised now: the marketing authorisation was withdrawn (13 December 2024)"


def test_no_medicine_looks_authorised_that_is_not(medpath, register):
    for medicine in register.all_medicines():
        first = medpath("show", medicine["product_number"]).out.splitlines()[0]
        assert first.startswith("Not authorised") == (medicine["status"]["code"] != "authorised"), medicine["name"]


def test_the_dossier_says_what_it_knows_and_from_where(medpath):
    shown = medpath("show", "alofisel").out
    for said in (
        "darvadstrocel",
        f"Product number: {ALOFISEL}",
        "ATC code: L04 Immunosuppressants",
        "Delta Park 45",
        "EU numbers: EU/1/17/1261",
        "Flags: Advanced therapy",
        "14 December 2017  Opinion adopted",
        "13 December 2024  Marketing authorisation withdrawn",
        "Documents: Product information",
        "Date of the data: 14 March 2026, 05:00 UTC",
        "MedPath informs. It gives no medical advice;",
    ):
        assert said in shown


def test_chinese_translates_everything_but_the_agency_s_words(medpath):
    shown = medpath("show", "alofisel", "--lang", "zh").out
    assert shown.startswith("目前未获批：上市许可已撤回 (2024年12月13日)\n")
    assert "L04 免疫抑制剂" in shown


def test_every_text_of_the_dossier_is_in_the_catalogue():
    source = inspect.getsource(dossier)
    texts = re.findall(r'(?:_|gettext)\("([^"]+)"', source)
    constants = [value for name, value in vars(dossier).items() if name.isupper() and isinstance(value, str)]
    texts += [text for text in constants if text != dossier.AUTHORISED]
    texts += ["first published %(day)s", "updated %(day)s", "version %(number)s, observed from %(instant)s"]
    assert len(texts) > 10
    chinese = catalogue("zh")
    assert not [text for text in texts if chinese.gettext(text) == text]


def test_as_of_shows_what_was_known_then(medpath):
    then = medpath("show", "alofisel", "--as-of", "2026-02-01", "--json").json
    assert then["as_of"] == "2026-02-01"
    assert then["observed_from"] < "2026-02-02"
    assert "Date of the data: 29 January 2026" in medpath("show", "alofisel", "--as-of", "2026-02-01").out


def test_what_was_authorised_then_says_that_it_is_not_now(medpath):
    lines = medpath("show", "lumark", "--as-of", "2026-02-01").out.splitlines()
    assert lines[2].startswith("Authorised (")
    assert lines[3] == "As of 1 February 2026."
    assert lines[4].startswith("Not authorised now: the marketing authorisation was withdrawn (16 January 2026")


def test_before_the_first_observation_nothing_is_known(medpath):
    shown = medpath("show", "alofisel", "--as-of", "2001-01-01")
    assert shown.code == 3
    assert "begins on 2026-01-29" in shown.err


def test_a_day_that_is_none_is_wrong_usage(medpath):
    shown = medpath("show", "alofisel", "--as-of", "yesterday")
    assert (shown.code, shown.err) == (2, "--as-of needs a day like 2024-12-13, not “yesterday”.\n")
    shown = medpath("show", "alofisel", "--as-of", "2999-01-01")
    assert (shown.code, shown.out) == (2, "")
    assert shown.err.startswith("--as-of needs a day that has come; 2999-01-01 lies in the future")


def test_a_name_that_fits_several_is_not_picked(medpath):
    shown = medpath("show", "Tibsovo")
    assert (shown.code, shown.out) == (3, "")
    said, *candidates = shown.err.splitlines()[-3:]
    assert "fits 2 medicines" in said
    assert all(re.match(r"  EMEA/H/C/\d{6}  Tibsovo  \([a-z-]+\)", line) for line in candidates)


def test_the_candidates_are_one_json_document_where_json_is_asked_for(medpath):
    shown = medpath("show", "Tibsovo", "--json")
    assert shown.code == 3
    assert {one["name"] for one in shown.json["candidates"]} == {"Tibsovo"}
    assert len(shown.json["candidates"]) == 2


def test_what_is_not_there_is_not_found(medpath):
    shown = medpath("show", "no such thing")
    assert (shown.code, shown.out) == (3, "")
    assert "No medicine is called “no such thing”" in shown.err


def test_history_lists_versions_and_what_changed_between_them(medpath, register):
    listed = medpath("history", "alofisel", "--json").json
    assert listed == register.history(ALOFISEL)
    number = next(
        m["product_number"] for m in register.all_medicines() if register.history(m["product_number"])["changes"]
    )
    told = medpath("history", number).out
    change = register.history(number)["changes"][0]
    assert f"  {change['kind']}" in told
    assert f"Version {change['versions'][-1]}, observed {change['observed_at']}" in told


def test_the_history_goes_back_to_a_day(medpath, register):
    listed = medpath("history", "lumark", "--as-of", "2026-02-01", "--json").json
    assert listed["as_of"] == "2026-02-01"
    whole = register.history(listed["product_number"])["versions"]
    assert listed["versions"] == [one for one in whole if one["observed_from"] < "2026-02-02"] != whole
    assert whole[-1]["observed_from"] not in medpath("history", "lumark", "--as-of", "2026-02-01").out
    assert medpath("history", "lumark", "--as-of", "1990-01-01").code == 3


def test_sample_data_say_that_they_are(medpath):
    assert "sample data" in medpath("show", "alofisel").err
