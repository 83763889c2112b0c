"""The blocks of a text as a page shows them: everything in them is text, whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby

from markupsafe import Markup, escape

from medpath.documents.blocks import Block
from medpath.translations.language import Language

DEEPEST = 6  # level of a heading in HTML
DEEPEST_LIST = 5
LONGEST_BOLD = 200  # signs; a longer paragraph is bold by mistake of a conversion
_LETTER = re.compile(r"[^\W\d_]{3}")


@dataclass
class Written:
    """Writes the blocks of one page.

    ``tag`` is the language of the text. ``pdf``: the address of the file whose pages the blocks stand on, None where
    it can't be linked. ``tables`` counts them over the whole page, so that
    each has a name of its own.
    """

    language: Language
    tag: str = "en"
    pdf: str | None = None
    tables: Iterator[int] = field(default_factory=lambda: count(1))

    def blocks(self, blocks: Iterable[Block], level: int, page: int = 0) -> Markup:
        """Blocks with headings of a level; where another page than ``page`` begins, that is said with a link to it."""
        out: list[str] = []
        depth = 0
        for block in blocks:
            wanted = min(block.level, depth, DEEPEST_LIST - 1) + 1 if block.kind == "item" else 0
            while depth > wanted:
                out.append("</li></ul>")
                depth -= 1
            if page and block.page != page and not depth:
                out.append(self._page(block.page))
                page = block.page
            if block.kind == "item":
                out.append("</li>" if depth == wanted else "<ul>")
                depth = wanted
                marker = f"<span>{escape(block.marker)}</span> " if block.marker else ""
                out.append(f"<li{' class=marked' if marker else ''}>{marker}{_lines(block.text)}")
            elif block.rows:
                out.append((f"<p>{_lines(block.text)}</p>" if block.text else "") + self._table(block.rows))
            elif not block.text:
                continue
            elif block.kind == "heading":
                out.append(f"<h{min(level, DEEPEST)}>{_lines(block.text)}</h{min(level, DEEPEST)}>")
            else:
                bold = block.strong and len(block.text) <= LONGEST_BOLD
                out.append(f"<p>{'<strong>' * bold}{_lines(block.text)}{'</strong>' * bold}</p>")
        out.append("</li></ul>" * depth)
        return Markup("".join(out))

    def _page(self, page: int) -> str:
        words = escape(self.language.gettext("page %(number)s") % {"number": page})
        inner = f'<a href="{escape(self.pdf)}#page={page}" rel="external">{words}</a>' if self.pdf else words
        return f'<p class="page-mark" lang="{self.language.tag}">{inner}</p>'

    def _table(self, rows: Sequence[Sequence[str]]) -> str:
        width = max((len(row) for row in rows), default=0)
        if not width:
            return ""
        name = escape(self.language.gettext("Table %(number)s") % {"number": next(self.tables)})
        head, body = (rows[:1], rows[1:]) if len(rows) > 1 else (rows[:0], rows)
        parts = [f'<div class="scroll" role="region" tabindex="0" aria-label="{name}" lang="{self.language.tag}">']
        parts.append(f'<table lang="{escape(self.tag)}">')
        parts += [f"<thead>{_row(row, width, 'col')}</thead>" for row in head]
        parts.append("<tbody>")
        parts += [_row(row, width, "row") for row in body]
        parts.append("</tbody></table></div>")
        return "".join(parts)


def _row(row: Sequence[str], width: int, scope: str) -> str:
    if width > 1 and len(row) == width and len(set(row)) == 1 and _LETTER.search(row[0]):  # one cell over all columns
        kind = f'th scope="{scope}"' if scope == "col" else "td"
        return f'<tr class="over"><{kind} colspan="{width}">{_lines(row[0])}</{kind[:2]}></tr>'
    padded = [*row, *[""] * (width - len(row))]
    if scope == "col":  # a head over several columns is repeated in each
        heads = [(cell, len(list(same))) for cell, same in groupby(padded)]
        return f"<tr>{''.join(_head(cell, over) for cell, over in heads)}</tr>"
    first = f'<th scope="row">{_lines(row[0])}</th>' if padded[0] and width > 1 else f"<td>{_lines(padded[0])}</td>"
    return f"<tr>{first}{''.join(f'<td>{_lines(cell)}</td>' for cell in padded[1:])}</tr>"


def _head(cell: str, over: int) -> str:
    if not cell:
        return "<td></td>" * over
    span = f' colspan="{over}"' if over > 1 else ""
    return f'<th scope="{"colgroup" if over > 1 else "col"}"{span}>{_lines(cell)}</th>'


def _lines(text: str) -> str:
    return str(escape(text)).replace("\n", "<br>")


def signs(blocks: Iterable[Block]) -> int:
    """About how much blocks take on a page."""
    return sum(40 + len(block.text) + sum(20 + len(cell) for row in block.rows for cell in row) for block in blocks)


@dataclass(frozen=True)
class Piece:
    """The blocks of a section that stand in one portion of a text; ``begins``: with them the section begins."""

    section: int
    blocks: tuple[Block, ...]
    begins: bool


def portions(sections: Sequence[Sequence[Block]], size: int) -> list[list[Piece]]:
    """Sections (their blocks) in portions of about ``size`` signs each, at least one; long sections go on in the next.

    No block is divided, so that a portion may be longer by one block.
    """
    found: list[list[Piece]] = [[]]
    used = 0
    for place, blocks in enumerate(sections):
        start = 0
        for end, block in enumerate(blocks, 1):
            more = signs([block])
            if used and used + more > size and end - 1 > start:
                found[-1].append(Piece(place, tuple(blocks[start : end - 1]), start == 0))
                found.append([])
                start, used = end - 1, 0
            elif used and used + more > size:
                found.append([])
                used = 0
            used += more
        found[-1].append(Piece(place, tuple(blocks[start:]), start == 0))
        used += 100
    return found
