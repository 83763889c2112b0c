"""Every report as EMA's site serves it: the mirror's reports, whole."""

import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError

import pytest

from medpath.fetch.files import SourceFile
from medpath.sources import facts
from medpath.sources.reading import Report

EMA = "https://www.ema.europa.eu"
REPORTS = [name for name, dataset in sorted(facts.datasets().items()) if dataset.url.startswith(EMA)]
# no copy of these is held, so that the mirror has none to serve
LACKING = ["ema.herbal_medicines", "ema.medicines_outside_eu", "ema.post_authorisation_opinions"]


@pytest.fixture(scope="module")
def mirror(shared: Any) -> Iterator[Any]:
    sys.path.insert(0, str(shared / "tools"))
    from ema_mirror import Mirror

    with Mirror(port=0) as site:
        yield site


@pytest.mark.parametrize("name", [name for name in REPORTS if name not in LACKING])
def test_every_row_of_every_report_is_accounted_for(mirror: Any, name: str) -> None:
    path = facts.datasets()[name].url.removeprefix(EMA)
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


@pytest.mark.parametrize("name", LACKING)
def test_the_mirror_still_lacks_what_is_listed_as_lacking(mirror: Any, name: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        urllib.request.urlopen(mirror.url + facts.datasets()[name].url.removeprefix(EMA))
