"""Words put together to the lines of a page.

Words follow each other in the file as they do in a line, so a word joins the one before it where it stands behind it;
small raised and lowered signs do too. Stretches of one line that stand apart (columns, cells, a number and its
heading) stay pieces of a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from medpath.documents.pdf.letters import LINE_END_HYPHEN, runs_right_to_left
from medpath.documents.pdf.words import Word

APART = 0.9  # of the size of letters; a wider gap parts the pieces of a row
SAME_LINE = 0.45  # of the size; base lines that differ less are one line's
RAISED = 0.62  # of the size of the letters beside; so far a smaller sign may stand above or below
SMALLER = 0.82


@dataclass
class Piece:
    """Words of one line without wide gaps; coordinates in points, upwards.

    ``letters`` counts its letters and ``bold`` those in bold type. ``size`` and ``y`` are those of most letters.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    letters: int
    bold: int

    @property
    def top(self) -> float:
        """The upper edge of its letters, about."""
        return self.y + 0.75 * self.size


@dataclass
class Row:
    """Pieces side by side, from left to right."""

    y: float
    pieces: list[Piece] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The size of its largest letters."""
        return max(piece.size for piece in self.pieces)

    def whole(self) -> Piece:
        """The row as one piece, read from right to left where its letters run so."""
        if len(self.pieces) == 1:
            return self.pieces[0]
        pieces = self.pieces
        main = max(pieces, key=lambda piece: piece.letters)
        if runs_right_to_left(main.text):
            pieces = pieces[::-1]
        return Piece(
            " ".join(piece.text for piece in pieces),
            self.pieces[0].x0,
            max(piece.x1 for piece in pieces),
            main.y,
            main.size,
            sum(piece.letters for piece in pieces),
            sum(piece.bold for piece in pieces),
        )


def pieces_of(words: Iterable[Word]) -> list[Piece]:
    """The words in the order of the file, joined to pieces of lines."""
    found: list[Piece] = []
    piece: Piece | None = None
    large = 0  # letters in the size that the piece has
    for word in words:
        letters = len(word.text)
        if piece is not None and _follows(piece, word):
            piece.text += f" {word.text}"
            piece.x1 = max(piece.x1, word.x1)
            piece.letters += letters
            piece.bold += letters if word.bold else 0
            if word.size > piece.size * 1.02 and letters > large:
                piece.size, piece.y, large = word.size, word.y, letters
            elif word.size > piece.size * 0.98:
                large += letters
            continue
        piece = Piece(word.text, word.x0, word.x1, word.y, word.size, letters, letters if word.bold else 0)
        large = letters
        found.append(piece)
    return found


def _follows(piece: Piece, word: Word) -> bool:
    """Whether a word stands behind a piece in its line."""
    if piece.text.endswith(LINE_END_HYPHEN):
        return False
    size = max(piece.size, word.size)
    gap = word.x0 - piece.x1
    if not -0.35 * size < gap < APART * size:
        return False
    lift = abs(word.y - piece.y)
    if lift <= 0.2 * size:
        return True
    small = min(piece.size, word.size) < SMALLER * size
    return lift <= (RAISED if small else 0.3) * size


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """The pieces in rows, from the top of the page; those that touch each other are joined."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.x0)):
        for row in rows[:-4:-1]:
            if row.y - piece.y <= SAME_LINE * min(piece.size, row.size) and not _covers(row, piece):
                row.pieces.append(piece)
                break
        else:
            rows.append(Row(piece.y, [piece]))
    rows = _with_raised(rows)
    for row in rows:
        row.pieces = _joined(sorted(row.pieces, key=lambda piece: piece.x0))
        row.y = max(row.pieces, key=lambda piece: piece.letters).y
    return rows


def _covers(row: Row, piece: Piece) -> bool:
    """Whether a piece lies over one of the row: it is no part of it."""
    return any(min(one.x1, piece.x1) - max(one.x0, piece.x0) > 0.5 * piece.size for one in row.pieces)


def _with_raised(rows: Sequence[Row]) -> list[Row]:
    """The rows; raised and lowered signs that were rows of their own are in the rows that they belong to."""
    kept: list[Row] = []
    for index, row in enumerate(rows):
        beside = [*kept[-1:], *rows[index + 1 : index + 2]]
        home = next((one for one in beside if _belongs(row, one)), None)
        if home is not None:
            home.pieces += row.pieces
        else:
            kept.append(row)
    return kept


def _belongs(row: Row, other: Row) -> bool:
    """Whether all pieces of a row are small signs at the end of pieces of another one."""
    if abs(row.y - other.y) > RAISED * other.size or row.size > SMALLER * other.size:
        return False
    return all(
        any(-0.2 * one.size < piece.x0 - one.x1 < 0.3 * one.size for one in other.pieces) and piece.letters < 12
        for piece in row.pieces
    )


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        gap = piece.x0 - last.x1 if last is not None else 0.0
        if last is None or gap > 0.5 * max(last.size, piece.size) or runs_right_to_left(last.text + piece.text):
            joined.append(piece)
            continue
        small = piece.size < SMALLER * last.size
        touching = gap < (0.3 if small else 0.12) * last.size
        last.text += piece.text if touching else f" {piece.text}"
        last.x1 = max(last.x1, piece.x1)
        last.letters += piece.letters
        last.bold += piece.bold
        last.size = max(last.size, piece.size)
    return joined
