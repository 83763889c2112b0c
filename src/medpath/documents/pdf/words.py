"""What stands on a page of a PDF: words with their places. With `drawings` the only module that knows PDFium."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from medpath.documents.pdf.drawings import Rule, pictures_on, rule_of, rules_on, turned
from medpath.documents.pdf.letters import (
    LINE_END_HYPHEN,
    in_reading_order,
    is_bold,
    plain,
    runs_right_to_left,
    signs_of,
)

SIGNS_LIMIT = 200_000  # of a page
LIGHT = 0.55  # brightness from which letters may be a watermark's
FAINT = 0.75  # opacity below which they may

_WORD = re.compile(rf"[^\s{LINE_END_HYPHEN}]*{LINE_END_HYPHEN}|\S+")
_LINE = re.compile(r"[^\r\n]+")
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_ERRORS = {2: "damaged", 3: "damaged", 4: "encrypted", 5: "encrypted", 6: "damaged"}
_FILL_AND_STROKE = 2


class Unreadable(Exception):
    """PDFium can't open the file; the code says why: ``encrypted`` or ``damaged``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Word(NamedTuple):
    """A word on the page; coordinates in points, upwards. ``y`` is its base line.

    A stretch of a line that runs from right to left counts as one word. ``light`` letters are pale or transparent.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    light: bool


@dataclass
class PageContent:
    """The content of a page, turned so that most of its text runs level; words in the order of the file.

    ``sideways`` are the texts at a right angle to the others, ``aslant`` those at any other angle. ``pictures`` counts
    the images of a page without text; ``lost`` letters are those that the fonts don't name; ``cut``: the page holds
    more than is read.
    """

    number: int
    bottom: float = 0.0
    top: float = 0.0
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    aslant: list[str] = field(default_factory=list)
    pictures: int = 0
    letters: int = 0
    lost: int = 0
    cut: bool = False


class PdfFile:
    """An opened PDF. Raises Unreadable. To be used by one thread, in a process that may end of it."""

    def __init__(self, data: bytes) -> None:
        self._data = data  # PDFium reads from it as long as the file is open
        self._file = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not self._file:
            raise Unreadable(_ERRORS.get(pdfium.FPDF_GetLastError(), "damaged"))
        self.pages: int = pdfium.FPDF_GetPageCount(self._file)

    def title(self) -> str:
        """The title that the file states of itself, or nothing."""
        size = pdfium.FPDF_GetMetaText(self._file, b"Title", None, 0)
        if not 2 < size <= 4_000:
            return ""
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_GetMetaText(self._file, b"Title", buffer, size)
        return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\x00")

    def page(self, number: int) -> PageContent | None:
        """The content of a page, counted from 1; None where the page is damaged."""
        page = pdfium.FPDF_LoadPage(self._file, number - 1)
        if not page:
            return None
        try:
            text = pdfium.FPDFText_LoadPage(page)
            if not text:
                return None
            try:
                return _content(page, text, number)
            finally:
                pdfium.FPDFText_ClosePage(text)
        finally:
            pdfium.FPDF_ClosePage(page)


class _Placed(NamedTuple):
    """A word as the file places it: its first and last sign's corners, its direction in quarter turns, -1 aslant."""

    text: str
    corners: tuple[float, float, float, float]
    origin: tuple[float, float]
    style: _Style


class _Style(NamedTuple):
    size: float
    bold: bool
    light: bool
    turn: int
    signs: dict[int, str] | None


def _content(page: Any, text: Any, number: int) -> PageContent:
    content = PageContent(number)
    placed = list(_placed(text, content))
    letters: Counter[int] = Counter()
    for word in placed:
        letters[word.style.turn] += len(word.text)
    content.letters = sum(letters.values())
    del letters[-1]
    turn = max(letters, key=lambda key: letters[key], default=0)
    content.words, content.sideways, content.aslant = _sorted_by_direction(placed, turn)
    box = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        edges = turned((box.left, box.bottom, box.right, box.top), turn)
        content.bottom, content.top = edges[1], edges[3]
        content.words = [
            word for word in content.words if word.x1 > edges[0] - 5 and word.x0 < edges[2] + 5
            and edges[1] - 5 < word.y < edges[3] + 5
        ]  # fmt: skip
    content.rules = [rule_of(turned(rule, turn)) for rule in rules_on(page)]
    content.pictures = 0 if content.letters else pictures_on(page)
    return content


