"""From a withdrawn medicine's page without questions and EMA's overview document to the record and its page."""

import shutil
from pathlib import Path

import pytest

from medpath.sample import editions
from medpath.store.read import Register
from tests.documents.test_overviews import OLD
from tests.lists import Store

FRONT = """---
document_datetime: 2023-09-21 17:16:52
document_pathfilename: www.ema.europa.eu/en/documents/overview/alofisel-epar-summary-public_en.pdf
---
"""


@pytest.fixture
def store(database_url, tmp_path):
    store = Store(tmp_path, database_url)
    yield store
    store.database.dispose()


def test_a_withdrawn_medicine_gets_its_questions_back_from_its_overview_document(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (page,) = (editions()[0] / "epar-pages").glob("alofisel*.html")
    shutil.copy(page, folder)
    store.sync(folder)
    overview = Register(store.database).medicine("EMEA/H/C/004258")["overview"]
    assert (overview["questions"], overview["no_longer_shown"]) == ([], True)

    (folder / "alofisel-epar-summary-public_en.md").write_text(FRONT + OLD, encoding="utf-8")
    store.sync(folder)
    medicine = Register(store.database).medicine("EMEA/H/C/004258")
    overview = medicine["overview"]
    assert [(one["question"], one["archived"]) for one in overview["questions"]] == [
        ("What is Velmora?", True),
        ("What is Velmora used for?", True),
        ("How does Velmora work?", True),
        ("Other information about Velmora", True),
    ]
    assert (overview["questions_month"], overview["archived_at"]) == ("2018-06", "2023-09-21T17:16:52Z")
    assert medicine["provenance"]["overview.questions"]["dataset"] == "emamds.overviews"
