"""What EMA's tables and pages together say of each medicine, by instants, held against what is told.

The rule is plain and its own: field by field the one speaks that EMA updated later (where that is not known, the one
that was observed later), else the other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.real.plain_pages import letters

LISTS = ("active_substances", "inn_or_common_names", "therapeutic_areas")
TEXTS = ("name", "holder", "therapeutic_indication", "latest_procedure", "pharmacotherapeutic_group")
# What is first seen on another kind of source is a change where both say something, and differently.
HELD_AGAINST = ("status.code", "holder", "atc", "latest_procedure", "revision")
NOT_SAID = ("documents", "path", "at", "number", "last_updated", "whole")


def plain_row(body: dict[str, Any]) -> dict[str, Any]:
    """The row of a table as plain as a page."""
    found: dict[str, Any] = {name: letters(body[name] or "") for name in TEXTS}
    found |= {name: "".join(sorted(letters("".join(body[name])))) for name in LISTS}
    found |= {f"dates.{name}": day for name, day in body["dates"].items()}
    found |= {name: body[name] for name in ("last_updated", "revision")}
    return found | {"atc": frozenset(body["atc"]), "status.code": (body["status"] or {}).get("code")}


@dataclass
class Known:
    """A medicine by an instant: its newest row and page, since when each says so, and how many of each were seen."""

    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    since: dict[str, str] = field(default_factory=dict)

    def see(self, kind: str, at: str, what: dict[str, Any]) -> None:
        """A row or page that says what the one before it said is no other."""
        if self.sources.get(kind) != what:
            self.sources[kind], self.since[kind] = what, at

    def said(self) -> dict[str, Any]:
        """What is known, field by field."""
        first, second = self.sources.get("page", {}), self.sources.get("row", {})
        days = [one.get("last_updated") or "" for one in (first, second)]
        if first and second:
            days = days if all(days) else ["", ""]
            if (days[0], self.since["page"]) <= (days[1], self.since["row"]):
                first, second = second, first
        said = {name: first.get(name) or second.get(name) for name in first.keys() | second.keys()}
        if not self.sources.get("page", {}).get("whole", True):  # its conversion lost lines of indications
            one = "therapeutic_indication"
            said[one] = self.sources.get("row", {}).get(one) or said.get(one)
        return {name: value for name, value in said.items() if value and name not in NOT_SAID}


@dataclass
class Compared:
    """How many differences are told as they are, the documents' among them, and each that is not."""

    counts: Counter[str] = field(default_factory=Counter)
    unlike: list[tuple[str, str, str, str, Any]] = field(default_factory=list)


def compare(
    told: Iterable[dict[str, Any]],
    rows: Iterable[tuple[str, dict[str, dict[str, Any]]]],
    pages: Iterable[dict[str, Any]],
) -> Compared:
    """Holds the changes told against the differences, from each medicine's first page on.

    ``rows``: cleaned rows by product number, with the instant of the table. Two pages of one number are left aside.
    """
    changes: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for one in told:
        changes[one["medicine"].rpartition(":")[2].replace("-", "/"), one["observed_at"]].append(one)
    seen: dict[str, dict[tuple[str, str], dict[str, Any]]] = defaultdict(dict)
    paths: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        seen[page["number"]][page["at"], "page"] = {name: page[name] for name in page if name != "at"}
        paths[page["number"]].add(page["path"])
    for at, bodies in rows:
        for number in bodies.keys() & paths.keys():
            seen[number][at, "row"] = plain_row(bodies[number])
    compared = Compared()
    for number, observations in seen.items():
        if len(paths[number]) == 1:
            _compare(number, sorted(observations.items()), changes, compared)
    return compared


def _compare(number: str, observations: list[Any], changes: dict[Any, Any], compared: Compared) -> None:
    known = Known()
    for (at, kind), what in observations:
        before, listed, anew = known.said(), dict(known.sources), kind not in known.sources
        known.see(kind, at, what)
        after, news = known.said(), changes.get((number, at), [])
        if not listed or "page" not in known.sources:
            continue
        expected = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        if anew:
            both = before.keys() & after.keys()
            expected = {one for one in expected & both if one in HELD_AGAINST or one.startswith("dates.")}
        given = {one["field"]: one for change in news for one in change["fields"]}
        names = (given.keys() & (before.keys() | after.keys() | what.keys())) - set(NOT_SAID)
        for name in expected ^ names:
            if not _explained(name, before, after, given.get(name)):
                compared.unlike.append((number, at, kind, name, (before.get(name), after.get(name), given.get(name))))
        compared.counts[f"{kind}: fields"] += len(expected)
        compared.counts[f"{kind}: told"] += len(expected & names)
        if kind == "page" and not anew:
            differ = _documents(listed["page"]["documents"], what["documents"])
            stated = Counter(
                (change["kind"].removeprefix("document-"), _name((one["after"] or one["before"])["id"]))
                for change in news
                if change["kind"].startswith("document-")
                for one in change["fields"]
            )
            compared.counts["documents"] += differ.total()
            compared.counts["documents told"] += (differ & stated).total()
            if differ != stated:
                compared.unlike.append((number, at, kind, "documents", (differ - stated, stated - differ)))


def _explained(name: str, before: dict[str, Any], after: dict[str, Any], given: dict[str, Any] | None) -> bool:
    """What is told though only signs differ; and a holder whose address a newer page runs together with the name."""
    if given is not None and letters(str(given["before"])) == letters(str(given["after"])):
        return True
    if name != "holder":
        return False
    told = letters(str(given["after"])) if given is not None else before.get(name, "-")
    return bool(after.get(name, "").startswith(told))


def _documents(before: dict[str, Any], after: dict[str, Any]) -> Counter[tuple[str, str]]:
    """Files that came and went, those that only moved aside, and files with another day of update."""
    came, went = (Counter(map(_name, one.keys() - other.keys())) for one, other in ((after, before), (before, after)))
    found = Counter({("added", name): count for name, count in (came - went).items()})
    found += Counter({("removed", name): count for name, count in (went - came).items()})
    for address in before.keys() & after.keys():
        first, last = after[address]
        if last not in (None, first, before[address][1]):
            found["updated", _name(address)] += 1
    return found


def _name(address: str) -> str:
    """An address without what EMA changes where it moves a file: "and", the number behind it, the kind of file."""
    plain = re.sub(r"^ema:document:|^/en/documents/|\.\w+(?:-\d+)?$", "", address)
    return letters(plain.replace("-and-", "-"))
