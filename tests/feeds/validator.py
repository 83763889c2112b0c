"""What RFC 4287, RFC 5005 and JSON Feed 1.1 ask of a feed, as far as it can be seen from the document alone."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from typing import Any
from xml.etree import ElementTree as Tree

from jsonschema_rs import Draft7Validator

from tests.javascript import installed

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
FEED = {
    "id": (1, 1), "title": (1, 1), "updated": (1, 1), "generator": (0, 1), "rights": (0, 1), "subtitle": (0, 1),
    "author": (0, None), "link": (0, None), "category": (0, None), "entry": (0, None),
}  # fmt: skip
ENTRY = {
    "id": (1, 1), "title": (1, 1), "updated": (1, 1), "published": (0, 1), "summary": (0, 1), "content": (0, 1),
    "rights": (0, 1), "author": (0, None), "link": (0, None), "category": (0, None),
}  # fmt: skip


def check_atom(data: bytes) -> Tree.Element:
    """The feed, or an assertion that says what is wrong with it."""
    root = Tree.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    assert root.get(LANG)
    _children(root, FEED, others={f"{HISTORY}archive"})
    assert root.find(f"{ATOM}author") is not None or all(one.find(f"{ATOM}author") for one in _all(root, "entry"))
    assert len([one for one in _all(root, "link") if one.get("rel") == "self"]) == 1
    kinds = [(one.get("type"), one.get("hreflang")) for one in _all(root, "link") if one.get("rel") == "alternate"]
    assert len(kinds) == len(set(kinds)), "no two alternates of one type and language"
    ids = [_text(one, "id") for one in _all(root, "entry")]
    assert len(ids) == len(set(ids)), "an id stands for one entry"
    for entry in _all(root, "entry"):
        _children(entry, ENTRY)
        assert entry.find(f"{ATOM}content") is not None or entry.find(f"{ATOM}link[@rel='alternate']") is not None
    for element in root.iter():
        name = element.tag.removeprefix(ATOM)
        text = element.text or ""
        if name == "id":
            assert re.match(r"[a-z][a-z0-9+.-]*:.+", text), f"{text} is no IRI"
        if name in ("updated", "published"):
            assert _INSTANT.fullmatch(text)
            datetime.fromisoformat(text.replace("Z", "+00:00"))
        if name == "link":
            assert element.get("href")
        if name == "category":
            assert element.get("term")
        if name in ("title", "summary", "rights", "content"):
            assert element.get("type", "text") in ("text", "html")
            assert not list(element), "text and html have no elements of their own"
    return root


def check_json_feed(data: bytes) -> dict[str, Any]:
    """The feed, or an assertion that says what is wrong with it; the schema that others made of the format agrees."""
    feed: dict[str, Any] = json.loads(data)
    assert [str(wrong) for wrong in _others_schema().iter_errors(feed)] == []
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    for key in ("home_page_url", "feed_url", "next_url"):
        assert feed.get(key) is None or re.match(r"https?://", feed[key])
    assert all(one.get("name") for one in feed.get("authors", []))
    ids = [one["id"] for one in feed["items"]]
    assert len(ids) == len(set(ids))
    known = {"id", "url", "title", "content_html", "summary", "date_published", "date_modified", "tags"}
    for item in feed["items"]:
        assert set(item) <= known
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert item.get("url") is None or re.match(r"https?://", item["url"])
        for key in ("date_published", "date_modified"):
            assert _INSTANT.fullmatch(item[key])
        assert all(isinstance(tag, str) for tag in item["tags"])
    assert all(key.startswith("_") or key in {
        "version", "title", "language", "authors", "home_page_url", "feed_url", "next_url", "items"
    } for key in feed)  # fmt: skip
    return feed


@cache
def _others_schema() -> Draft7Validator:
    schema = json.loads(installed("jsonfeed-schema/schema-v1.1.json").read_text(encoding="utf-8"))
    return Draft7Validator(schema, validate_formats=True)


def _children(parent: Tree.Element, known: dict[str, tuple[int, int | None]], others: set[str] | None = None) -> None:
    for child in parent:
        name = child.tag.removeprefix(ATOM)
        assert name in known or child.tag in (others or set()), f"{child.tag} does not belong there"
    for name, (least, most) in known.items():
        count = len(_all(parent, name))
        assert least <= count <= (most or count), f"{name}: {count}"


def _all(parent: Tree.Element, name: str) -> list[Tree.Element]:
    return parent.findall(f"{ATOM}{name}")


def _text(parent: Tree.Element, name: str) -> str:
    return parent.findtext(f"{ATOM}{name}") or ""
