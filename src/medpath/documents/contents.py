"""A document's own list of contents: where it stands, and the headings that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from medpath.documents.blocks import Block, tidy

LONGEST_TITLE = 250

_TITLE = re.compile(r"TABLE ?OF ?CONTENTS?|CONTENTS", re.IGNORECASE)
_LEADER = re.compile(r"(?:[.…·]\s?){4,}|…+")
_ENDING = re.compile(r"\s*(?:(?:[.…·]\s?){3,}|…+)\s*\d{0,4}\s*|\s+\d{1,4}\s*$")
_ENTRY = re.compile(r"\s*(?P<number>(?:\d{1,2}\s?\.\s?)*\d{1,2})?\s*[.)]?\s*(?P<title>\S.*)?", re.DOTALL)
_LISTED_NUMBER = re.compile(r"^(?:\d{1,2}\s?\.?\s?)+")
_NUMBER = re.compile(r"(?:\d{1,2}\.)*\d{1,2}\.?")
_NUMBERED_PAGE = re.compile(r"(?:\d{1,2}\.)*\d{1,2}\.?\s+\S.*\s\d{1,4}")
_LOOSE_LINES = 3  # so many lines of a long entry may stand apart from its page
_SHORT = 150


@dataclass
class Contents:
    """``blocks`` are the indexes of the list; ``numbers`` the titles (squeezed) with their numbers, "" for none."""

    blocks: set[int] = field(default_factory=set)
    numbers: dict[str, str] = field(default_factory=dict)
    titles: list[tuple[str, str]] = field(default_factory=list)


def squeeze(text: str) -> str:
    """Letters and figures alone, without case: conversion loses and adds blanks and points."""
    return re.sub(r"[\W_]+", "", text).casefold()


def find_contents(blocks: Sequence[Block]) -> Contents:
    """The list of contents: behind its heading, and wherever lines lead with dots to the number of a page."""
    found = Contents()
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if not _begins(block):
            if _leads(block):
                _take(found, index, block)
            index += 1
            continue
        index = _take_list(found, blocks, index)
    return found


def _begins(block: Block) -> bool:
    text = _line(block.rows[0][:1]) if block.rows else block.text
    return len(text) < _SHORT and _TITLE.fullmatch(_LEADER.split(tidy(text))[0].strip(" :.0123456789")) is not None


def _take_list(found: Contents, blocks: Sequence[Block], start: int) -> int:
    """Takes the list that begins at an index; returns the index behind it (a heading alone is no list)."""
    last = start
    if blocks[start].rows:
        _take(found, start, blocks[start])
    for index in range(start + 1, len(blocks)):
        block = blocks[index]
        if _is_entry(block):
            for between in range(start if last == start else last + 1, index + 1):
                if between not in found.blocks:
                    _take(found, between, blocks[between])
            last = index
        elif (
            block.rows
            or len(block.text) > _SHORT
            or index - last >= _LOOSE_LINES
            or block.page > blocks[last].page + 1
            or squeeze(_LISTED_NUMBER.sub("", block.text)) in found.numbers
        ):
            break
    return last + 1


def _is_entry(block: Block) -> bool:
    if block.rows:
        lines = [_line(row) for row in block.rows]
        leading = sum(bool(_LEADER.search(line) or _NUMBERED_PAGE.fullmatch(line)) for line in lines)
        return leading * 2 >= len(lines)
    text = tidy(block.text)
    return (
        _LEADER.search(text) is not None
        or _NUMBER.fullmatch(text) is not None
        or (len(text) < _SHORT and _NUMBERED_PAGE.fullmatch(text) is not None)
    )


def _leads(block: Block) -> bool:
    """Whether a block outside of the list can be nothing else than lines of one."""
    if block.rows:
        lines = [_line(row) for row in block.rows]
        leading = sum(re.search(r"\.{6,}\s*\d{1,4}$", line) is not None for line in lines)
        return leading > 2 and leading * 2 >= len(lines)
    return re.search(r"\.{8,}\s*\d{1,4}$", block.text) is not None and len(block.text) < 3 * _SHORT


def _line(row: Sequence[str]) -> str:
    return tidy(" ".join(dict.fromkeys(cell for cell in row if cell)))


def _take(found: Contents, index: int, block: Block) -> None:
    found.blocks.add(index)
    lines = [_line(row) for row in block.rows] if block.rows else [f"{block.marker} {tidy(block.text)}".strip()]
    for line in lines:
        for number, title in _entries(line):
            key = squeeze(title)
            if key not in found.numbers and not _TITLE.fullmatch(title):
                found.numbers[key] = number
                found.titles.append((number, title))


def _entries(line: str) -> Iterator[tuple[str, str]]:
    """(number, title) of each entry of a line; conversion can run many together."""
    for part in _ENDING.split(line):
        match = _ENTRY.fullmatch(part)
        if match is None or not match["title"]:
            continue
        title = match["title"].strip(" .…_")
        if 2 < len(title) <= LONGEST_TITLE and any(sign.isalpha() for sign in title):
            yield re.sub(r"\s", "", match["number"] or ""), title
