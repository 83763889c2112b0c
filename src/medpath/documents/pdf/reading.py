"""Reads a PDF into blocks, in a process of its own: PDFium is written in C++ and its input is anybody's."""

from __future__ import annotations

import msgspec

from medpath.bounded import Breach, call_apart
from medpath.documents.blocks import Document
from medpath.documents.faults import Fault

SIZE_LIMIT = 256 * 1024 * 1024
SECONDS = 240
MEMORY = 1024 * 1024 * 1024
ANSWER = 256 * 1024 * 1024

_BREACHES = {
    "time": Fault("too-slow", f"The PDF could not be read within {SECONDS} s.", ""),
    "memory": Fault("too-large", f"The PDF takes more than {MEMORY >> 20} MB of memory and was not read.", ""),
    "answer": Fault("too-large", f"The PDF has more than {ANSWER >> 20} MB of text and was not read.", ""),
    "failed": Fault("not-converted", "The reader of PDFs stopped at something unforeseen. Please report it.", ""),
    "ended": Fault("too-large", "Reading the PDF broke off: it takes too much memory, or is damaged on purpose.", ""),
}


def read_pdf(data: bytes) -> Document:
    """The blocks of a PDF, with the page that each stands on; a line of the text that goes over pages on the first.

    Never raises for what the data are; then the document is empty, and ``faults`` say why: ``damaged``, ``encrypted``,
    ``no-text`` (scanned pages), ``too-large`` (memory, text), ``too-slow``; ``damaged-page``, ``letters-lost`` and
    ``cut-text`` go along with what was read. ``front`` has the ``title`` that the file states and its ``watermark``.
    """
    if len(data) > SIZE_LIMIT:
        message = f"The PDF is larger than {SIZE_LIMIT >> 20} MB and was not read."
        return _nothing(Fault("too-large", message, ""))
    try:
        said = call_apart("medpath.documents.pdf.opening:answer", data, seconds=SECONDS, memory=MEMORY, answer=ANSWER)
        return msgspec.json.decode(said, type=Document)
    except Breach as problem:
        return _nothing(_BREACHES[problem.reason])
    except msgspec.DecodeError:
        return _nothing(_BREACHES["ended"])


def _nothing(fault: Fault) -> Document:
    return Document({}, [], "block", [fault])
