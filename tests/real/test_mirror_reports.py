"""The documents and plans as EMA's site serves them: the mirror's reports, whole."""

import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medpath.fetch.files import SourceFile
from medpath.sources import facts
from medpath.sources.reading import Report


@pytest.fixture(scope="module")
def mirror(shared: Path) -> Iterator[Any]:
    sys.path.insert(0, str(shared / "tools"))
    from ema_mirror import Mirror

    with Mirror(port=0) as site:
        yield site


@pytest.mark.parametrize("name", sorted(facts.datasets()))
def test_every_row_of_every_report_is_accounted_for(mirror: Any, name: str) -> None:
    path = facts.datasets()[name].url.removeprefix("https://www.ema.europa.eu")
    with urllib.request.urlopen(mirror.url + path) as answer:
        data = answer.read()
    report = Report(name)
    records = list(facts.reader_of(name)(SourceFile(name, path, "", data), report))
    assert report.rows == report.declared_total == len(records) + report.rejected
    assert report.rejected == 0
    unexpected = Counter(issue.code for issue in report.issues) - Counter(
        {"bad-atc-code": 4, "repaired-number": 1, "updated-before-published": 4, "bad-date": 1}
    )
    assert not unexpected
    if name == "ema.epar_documents":
        assert sum(record.medicine == "EMEA/H/C/004258" for record in records) == 9
