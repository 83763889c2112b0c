"""Words broken at the end of a line, made whole.

Whether a hyphen belongs to the word ("long-term") or to the line ("manage-ment") is what the rest of the document
shows: a word that stands in it without hyphen is mended, any other one keeps its hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from medpath.documents.blocks import tidy
from medpath.documents.pdf.letters import LINE_END_HYPHEN

LONG = 8  # letters; shorter words are not broken without a sign

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_END = re.compile(r"([^\W\d_]+)$")
_START = re.compile(r"[^\W\d_]+")
_JOINERS = frozenset(("and", "or", "to", "und", "oder", "et", "ou"))


class Hyphens:
    """Mends words by those of the whole document."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: set[str] = set()
        for text in texts:
            whole = text[:-1] if text.endswith((LINE_END_HYPHEN, "-")) else text
            self._words.update(word.lower() for word in _WORD.findall(whole))

    def mended(self, lines: Sequence[str], *, narrow: bool = False) -> str:
        """The lines as one, with the words at their ends made whole.

        In ``narrow`` cells long words are also broken without a sign: two parts become one where the document has the
        whole word elsewhere and does not have both parts.
        """
        text = ""
        for line in lines:
            if text.endswith(LINE_END_HYPHEN) or (text.endswith("-") and text[-2:-1].isalnum()):
                text = self._joined(text[:-1], line.lstrip())
            elif narrow and self._is_one_word(text, line):
                text += line
            else:
                text = f"{text} {line}" if text else line
        if text.endswith(LINE_END_HYPHEN):
            text = f"{text[:-1]}-"
        return tidy(text.replace(LINE_END_HYPHEN, "-"))

    def _is_one_word(self, before: str, after: str) -> bool:
        start, end = _END.search(before), _START.match(after)
        if start is None or end is None or len(start[1] + end[0]) < LONG:
            return False
        parts = start[1].lower(), end[0].lower()
        return "".join(parts) in self._words and not self._words.issuperset(parts)

    def _joined(self, before: str, after: str) -> str:
        start, end = _END.search(before), _START.match(after)
        if start is None or end is None:
            return f"{before}-{after}"
        if end[0] in _JOINERS:
            return f"{before}- {after}"
        whole = (start[1] + end[0]).lower()
        parted = f"{start[1]}-{end[0]}".lower()
        return f"{before}{after}" if whole in self._words and parted not in self._words else f"{before}-{after}"
