"""How quickly and how well PDF files become blocks, beside PDFium giving out nothing but their text.

    python bench/pdf.py ../shared

Every so manieth document of the Markdown archives is made to a PDF file by the tool that stands in for EMA's site (its
text is EMA's, its layout is not), read, and compared with the Markdown: the words that miss or come twice, and for
product information the sections. Times are of this process alone; what a process of its own costs is told apart.
"""

from __future__ import annotations

import argparse
import ctypes
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2.raw as pdfium

from medpath.documents.blocks import Block
from medpath.documents.markdown import read_markdown
from medpath.documents.pdf import read_pdf
from medpath.documents.pdf.opening import read
from medpath.documents.product_information import split

ARCHIVES = {
    "product information": ("product_information_md_2026-08-17.tar.xz", 60),
    "presentations": ("all_authorised_presentations_md_2026-08-17.tar.gz", 60),
    "procedural steps": ("procedural_steps_after_md_2026-08-17.tar.gz", 100),
    "assessment reports": ("assessment_report_md_sample_2026-08-17.tar.xz", 20),
    "variation reports": ("variation_report_md_sample_2026-08-17.tar.xz", 20),
}


def documents(path: Path, every: int) -> Iterator[str]:
    """Some of an archive's Markdown documents."""
    with tarfile.open(path) as archive:
        for number, member in enumerate(member for member in archive if member.name.endswith(".md")):
            stream = archive.extractfile(member) if number % every == 0 else None
            if stream is not None:
                yield stream.read().decode("utf-8")


def bare(data: bytes) -> int:
    """The text of all pages and nothing else; returns the number of pages."""
    file = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    pages: int = pdfium.FPDF_GetPageCount(file)
    for number in range(pages):
        page = pdfium.FPDF_LoadPage(file, number)
        text = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(text)
        buffer = ctypes.create_string_buffer((count + 1) * 2)
        pdfium.FPDFText_GetText(text, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(file)
    return pages


def words(blocks: Iterable[Block]) -> Counter[str]:
    """The words of blocks."""
    found: Counter[str] = Counter()
    for block in blocks:
        found.update(re.findall(r"\w+", f"{block.marker} {block.text}"))
        for row in block.rows:
            found.update(word for cell in row for word in re.findall(r"\w+", cell))
    return found


def sections(blocks: list[Block]) -> Counter[tuple[str, str, int]]:
    """The sections of a product information."""
    return Counter((one.part, one.number, one.unit) for one in split(blocks).sections)


def main() -> None:
    """Reads the archives and prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("shared", type=Path, help="the folder with data/ema and tools/ema_mirror")
    shared = parser.parse_args().shared
    sys.path.insert(0, str(shared / "tools"))
    from ema_mirror.pdfs import markdown_to_pdf

    total = Counter[str]()
    for title, (name, every) in ARCHIVES.items():
        spent = floor = apart = 0.0
        count: Counter[str] = Counter()
        for text in documents(shared / "data" / "ema" / "epar_documents" / name, every):
            markdown, data = read_markdown(text).blocks, markdown_to_pdf(text)
            began = time.process_time()
            count["pages"] += bare(data)
            floor += time.process_time() - began
            began = time.process_time()
            document = read(data)
            spent += time.process_time() - began
            if not count["documents"]:
                began = time.perf_counter()
                read_pdf(data)
                apart = time.perf_counter() - began - spent
            count["documents"] += 1
            given, found = words(markdown), words(document.blocks)
            count.update(words=given.total(), missing=(given - found).total(), more=(found - given).total())
            if title == "product information":
                given_sections, found_sections = sections(markdown), sections(document.blocks)
                count.update(sections=given_sections.total(), same=(given_sections & found_sections).total())
        speed, most = count["pages"] / spent, count["pages"] / floor
        print(
            f"{title:20} {count['documents']:4} documents {count['pages']:5} pages  {speed:4.0f} pages/s, bare text "
            f"{most:4.0f} pages/s, ratio {most / speed:.1f}; a process of its own {apart * 1000:.0f} ms; words missing "
            f"{count['missing'] / count['words']:.2%}, more {count['more'] / count['words']:.2%}"
            + (f"; sections the same {count['same']} of {count['sections']}" if count["sections"] else "")
        )
        total.update(count)
    print(f"{'all':20} {total['documents']:4} documents {total['pages']:5} pages")


if __name__ == "__main__":
    main()
