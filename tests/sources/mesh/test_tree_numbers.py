"""Places of MeSH headings in the tree."""

from medpath.fetch.files import SourceFile
from medpath.sources.mesh import tree_numbers
from medpath.sources.reading import Report

TREE = "DescriptorUI\tDescriptorName\ttree_location\n"


def test_places_in_the_tree() -> None:
    report = Report("mesh.tree_numbers")
    rows = [
        "D012003\tRectal Fistula\tC06.405.469.471.374",
        "D012003\tRectal Fistula\tC06.405.469.860.622",
        "D1\tBroken\tC06",
        "D012004\tRectal Neoplasms\t",
        "D012004\tRectal Neoplasms\tC06..1",
    ]
    file = SourceFile("mesh.tree_numbers", "mesh-2023-tree-numbers.tsv", "", (TREE + "\n".join(rows)).encode())
    (record,) = tree_numbers.read(file, report)
    assert record.body["tree"] == ["C06.405.469.471.374", "C06.405.469.860.622"]
    assert [issue.code for issue in report.issues] == ["no-identity", "no-identity", "bad-tree-number"]
    assert (report.rows, report.rejected) == (5, 3)
