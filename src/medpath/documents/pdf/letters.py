"""Letters as a PDF's fonts give them, made plain: ligatures, forms of Arabic letters, signs of the Symbol font."""

from __future__ import annotations

import re
import unicodedata

LINE_END_HYPHEN = "\ufffe"  # what PDFium puts in place of a hyphen at the end of a line
SOFT_HYPHEN = "\u00ad"

# A font's private signs: code in the Symbol font (0xF000 and up in text), and what it shows.
_SYMBOL = dict(zip(range(0xF041, 0xF05B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_SYMBOL |= dict(zip(range(0xF061, 0xF07B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL |= {0xF020 + step: sign for step, sign in enumerate("""!∀#∃%&∋()∗+,−./0123456789:;<=>?""", 1)}
_SYMBOL |= {
    0xF0A2: "′", 0xF0A3: "≤", 0xF0A4: "⁄", 0xF0A5: "∞", 0xF0AB: "↔", 0xF0AC: "←", 0xF0AD: "↑", 0xF0AE: "→",
    0xF0AF: "↓", 0xF0B0: "°", 0xF0B1: "±", 0xF0B2: "″", 0xF0B3: "≥", 0xF0B4: "×", 0xF0B5: "∝", 0xF0B6: "∂",
    0xF0B7: "•", 0xF0B8: "÷", 0xF0B9: "≠", 0xF0BA: "≡", 0xF0BB: "≈", 0xF0BC: "…", 0xF0C5: "⊕", 0xF0C7: "∩",
    0xF0C8: "∪", 0xF0CE: "∈", 0xF0D0: "∠", 0xF0D1: "∇", 0xF0D2: "®", 0xF0D3: "©", 0xF0D4: "™", 0xF0D5: "∏",
    0xF0D6: "√", 0xF0D7: "⋅", 0xF0D9: "∧", 0xF0DA: "∨", 0xF0DB: "⇔", 0xF0DC: "⇐", 0xF0DD: "⇑", 0xF0DE: "⇒",
    0xF0DF: "⇓", 0xF0E5: "∑", 0xF0F2: "∫", 0xF05B: "[", 0xF05D: "]", 0xF05E: "⊥", 0xF07B: "{", 0xF07C: "|",
    0xF07D: "}", 0xF07E: "∼",
}  # fmt: skip
_WINGDINGS = {0xF06C: "•", 0xF06E: "•", 0xF071: "•", 0xF073: "•", 0xF077: "•", 0xF09F: "•", 0xF0A7: "•", 0xF0D8: "•"}
_IS_SYMBOL = re.compile(r"(?:^|\+)Symbol", re.IGNORECASE)
_IS_WINGDINGS = re.compile(r"(?:^|\+)Wingdings", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|demi|(?:^|\+)cmb", re.IGNORECASE)
_FORMS = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]+")
_BRACKET = re.compile(r"[()]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RIGHT_TO_LEFT_RUN = re.compile(rf"{_RIGHT_TO_LEFT.pattern}(?:\s*{_RIGHT_TO_LEFT.pattern})*")
_LEFT_TO_RIGHT = re.compile("[0-9A-Za-z\u00c0-\u024f](?:[^\u0590-\u08ff]*[0-9A-Za-z\u00c0-\u024f%])?")


def signs_of(font: str) -> dict[int, str] | None:
    """What the private signs of a font show, by its name; none where the font is not known."""
    if _IS_SYMBOL.search(font):
        return _SYMBOL
    return _WINGDINGS if _IS_WINGDINGS.search(font) else None


def is_bold(font: str) -> bool:
    """Whether a font's name says that it is bold."""
    return _BOLD.search(font) is not None


def plain(text: str) -> str:
    """The text with ligatures and forms of Arabic and Hebrew letters taken apart, without soft hyphens within words."""
    if text.isascii():
        return text
    if SOFT_HYPHEN in text:
        end = LINE_END_HYPHEN if text.endswith(SOFT_HYPHEN) else ""
        text = text.replace(SOFT_HYPHEN, "") + end
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def runs_right_to_left(text: str) -> bool:
    """Whether the text has letters of a script that runs from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def in_reading_order(shown: str) -> str:
    """A line with letters that run from right to left, given by its signs from left to right as they are shown.

    The direction of most letters is the line's; numbers and words of other scripts keep theirs. Whether a bracket is
    the sign or its mirror image is not known in such lines: two brackets are made a pair.
    """
    if 2 * len(_RIGHT_TO_LEFT.findall(shown)) < sum(map(str.isalpha, shown)):
        return _RIGHT_TO_LEFT_RUN.sub(lambda match: match[0][::-1], shown)
    text = _LEFT_TO_RIGHT.sub(lambda match: match[0][::-1], shown[::-1])
    if len(_BRACKET.findall(text)) == 2:
        pair = iter("()")
        text = _BRACKET.sub(lambda _: next(pair), text)
    return text
