"""French names: one row names four classes."""

from medpath.fetch.files import SourceFile
from medpath.sources.reading import Report
from medpath.sources.who_atc import names_fr

DATA = """atc_level4_code,level1_fr,level2_fr,level3_fr,level4_fr
A06AA,Système digestif,Laxatifs,Laxatifs,émollients
A06AB,Système digestif,Purgatifs,Laxatifs,laxatifs de contact
A06,Système digestif,Laxatifs,Laxatifs,rien
A06AB,Système digestif,Laxatifs,Laxatifs,encore
A06AC,Système digestif,Laxatifs,Laxatifs,
"""


def test_each_row_names_the_classes_above_it() -> None:
    report = Report("who_atc.names_fr")
    records = list(names_fr.read(SourceFile("who_atc.names_fr", "atc-fr-2023-10-13.csv", "", DATA.encode()), report))
    names = {record.key: record.body["names"]["fr"] for record in records}
    assert names == {
        "A": "Système digestif",
        "A06": "Laxatifs",
        "A06A": "Laxatifs",
        "A06AA": "Émollients",
        "A06AB": "Laxatifs de contact",
    }
    assert [record.body["level"] for record in records] == [1, 2, 3, 4, 4]
    assert [issue.code for issue in report.issues] == [
        "differing-name",
        "doubled-record",
        "doubled-record",
        "no-name",
    ]
    assert report.rejected == 2
