"""A page as tests look at it: its status, its text, its links."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode
from starlette.testclient import TestClient

_BLOCKS = re.compile(r"</?(?:p|div|li|ul|ol|dl|dt|dd|tr|td|th|h\d|section|details|summary|blockquote|br|main)\b[^>]*>")


@dataclass
class Page:
    """One answer."""

    status: int
    headers: Any
    html: str

    def __post_init__(self) -> None:
        self.tree = LexborHTMLParser(self.html)

    def text(self, selector: str = "body") -> str:
        """The text of the first element that fits, blanks joined."""
        found = self.tree.css_first(selector)
        assert found is not None, f"nothing fits {selector}"
        return _text(found)

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements that fit."""
        return [_text(one) for one in self.tree.css(selector)]

    def links(self, selector: str = "a") -> list[str]:
        """The addresses of all links that fit."""
        return [one.attributes["href"] or "" for one in self.tree.css(selector) if "href" in one.attributes]

    def link(self, text: str) -> str:
        """The address of the link with this text."""
        for one in self.tree.css("a"):
            if _text(one) == text:
                return one.attributes["href"] or ""
        raise AssertionError(f"no link says {text}")

    def facts(self) -> dict[str, str]:
        """The key facts by label."""
        return {_text(one.css_first("dt")): _text(one.css_first("dd")) for one in self.tree.css("dl.facts > div")}

    def attribute(self, selector: str, name: str) -> str:
        """An attribute of the first element that fits."""
        return self.tree.css_first(selector).attributes[name] or ""

    def json_ld(self) -> Any:
        """The data for programs in the page."""
        return json.loads(self.tree.css_first('script[type="application/ld+json"]').text())


def _text(element: LexborNode) -> str:
    """The text of an element as it is read: blocks stand apart, words within a line do not."""
    apart = LexborHTMLParser(_BLOCKS.sub(r" \g<0>", element.html or ""))
    return " ".join((apart.root.text() if apart.root is not None else "").split())


class Pages:
    """A browser without scripts."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, address: str, status: int = 200) -> Page:
        """The page at an address; its status must be the one that is expected."""
        answer = self.client.get(address, headers={"accept": "text/html"})
        assert answer.status_code == status, (address, answer.status_code, answer.text[:500])
        return Page(answer.status_code, answer.headers, answer.text)

    def location(self, address: str, status: int) -> str:
        """Where an address leads."""
        return str(self.get(address, status).headers["location"])
