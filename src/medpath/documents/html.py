"""HTML read into blocks.

Only what HTML's elements mean is used (headings, paragraphs, lists, tables, links, bold), no classes
and no styles. A list of terms (``dl``) becomes items: the term bold at its depth, what is said of it
one deeper, as docling's Markdown has it.
"""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

from medpath.documents.blocks import BLOCK_LIMIT, TEXT_LIMIT, Block, Document, Link, close_up, tidy, tidy_lines

SIZE_LIMIT = 32 * 1024 * 1024
DEPTH_LIMIT = 5_000
UNCLOSED_LIMIT = 20_000

_DROPPED = frozenset({
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "select", "textarea",
    "datalist", "video", "audio", "canvas",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr",
    "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "tbody", "tfoot",
    "thead", "ul",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dl"})
_VOID = frozenset({
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param", b"source",
    b"track", b"wbr",
})  # fmt: skip
_SELF_CLOSING = frozenset({
    b"p", b"li", b"td", b"th", b"tr", b"dt", b"dd", b"option", b"optgroup", b"tbody", b"thead", b"tfoot", b"rp",
    b"rt",
})  # fmt: skip
_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]{0,40})([^>]{0,2000})")


def read_html(text: str) -> Document:
    """Reads an HTML page. Text beyond the limits is left out and said so in ``faults``.

    A page that opens more elements within each other than a page for people can have is not read at all.
    """
    document = Document({}, [], "block")
    if len(text) > SIZE_LIMIT:
        document.cut(f"The page is larger than {SIZE_LIMIT >> 20} million signs and was not read.")
        return document
    if not text.strip() or _nests_too_deep(text):
        if text.strip():
            document.cut("The page opens too many elements within each other and was not read.")
        return document
    parser = LexborHTMLParser(text.replace("\x00", ""))
    if (title := parser.css_first("title")) is not None:
        document.front["title"] = tidy(title.text()[:TEXT_LIMIT])
    if (link := parser.css_first("link[rel=canonical]")) is not None and (href := link.attributes.get("href")):
        document.front["canonical"] = tidy(href[:TEXT_LIMIT])
    if parser.body is not None:
        _Walk(document).walk(parser.body)
    return document


def _nests_too_deep(text: str) -> bool:
    """Whether more elements are open at one place than a parser can bear (its time grows with the square)."""
    if text.count("<") <= DEPTH_LIMIT:
        return False
    opened: Counter[bytes] = Counter()
    depth = unclosed = 0
    for match in _TAG.finditer(text.encode("utf-8", "replace")):
        name = match[2].lower()
        if name in _VOID:
            continue
        mild = name in _SELF_CLOSING or match[3].endswith(b"/")
        if match[1]:
            if opened[name] == 0:
                continue
            opened[name] -= 1
        else:
            opened[name] += 1
        step = -1 if match[1] else 1
        if mild:
            unclosed += step
        else:
            depth += step
        if depth > DEPTH_LIMIT or unclosed > UNCLOSED_LIMIT:
            return True
    return False


