"""Two versions of a text compared: paragraphs added, removed, moved and changed, the words that changed in them.

What conversion makes is no change: blanks, breaks between paragraphs and within words, hyphens, list markers,
the borders of tables, glyphs of the Symbol font; nor is punctuation, nor the comma of thousands. Signs that change
the meaning of a number are words (minus, %, ≥). Numbers that changed are marked.
Time and memory are bounded: stretches that have nothing unique in common count as replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, NamedTuple

from medpath.documents.alignment import Match, align
from medpath.documents.blocks import Block
from medpath.documents.qrd import squeeze

Kind = Literal["added", "removed", "moved", "changed"]

WORD_LIMIT = 400_000  # of either text; paragraphs beyond are compared as wholes
MOVED = 20  # signs; a shorter paragraph is not followed when it moves
PAIR = 0.5  # of the different words; so much alike are paragraphs that changed and moved
PAIR_WORDS = 5
PAIRS = 10_000  # comparisons
ALIKE = 0.35  # of the words; paragraphs that have less in common are one removed and one added


class Run(NamedTuple):
    """Words in a row that are the same in both texts, added or removed. ``number``: a number that changed."""

    kind: Literal["same", "added", "removed"]
    text: str
    number: bool = False


@dataclass(frozen=True)
class Edit:
    """A difference: the paragraph as it was and as it is, with the runs of words where both are there.

    ``place`` counts the paragraphs of the new text from 0: where the paragraph stands, or before which
    one the removed one stood. A moved paragraph has its ``old_place`` as well.
    """

    kind: Kind
    old: str | None
    new: str | None
    place: int
    runs: tuple[Run, ...] = ()
    old_place: int | None = None


class _Word(NamedTuple):
    """A word: what it is compared by, its paragraph, where it begins there and where the next one does."""

    key: str
    paragraph: int
    start: int
    until: int


class _Step(NamedTuple):
    """Words of one paragraph of the new text, of the old one, or of both where they are the same."""

    kind: Literal["same", "added", "removed", "gone"]
    old: Sequence[_Word]
    new: Sequence[_Word]


_SYMBOLS = str.maketrans(
    "–—\u2011\uf02d\uf0b3\uf0a3\uf0b1\uf0b0\uf06d\uf061\uf062\uf067\uf0b4\uf03c\uf03e\uf0d7\uf0ae\uf03d\uf02b\uf025\u03bc\u2212",
    "----≥≤±°µαβγ×<>·→=+%µ-",
)
_WORD = re.compile(
    r"EU/\d/\d{2}/\d+(?:/\d+)?|\d+(?:[.,]\d+)*|[^\W\d_]+|[<>=≥≤±×%°/+&→]"
    r"|(?:(?<=^)|(?<=[(\[,;:=<>≤≥±|])|(?<=[(\[,;:=<>≤≥±|]\s)|(?<=[a-z][a-z]\s))-(?=\d)"  # minus, no hyphen or dash
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")  # a newer text writes 1 000 for 1,000
_LETTER_BULLETS = ("o ", "n ", "→ ", "\uf0ae ")  # of Courier, Wingdings and Symbol


def paragraphs(blocks: Iterable[Block]) -> list[str]:
    """The texts of blocks to compare; a table's rows one by one, a cell over several columns once."""
    found: list[str] = []
    for block in blocks:
        if block.text:
            found.append(f"{block.marker} {block.text}" if block.marker else block.text)
        for row in block.rows:
            cells = [cell for index, cell in enumerate(row) if cell and (index == 0 or cell != row[index - 1])]
            if cells:
                found.append(" ".join(cells))
    return found


