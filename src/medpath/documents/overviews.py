"""EMA's overview documents for the public: "EPAR summary for the public" and, since 2018, "Medicine overview".

Their questions are those of the medicine's page (`medpath.documents.lay_questions`), so a medicine whose
page no longer shows them can get them back from the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from medpath.documents.blocks import Block, Document, tidy
from medpath.documents.faults import Fault
from medpath.documents.lay_questions import is_question, question_kind
from medpath.documents.watermarks import without_watermark

LONGEST_QUESTION = 200
PARAGRAPH_LIMIT = 400
BULLET = "• "

_FURNITURE = re.compile(
    r"(?:EMA|EMEA|EPAR|CHMP|Doc\.? ?Ref)[/\s.:]*[A-Z]*/?\d[\w/.\s-]*(?:Rev\.?\s?\d+)?(?:\s+Page\s+\d+(?:/\d+)?)?$"
    r"|EMEA/[HV]/C/\d+.*$|Page\s+\d+(?:\s?(?:/|of)\s?\d+)?$|\d{1,3}(?:/\d{1,3})?$"
    r"|.*\b(?:Churchill Place|Westferry Circus|Domenico Scarlatti\w*)\b.*|.*Reproduction is authorised provided.*"
    r"|(?:Telephone|Facsimile|E-?mail|Website|Official address|Address for visits|Send (?:us )?a question)\b.*"
    r"|An agency of the European Union.*|©.*|European Medicines Agency(?:, \d{4})?\.?$",
    re.IGNORECASE,
)  # fmt: skip
_OLD_TITLE = re.compile(
    r"(?:EPAR\s+)?summary for the public\b|European public assessment report \(EPAR\)", re.IGNORECASE
)
_NEW_TITLE = re.compile(r"(?:an\s+)?overview of\b.*\band why it\b|medicine overview\b", re.IGNORECASE)
_UPDATED = re.compile(r"(?:summary|overview) was last updated in (?:(\d{1,2})[-/](\d{4})|([A-Z][a-z]+) (\d{4}))")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@dataclass
class Overview:
    """What the document says: paragraphs before the first question, then questions with their answers.

    ``kind`` is ``summary-for-the-public``, ``medicine-overview`` or None; ``last_updated`` the month that the text
    states (``2018-06``). Questions are ``{"kind", "question", "answer"}`` as on pages; list items begin with a bullet.
    """

    kind: str | None = None
    summary: list[str] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    last_updated: str | None = None
    issues: list[Fault] = field(default_factory=list)


def read_overview(document: Document) -> Overview:
    """Reads an overview document; one without a question is an issue (``scanned`` or ``no-questions``)."""
    found = Overview()
    blocks = _texts(document)
    current: dict[str, Any] | None = None
    index = 0
    while index < len(blocks):
        block = blocks[index]
        question, used = _question_at(blocks, index)
        index += used
        if question is not None:
            current = _begin(question, document.place(block), found)
            continue
        if found.kind is None:
            found.kind = _kind(block.text)
        if (month := _month(block.text)) is not None:
            found.last_updated = month
        lines = _lines(block)
        if current is not None:
            current["answer"] += lines[: PARAGRAPH_LIMIT - len(current["answer"])]
        elif block.kind != "heading" and block.text and _is_sentence(block.text):
            found.summary += lines[: PARAGRAPH_LIMIT - len(found.summary)]
    if not found.questions:
        code, message = ("no-questions", "None of the questions of EMA's overviews was found.")
        if not blocks:
            code, message = ("scanned", "The document has no text: its pages are pictures.")
        found.issues.append(Fault(code, message, ""))
    return found


def _texts(document: Document) -> list[Block]:
    """The blocks of text, without running heads, addresses and page numbers."""
    blocks = [
        block
        for block in without_watermark(document.blocks)
        if block.rows or len(block.text) > 400 or not _FURNITURE.match(tidy(block.text))
    ]
    pages = max((block.page for block in blocks), default=1)
    repeated = Counter((block.text) for block in blocks if block.text)
    return [
        block
        for block in blocks
        if not (pages > 2 and repeated[block.text] >= pages - 1 and not is_question(block.text))
    ]


def _question_at(blocks: Sequence[Block], index: int) -> tuple[str | None, int]:
    """(the question that begins here, how many blocks it takes); headings of two lines are put together."""
    block = blocks[index]
    if block.rows or block.kind == "item" or len(block.text) > LONGEST_QUESTION:
        return None, 1
    text = tidy(block.text)
    marked = block.kind == "heading" or block.strong
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if marked and not text.endswith("?") and following is not None and following.kind == block.kind:
        both = f"{text} {tidy(following.text)}"
        if both.endswith("?") and len(both) <= LONGEST_QUESTION and question_kind(both) is not None:
            return both, 2
    if text.endswith("?") and (marked or question_kind(text) is not None):
        return text, 1
    if not text.endswith((".", ":", ",", ";")) and question_kind(text) is not None and (marked or len(text) < 80):
        return text, 1
    return None, 1


def _begin(question: str, place: str, found: Overview) -> dict[str, Any]:
    kind = question_kind(question)
    if kind is None:
        found.issues.append(
            Fault("unknown-question", f"“{question[:120]}” is not one of EMA's known questions.", place)
        )
    for known in found.questions:
        if known["question"].casefold() == question.casefold():
            return known
    found.questions.append({"kind": kind or "other", "question": question, "answer": []})
    return found.questions[-1]


def _lines(block: Block) -> list[str]:
    if block.rows:
        return [line for row in block.rows if (line := tidy(" | ".join(dict.fromkeys(cell for cell in row if cell))))]
    text = tidy(block.text)
    if not text:
        return []
    return [BULLET + text.lstrip("•● ")] if block.kind == "item" or text[0] in "•●" else [text]


def _kind(text: str) -> str | None:
    if _NEW_TITLE.match(text.strip()):
        return "medicine-overview"
    return "summary-for-the-public" if _OLD_TITLE.match(text.strip()) else None


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", ":", ";")) and len(text) > 40


def _month(text: str) -> str | None:
    match = _UPDATED.search(text)
    if match is None:
        return None
    if match[3]:
        name = match[3].casefold()
        return f"{match[4]}-{_MONTHS.index(name) + 1:02d}" if name in _MONTHS else None
    return f"{match[2]}-{int(match[1]):02d}" if 1 <= int(match[1]) <= 12 else None