def _sorted_by_direction(placed: Sequence[_Placed], turn: int) -> tuple[list[Word], list[str], list[str]]:
    words: list[Word] = []
    sideways: list[list[str]] = []
    aslant: list[list[str]] = []
    before: _Placed | None = None
    for word in placed:
        style = word.style
        if style.turn == turn:
            x0, _, x1, _ = turned(word.corners, turn)
            y = turned((*word.origin, *word.origin), turn)[1]
            words.append(Word(word.text, x0, x1, y, style.size, style.bold, style.light))
        else:
            texts = aslant if style.turn == -1 else sideways
            if before is None or not texts or not _goes_on(before, word):
                texts.append([])
            texts[-1].append(word.text)
        before = word
    return words, [" ".join(text) for text in sideways], [" ".join(text) for text in aslant]


def _goes_on(before: _Placed, word: _Placed) -> bool:
    """Whether a word that does not run level follows another in its line."""
    if before.style.turn != word.style.turn:
        return False
    if word.style.turn == -1:
        return math.dist(before.origin, word.origin) < word.style.size * (len(before.text) + 3)
    return (
        abs(
            turned((*before.origin, *before.origin), word.style.turn)[1]
            - turned((*word.origin, *word.origin), word.style.turn)[1]
        )
        < word.style.size
    )


def _placed(text: Any, content: PageContent) -> Iterator[_Placed]:
    """The words of a page with their places, in the order of the file."""
    count = pdfium.FPDFText_CountChars(text)
    if count <= 0:
        return
    if count > SIGNS_LIMIT:
        content.cut, count = True, SIGNS_LIMIT
    signs = _signs(text, count)
    content.lost = signs.count("\ufffd") + signs.count("\x00")
    reader = _Reader(text)
    if runs_right_to_left(signs):
        yield from _lines_both_ways(signs, reader)
        return
    words = [(match[0], match.start(), reader.style(match.start())) for match in _WORD.finditer(signs)]
    crossed = any(style is not None and (style.turn == -1 or style.light) for _, _, style in words)
    for found, start, _ in words:
        indexes = range(start, start + len(found))
        for part in _uncrossed(indexes, reader) if crossed else [indexes]:
            word = _word("".join(signs[index] for index in part), part[0], part[-1], reader)
            if word is not None:
                yield word


def _uncrossed(indexes: Sequence[int], reader: _Reader) -> list[list[int]]:
    """The signs of a word, apart from those of another text that lies across it (a watermark's)."""
    parts: dict[tuple[int, bool], list[int]] = {}
    for index in indexes:
        style = reader.style(index)
        if style is not None:
            parts.setdefault((style.turn, style.light), []).append(index)
    return list(parts.values())


def _signs(text: Any, count: int) -> str:
    """The signs of a page, one for each that PDFium counts."""
    buffer = ctypes.create_string_buffer((count + 1) * 2)
    given = pdfium.FPDFText_GetText(text, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    if given == count + 1:
        signs = buffer.raw[: count * 2].decode("utf-16-le", "replace")
        if len(signs) == count:
            return signs
    codes = [pdfium.FPDFText_GetUnicode(text, index) for index in range(count)]
    return "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd" for code in codes)


def _word(signs: str, first: int, last: int, reader: _Reader) -> _Placed | None:
    style = reader.style(first)
    if style is None:
        return None
    x, y = reader.origin(first)
    if last > first and signs.endswith(LINE_END_HYPHEN):
        last -= 1
    left, bottom, right, top = reader.box(last)
    if style.turn == 0:
        corners = (min(x, left), bottom, right, top)
    else:
        corners = (min(x, left), min(y, bottom), max(x, right), max(y, top))
    if not all(map(math.isfinite, (*corners, x, y))):
        return None
    if _PRIVATE.search(signs):
        signs = _named(signs, first, reader)
    return _Placed(plain(signs), corners, (x, y), style)


def _named(signs: str, first: int, reader: _Reader) -> str:
    """The signs, with the private ones of known fonts as what they show."""
    styles = [reader.style(index) for index in range(first, first + len(signs))]
    known = [style.signs if style is not None else None for style in styles]
    return "".join(
        signs_here.get(ord(sign), sign) if signs_here else sign for sign, signs_here in zip(signs, known, strict=True)
    )


def _lines_both_ways(signs: str, reader: _Reader) -> Iterator[_Placed]:
    """The words of a page on which some lines run from right to left: each stretch of these counts as one word."""
    for line in _LINE.finditer(signs):
        if not runs_right_to_left(line[0]):
            for match in _WORD.finditer(line[0]):
                start = line.start() + match.start()
                word = _word(match[0], start, start + len(match[0]) - 1, reader)
                if word is not None:
                    yield word
            continue
        yield from _stretches(line[0], line.start(), reader)


