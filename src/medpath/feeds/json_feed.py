"""A document of a feed as JSON Feed 1.1."""

from __future__ import annotations

from typing import Any

import msgspec

from medpath.feeds.atom import Feed

VERSION = "https://jsonfeed.org/version/1.1"


def written(feed: Feed) -> bytes:
    """The feed as JSON. Addresses are whole ones; where the register knows none of its own they are left out."""
    linked = {
        relation: address
        for relation, media_type, address in feed.links
        if address.startswith("http") and (relation != "alternate" or media_type == "text/html")
    }
    linked.setdefault("current", linked.get("self", ""))  # by its address a reader knows a feed, in its archives too
    made: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "language": feed.language,
        "authors": [{"name": "MedPath"}],
        "_medpath": {"id": feed.id, "updated": feed.updated, "archive": feed.archive, "rights": feed.rights},
    }
    for name, relation in (("home_page_url", "alternate"), ("feed_url", "current"), ("next_url", "prev-archive")):
        if linked.get(relation):
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