def redline(old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """What changed between two texts, given as paragraphs, in the order of the new text.

    Nothing where the texts differ only by what conversion makes of them.
    """
    before, after = _words(old), _words(new)
    old_keys = [_joined(words) for words in before]
    new_keys = [_joined(words) for words in after]
    if "".join(old_keys) == "".join(new_keys):
        return []
    matches = align(old_keys, new_keys)
    moved = _moved(old_keys, new_keys, matches)
    gone = set(moved.values())
    edits = [Edit("moved", old[there], new[here], here, (), there) for here, there in moved.items()]
    for first, last, start, end in _gaps(matches, len(old), len(new)):
        a = [word for place in range(first, last) if place not in gone for word in before[place]]
        b = [word for place in range(start, end) if place not in moved for word in after[place]]
        for piece, place in _pieces(_steps(a, b), start):
            edits += _edits(piece, place, old, new)
    edits = _settled(_paired(edits))
    return sorted(edits, key=lambda edit: (edit.place, edit.kind != "removed"))


def _words(texts: Sequence[str]) -> list[list[_Word]]:
    words: list[list[_Word]] = []
    left = WORD_LIMIT
    for place, text in enumerate(texts):
        matches = list(_WORD.finditer(text.translate(_SYMBOLS)))
        if len(matches) > left:
            words.append([_Word(squeeze(text), place, 0, len(text))])
            continue
        starts = [match.start() for match in matches[1:]] + [len(text)]
        found = [
            _Word(_key(match[0]), place, match.start(), until) for match, until in zip(matches, starts, strict=False)
        ]
        if len(found) > 1 and text[:2] in _LETTER_BULLETS:
            del found[0]
        words.append(found)
        left -= len(found)
    return words


def _key(word: str) -> str:
    if _THOUSANDS.fullmatch(word):
        return word.replace(",", "")
    return word if word.isascii() else unicodedata.normalize("NFKC", word)


def _joined(words: Sequence[_Word]) -> str:
    return "".join(word.key for word in words)


def _moved(old: Sequence[str], new: Sequence[str], matches: Sequence[Match]) -> dict[int, int]:
    """New place and old place of paragraphs that are the same and stand elsewhere, once in either text."""
    kept_old = {match.old + step for match in matches for step in range(match.length)}
    kept_new = {match.new + step for match in matches for step in range(match.length)}
    left: dict[str, list[int]] = {}
    for place, key in enumerate(old):
        if place not in kept_old and len(key) >= MOVED:
            left.setdefault(key, []).append(place)
    come = [place for place in range(len(new)) if place not in kept_new and new[place] in left]
    counts = Counter(new[place] for place in come)
    return {place: left[new[place]][0] for place in come if counts[new[place]] == len(left[new[place]]) == 1}


def _gaps(matches: Sequence[Match], olds: int, news: int) -> Iterator[tuple[int, int, int, int]]:
    first = start = 0
    for match in [*matches, Match(olds, news, 0)]:
        if match.old > first or match.new > start:
            yield first, match.old, start, match.new
        first, start = match.old + match.length, match.new + match.length


def _steps(a: Sequence[_Word], b: Sequence[_Word]) -> Iterator[_Step]:
    """The way from one stretch of words to the other. Words that are only torn ("f inding") are the same."""
    sizes = Counter(word.paragraph for word in a)
    at = to = 0
    for match in [*align([word.key for word in a], [word.key for word in b]), Match(len(a), len(b), 0)]:
        gone, come = a[at : match.old], b[to : match.new]
        if _joined(gone) == _joined(come):
            if gone:
                yield _Step("same", gone, come)
        else:
            for words in _by_paragraph(gone):
                whole = len(words) == sizes[words[0].paragraph]
                yield _Step("gone" if whole else "removed", words, [])
            for words in _by_paragraph(come):
                yield _Step("added", [], words)
        at, to = match.old + match.length, match.new + match.length
        start = match.new
        for words in _by_paragraph(b[match.new : to]):
            first = match.old + start - match.new
            yield _Step("same", a[first : first + len(words)], words)
            start += len(words)


def _by_paragraph(words: Sequence[_Word]) -> Iterator[list[_Word]]:
    for _, group in groupby(words, lambda word: word.paragraph):
        yield list(group)


def _pieces(steps: Iterable[_Step], place: int) -> Iterator[tuple[list[_Step], int]]:
    """The steps for each paragraph of the new text, with its place; those of a paragraph that is gone alone."""
    piece: list[_Step] = []
    for step in steps:
        if step.kind == "gone":
            yield [step], place
            continue
        if step.new and step.new[0].paragraph != place:
            if piece:
                yield piece, place
                piece = []
            place = step.new[0].paragraph
        piece.append(step)
    if piece:
        yield piece, place


def _edits(piece: Sequence[_Step], place: int, old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    if all(step.kind == "same" for step in piece):
        return
    runs = tuple(run for step in piece for run in _runs(step, old, new))
    was = "".join(_text(step.old, old) for step in piece).strip()
    if not any(step.new for step in piece):
        yield Edit("removed", was, None, place)
        return
    same = sum(len(step.old) for step in piece if step.kind == "same")
    most = max(sum(len(step.old) for step in piece), sum(len(step.new) for step in piece))
    if not was:
        yield Edit("added", None, new[place], place)
    elif same < ALIKE * most:
        yield Edit("removed", was, None, place)
        yield Edit("added", None, new[place], place)
    else:
        yield Edit("changed", was, new[place], place, runs)


def _paired(edits: Sequence[Edit]) -> list[Edit]:
    """Removed and added paragraphs that are much alike become changed ones: they changed and moved."""
    removed = [edit for edit in edits if edit.kind == "removed"]
    added = [edit for edit in edits if edit.kind == "added"]
    if not removed or not added or len(removed) * len(added) > PAIRS:
        return list(edits)
    words = {id(edit): {word.key for word in _words([edit.old or edit.new or ""])[0]} for edit in [*removed, *added]}
    pairs: dict[int, Edit] = {}
    for gone in removed:
        options = [edit for edit in added if id(edit) not in pairs and len(words[id(edit)]) >= PAIR_WORDS]
        best = max(options, key=lambda edit: _likeness(words[id(gone)], words[id(edit)]), default=None)
        if best is not None and _likeness(words[id(gone)], words[id(best)]) >= PAIR:
            pairs[id(best)] = gone
    gone_too = {id(edit) for edit in pairs.values()}
    result: list[Edit] = []
    for edit in edits:
        if id(edit) in gone_too:
            continue
        was = pairs.get(id(edit))
        if was is None or was.old is None or edit.new is None:
            result.append(edit)
            continue
        texts = [was.old], [edit.new]
        steps = _steps(_words(texts[0])[0], _words(texts[1])[0])
        runs = tuple(run for step in steps for run in _runs(step, *texts))
        result.append(Edit("changed", was.old, edit.new, edit.place, runs))
    return result


def _settled(edits: Sequence[Edit]) -> list[Edit]:
    """The edits without paragraphs that only became part of another one, or part of one that became a paragraph."""
    for kind, other in (("removed", "added"), ("added", "removed")):
        whole = {_sign(edit.old or edit.new or ""): edit for edit in edits if edit.kind == kind}
        settled: dict[int, Edit | None] = {}
        for edit in edits:
            if edit.kind != "changed":
                continue
            runs = []
            for run in edit.runs:
                match = whole.pop(_sign(run.text), None) if run.kind == other else None
                if match is not None:
                    settled[id(match)] = None
                    run = Run("same", run.text)
                runs.append(run)
            if len(settled) and runs != list(edit.runs):
                settled[id(edit)] = replace(edit, runs=tuple(runs)) if any(r.kind != "same" for r in runs) else None
        edits = [now for edit in edits if (now := settled.get(id(edit), edit)) is not None]
    return list(edits)


def _sign(text: str) -> str:
    return _joined(_words([text])[0])


def _likeness(some: set[str], others: set[str]) -> float:
    return len(some & others) / max(len(some | others), 1)


def _runs(step: _Step, old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    if step.kind == "same":
        yield Run("same", _text(step.new, new))
        return
    kind: Literal["added", "removed"] = "added" if step.new else "removed"
    words, texts = (step.new, new) if step.new else (step.old, old)
    for number, group in groupby(words, lambda word: any(map(str.isdigit, word.key))):
        yield Run(kind, _text(list(group), texts), number)


def _text(words: Sequence[_Word], texts: Sequence[str]) -> str:
    """The words as they stand in their paragraphs, each with what follows it there."""
    return "".join(
        texts[group[0].paragraph][group[0].start : group[-1].until].rstrip() + " " for group in _by_paragraph(words)
    )
