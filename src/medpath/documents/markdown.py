"""Markdown as docling writes it, read line by line.

docling writes a small part of Markdown: each block on one line, items with four blanks per depth,
pipe tables, front matter between ``---`` lines, ``<!-- image -->`` for pictures and a ``div`` with
``page-break-after`` between pages. So a line is a block, and no paragraph goes over two lines (see
``docs/decisions/0002-markdown-by-lines.md``). Some copies have their quotation marks and backslashes
escaped once more (``\\"``, ``\\\\_``); both forms are understood.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from medpath.documents.blocks import BLOCK_LIMIT, TEXT_LIMIT, Block, Document, Link, close_up, tidy, tidy_lines

LINE_MARK = "\ue000"  # docling's sign for a break inside a paragraph
PAGE_BREAK = "page-break-after"
FRONT_LINES = 200

_HEADING = re.compile(r"(#{1,6})(?:\s+(.*))?$")
_ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)])\s+(.*)$")
_FRONT_KEY = re.compile(r"([A-Za-z_][\w.-]*):(?:\s+(.*))?$")
_RULE = re.compile(r"\s*([-_=*])(?:\s*\1){2,}\s*$")
_FENCE = ("```", "~~~")
_DIVISION = re.compile(r"[|\s:-]+$")
_ESCAPED = re.compile(r"\\+([!-/:-@\[-`{-~])")
_STARS = re.compile(r"(\*+)")
_CELL = re.compile(r"(?<!\\)\|")
_FURNITURE = re.compile(r"<!--.{0,200}?-->|</?div\b[^<>]*>")
_MARKED = re.compile(r"[\\&*<\[" + LINE_MARK + "]")
_BRACKET = re.compile(r"[\[\]]")
_ADDRESS = re.compile(r"\([^\s()]{0,2000}+(?:\([^\s()]{0,2000}+\)[^\s()]{0,2000}+){0,20}+\)")
_SHORT = 60
_LONE_LINK = re.compile(r"\[([^\[\]*\\&<\s]+)\]\(([^()\s\\&]{1,2000})\)")


def read_markdown(text: str) -> Document:
    """Reads docling's Markdown. Text beyond the limits is left out and said so in ``faults``."""
    lines = text.removeprefix("\ufeff").split("\n")
    front, start = _front_matter(lines)
    document = Document(front, [], "line")
    blocks = document.blocks
    page = 1
    table: list[str] = []
    for number, line in enumerate(lines[start:], start + 1):
        if table and not line.startswith("|"):
            _add_table(blocks, table, number - len(table), page)
            table = []
        if not line or line.isspace():
            continue
        if len(line) > TEXT_LIMIT:
            document.cut(f"Line {number} is longer than {TEXT_LIMIT:,} signs and was cut.")
            line = line[:TEXT_LIMIT]
        if len(blocks) + len(table) >= BLOCK_LIMIT:
            document.cut(f"The text has more than {BLOCK_LIMIT:,} blocks; it was read up to line {number}.")
            break
        first = line[0]
        if first == "|":
            table.append(line)
            continue
        if first == "<":
            if PAGE_BREAK in line[:100]:
                page += 1
            line = _FURNITURE.sub("", line)
            if not line or line.isspace():
                continue
        elif first in "`~" and line.startswith(_FENCE):
            continue
        if first == "#" and (match := _HEADING.match(line)):
            heading, links, _ = _inline((match[2] or "").rstrip(" #"))
            if heading:
                blocks.append(Block("heading", heading, number, len(match[1]), links, page=page))
            continue
        if (first in " -*+" or first.isdigit()) and (match := _ITEM.match(line)) and not _RULE.match(line):
            item, links, strong = _inline(match[3])
            marker = match[2] if len(match[2]) > 1 else ""
            if item:
                depth = len(match[1]) // 4
                blocks.append(Block("item", item, number, depth, links, strong, page=page, marker=marker))
            continue
        if first in "-_=*" and _RULE.match(line):
            continue
        paragraph, links, strong = _inline(line)
        if paragraph:
            blocks.append(Block("paragraph", paragraph, number, 0, links, strong, page=page))
    if table:
        _add_table(blocks, table, len(lines) - len(table) + 1, page)
    return document


