"""The stage that makes texts: it goes on after any stop, and what can't be read is told."""

import io
import os
import random
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from medpath.documents.conversion import CONVERSION
from medpath.store.database import Database
from medpath.store.documents import Documents
from medpath.store.tables import document_text, issue, section
from tests.documents.qrd_documents import summary, whole
from tests.lists import Store
from tests.test_cli import environment

FOLDER = "www.ema.europa.eu/en/documents/product-information/"


def document(number: int) -> str:
    path = f"{FOLDER}examplin-{number}-epar-product-information_en.pdf"
    text = whole(summary(s4_8=f"The reader of document {number} yawned."))
    return f"---\ndocument_datetime: 2026-01-06 10:00:00\ndocument_pathfilename: {path}\n---\n{text}"


def archive(folder: Path, documents: int) -> Path:
    """An archive of as many documents."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "documents_2026-01-06.tar.gz"
    with tarfile.open(path, "w:gz") as file:
        for number in range(documents):
            data = document(number).encode()
            member = tarfile.TarInfo(f"examplin-{number}.md")
            member.size = len(data)
            file.addfile(member, io.BytesIO(data))
    return path


@pytest.fixture
def store(database_url, tmp_path):
    store = Store(tmp_path, database_url)
    yield store
    store.database.dispose()


def sections(database: Database) -> int:
    with database.reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(section))


def test_the_documents_of_an_archive_get_their_texts_in_other_processes(store, tmp_path):
    result = store.sync(archive(tmp_path / "files", 30))
    assert result.texts == 30
    documents = Documents(store.database)
    url = f"https://{FOLDER}examplin-17-epar-product-information_en.pdf"
    (effects,) = documents.sections(documents.version(url).text, "smpc", "4.8")
    assert effects.blocks[0].text == "The reader of document 17 yawned."


def test_texts_can_be_left_out_and_made_later(store, tmp_path):
    path = archive(tmp_path / "files", 3)
    assert store.sync(path, texts=False).texts == 0
    assert Documents(store.database).sequence() == 0
    assert store.sync(path).texts == 3


def test_a_kept_archive_that_is_gone_fails_and_loses_nothing(store, tmp_path):
    path = archive(tmp_path / "files", 3)
    store.sync(path, texts=False)
    for kept in (store.settings.snapshots).glob("??/*.z"):
        kept.unlink()
    result = store.sync(path)
    assert [outcome.name for outcome in result.failures] == ["texts of documents"]
    assert "not kept any more" in str(result.failures[0].reason)
    assert result.exit_code == 4


def test_a_document_that_lost_its_text_is_told_as_an_error(store, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    path = f"{FOLDER}blank-epar-product-information_en.pdf"
    (folder / "blank.md").write_text(
        f"---\ndocument_datetime: 2026-01-06 10:00:00\ndocument_pathfilename: {path}\n---\n<!-- image -->\n"
    )
    store.sync(folder)
    query = sa.select(issue.c.severity, issue.c.code).where(issue.c.unit == f"https://{path}#text")
    with store.database.reading() as connection:
        assert [tuple(row) for row in connection.execute(query)] == [("error", "no-text")]


STOPPED = """
import sys
from medpath.settings import Settings
from medpath.store.database import Database
from medpath.sync import sync
if __name__ == "__main__":
    settings = Settings(data=sys.argv[1], database_url=sys.argv[2], sample=True)
    print("begun", flush=True)
    sync(settings, Database(settings.database), ["emamds"], origin=sys.argv[3])
"""


def test_a_kill_loses_no_more_than_the_documents_in_hand(store, tmp_path):
    path = archive(tmp_path / "files", 60)
    store.sync(path, texts=False)
    script = tmp_path / "stopped.py"
    script.write_text(STOPPED)
    whole_ones = sections_of_one = 0
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, str(script), str(store.settings.data), store.settings.database, str(path)],
            stdout=subprocess.PIPE, env=environment(), start_new_session=True,
        )  # fmt: skip
        process.stdout.readline()
        time.sleep(random.uniform(0.3, 2.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with store.database.reading() as connection:
            texts = connection.scalar(sa.select(sa.func.count()).select_from(document_text))
            per_text = connection.scalars(
                sa.select(sa.func.count()).select_from(section).group_by(section.c.text_id)
            ).all()
        assert len(per_text) == texts, "a text without its sections"
        assert len(set(per_text)) <= 1, "a text with a part of its sections"
        assert texts >= whole_ones
        whole_ones, sections_of_one = texts, max(per_text, default=sections_of_one)
    assert store.sync(path).texts == 60 - whole_ones
    assert sections(store.database) == 60 * (sections_of_one or sections(store.database) // 60)
    with store.database.reading() as connection:
        assert set(connection.scalars(sa.select(document_text.c.conversion))) == {CONVERSION}
