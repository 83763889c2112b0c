"""The lay overview of a medicine: EMA's summary, questions and answers, those of the past marked as such."""

from __future__ import annotations

from typing import Any

from medpath.model.histories import Inputs, Source
from medpath.model.terms import ENDED


def overview_of(
    inputs: Inputs, page: Source | None, status: str | None, dates: dict[str, Any], documents: list[dict[str, Any]]
) -> tuple[dict[str, Any], Source | None]:
    """(overview, the page that gave it).

    Where the page has dropped its questions, those of the last version that had them stay, each
    with ``archived`` true; ``archived_at`` is the last instant at which EMA showed them. Where no
    held version ever had any though the authorisation has ended, ``no_longer_shown`` is true and
    ``document`` is the overview document's address.
    """
    overview: dict[str, Any] = {
        "summary": [],
        "questions": [],
        "observed_at": None,
        "archived_at": None,
        "no_longer_shown": False,
        "document": next((item["url"] for item in documents if item["group"] == "overview"), None),
    }
    if page is None:
        return overview, None
    current = page.body.get("overview") or {}
    overview["summary"] = current.get("summary") or []
    questions = [{**question, "archived": False} for question in current.get("questions") or []]
    overview["observed_at"] = page.version.observed_from
    if not questions:
        for version in reversed(page.versions):
            held = ((version.body or {}).get("overview") or {}).get("questions")
            if held:
                questions = [{**question, "archived": True} for question in held]
                overview["archived_at"] = version.observed_to
                break
        else:
            overview["no_longer_shown"] = status in ENDED
    overview["questions"] = questions
    return overview, page
