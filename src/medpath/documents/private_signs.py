"""Signs of the Symbol and Wingdings fonts in texts that others converted, whose fonts are not known any more.

Such a text holds a font's private codes (U+F0xx), which show nothing on a page: ``(▯1/100 to ▯1/10)``. Most codes mean
one thing wherever they stand in words: Wingdings has clocks and zodiac signs where Symbol has ≥ and μ. Those are made
plain; a code that both fonts use in texts, or that stands alone, stays as it is, because nothing says what it showed.
In EMA's own PDF files the font is known, and `medpath.documents.pdf` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from medpath.documents.blocks import Block
from medpath.documents.text_sections import TextSection

_PRIVATE = re.compile("[\uf020-\uf0ff\uf6d9-\uf6db\uf8e8-\uf8ea]")
_ALONE = re.compile("(?!.*[\uf0fb\uf0fc\uf0fe])[\uf020-\uf0ff\\s]+")  # ticks and crosses fill cells of tables
# Of Symbol, wherever they stand in words; ® © ™ of Adobe's fonts; → ✓ ✗ ☑ and circled numbers of Wingdings.
_SIGNS = {
    0xF020: " ", 0xF025: "%", 0xF028: "(", 0xF02A: "∗", 0xF02B: "+", 0xF02C: ",", 0xF02D: "−", 0xF03A: ":", 0xF03B: ";",
    0xF03C: "<", 0xF03D: "=", 0xF03E: ">", 0xF05B: "[", 0xF05D: "]", 0xF061: "α", 0xF062: "β", 0xF064: "δ",
    0xF067: "γ", 0xF06D: "μ", 0xF074: "τ", 0xF07E: "∼", 0xF0A2: "′", 0xF0A3: "≤", 0xF0A5: "∞", 0xF0AB: "↔", 0xF0AD: "↑",
    0xF0AE: "→", 0xF0AF: "↓", 0xF0B0: "°", 0xF0B1: "±", 0xF0B3: "≥", 0xF0B4: "×", 0xF0B7: "•", 0xF0B8: "÷", 0xF0B9: "≠",
    0xF0BB: "≈", 0xF0D4: "™", 0xF0D6: "√", 0xF0D7: "⋅", 0xF6D9: "©", 0xF6DA: "®", 0xF6DB: "™", 0xF8E8: "®",
    0xF8E9: "©", 0xF8EA: "™", 0xF0E0: "→", 0xF0E8: "→", 0xF0FB: "✗", 0xF0FC: "✓", 0xF0FE: "☑",
}  # fmt: skip
_SIGNS |= {0xF080 + number: chr(0x245F + number) for number in range(1, 11)}
_KAPPA = re.compile("(?<=IgG[1-4]) \uf06b")
_FIGURES = re.compile("[\uf02e\uf030-\uf039]{2,}")
_BULLET = re.compile("^[\uf06c\uf06e\uf071\uf072\uf076\uf09e\uf09f\uf0a7\uf0b7\uf0d8](?=[\\s\uf020])")
_BLANKS = re.compile(" {2,}")


def plain_signs(text: str) -> str:
    """The text with the private signs that can be told as what they show."""
    if not _PRIVATE.search(text) or _ALONE.fullmatch(text):
        return text
    text = _FIGURES.sub(lambda match: "".join(chr(ord(sign) - 0xF000) for sign in match[0]), text)
    text = _KAPPA.sub("κ", _BULLET.sub("•", text))
    return _BLANKS.sub(" ", text.translate(_SIGNS)).strip()


def with_plain_signs(sections: Iterable[TextSection]) -> list[TextSection]:
    """The sections with plain signs in titles, texts and cells; an item of a list needs no bullet of its own."""
    return [
        replace(
            one,
            title=plain_signs(one.title),
            product=plain_signs(one.product) if one.product else one.product,
            blocks=tuple(map(_plain, one.blocks)),
        )
        for one in sections
    ]


def _plain(block: Block) -> Block:
    if block.rows:
        return block._replace(rows=tuple(tuple(map(plain_signs, row)) for row in block.rows))
    text = plain_signs(block.text)
    if block.kind == "item" and not block.marker and text is not block.text:
        text = text.removeprefix("• ")
    return block if text is block.text else block._replace(text=text)
