"""PDF files are read back: words, links, outline, language; nothing is fetched; what is missing is said."""

import ctypes
import shutil
import subprocess
import sysconfig
import venv
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from medpath.errors import UsageError
from medpath.pdf.making import LONGEST, Frame, Made, make_pdf

FRAME = Frame("Alpha · 1", "Not authorised now", "Date of the data: 14 March 2026", "Source: X", "2026-03-14T05:00:00Z")


def page(body: str, language: str = "en") -> str:
    return f'<!doctype html><html lang="{language}"><head><title>A &amp; B</title></head>\n<body>\n{body}</body></html>'


def texts(made: Made) -> list[str]:
    return [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(made.body)]


def links(document: pypdfium2.PdfDocument) -> list[str]:
    """The addresses that the links of all pages lead to."""
    found = []
    for one in document:
        place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(one, place, link):
            action = pdfium.FPDFLink_GetAction(link)
            size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
            found.append(buffer.value.decode())
    return found


def language_of(document: pypdfium2.PdfDocument) -> str:
    buffer = (ctypes.c_ushort * 20)()
    size = pdfium.FPDFCatalog_GetLanguage(document, buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: size - 2].decode("utf-16-le")


def test_every_page_says_what_it_is_about_and_the_file_describes_itself() -> None:
    body = '<h1>Alpha</h1><p><a href="https://example.org/alpha">源文件</a></p><h2>Uses</h2>' + "<p>Word</p>" * 60
    made = make_pdf(page(body, "zh-Hans"), FRAME)
    document = pypdfium2.PdfDocument(made.body)
    pages = texts(made)
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        for said in (FRAME.head, FRAME.warning, FRAME.dated, FRAME.source, f"{number} / {len(pages)}"):
            assert said in text
    assert "源文件" in pages[0]
    assert links(document) == ["https://example.org/alpha"]
    assert [(one.level, one.get_title()) for one in document.get_toc()] == [(0, "Alpha"), (1, "Uses")]
    about = document.get_metadata_dict()
    assert (about["Title"], about["CreationDate"]) == ("A & B", "D:20260314050000Z")
    assert pdfium.FPDFCatalog_IsTagged(document)
    assert language_of(document) == "zh-Hans"
    assert make_pdf(page(body, "zh-Hans"), FRAME).body == made.body


def test_nothing_is_fetched_and_text_stays_text(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("body::before { content: 'SECRET' }")
    attack = (
        f'<link rel="stylesheet" href="{secret.as_uri()}"><link rel="attachment" href="file:///etc/passwd">'
        '<img src="file:///etc/passwd" alt="picture"><style>@import url("file:///etc/passwd")</style>'
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;/style&gt;</p>"
    )
    hostile = Frame("<b>Alpha</b></div>", "", "", "<img src=x>", None)
    made = make_pdf(page(attack), hostile)
    (text,) = texts(made)
    assert "<script>alert(1)</script> </style>" in text
    assert "<b>Alpha</b></div>" in text
    assert "<img src=x>" in text
    assert "SECRET" not in text
    document = pypdfium2.PdfDocument(made.body)
    assert document.count_attachments() == 0
    assert document.get_metadata_dict()["CreationDate"] == ""


def test_what_is_too_long_is_refused_before_it_is_made() -> None:
    with pytest.raises(UsageError, match="too long for one PDF"):
        make_pdf(page("x" * LONGEST), FRAME)


def test_letters_without_a_font_are_told_and_no_boxes_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose only font is one that has Latin letters, and neither Chinese ones nor clay tablets'."""
    latin = subprocess.check_output(["fc-match", "-f", "%{file}", "DejaVu Sans"], text=True)
    shutil.copy(latin, tmp_path)
    settings = tmp_path / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    with pytest.raises(UsageError, match=r"No font here has the letters of this text .药.*fonts-wqy-microhei"):
        make_pdf(page("<p>药</p>"), FRAME)
    made = make_pdf(page("<p>Rare: \U00012000</p>"), FRAME)
    assert made.remark == "No font here has these signs, which stand as boxes: \U00012000"
    assert "Rare:" in texts(made)[0]


def test_without_what_makes_pdfs_one_sentence_says_what_to_install(sample_data: Path, tmp_path: Path) -> None:
    """An environment that has everything but WeasyPrint."""
    venv.create(tmp_path, symlinks=True)
    packages = Path(sysconfig.get_path("purelib"))
    bare = Path(sysconfig.get_path("purelib", vars={"base": str(tmp_path)}))
    for one in packages.iterdir():
        if not one.name.startswith("weasyprint"):
            (bare / one.name).symlink_to(one)
    asked = ["-m", "medpath", "--data", sample_data, "dossier", "alofisel", "--format", "pdf"]
    ran = subprocess.run([tmp_path / "bin" / "python", *asked], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    said = ran.stderr.splitlines()[-1]
    assert said.startswith("PDF files need WeasyPrint, which is not installed: make pdf")
    assert said.endswith("--format html can be printed from any browser.")


def test_without_pango_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Pango that is no library, before the machine's own."""
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"no library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    with pytest.raises(UsageError, match=r"Pango, which can't be loaded here.*apt install libpango"):
        make_pdf(page("<p>Alpha</p>"), FRAME)
