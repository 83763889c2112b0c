"""A sync from a folder: what of it is news, and names as file systems allow them."""

import io
import os
import tarfile
from pathlib import Path

import pytest

from medpath.store.documents import Documents
from tests.documents.pdf.pdf_files import Pdf
from tests.lists import Store, authorised, write_table

HOLDER = "marketing_authorisation_developer_applicant_holder"
OTHERS = [authorised(number) for number in range(10, 30)]
PAGE = Path(__file__).parents[2] / "src/medpath/sample/edition-2/epar-pages/rezurock_2026-03-15.html"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_what_was_so_before_and_is_so_again_is_read_again(store: Store, tmp_path: Path) -> None:
    """A table says its day in its name alone: the bytes of January in March are what holds in March."""
    for day, holder in (("2026-01-01", "Holder A"), ("2026-02-01", "Holder B"), ("2026-03-01", "Holder A")):
        write_table(tmp_path / "tables", day, [authorised(**{HOLDER: holder}), *OTHERS])
    files = sorted((tmp_path / "tables").iterdir())
    assert files[0].read_bytes() == files[2].read_bytes()
    together = Store(tmp_path / "together")
    together.sync(tmp_path / "tables")
    for path in files:
        store.sync(path)
    for one in (store, together):
        medicine = one.register.medicine("EMEA/H/C/004258")
        assert medicine is not None
        assert medicine["authorisations"][0]["holder"]["name"] == "Holder A"
        assert one.register.data_date() == "2026-03-01T00:00:00Z"
        before = one.told()
        assert [change["fields"][0]["after"] for change in before] == ["Holder B", "Holder A"]
        again = one.sync(tmp_path / "tables")
        assert [outcome.result for outcome in again.outcomes] == ["unchanged"] * 3
        one.replay()
        assert one.told() == before


def test_a_page_in_a_later_archive_is_as_of_that_archive(store: Store, tmp_path: Path) -> None:
    old, new = PAGE.read_bytes(), PAGE.read_bytes().replace(b"Rezurock", b"Rezurock New")
    for day, html in (("2026-04-01", old), ("2026-05-01", new), ("2026-06-01", old)):
        write_archive(tmp_path / f"pages_{day}.tar.gz", "rezurock.html", html)
        store.sync(tmp_path / f"pages_{day}.tar.gz")
    assert [one["name"] for one in store.shown()] == ["Rezurock"]
    before = store.told(), store.shown()
    again = store.sync(tmp_path / "pages_2026-06-01.tar.gz")
    assert [outcome.result for outcome in again.outcomes] == ["unchanged"]
    store.replay()
    assert (store.told(), store.shown()) == before


def test_a_name_that_is_no_text_is_read_and_told_as_far_as_it_is(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff_2026-04-01.html")).write_bytes(PAGE.read_bytes())
    write_archive(tmp_path / "pages" / "pages_2026-05-01.tar.gz", "\udcfe.html", PAGE.read_bytes())
    result = store.sync(folder)
    assert [outcome.name for outcome in result.outcomes] == ["�_2026-04-01.html", "pages_2026-05-01.tar.gz"]
    assert not result.failures
    store.replay()
    assert [one["name"] for one in store.shown()] == ["Rezurock"]


def test_pdf_files_below_their_address_are_documents(store: Store, tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page().text(71, 700, "Examplin was found to be fine.")
    folder = tmp_path / "site" / "en" / "documents" / "assessment-report"
    folder.mkdir(parents=True)
    (folder / "examplin_en.pdf").write_bytes(pdf.bytes())
    (folder / "no-document_en.pdf").write_bytes(b"<html></html>")
    (tmp_path / "site" / "loose.pdf").write_bytes(pdf.bytes())
    result = store.sync(tmp_path / "site")
    assert [(outcome.dataset, outcome.result, outcome.records) for outcome in result.outcomes] == [
        ("ema.document_files", "ok", 1)
    ]
    assert result.unrecognised == ["en/documents/assessment-report/no-document_en.pdf", "loose.pdf"]
    documents = Documents(store.database)
    version = documents.version("https://www.ema.europa.eu/en/documents/assessment-report/examplin_en.pdf")
    assert version is not None
    (section,) = documents.sections(version.text)
    assert section.blocks[0].text == "Examplin was found to be fine."
    assert [outcome.result for outcome in store.sync(tmp_path / "site").outcomes] == ["unchanged"]


def write_archive(path: Path, name: str, data: bytes) -> None:
    with tarfile.open(path, "w:gz", errors="surrogateescape", format=tarfile.GNU_FORMAT) as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
