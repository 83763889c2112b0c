"""The overview of a page: its summary (the lead paragraphs), and its questions with their answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from medpath.documents.blocks import Block
from medpath.documents.lay_questions import question_kind
from medpath.sources.cleaning import clean_text
from medpath.sources.ema.epar_page_issues import Issues
from medpath.sources.ema.epar_page_sections import Section

FURNITURE = frozenset(("expand section", "collapse section", "expand all items in this list", "icon globe", "rss"))
_ONLY_SIGNS = re.compile(r"[.,;:!?)]+")
BULLET = "• "


def paragraphs(blocks: Iterable[Block]) -> list[str]:
    """The text of blocks, one string per paragraph; list items begin with a bullet, a table's rows are a line each."""
    found: list[str] = []
    for block in blocks:
        if block.kind == "table":
            found += [line for row in block.rows if (line := clean_text(" | ".join(cell for cell in row if cell)))]
            continue
        text = clean_text(block.text)
        if text is None or text.casefold() in FURNITURE:
            continue
        if found and _ONLY_SIGNS.fullmatch(text):  # a link before it took the full stop off its sentence
            found[-1] += text
        else:
            found.append(BULLET + text.removeprefix("•").strip() if block.kind == "item" else text)
    return found


def read_overview(sections: Iterable[Section], issues: Issues) -> dict[str, Any]:
    """``{"summary": […], "questions": [{"kind", "question", "answer"}]}`` from sections without their documents.

    A question that stands twice is one; an answer that is printed twice counts once.
    """
    summary: list[str] = []
    questions: dict[str, dict[str, Any]] = {}
    for section in sections:
        if section.part == "overview":
            summary += paragraphs(section.blocks)
        elif section.part == "question":
            _take_question(questions, section, issues)
    return {"summary": _once(summary), "questions": list(questions.values())}


def _take_question(questions: dict[str, dict[str, Any]], section: Section, issues: Issues) -> None:
    question = clean_text(section.heading.text) or ""
    answer = _once(paragraphs(section.blocks))
    kind = question_kind(question)
    if kind is None:
        message = f"“{question[:120]}” is not one of EMA's known questions."
        issues.note("unknown-question", message, section.heading, "info")
    known = questions.get(question.casefold())
    if known is None:
        questions[question.casefold()] = {"kind": kind or "other", "question": question, "answer": answer}
        return
    issues.note("doubled-question", f"“{question[:120]}” stands twice.", section.heading, "info")
    known["answer"] = list(dict.fromkeys([*known["answer"], *answer]))


def _once(texts: list[str]) -> list[str]:
    """The texts without the second half where it says the first half again."""
    half = len(texts) // 2
    return texts[:half] if half and len(texts) % 2 == 0 and texts[:half] == texts[half:] else texts


def one_line(section: Section, between: str = " ") -> str | None:
    """All text of a section on one line, as EMA's tables print it; ``between`` stands between its blocks."""
    texts = [
        " ".join(" ".join(row) for row in block.rows) if block.kind == "table" else block.text
        for block in section.blocks
        if block.text.casefold() not in FURNITURE or block.kind == "table"
    ]
    return clean_text(between.join(texts))
