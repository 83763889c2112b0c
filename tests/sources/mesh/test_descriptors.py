"""MeSH headings with their entry terms."""

from datetime import UTC, datetime

import pytest

from medpath.errors import SourceFailed
from medpath.fetch.files import SourceFile
from medpath.sources.mesh import descriptors
from medpath.sources.reading import Report

TERMS = "DescriptorUI\tDescriptorName\tTermName\tRecordPreferredTermYN\n"


def test_the_terms_of_a_heading_are_one_record_that_offers_each_of_them() -> None:
    report = Report("mesh.descriptors")
    data = TERMS + "D012003\tRectal Fistula\tRectal Fistula\tY\nD012003\tRectal Fistula\tFistula, Rectal\tN\n"
    file = SourceFile("mesh.descriptors", "mesh/mesh-2023-entry-terms.tsv", "", data.encode())
    (record,) = descriptors.read(file, report)
    assert record.key == "D012003"
    assert record.body == {"id": "D012003", "name": "Rectal Fistula", "terms": ["Fistula, Rectal"]}
    assert record.offers == (("mesh", "rectal fistula"), ("mesh", "fistula rectal"))
    assert report.observed_at == datetime(2023, 1, 1, tzinfo=UTC), "the edition's year"
    assert report.issues == []


def test_a_date_in_the_files_name_counts_before_the_edition() -> None:
    report = Report("mesh.descriptors")
    day = datetime(2023, 12, 27, tzinfo=UTC)
    data = TERMS + "D012003\tRectal Fistula\tRectal Fistula\tY\n"
    list(
        descriptors.read(SourceFile("x", "mesh-2023-12-27-entry-terms.tsv", "", data.encode(), observed_at=day), report)
    )
    assert report.observed_at is None


def test_another_table_is_refused() -> None:
    data = b"DescriptorUI\tDescriptorName\ttree_location\nD012003\tA\tC06\n"
    file = SourceFile("mesh.descriptors", "mesh-2023-entry-terms.tsv", "", data)
    with pytest.raises(SourceFailed, match="termname"):
        list(descriptors.read(file, Report("mesh.descriptors")))
