"""Who speaks about a medicine: EMA's row and EMA's page, which of them leads, and what they say field by field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from medpath.model.histories import Inputs, Source
from medpath.model.names import fold, names_in
from medpath.model.terms import LOSSY_LAYOUTS, MEDICINES, PAGES


def row_of(inputs: Inputs) -> Source | None:
    """The medicine's row in EMA's list.

    EMA's list can print something else where the product number belongs (2024: ``H/C/WS2451`` for Bondronat). Such a
    row is joined by the publisher's own link, the address of the medicine's page, and continues the medicine's line.
    """
    row = inputs.one(MEDICINES)
    strays = [
        found.source
        for found in inputs.found_in(MEDICINES)
        if found.source.medicine is None and any(kind == "page" for kind, _ in found.keys)
    ]
    if row is None or not strays:
        return row
    versions = [*row.versions, *(version for stray in strays for version in stray.versions)]
    spoken = {version.observed_from for version in versions if version.body is not None}
    versions = [one for one in versions if one.body is not None or one.observed_from not in spoken]
    return replace(row, versions=sorted(versions, key=lambda version: version.observed_from))


def page_of(inputs: Inputs, row: Source | None) -> tuple[Source | None, list[Source]]:
    """The medicine's page, and others that state its number.

    A renamed medicine has a new page, and the old one stays for a while: of the pages that bear a name of the table's
    row, today's or a former one, the one leads that EMA updated last. Other names may come of a mistyped number.
    """
    pages = inputs.of(PAGES)
    if not pages:
        return None, []
    address = row.body.get("url") if row is not None else None
    names = _names(row) if row is not None else set()

    def rank(source: Source) -> tuple[bool, str, bool]:
        at_address = source.body.get("url") == address
        return at_address or bool(_names(source) & names), source.body.get("last_updated") or "", at_address

    pages.sort(key=rank)
    return pages[-1], pages[:-1]


def _names(source: Source) -> set[str]:
    """All names of a medicine, today's and former ones, folded."""
    today, former = names_in(source.body.get("name") or "")
    return {fold(name) for name in (*today, *former)} - {""}


def in_order(row: Source | None, page: Source | None) -> list[Source]:
    """The two, the leading one first: the one that EMA updated later, else the one that was observed later."""
    if row is None or page is None:
        return [source for source in (row, page) if source is not None]
    days = page.body.get("last_updated"), row.body.get("last_updated")
    page_day, row_day = days if None not in days else ("", "")  # the list often has no day where the page has one
    page_leads = (page_day, page.version.observed_from) > (row_day, row.version.observed_from)
    return [page, row] if page_leads else [row, page]


class Said:
    """What the leading speaker says of a field, else the other; notes who gave it."""

    def __init__(self, speakers: list[Source]) -> None:
        self.speakers = speakers
        self.gave: dict[str, Source] = {}

    def value(self, name: str, whole: bool = False) -> Any:
        """``whole``: a page whose conversion lost sentences speaks last."""
        last = LOSSY_LAYOUTS if whole else ()
        for source in sorted(self.speakers, key=lambda speaker: speaker.body.get("layout") in last):
            value = source.body.get(name)
            if value not in (None, [], ""):
                self.gave[name] = source
                return value
        return None

    def day(self, name: str) -> Any:
        """A day that sources state beside the others, told under ``dates``."""
        value = self.value(name)
        if value is not None:
            self.gave[f"dates.{name}"] = self.gave.pop(name)
        return value

    def nested(self, outer: str, name: str) -> Any:
        for source in self.speakers:
            value = (source.body.get(outer) or {}).get(name)
            if value is not None:
                self.gave[f"{outer}.{name}"] = source
                return value
        return None

    def flag(self, name: str) -> bool | None:
        """Flags come from the table; pages print only those that hold, and not all of them."""
        table = next((source for source in self.speakers if source.dataset == MEDICINES), None)
        for source in [table] if table is not None else self.speakers:
            value = (source.body.get("flags") or {}).get(name)
            if value is not None:
                self.gave[f"flags.{name}"] = source
                return bool(value)
        return None

    def provenance(self) -> dict[str, Source]:
        return {name.replace("opinion_outcome", "opinion.outcome"): source for name, source in self.gave.items()}
