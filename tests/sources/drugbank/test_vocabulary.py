"""Names of substances: what a row gives, what is refused, and that no bytes break the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.drugbank import vocabulary
from medpath.sources.reading import Report, SourceRecord

HEAD = "DrugBank ID,Accession Numbers,Common name,CAS,UNII,Synonyms,Standard InChI Key\n"
NAME = "drugbank-open-vocabulary.csv"


def read(rows: str, head: str = HEAD) -> tuple[list[SourceRecord], Report]:
    report = Report("drugbank.vocabulary")
    file = SourceFile("drugbank.vocabulary", NAME, "", (head + rows).encode())
    return list(vocabulary.read(file, report)), report


def test_a_row_is_a_substance_that_is_found_by_each_of_its_names() -> None:
    (record,), report = read("DB00316,,Acetaminophen,103-90-2,362O9ITL9D,Acetaminofén | Paracetamol | Acetaminophen,\n")
    assert record.key == "DB00316"
    assert record.body == {
        "id": "DB00316",
        "name": "Acetaminophen",
        "cas": "103-90-2",
        "unii": "362O9ITL9D",
        "synonyms": ["Acetaminofén", "Paracetamol"],
    }
    assert record.offers == (("synonym", "acetaminophen"), ("synonym", "acetaminofen"), ("synonym", "paracetamol"))
    assert report.issues == []


def test_a_synonym_of_the_other_hand_is_no_synonym() -> None:
    (record,), _ = read("DB13139,,Levosalbutamol,34391-04-3,EDN2NBH5SS,(-)-Albuterol | R-salbutamol,\n")
    assert record.body["synonyms"] == ["R-salbutamol"]


def test_numbers_that_are_none_are_left_out_with_an_issue() -> None:
    (record,), report = read("DB00316,,Acetaminophen,103-90-3,none,,\n")
    assert (record.body["cas"], record.body["unii"]) == (None, None)
    assert [issue.code for issue in report.issues] == ["bad-cas", "bad-unii"]


def test_a_row_without_identity_or_twice_costs_that_row() -> None:
    records, report = read("X1,,Acetaminophen,,,,\nDB00001,,,,,,\nDB00002,,Cetuximab,,,,\nDB00002,,Cetuximab,,,,\n")
    assert [record.key for record in records] == ["DB00002"]
    assert [issue.code for issue in report.issues] == ["no-identity", "no-identity", "doubled"]


def test_another_table_and_an_unknown_column_are_seen() -> None:
    with pytest.raises(SourceFailed, match="common_name"):
        read("DB00001,x\n", "DrugBank ID,Name\n")
    _, report = read("DB00002,,Cetuximab,,,,,new\n", HEAD.strip() + ",Colour\n")
    assert report.issues


@given(st.text(max_size=200))
def test_no_row_breaks_the_reader(text: str) -> None:
    try:
        records, report = read(text)
    except SourceFailed:
        return
    assert all(record.body["name"] for record in records)
    assert len(records) <= report.rows
