"""search, changes, status and issues: what they print for people and for programs."""

import pytest

from medpath.store.database import Database
from medpath.store.read import Register
from tests.lists import Store, authorised, write_report


@pytest.fixture
def register(sample_data):
    database = Database(f"sqlite:///{sample_data / 'medpath.sqlite'}")
    yield Register(database)
    database.dispose()


def test_search_finds_a_medicine_by_its_name(medpath):
    found = medpath("search", "alofisel", "--kind", "medicine", "--json").json
    assert (found["query"], found["items"][0]["product_number"]) == ("alofisel", "EMEA/H/C/004258")
    assert set(found) == {"query", "understood", "total", "next", "items", "facets", "nearest"}


def test_search_says_first_what_is_not_authorised(medpath):
    lines = medpath("search", "alofisel", "--kind", "medicine").out.splitlines()
    assert lines[1].startswith("NOT AUTHORISED: withdrawn  Alofisel")


def test_search_says_what_is_no_longer_listed(run, tmp_path):
    rows = [authorised(number) for number in range(1, 31)]
    store = Store(tmp_path / "store")
    store.sync(write_report(tmp_path / "full", "2026-01-01", rows))
    store.sync(write_report(tmp_path / "less", "2026-02-01", rows[1:]))
    lines = run("--data", store.settings.data, "search", "medicine", "--kind", "medicine", "--limit", "40").out
    assert [line.split("  ")[1] for line in lines.splitlines() if "no longer listed" in line] == ["Medicine 1"]


def test_search_takes_several_words_without_quotes(medpath):
    assert medpath("search", "dimethyl", "fumarate", "--json").json["query"] == "dimethyl fumarate"


def test_search_keeps_to_its_filters(medpath):
    found = medpath("search", "a", "--status", "refused", "--json").json
    assert {item["status"]["code"] for item in found["items"] if item["kind"] == "medicine"} <= {"refused"}
    found = medpath("search", "a", "--kind", "medicine", "--atc", "L01", "--limit", "3", "--json").json
    assert len(found["items"]) <= 3


def test_a_search_without_result_says_so_and_is_no_failure(medpath):
    found = medpath("search", "qqqqqqzzzzz")
    assert (found.code, found.out) == (0, "")
    assert "Nothing was found" in found.err


def test_a_search_says_how_it_was_understood_and_where_it_finds_nothing_what_does(medpath):
    found = medpath("search", "withdrawn", "CAR-T")
    assert (found.code, found.out) == (0, "")
    lines = found.err.splitlines()
    assert lines[1] == "“withdrawn” is taken for status withdrawn."
    assert lines[2].startswith("“CAR-T” is taken for wording car-t: INN with -cabtagene; tisagenlecleucel; advanced")
    assert "“CAR-T” finds 2 (with fewer conditions)." in lines
    assert "“withdrawn advanced therapy” finds 1 (a wider kind)." in lines
    assert "“alofisle”; shown is “" in medpath("search", "alofisle").err
    told = medpath("search", "withdrawn CAR-T", "--json").json
    assert {"as": "wider", "query": "withdrawn advanced therapy", "total": 1} in told["nearest"]


def test_an_unknown_kind_is_wrong_usage(medpath):
    assert medpath("search", "a", "--kind", "planet").code == 2


def test_changes_are_listed_as_the_contract_has_them(medpath, register):
    listed = medpath("changes", "--json").json
    assert listed == register.changes(limit=10_000).items
    assert [one["sequence"] for one in listed] == sorted(one["sequence"] for one in listed)


def test_changes_of_a_time_and_of_a_medicine(medpath):
    assert medpath("changes", "--since", "2027-01-01", "--json").json == []
    assert medpath("changes", "--until", "2026-01-01", "--json").json == []
    everything = medpath("changes", "--json").json
    name = everything[0]["medicine"].rpartition(":")[2]
    of_one = medpath("changes", "--medicine", name, "--json").json
    assert of_one == [one for one in everything if one["medicine"] == everything[0]["medicine"]]


def test_days_in_the_wrong_order_are_wrong_usage(medpath):
    asked = medpath("changes", "--since", "2026-03-02", "--until", "2026-03-01")
    assert (asked.code, asked.out) == (2, "")
    assert "--until lies before --since" in asked.err


def test_changes_for_people_end_with_the_newest(medpath, register):
    shown = medpath("changes", "--limit", "3")
    every = register.changes(limit=10_000)
    lines = shown.out.splitlines()
    assert len(lines) == 4
    assert [line[:10] for line in lines[1:]] == sorted(one["observed_at"][:10] for one in every.items)[-3:]
    assert f"The newest 3 of {every.total:,}" in shown.err


def test_the_newest_changes_are_those_observed_last_whenever_they_were_written(run, tmp_path):
    store = Store(tmp_path / "store")
    for day, name in (("2026-03-01", "Third"), ("2026-01-01", "First"), ("2026-02-01", "Second")):
        rows = [authorised(name_of_medicine=name), *(authorised(number) for number in range(1, 30))]
        store.sync(write_report(tmp_path / day, day, rows))
    lines = run("--data", store.settings.data, "changes", "--limit", "2").out.splitlines()
    assert [(line[:10], line.split(" → ")[-1]) for line in lines[1:]] == [
        ("2026-02-01", "Second"),
        ("2026-03-01", "Third"),
    ]


def test_a_change_of_a_related_record_says_what_of_it_changed(medpath):
    lines = medpath("changes", "--medicine", "rybelsus").out
    assert "related.shortages" in lines
    assert "status ongoing → resolved" in lines


def test_changes_name_the_status_of_what_is_not_authorised(medpath, register):
    status = {one["id"]: one["status"]["code"] for one in register.all_medicines()}
    lines = medpath("changes", "--limit", "500").out.splitlines()[1:]
    for line, change in zip(lines, register.last_changes(None, limit=500)[::-1], strict=True):
        code = status[change["medicine"]]
        assert (f"{change['name']} ({code})" in line) == (code != "authorised")


def test_status_counts_every_dataset(medpath, register):
    shown = medpath("status", "--json").json
    assert shown["medicines"] == register.count()
    assert shown["sample"] is True
    assert [one["name"] for one in shown["datasets"]] == [one["name"] for one in register.datasets()]
    assert "ema.medicines" in medpath("status").out
    assert "Date of the data: 2026-03-14T05:00:00Z." in medpath("status").out


def test_issues_can_be_chosen_by_dataset_and_code(medpath, register):
    assert medpath("issues", "--json").json == register.issues(limit=10_000).items
    wrong = medpath("issues", "--dataset", "ema.planets")
    assert wrong.code == 2
    assert "ema.medicines" in wrong.err
