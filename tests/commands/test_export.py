import csv
import io
import json
import os
import sqlite3

import pytest

from medpath.store.database import Database
from medpath.store.read import Register
from medpath.tabular import CHANGE_COLUMNS, DATASET_COLUMNS, DOCUMENT_COLUMNS, MEDICINE_COLUMNS


@pytest.fixture
def register(sample_data):
    database = Database(f"sqlite:///{sample_data / 'medpath.sqlite'}")
    yield Register(database)
    database.dispose()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_holds_every_medicine_with_source_and_date_of_the_data(medpath, register):
    exported = rows(medpath("export").out)
    assert [row["product_number"] for row in exported] == register.numbers()
    assert list(exported[0]) == list(MEDICINE_COLUMNS)
    assert {row["data_date"] for row in exported} == {register.data_date()}
    assert all(row["source"] for row in exported)
    alofisel = next(row for row in exported if row["name"] == "Alofisel")
    assert (alofisel["status"], alofisel["status_date"], alofisel["advanced_therapy"], alofisel["eu_numbers"]) == (
        "withdrawn", "2024-12-13", "true", "EU/1/17/1261",
    )  # fmt: skip


def test_json_lines_hold_whole_records(medpath, register):
    lines = [json.loads(line) for line in medpath("export", "--format", "jsonl").out.splitlines()]
    held = list(register.all_medicines())
    assert [{key: line[key] for key in held[0]} for line in lines] == held
    assert {line["data_date"] for line in lines} == {register.data_date()}


@pytest.mark.parametrize(
    ("name", "columns"), [("documents", DOCUMENT_COLUMNS), ("changes", CHANGE_COLUMNS), ("datasets", DATASET_COLUMNS)]
)
def test_other_lists_have_their_columns(medpath, name, columns):
    exported = rows(medpath("export", name).out)
    assert exported
    assert list(exported[0]) == list(columns)
    assert len(medpath("export", name, "--format", "jsonl").out.splitlines()) <= len(exported)


def test_filters_choose_medicines_in_every_list(medpath):
    exported = rows(medpath("export", "--status", "withdrawn", "--category", "human").out)
    assert {(row["status"], row["category"]) for row in exported} == {("withdrawn", "human")}
    numbers = {row["product_number"] for row in exported}
    documents = rows(medpath("export", "documents", "--status", "withdrawn", "--category", "human").out)
    assert {row["product_number"] for row in documents} <= numbers
    changes = rows(medpath("export", "changes", "--status", "withdrawn", "--category", "human").out)
    assert {row["medicine"].rpartition(":")[2].replace("-", "/") for row in changes} <= numbers


def test_filters_that_nothing_fits_say_so(medpath):
    exported = medpath("export", "--area", "none-such")
    assert (exported.code, rows(exported.out)) == (0, [])
    assert "No medicine fits the filters." in exported.err


def test_an_sqlite_file_holds_every_list_as_a_table(medpath, register, tmp_path):
    file = tmp_path / "medpath-export.sqlite"
    assert medpath("export", "--format", "sqlite", "--output", file).code == 0
    connection = sqlite3.connect(file)
    tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    assert tables == {"about", "medicines", "documents", "changes", "issues", "datasets"}
    assert connection.execute("select count(*) from medicines").fetchone() == (register.count(),)
    assert connection.execute("select value from about where name = 'data_date'").fetchone() == (register.data_date(),)
    assert connection.execute("select revision from medicines where name = 'Alofisel'").fetchone() == (12,)
    connection.close()


def test_an_sqlite_file_needs_a_name(medpath):
    exported = medpath("export", "--format", "sqlite")
    assert (exported.code, exported.out) == (2, "")
    assert "--output" in exported.err


def test_filters_of_medicines_do_not_fit_other_lists(medpath):
    assert medpath("export", "issues", "--status", "withdrawn").code == 2


def test_a_file_appears_whole_or_not_at_all(medpath, tmp_path):
    file = tmp_path / "medicines.csv"
    assert medpath("export", "--output", file).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["medicines.csv"]
    assert file.read_bytes().decode() == medpath("export").out
    missing = medpath("export", "--output", tmp_path / "no" / "medicines.csv")
    assert missing.code == 2
    assert "choose another place" in missing.err


def test_a_device_is_not_replaced_by_a_file(medpath, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (pipe, tmp_path):
        refused = medpath("export", "--output", target)
        assert (refused.code, refused.out) == (2, "")
        assert "no file that could be replaced" in refused.err
    assert pipe.is_fifo()


def test_medicines_as_of_a_day(medpath):
    then = rows(medpath("export", "--as-of", "2026-02-01", "--status", "authorised").out)
    assert "Lumark" in {row["name"] for row in then}, "withdrawn since"
    assert "Lumark" not in {row["name"] for row in rows(medpath("export", "--status", "authorised").out)}
    assert all(row["data_date"] < "2026-02-02" for row in then)
    assert len(rows(medpath("export", "--as-of", "2001-01-01").out)) == 0
    assert medpath("export", "changes", "--as-of", "2026-02-01").code == 2
    assert medpath("export", "--as-of", "2999-01-01").code == 2
