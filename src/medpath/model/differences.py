"""What differs between two bodies of a medicine, field by field.

Cleaned values are compared as they are. Days of publication on the site, the order of a list and names from
vocabularies are never a difference. Where a field was given by another source than before, two texts that differ
by punctuation, case or signs alone are the same: EMA's list and EMA's page print one text in two ways.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

from medpath.model.names import fold
from medpath.model.terms import HAD_AUTHORISATION, MEDICINES, PAGES

PROCEDURE_DATE = "latest_european_commission_decision"
_MEANING_SIGNS = set("<>≤≥=±%+")


@dataclass(frozen=True)
class Facts:
    """What a version was made from, as far as changes depend on it. ``gave``: the dataset of each field."""

    row_layout: str | None = None
    row_listed: bool = False
    page_layout: str | None = None
    datasets: frozenset[str] = frozenset()
    gave: tuple[tuple[str, str], ...] = ()

    def dataset(self, name: str) -> str:
        """The dataset that gave a field; EMA's list where nothing did."""
        return dict(self.gave).get(name, MEDICINES)


@dataclass(frozen=True)
class Difference:
    """One field that differs. ``day`` is the day that the agency states for it; ``spelling``: nothing but spelling."""

    kind: str
    name: str
    before: Any
    after: Any
    dataset: str
    day: str | None = None
    spelling: bool = False


def spelling_of(text: Any) -> str:
    """A text without what is only spelling: case, blanks, bullets, quotes, dashes; signs that carry meaning stay."""
    plain = unicodedata.normalize("NFKC", str(text)).casefold()
    return "".join(sign for sign in plain if sign.isalnum() or sign in _MEANING_SIGNS)


def letters_of(text: Any) -> str:
    """A text as letters and digits alone."""
    return fold(str(text)).replace(" ", "")


def same_list(ours: list[str], theirs: list[str]) -> bool:
    """Equal whatever the order; a list that an older layout runs together with commas equals the same list parted."""
    return Counter(ours) == Counter(theirs) or _parts(ours) == _parts(theirs)


def _parts(items: list[str]) -> Counter[str]:
    return Counter(part.strip() for item in items for part in item.replace(";", ",").split(",") if part.strip())


def _spelt_alike(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, list) and isinstance(theirs, list):
        return Counter(map(spelling_of, ours)) == Counter(map(spelling_of, theirs)) or Counter(
            map(spelling_of, _parts(ours).elements())
        ) == Counter(map(spelling_of, _parts(theirs).elements()))
    return isinstance(ours, str) and isinstance(theirs, str) and spelling_of(ours) == spelling_of(theirs)


def _read_alike(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, list) and isinstance(theirs, list):
        return sorted(letters_of(" ".join(sorted(_parts(ours))))) == sorted(
            letters_of(" ".join(sorted(_parts(theirs))))
        )
    return isinstance(ours, str) and isinstance(theirs, str) and letters_of(ours) == letters_of(theirs)


class _Finder:
    """Compares two bodies; collects the differences."""

    def __init__(self, was: Facts, now: Facts) -> None:
        self.was, self.now = dict(was.gave), dict(now.gave)
        self.converted = was.page_layout != now.page_layout
        self.found: list[Difference] = []

    def field(self, kind: str, name: str, before: Any, after: Any, day: str | None = None, source: str = "") -> None:
        """Notes the field where it differs. ``source`` is the name under which provenance has it."""
        equal = same_list(before, after) if isinstance(before, list) and isinstance(after, list) else before == after
        if equal:
            return
        ours, theirs = self.was.get(source or name), self.now.get(source or name)
        elsewhere = ours is not None and theirs is not None and ours != theirs
        if (elsewhere or (self.converted and theirs == PAGES)) and _read_alike(before, after):
            return
        dataset = theirs or ours or MEDICINES
        self.found.append(Difference(kind, name, before, after, dataset, day, _spelt_alike(before, after)))


def field_differences(before: dict[str, Any], was: Facts, after: dict[str, Any], now: Facts) -> list[Difference]:
    """The differing fields, without documents, overview and related items."""
    finder = _Finder(was, now)
    status, status_was = after["status"], before["status"]
    code, code_was = status["code"] or status["source_value"], status_was["code"] or status_was["source_value"]
    # An authorisation that is in force again after a suspension is not of the day on which it was first granted.
    again = code == "authorised" and code_was in HAD_AUTHORISATION
    finder.field("status-changed", "status.code", code_was, code, None if again else status["date"], "status")
    finder.field("name-changed", "name", before["name"], after["name"])
    for name in ("active_substances", "inn_or_common_names"):
        finder.field("substance-changed", name, _names(before[name]), _names(after[name]))
    finder.field(
        "indication-changed",
        "therapeutic_indication",
        before["therapeutic_indication"],
        after["therapeutic_indication"],
    )
    holder, holder_was = _holder(after), _holder(before)
    finder.field("holder-changed", "holder", holder_was.get("name"), holder.get("name"))
    if holder.get("address_complete") and holder_was.get("address_complete"):
        ours, theirs = " ".join(holder_was["address"]), " ".join(holder["address"])
        if letters_of(ours) != letters_of(theirs):
            source = "authorisations.holder.address"
            finder.field("holder-changed", source, holder_was["address"], holder["address"])
    for system in ("ATC", "ATCvet"):
        codes_was, codes = _codes(before, system), _codes(after, system)
        finder.field("atc-changed", "atc", codes_was, codes, None, "atc" if system == "ATC" else "atcvet")
    areas_was, areas = _names(before["therapeutic_areas"]), _names(after["therapeutic_areas"])
    finder.field("area-changed", "therapeutic_areas", areas_was, areas)
    for flag, value in after["flags"].items():
        finder.field("flag-changed", f"flags.{flag}", before["flags"].get(flag), value)
    for name, day in after["dates"].items():
        if name not in ("first_published", "last_updated"):
            kind = "procedure-changed" if name == PROCEDURE_DATE else "date-changed"
            finder.field(kind, f"dates.{name}", before["dates"].get(name), day, day)
    for name in ("latest_procedure", "revision"):
        finder.field("procedure-changed", name, before[name], after[name])
    for name in ("pharmacotherapeutic_group", "category", "species", "url"):
        finder.field("other-changed", name, before[name], after[name])
    if code == code_was:  # an opinion that became a decision is told by the status
        outcome_was, outcome = before["opinion"]["outcome"], after["opinion"]["outcome"]
        finder.field("other-changed", "opinion.outcome", outcome_was, outcome)
    return finder.found


def _names(items: list[Any]) -> list[str]:
    return [item["name"] if isinstance(item, dict) else item for item in items]


def _codes(body: dict[str, Any], system: str) -> list[str]:
    return [item["code"] for item in body["atc"] if item["system"] == system]


def _holder(body: dict[str, Any]) -> dict[str, Any]:
    for authorisation in body["authorisations"]:
        return authorisation["holder"] or {}
    return body["applicant"] or {}
