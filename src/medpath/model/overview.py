"""The lay overview of a medicine: EMA's summary, questions and answers, those of the past marked as such."""

from __future__ import annotations

from typing import Any

from medpath.model.histories import Inputs, Source
from medpath.model.terms import ENDED, OVERVIEWS


def overview_of(
    inputs: Inputs, page: Source | None, status: str | None, documents: list[dict[str, Any]]
) -> tuple[dict[str, Any], Source | None, Source | None]:
    """(overview, the page that gave it, the overview document that gave its questions).

    Where the page has dropped its questions, those of the last version that had them stay, each
    with ``archived`` true; ``archived_at`` is the last instant at which EMA showed them. Where no
    held version ever had any though the authorisation has ended, they are those of EMA's overview document
    where that is held: then ``questions_document`` is its address and ``questions_month`` the month that it states.
    Where it is not held either, ``no_longer_shown`` is true. ``document`` is the overview document's address.
    """
    overview: dict[str, Any] = {
        "summary": [],
        "questions": [],
        "observed_at": None,
        "archived_at": None,
        "no_longer_shown": False,
        "questions_document": None,
        "questions_month": None,
        "document": next((item["url"] for item in documents if item["group"] == "overview"), None),
    }
    if page is None:
        return overview, None, None
    current = page.body.get("overview") or {}
    overview["summary"] = current.get("summary") or []
    questions = [{**question, "archived": False} for question in current.get("questions") or []]
    overview["observed_at"] = page.version.observed_from
    asked = None
    if not questions:
        for version in reversed(page.versions):
            held = ((version.body or {}).get("overview") or {}).get("questions")
            if held:
                questions = [{**question, "archived": True} for question in held]
                overview["archived_at"] = version.observed_to
                break
        else:
            if status in ENDED:
                asked = _document(inputs)
                overview["no_longer_shown"] = asked is None
    if asked is not None:
        questions = [{**question, "archived": True} for question in asked.body["questions"]]
        overview["archived_at"] = asked.version.observed_from
        overview["questions_document"] = asked.body["url"]
        overview["questions_month"] = asked.body["last_updated_month"]
    overview["questions"] = questions
    return overview, page, asked


def _document(inputs: Inputs) -> Source | None:
    """The overview document that has questions: of the newest month, EMA's own file before others."""
    held = [found.source for dataset in OVERVIEWS for found in inputs.found_in(dataset)]
    return max(
        (source for source in held if source.body.get("questions")),
        key=lambda source: (
            source.body["last_updated_month"] or "",
            source.dataset == OVERVIEWS[0],
            source.version.observed_from,
            source.key,
        ),
        default=None,
    )