def _stretches(line: str, start: int, reader: _Reader) -> Iterator[_Placed]:
    """The parts of a line between wide gaps, from left to right as they are shown."""
    shown: list[tuple[float, float, str, int]] = []
    for index, sign in enumerate(line, start):
        if not sign.isspace() and sign != LINE_END_HYPHEN:
            left, right = reader.span(index)
            if math.isfinite(left) and math.isfinite(right):
                shown.append((left, right, plain(sign)[::-1], index))
    shown.sort(key=lambda item: (item[0] + item[1]) / 2)
    while shown:
        style = reader.style(shown[0][3])
        if style is None:
            return
        text, end, size = "", shown[0][0], style.size or 10.0
        count = 0
        for left, right, sign, _ in shown:
            if left - end > 0.9 * size:
                break
            text += f" {sign}" if left - end > 0.17 * size else sign
            end = max(end, right)
            count += 1
        origin = reader.origin(shown[0][3])
        _, bottom, _, top = reader.box(shown[0][3])
        logical = in_reading_order(text) if runs_right_to_left(text) else text
        yield _Placed(logical, (shown[0][0], bottom, end, top), origin, style)
        del shown[:count]


class _Reader:
    """Asks PDFium for places and styles of signs; the style of each text object once."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._left, self._right, self._bottom, self._top = (ctypes.c_double() for _ in range(4))
        self._box = tuple(map(ctypes.byref, (self._left, self._right, self._bottom, self._top)))
        self._room = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._origin = ctypes.byref(self._x), ctypes.byref(self._y)
        self._styles: dict[bytes, _Style | None] = {}
        self._fonts: dict[tuple[bytes, int], tuple[bool, dict[int, str] | None]] = {}

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a sign."""
        pdfium.FPDFText_GetCharBox(self._text, index, *self._box)
        return self._left.value, self._bottom.value, self._right.value, self._top.value

    def span(self, index: int) -> tuple[float, float]:
        """Left and right of the room that a sign takes in its line."""
        pdfium.FPDFText_GetLooseCharBox(self._text, index, ctypes.byref(self._room))
        return self._room.left, self._room.right

    def origin(self, index: int) -> tuple[float, float]:
        """Where a sign begins on its base line."""
        pdfium.FPDFText_GetCharOrigin(self._text, index, *self._origin)
        return self._x.value, self._y.value

    def style(self, index: int) -> _Style | None:
        """Size, weight, colour and direction of a sign; None for what no text object holds."""
        shown = pdfium.FPDFText_GetTextObject(self._text, index)
        key = bytes(shown)
        if key not in self._styles:
            self._styles[key] = self._style(shown, index) if shown else None
        return self._styles[key]

    def _style(self, shown: Any, index: int) -> _Style | None:
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self._text, index, ctypes.byref(matrix)):
            return None
        size = abs(pdfium.FPDFText_GetFontSize(self._text, index)) * math.hypot(matrix.c, matrix.d)
        if not math.isfinite(size) or not 0 < size < 10_000:
            return None
        bold, signs = self._font(index)
        if pdfium.FPDFTextObj_GetTextRenderMode(shown) == _FILL_AND_STROKE:
            bold = True
        return _Style(size, bold, self._is_light(index), _turn(matrix.a, matrix.b), signs)

    def _font(self, index: int) -> tuple[bool, dict[int, str] | None]:
        flags = ctypes.c_int()
        buffer = ctypes.create_string_buffer(200)
        size = pdfium.FPDFText_GetFontInfo(self._text, index, buffer, 200, ctypes.byref(flags))
        name = buffer.value if 0 < size <= 200 else b""
        key = name, flags.value
        if key not in self._fonts:
            font = name.decode("utf-8", "replace")
            self._fonts[key] = is_bold(font) or bool(flags.value & 1 << 18), signs_of(font)
        return self._fonts[key]

    def _is_light(self, index: int) -> bool:
        red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
        if not pdfium.FPDFText_GetFillColor(self._text, index, *map(ctypes.byref, (red, green, blue, opacity))):
            return False
        brightness = (0.3 * red.value + 0.59 * green.value + 0.11 * blue.value) / 255
        return brightness > LIGHT or opacity.value < 255 * FAINT


def _turn(a: float, b: float) -> int:
    """A direction in quarter turns to the left, or -1 for one aslant."""
    long = math.hypot(a, b)
    if not long or not math.isfinite(long):
        return 0
    if abs(b) < 0.06 * long:
        return 0 if a > 0 else 2
    if abs(a) < 0.06 * long:
        return 1 if b > 0 else 3
    return -1
