"""Feeds of changes: Atom 1.0 (RFC 4287) and JSON Feed 1.1, archived by RFC 5005."""
