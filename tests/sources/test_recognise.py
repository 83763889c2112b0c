"""What a loose page or document is, by what it says about itself."""

import time

import pytest

from medpath.sources.recognise import Recognised, recognise

PAGE = Recognised("ema.epar_pages", "https://www.ema.europa.eu/en/medicines/human/EPAR/examplin")
DOCUMENT = Recognised(
    "emamds.product_information", "https://www.ema.europa.eu/en/documents/product-information/examplin_en.pdf"
)
PATH = "/en/medicines/human/EPAR/examplin"


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (f"---\ndocument_pathfilename: www.ema.europa.eu{PATH}.html\n---\n", "x.md", PAGE),
        (f"---\ndocument_pathfilename: 'www.ema.europa.eu{PATH}'\n---\n", "x.md", PAGE),
        (f"---\ndocument_pathfilename: {DOCUMENT.url[8:]}\n---\n", "x.md", DOCUMENT),
        ("# Examplin\n", f"archive{PATH}.md", PAGE),
        (f'<!DOCTYPE html><html><link rel="canonical" href="{PAGE.url}">', "saved.html", PAGE),
        (f"<html><link href='{PATH}?page=1#top' rel='canonical'>", "saved.htm", PAGE),
        (f'\n<html lang="en"><meta property="og:url" content="{PAGE.url}"/>', "saved.html", PAGE),
    ],
)
def test_a_file_states_its_address(data: str, name: str, found: Recognised) -> None:
    assert recognise(data.encode(), name) == found


@pytest.mark.parametrize(
    ("folder", "dataset"),
    [
        ("product-information", "emamds.product_information"),
        ("all-authorised-presentations", "emamds.authorised_presentations"),
        ("procedural-steps-after", "emamds.procedural_steps"),
        ("procedural-steps", "emamds.steps_before_authorisation"),
        ("steps-after-cutoff", "emamds.steps_after_cutoff"),
        ("overview", "emamds.overviews"),
        ("assessment-report", "emamds.reports"),
        ("scientific-conclusion", "emamds.reports"),
        ("referral", "emamds.reports"),
    ],
)
def test_the_folder_of_a_document_says_what_it_is(folder: str, dataset: str) -> None:
    found = recognise(
        f"---\ndocument_pathfilename: www.ema.europa.eu/en/documents/{folder}/x_en.pdf\n---\n".encode(), ""
    )
    assert found == Recognised(dataset, f"https://www.ema.europa.eu/en/documents/{folder}/x_en.pdf")


FILE = Recognised("ema.document_files", "https://www.ema.europa.eu/en/documents/overview/examplin_en.pdf")
NAMED = "en/documents/overview/examplin_en.pdf"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (NAMED, FILE),
        (f"www.ema.europa.eu/{NAMED}", FILE),
        (f"www.ema.europa.eu/{NAMED}-0", Recognised(FILE.dataset, f"{FILE.url}-0")),
        (f"https%3A%2F%2Fwww.ema.europa.eu%2F{NAMED.replace('/', '%2F')}", FILE),
        ("examplin_en.pdf", None),
        ("en/documents/examplin_en.pdf", None),
        ("en/documents/overview/examplin_en.docx", None),
        ("en/documents/overview/../../examplin_en.pdf", None),
    ],
)
def test_a_pdf_file_is_known_by_its_path(name: str, found: Recognised | None) -> None:
    assert recognise(b"%PDF-1.7\n...", name) == found
    assert recognise(b"<html></html>", name) is None


def test_veterinary_pages_are_pages() -> None:
    page = f'<html><link rel="canonical" href="{PAGE.url.replace("human", "veterinary")}">'
    found = recognise(page.encode(), "x.html")
    assert found is not None
    assert found.dataset == "ema.epar_pages"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("# Notes\n", "notes.md"),
        ("", "en/medicines/human/EPAR/x.txt"),
        ("<html><title>Examplin</title></html>", "examplin.html"),
        (f'<html><link rel="stylesheet" href="{PAGE.url}">', "x.html"),
        (f'<html><link rel="canonical" href="https://example.org{PATH}">', "x.html"),
        (f'<html><link rel="canonical" href="https://www.ema.europa.eu.example.org{PATH}">', "x.html"),
        ('<html><link rel="canonical" href="https://www.ema.europa.eu/en/news/something">', "x.html"),
        ("---\ndocument_pathfilename: www.ema.europa.eu/en/documents/minutes/x_en.pdf\n---\n", "x.md"),
        (f"---\ndocument_pathfilename: www.ema.europa.eu{PATH}/more\n---\n", "x.md"),
        ("document_pathfilename:", "x.md"),
    ],
)
def test_everything_else_is_not_recognised(data: str, name: str) -> None:
    assert recognise(data.encode(), name) is None


@pytest.mark.parametrize("piece", [b"<link", b"<link rel=canonical ", b"<meta a>", b"\x00", b"href='"])
def test_hostile_bytes_take_no_long_time(piece: bytes) -> None:
    began = time.process_time()
    assert recognise(b"<html>" + piece * 200_000, "x.html") is None
    assert time.process_time() - began < 2
