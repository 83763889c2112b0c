"""PDF files read into blocks: words with their places, lines, columns, tables, paragraphs."""

from medpath.documents.pdf.reading import read_pdf

__all__ = ["read_pdf"]
