"""What differs between two bodies of a medicine in its lists: documents, overview, related records, procedures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medpath.model.differences import Difference, Facts, letters_of, spelling_of
from medpath.model.related_differences import KINDS as RELATED_KINDS
from medpath.model.related_differences import procedure_differences, related_differences
from medpath.model.terms import DOCUMENTS, PAGES, PROCEDURAL_STEPS

KINDS = ("document-added", "document-updated", "document-removed", "overview-changed", *RELATED_KINDS)


def list_differences(
    before: dict[str, Any], was: Facts, after: dict[str, Any], now: Facts, at: str, begun: Mapping[str, str]
) -> list[Difference]:
    """The differences. What comes with the first observation of a whole source (``begun``) is none."""
    found: list[Difference] = []
    page_began = PAGES in now.datasets and PAGES not in was.datasets
    if not page_began and begun.get(DOCUMENTS) != at:
        found += _documents(before, after)
    if not page_began and PAGES in was.datasets:
        found += _overview(before, after, was.page_layout != now.page_layout)
    found += related_differences(before, after, at, begun, page_began)
    if PROCEDURAL_STEPS in was.datasets:
        found += procedure_differences(before, after, at)
    return found


def _documents(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    ours = {item["id"]: item for item in before["documents"]}
    theirs = {item["id"]: item for item in after["documents"]}
    found: list[Difference] = []
    gone = {key: ours[key] for key in ours.keys() - theirs.keys()}
    for key in sorted(theirs.keys() - ours.keys()):
        item = theirs[key]
        moved = next((old for old in sorted(gone) if _is_moved(gone[old], item)), None)
        if moved is not None:
            del gone[moved]
            continue
        day = item["first_published"] or item["last_updated"]
        found.append(Difference("document-added", "documents", None, _brief(item), item["source"], day))
    for key in sorted(gone):
        found.append(Difference("document-removed", "documents", _brief(gone[key]), None, gone[key]["source"]))
    for key in sorted(ours.keys() & theirs.keys()):
        day, day_was = theirs[key]["last_updated"], ours[key]["last_updated"]
        if day is not None and day != day_was and day != theirs[key]["first_published"]:
            item_was, item = _brief(ours[key]), _brief(theirs[key])
            found.append(Difference("document-updated", "documents", item_was, item, theirs[key]["source"], day))
    return found


def _is_moved(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    keys = ("title", "type", "reference_number")
    return all(spelling_of(ours[key]) == spelling_of(theirs[key]) for key in keys)


def _brief(item: dict[str, Any]) -> dict[str, Any]:
    return {key: item[key] for key in ("id", "title", "first_published", "last_updated")}


def _overview(before: dict[str, Any], after: dict[str, Any], converted: bool) -> list[Difference]:
    """``converted``: the page came in another layout, which may lose signs and the first question."""
    form = letters_of if converted else spelling_of
    ours, theirs = before["overview"], after["overview"]
    found = []
    if form(" ".join(ours["summary"])) != form(" ".join(theirs["summary"])):
        found.append(Difference("overview-changed", "overview.summary", ours["summary"], theirs["summary"], PAGES))
    questions_was, questions = _questions(ours, converted), _questions(theirs, converted)
    if [form(text) for _, text in questions_was] != [form(text) for _, text in questions]:
        kinds_was, kinds = [kind for kind, _ in questions_was], [kind for kind, _ in questions]
        if kinds_was == kinds:
            pairs = zip(questions_was, questions, strict=True)
            kinds_was = kinds = [a[0] for a, b in pairs if form(a[1]) != form(b[1])]
        found.append(Difference("overview-changed", "overview.questions", kinds_was, kinds, PAGES))
    return found


def _questions(overview: dict[str, Any], without_first: bool) -> list[tuple[str, str]]:
    return [
        (item["kind"], f"{item['question']} {' '.join(item['answer'])}")
        for item in overview["questions"]
        if not item["archived"] and not (without_first and item["kind"] == "what-is-it")
    ]
