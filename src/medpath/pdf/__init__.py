"""PDF files of pages and digests, made from their HTML."""
