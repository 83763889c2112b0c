"""What differs between two bodies of a medicine in its lists: documents, overview, related items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medpath.model.differences import Difference, Facts, letters_of, spelling_of
from medpath.model.related import KINDS as RELATED
from medpath.model.terms import DOCUMENTS, PAGES

OF_THE_MOMENT = ("current", "expected_resolution", "expected_resolution_date")  # what may change of a related record
KINDS = ("document-added", "document-updated", "document-removed", "overview-changed", "related-changed")


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
    for kind, (dataset, _describe) in RELATED.items():
        if begun.get(dataset) != at:
            found += _related(kind, dataset, before["related"].get(kind, []), after["related"][kind], page_began)
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


def _related(
    kind: str, dataset: str, before: list[dict[str, Any]], after: list[dict[str, Any]], page_began: bool
) -> list[Difference]:
    ours, theirs = {item["id"]: item for item in before}, {item["id"]: item for item in after}
    name = f"related.{kind}"
    found = []
    for key in sorted(theirs.keys() | ours.keys()):
        item_was, item = ours.get(key), theirs.get(key)
        if item is None and item_was is not None:
            found.append(Difference("related-changed", name, _short(item_was), None, dataset))
        elif item_was is None and item is not None:
            if not (page_began and item["basis"] == "page-link"):
                found.append(Difference("related-changed", name, None, _short(item), dataset, item["date"]))
        elif item_was is not None and item is not None and _essence(item_was) != _essence(item):
            found.append(Difference("related-changed", name, _short(item_was), _short(item), dataset))
    return found


def _status(item: dict[str, Any]) -> str | None:
    status = item.get("status")
    return (status.get("code") or status.get("source_value")) if isinstance(status, dict) else None


def _short(item: dict[str, Any]) -> dict[str, Any]:
    told = {"id": item["id"], "title": item["title"], "date": item["date"], "status": _status(item)}
    return told | {key: item[key] for key in OF_THE_MOMENT if key in item}


def _essence(item: dict[str, Any]) -> tuple[Any, ...]:
    resolution = spelling_of(item.get("expected_resolution") or "")
    return (_status(item), item.get("current"), resolution, item.get("expected_resolution_date"))
