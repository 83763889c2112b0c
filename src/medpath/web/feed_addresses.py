"""The address of the feed that belongs to a page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from medpath.model.mesh import is_place
from medpath.search.asked import YEARS

if TYPE_CHECKING:
    from medpath.web.asked import Asked

LISTS = ("/search", "/medicines")
FILTERS = ("q", "status", "category", "atc", "area", "substance", "organisation", "flag", "year")
_ONE = re.compile(r"(/(?:medicines|substances|conditions|organisations|atc)/[^/]+)(?:/history)?")


def feed_of(asked: Asked, form: str = "atom") -> str | None:
    """The address of the feed of what a page is about, in its language; None for a page about something else."""
    if asked.path == "/changes":
        query = tuple(item for item in asked.query if item[0] in ("kind", "cause"))
        return replace(asked, path=f"/feeds/changes.{form}", query=query).address()
    if asked.path in LISTS:
        if any(name in YEARS for name, _ in asked.query):
            return None  # feeds know no filters by such years
        query = tuple(item for item in asked.query if item[0] in FILTERS)
        if asked.path == "/search" and not query:
            return None
        return replace(asked, path=f"{asked.path}/changes.{form}", query=query).address()
    one = _ONE.fullmatch(asked.path)
    if one is not None and one[1].startswith("/conditions/") and is_place(place := one[1].rpartition("/")[2]):
        return replace(asked, path=f"/medicines/changes.{form}", query=(("area", place),)).address()
    return replace(asked, path=f"{one[1]}/changes.{form}", query=()).address() if one is not None else None
