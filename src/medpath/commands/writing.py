"""Writes a document that was made whole: to a file, which appears whole or not at all, or to standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from medpath import printing
from medpath.errors import UsageError

if TYPE_CHECKING:
    from medpath.pdf.making import Made


def write_document(body: bytes, output: Path | None) -> None:
    """Writes bytes to a file and says how many, or to standard output. Raises UsageError where the file can't be."""
    if output is None:
        printing.write_bytes(body)
        return
    from medpath.export import written_whole

    with written_whole(output) as file:
        file.write_bytes(body)
    printing.say(f"{output}: {len(body):,} bytes.")


def write_pdf(make: Callable[[], Made], output: Path | None) -> None:
    """Makes a PDF and writes it. Raises UsageError before it is made where it would go to a terminal."""
    if output is None and sys.stdout.isatty():
        raise UsageError("A PDF is nothing for a terminal: name a file with --output, or send it on with > or |.")
    made = make()
    if made.remark:
        printing.say(made.remark)
    write_document(made.body, output)
