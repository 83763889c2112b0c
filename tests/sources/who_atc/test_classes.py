"""WHO's index: rows of one class become one record; names in sentence case; NA is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.reading import Report, SourceRecord
from medpath.sources.who_atc import classes

HEADER = "atc_code,atc_name,ddd,uom,adm_r,note\n"


def read(*lines: str) -> tuple[list[SourceRecord], Report]:
    report = Report("who_atc.classes")
    data = (HEADER + "\n".join(lines)).encode()
    return list(classes.read(SourceFile("who_atc.classes", "who-atc-ddd.csv", "", data), report)), report


def test_doses_of_one_substance_are_one_record() -> None:
    (record,), report = read(
        'A01AA01,sodium fluoride,1.1,mg,O,"0.5 mg fluoride"', "A01AA01,sodium fluoride,1.1,mg,P,NA"
    )
    assert (record.key, record.offers) == ("A01AA01", (("atc", "A01AA01"),))
    assert record.body == {
        "code": "A01AA01",
        "level": 5,
        "names": {"en": "sodium fluoride"},
        "source_name": "sodium fluoride",
        "defined_daily_doses": [
            {"dose": "1.1", "unit": "mg", "route": "O", "note": "0.5 mg fluoride"},
            {"dose": "1.1", "unit": "mg", "route": "P", "note": None},
        ],
    }
    assert (report.rows, report.rejected, report.issues) == (2, 0, [])


def test_names_in_capitals_keep_their_printed_form_beside() -> None:
    (record,), _ = read("A01,STOMATOLOGICAL PREPARATIONS,NA,NA,NA,NA")
    assert record.body["names"] == {"en": "Stomatological preparations"}
    assert record.body["source_name"] == "STOMATOLOGICAL PREPARATIONS"
    assert record.body["defined_daily_doses"] == []


def test_faults_cost_one_row_at_most() -> None:
    records, report = read(
        "A0,BROKEN,NA,NA,NA,NA",
        "A01,ONE,NA,NA,NA,NA",
        "A01,OTHER,NA,NA,NA,NA",
        "A02,NA,NA,NA,NA,NA",
        "A03,THREE,NA,NA,NA",
    )
    assert [record.key for record in records] == ["A01", "A02", "A03"]
    assert [issue.code for issue in report.issues] == ["no-identity", "differing-name", "no-name", "missing-cells"]
    assert (report.rows, report.rejected) == (5, 1)


def test_another_header_is_a_changed_format() -> None:
    report = Report("who_atc.classes")
    with pytest.raises(SourceFailed, match="atc_name"):
        list(classes.read(SourceFile("who_atc.classes", "x.csv", "", b"code,name\nA,B\n"), report))


CELLS = st.sampled_from(["A01", "a01 aa", "A01AA01", "A0", "NA", "", "STOMATOLOGICALS", "1.1", '"', "=1+1", "\u00a0"])


@given(st.lists(st.lists(CELLS, min_size=6, max_size=6).map(",".join), max_size=8))
def test_every_row_is_in_a_record_or_rejected(lines: list[str]) -> None:
    try:
        records, report = read(*lines)
    except SourceFailed:
        return
    codes = [record.key for record in records]
    assert len(codes) == len(set(codes))
    assert report.rejected == sum(issue.severity == "error" for issue in report.issues)
    assert len(codes) <= report.rows - report.rejected
    assert all("NA" not in dose.values() for record in records for dose in record.body["defined_daily_doses"])