class _Walk:
    """One way through the tree, without recursion; gathers text until a block ends."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text: list[str] = []
        self.links: list[Link] = []
        self.open_links: list[tuple[int, str]] = []
        self.bold = 0
        self.all_bold = True
        self.marked = False
        self.depth = 0  # of lists; a dd counts as one more
        self.heading = 0
        self.item: int | None = None  # the depth of the item that is open
        self.once = False  # a list item is its first block alone, each block of a dd is one
        self.tables = 0
        self.cells: list[str] = []
        self.rows: list[tuple[str, ...]] = []

    def walk(self, root: LexborNode) -> None:
        """Goes through all elements below ``root`` in the order of the text."""
        node: LexborNode = root
        while True:
            if len(self.document.blocks) >= BLOCK_LIMIT:
                self.document.cut(f"The page has more than {BLOCK_LIMIT:,} blocks; the rest was not read.")
                return
            child = self._enter(node)
            if child is not None:
                node = child
                continue
            while node.next is None or node.mem_id == root.mem_id:
                self._leave(node)
                if node.mem_id == root.mem_id:
                    self._flush()
                    return
                parent = node.parent
                if parent is None:
                    return
                node = parent
            self._leave(node)
            node = node.next

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """Takes a node in; returns its first child where its content counts."""
        if node.is_text_node:
            self._add(node.text_content or "")
            return None
        tag = node.tag or ""
        if tag in _DROPPED or not node.is_element_node:
            return None
        if tag == "br":
            self.text.append("\n")
        elif tag == "table":
            if self.tables == 0:
                self._flush()
            self.tables += 1
        elif tag in ("strong", "b"):
            self.bold += 1
            self.marked = True
        elif tag == "a":
            self.open_links.append((len(self.text), node.attributes.get("href") or ""))
        elif tag in _HEADINGS and not self.tables and not self.heading:
            self._flush()
            self.heading = _HEADINGS[tag]
        elif tag in _BLOCKS:
            self._break()
            if tag in _LISTS or tag == "dd":
                self.depth += 1
            if tag in ("li", "dt", "dd"):
                self.item = max(self.depth - 1, 0)
                self.once = tag == "li"
            if tag == "dt":
                self.bold += 1
        return node.first_child

    def _leave(self, node: LexborNode) -> None:
        if not node.is_element_node:
            return
        tag = node.tag or ""
        if tag == "table":
            self.tables -= 1
            if self.tables == 0:
                self._end_row()
                self._end_table()
        elif tag in ("strong", "b"):
            self.bold -= 1
        elif tag == "a":
            start, url = self.open_links.pop()
            words = tidy("".join(self.text[start:]))
            if url and words:
                self.links.append(Link(words, url))
                self.marked = True
        elif tag in _HEADINGS and not self.tables and self.heading == _HEADINGS[tag]:
            self._flush()
            self.heading = 0
        elif self.tables == 1 and tag == "caption":
            self._add_paragraph(*self._taken())
        elif self.tables == 1 and tag in ("td", "th"):
            self.cells.append(self._taken()[0])
        elif self.tables == 1 and tag == "tr":
            self._end_row()
        elif tag in _BLOCKS:
            self._break()
            if tag in _LISTS or tag == "dd":
                self.depth -= 1
            if tag in ("li", "dt", "dd"):
                self.item = None
            if tag == "dt":
                self.bold -= 1

    def _add(self, text: str) -> None:
        self.text.append(text.replace("\n", " ").replace("\ue000", "\n"))
        if not self.bold and text and not text.isspace():
            self.all_bold = False

    def _break(self) -> None:
        """Ends a block; within a heading or a cell it is a break of the line."""
        if self.heading or self.tables:
            self.text.append("\n" if self.tables else " ")
        else:
            self._flush()

    def _taken(self) -> tuple[str, tuple[Link, ...], bool]:
        text = "".join(self.text)
        if len(text) > TEXT_LIMIT:
            self.document.cut(
                f"The text of block {len(self.document.blocks) + 1} is longer than {TEXT_LIMIT:,} signs and was cut."
            )
            text = text[:TEXT_LIMIT]
        text = tidy_lines(text)
        if self.marked:
            text = close_up(text)
        taken = text, tuple(self.links), bool(text) and self.all_bold
        self.text, self.links, self.all_bold, self.marked = [], [], True, False
        self.open_links = [(0, url) for _, url in self.open_links]
        return taken

    def _flush(self) -> None:
        text, links, strong = self._taken()
        if not text:
            return
        place = len(self.document.blocks) + 1
        if self.heading:
            self.document.blocks.append(Block("heading", tidy(text), place, self.heading, links))
        elif self.item is not None:
            self.document.blocks.append(Block("item", text, place, self.item, links, strong))
            if self.once:
                self.item = None
        else:
            self._add_paragraph(text, links, strong)

    def _add_paragraph(self, text: str, links: tuple[Link, ...], strong: bool) -> None:
        if text:
            place = len(self.document.blocks) + 1
            self.document.blocks.append(Block("paragraph", text, place, 0, links, strong))

    def _end_row(self) -> None:
        if self.cells:
            self.rows.append(tuple(self.cells))
        self.cells = []

    def _end_table(self) -> None:
        self._add_paragraph(*self._taken())  # what stood in the table but in no cell
        if self.rows:
            self.document.blocks.append(Block("table", "", len(self.document.blocks) + 1, rows=tuple(self.rows)))
        self.rows = []
