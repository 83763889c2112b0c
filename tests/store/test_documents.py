"""The versions of documents and the sections of their texts, as they are read from the store."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from medpath.store.database import Database
from medpath.store.documents import Documents
from medpath.store.tables import document_text, issue, run, section
from tests.documents.qrd_documents import summary, whole
from tests.lists import Store

PATH = "www.ema.europa.eu/en/documents/product-information/examplin-epar-product-information_en.pdf"
URL = f"https://{PATH}"
DOCUMENT = {"url": URL, "type": "product-information"}


def write(folder: Path, day: str, text: str, path: str = PATH) -> Path:
    """Writes a document in the form of the Markdown conversion, as of a day."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{Path(path).name}_{day}.md"
    file.write_text(f"---\ndocument_datetime: {day} 10:00:00\ndocument_pathfilename: {path}\n---\n{text}")
    return file


@dataclass
class Held:
    store: Store
    documents: Documents
    files: Path

    def add(self, day: str, text: str, path: str = PATH) -> None:
        self.store.sync(write(self.files, day, text, path))


@pytest.fixture
def held(database_url, tmp_path):
    """A store without anything, and a folder to fill it from."""
    store = Store(tmp_path, database_url)
    yield Held(store, Documents(store.database), tmp_path / "files")
    store.database.dispose()


def count(database: Database, table: sa.Table) -> int:
    with database.reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table))


def test_a_section_comes_back_as_it_was_cut(held):
    held.add("2026-01-06", whole())
    version = held.documents.version(URL)
    (effects,) = held.documents.sections(version.text, "smpc", "4.8")
    assert (effects.title, effects.unit, effects.product) == ("Undesirable effects", 1, None)
    assert [block.text for block in effects.blocks] == ["The most common one was yawning."]
    assert [one.number for one in held.documents.contents(version.text) if one.part == "annex-ii"] == list("0ABCD")
    assert held.store.register.operation()["texts"] == {("product-information", "split"): 1}


def test_each_different_text_is_a_version_and_the_same_text_seen_again_is_none(held):
    held.add("2025-01-06", whole())
    held.add("2025-06-06", whole() + "\n \n")
    held.add("2026-01-06", whole(summary(s4_8="Nobody yawned any more.")))
    first, second = held.documents.versions(URL)
    assert (first.number, first.observed_from, first.observed_to[:10]) == (1, "2025-01-06T10:00:00Z", "2025-06-06")
    assert (second.number, second.observed_from) == (2, "2026-01-06T10:00:00Z")


def test_versions_do_not_depend_on_the_order_of_reading(held):
    texts = {
        "2025-01-06": whole(),
        "2025-06-06": whole(summary(s4_8="Nobody yawned.")),
        "2026-01-06": whole(),
    }
    for day in ("2026-01-06", "2025-01-06", "2025-06-06"):
        held.add(day, texts[day])
    told = [(one.number, one.observed_from[:10]) for one in held.documents.versions(URL)]
    assert told == [(1, "2025-01-06"), (2, "2025-06-06"), (3, "2026-01-06")]


def test_as_of_a_day_is_what_was_seen_by_its_end(held):
    held.add("2025-01-06", whole())
    held.add("2026-01-06", whole(summary(s4_8="Nobody yawned.")))
    numbers = [
        version.number if (version := held.documents.version(URL, as_of=date.fromisoformat(day))) else None
        for day in ("2025-01-05", "2025-01-06", "2026-01-05", "2026-01-06")
    ]
    assert numbers == [None, 1, 1, 2]
    assert held.documents.version(URL, number=2).observed_from[:10] == "2026-01-06"
    assert held.documents.version(URL, number=3) is None


def test_of_a_medicines_documents_those_with_text_are_told(held):
    held.add("2026-01-06", whole())
    other = {"url": URL.replace("product-information/", "overview/"), "type": "overview"}
    found = held.documents.of_medicine([other, DOCUMENT])
    assert [(one["type"], version.number) for one, version in found] == [("product-information", 1)]
    assert held.documents.of_medicine([other, DOCUMENT], type="overview") == []


def test_an_older_conversion_is_made_anew_without_the_file(held):
    held.add("2026-01-06", whole())
    before = held.documents.version(URL)
    with held.store.database.writing() as connection:
        connection.execute(document_text.update().values(conversion=0))
        connection.execute(section.update().values(title="as an older reader had it"))
    for file in held.files.iterdir():
        file.unlink()
    assert held.store.replay().texts == 1
    after = held.documents.version(URL)
    assert after.text > before.text
    assert count(held.store.database, document_text) == 1
    assert {one.title for one in held.documents.contents(after.text)} & {"Undesirable effects"}


def test_a_second_sync_without_news_makes_no_text_and_writes_nothing(held):
    held.add("2026-01-06", whole())
    runs = count(held.store.database, run)
    assert held.store.sync(held.files).texts == 0
    assert count(held.store.database, run) <= runs + 1
    assert held.documents.sequence() == held.documents.version(URL).text


def test_a_document_without_sections_is_an_issue_until_a_better_one_comes(held):
    held.add("2025-01-06", "Nothing but a sentence about EU/1/00/999/001.")
    query = sa.select(issue.c.code).where(issue.c.current == 1, issue.c.unit == f"{URL}#text")
    with held.store.database.reading() as connection:
        assert list(connection.scalars(query)) == ["no-sections"]
    held.add("2026-01-06", whole())
    with held.store.database.reading() as connection:
        assert list(connection.scalars(query)) == []
