"""A document of a feed as Atom 1.0 (RFC 4287) with the archive links of RFC 5005."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree as Tree

from medpath import __version__
from medpath.feeds.entries import Entry

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Tree.register_namespace("", ATOM)
Tree.register_namespace("fh", HISTORY)


@dataclass(frozen=True)
class Feed:
    """``links`` are (relation, media type, address); ``rights`` whom the data are from."""

    id: str
    title: str
    language: str
    updated: str
    links: list[tuple[str, str, str]]
    rights: str
    archive: bool
    entries: list[Entry]


def written(feed: Feed) -> bytes:
    """The feed as XML; what XML can't hold is left out of texts."""
    root = Tree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated)
    for relation, media_type, address in feed.links:
        Tree.SubElement(root, f"{{{ATOM}}}link", {"rel": relation, "type": media_type, "href": address})
    author = Tree.SubElement(root, f"{{{ATOM}}}author")
    _text(author, "name", "MedPath")
    generator = _text(root, "generator", "MedPath")
    generator.set("version", __version__)
    if feed.rights:
        _text(root, "rights", feed.rights)
    if feed.archive:
        Tree.SubElement(root, f"{{{HISTORY}}}archive")
    for entry in feed.entries:
        made = Tree.SubElement(root, f"{{{ATOM}}}entry")
        _text(made, "id", entry.id)
        _text(made, "title", entry.title)
        _text(made, "updated", entry.updated)
        _text(made, "published", entry.updated)
        Tree.SubElement(made, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": entry.url})
        for term, label in entry.terms:
            Tree.SubElement(made, f"{{{ATOM}}}category", {"term": term, "label": _clean(label)})
        _text(made, "summary", entry.summary)
        _text(made, "content", str(entry.content)).set("type", "html")
        if entry.source:
            _text(made, "rights", entry.source)
    data: bytes = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def _text(parent: Tree.Element, name: str, text: str) -> Tree.Element:
    made = Tree.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = _clean(text)
    return made


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