def _front_matter(lines: list[str]) -> tuple[dict[str, str], int]:
    """The flat keys between the first two ``---`` lines, and the index of the line behind them."""
    if not lines or lines[0].rstrip() != "---":
        return {}, 0
    front: dict[str, str] = {}
    for index, line in enumerate(lines[1:FRONT_LINES], 1):
        if line.rstrip() == "---":
            return front, index + 1
        if (match := _FRONT_KEY.match(line.rstrip())) and match[2]:
            front.setdefault(match[1], tidy(match[2][:TEXT_LIMIT]).strip("'\""))
    return {}, 0


def _add_table(blocks: list[Block], lines: list[str], number: int, page: int) -> None:
    rows = []
    for line in lines:
        if _DIVISION.match(line):
            continue
        cells = _CELL.split(line.strip().removeprefix("|").removesuffix("|"))
        rows.append(tuple(_inline(cell)[0] for cell in cells))
    if rows:
        blocks.append(Block("table", "", number, rows=tuple(rows), page=page))


def _inline(text: str) -> tuple[str, tuple[Link, ...], bool]:
    """(plain text, links, whether all of it is bold)."""
    if not _MARKED.search(text):
        return tidy(text), (), False
    if (lone := _LONE_LINK.fullmatch(text)) is not None and text.isprintable():
        return lone[1], (Link(lone[1], lone[2]),), False
    return _marked(text) if len(text) > _SHORT else _marked_short(text)


@lru_cache(maxsize=1024)
def _marked_short(text: str) -> tuple[str, tuple[Link, ...], bool]:
    """Labels come again and again: ``**First published:**`` stands on a page up to two thousand times."""
    return _marked(text)


def _marked(text: str) -> tuple[str, tuple[Link, ...], bool]:
    text = text.replace(LINE_MARK, "\n")
    if "<" in text:
        text = _FURNITURE.sub("", text)
    links: list[Link] = []
    marked = False
    if "](" in text:
        pieces = []
        for piece, link in _split_links(text):
            pieces.append(piece)
            if link is not None:
                links.append(link)
        text = "".join(pieces)
        marked = bool(links)
    strong = False
    if "*" in text:
        bare = text.strip()
        text, found = _without_stars(text)
        marked = marked or found
        strong = found and bare.startswith("**") and bare.endswith("**") and "**" not in bare[2:-2]
    text = tidy_lines(html.unescape(_ESCAPED.sub(r"\1", text)))
    return (close_up(text) if marked else text), tuple(links), strong


def _split_links(text: str) -> Iterator[tuple[str, Link | None]]:
    """Pieces of text, each with the link that it is, if it is one. A link's words stay in the text."""
    done = 0
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text):
        place = bracket.start()
        if place < done:
            continue
        if bracket[0] == "[":
            opened.append(place)
            continue
        if not opened:
            continue
        opening = opened.pop()
        address = _ADDRESS.match(text, place + 1)
        if address is None:
            continue
        picture = opening > done and text[opening - 1] == "!"
        yield text[done : opening - picture], None
        words = text[opening + 1 : place]
        shown = tidy(html.unescape(_ESCAPED.sub(r"\1", _without_stars(words)[0])))
        yield words, Link(shown, html.unescape(_ESCAPED.sub(r"\1", address[0][1:-1])))
        done = address.end()
        opened.clear()
    yield text[done:], None


def _without_stars(text: str) -> tuple[str, bool]:
    """(the text without the stars that mark emphasis, whether there were any). Stars that mark nothing stay."""
    parts = _STARS.split(text)
    if len(parts) < 3:
        return text, False
    opened: dict[int, int] = {}
    found = False
    for index in range(1, len(parts), 2):
        before, stars, after = parts[index - 1][-1:] or " ", len(parts[index]), parts[index + 1][:1] or " "
        if stars > 3:
            continue
        # As in CommonMark: a star between a letter and a sign of punctuation belongs to the letter's side.
        opens = not after.isspace() and (after.isalnum() or not before.isalnum())
        closes = not before.isspace() and (before.isalnum() or not after.isalnum())
        if closes and stars in opened:
            opening = opened.pop(stars)
            parts[opening] = parts[index] = ""
            opened = {length: place for length, place in opened.items() if place < opening}
            found = True
        elif opens:
            opened[stars] = index
    return ("".join(parts), True) if found else (text, False)
