"""A section of a document's text, whatever the document is and however its outline was found."""

from __future__ import annotations

from dataclasses import dataclass

from medpath.documents.blocks import Block


@dataclass(frozen=True)
class TextSection:
    """A section of a document, in the order of its text.

    ``part`` is ``smpc``, ``annex-ii``, ``labelling`` or ``package-leaflet`` in a product information, else empty.
    ``number`` is the template's number there (``4.8``, ``A``; ``0``: what stands before the first numbered one). In
    other documents it is the heading's own, empty for a heading that has none, and counted where no heading of the
    document has one. Number and title are empty for text that belongs to no section. ``unit`` counts
    the summaries, labels and leaflets of a part from 1, ``product`` says what each is for where there are several.
    ``level`` is the heading's depth from 1, ``page`` the printed page it stands on, ``confidence`` 0 to 1.
    """

    part: str
    number: str
    title: str
    product: str | None
    unit: int
    level: int
    page: int
    confidence: float
    blocks: tuple[Block, ...]
