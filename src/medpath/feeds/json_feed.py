"""A document of a feed as JSON Feed 1.1."""

from __future__ import annotations

from typing import Any

import msgspec

from medpath.feeds.atom import Feed

VERSION = "https://jsonfeed.org/version/1.1"


def written(feed: Feed) -> bytes:
    """The feed as JSON. Addresses are whole ones, so they are there only where the register knows its own."""
    linked = {relation: address for relation, _media_type, address in feed.links if address.startswith("http")}
    made: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "language": feed.language,
        "authors": [{"name": "MedPath"}],
        "_medpath": {"id": feed.id, "updated": feed.updated, "archive": feed.archive, "rights": feed.rights},
    }
    for name, relation in (("home_page_url", "alternate"), ("feed_url", "self"), ("next_url", "prev-archive")):
        if relation in linked:
            made[name] = linked[relation]
    made["items"] = [
        {
            "id": entry.id,
            **({"url": entry.url} if entry.url.startswith("http") else {}),
            "title": entry.title,
            "content_html": str(entry.content),
            "summary": entry.summary,
            "date_published": entry.updated,
            "date_modified": entry.updated,
            "tags": [term for term, _label in entry.terms],
        }
        for entry in feed.entries
    ]
    return msgspec.json.encode(made)
