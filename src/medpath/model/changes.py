"""What changed between two versions of a medicine, and whose doing it was.

``source``: the publisher changed what it says about the medicine; only this is regulatory news.
``layout``: the publisher changed its format or its rules of listing, or did something to a whole column.
``reader``: we read the same bytes better.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from medpath.model.columns import Columns
from medpath.model.differences import Difference, Facts, field_differences
from medpath.model.list_differences import KINDS as LIST_KINDS
from medpath.model.list_differences import list_differences
from medpath.model.numbers import product_number
from medpath.model.reversals import Earlier, is_empty
from medpath.model.terms import ENDED, MEDICINES, PAGES

# In the order of their weight: what is told of one medicine or one day stands in it.
KINDS = (
    "status-changed",
    "newly-listed",
    "no-longer-listed",
    "listed-again",
    "safety-communication",
    "referral-step",
    "shortage-opened",
    "shortage-resolved",
    "shortage-changed",
    "indication-changed",
    "holder-changed",
    "name-changed",
    "substance-changed",
    "orphan-designation",
    "paediatric-decision",
    "flag-changed",
    "atc-changed",
    "area-changed",
    "procedure-added",
    "procedure-changed",
    "date-changed",
    "document-added",
    "document-updated",
    "document-removed",
    "overview-changed",
    "related-changed",
    "other-changed",
    "value-vanished",
    "value-reverted",
)
CAUSES = ("source", "layout", "reader")

# Which rules of listing a layout of EMA's list follows. The one of 2026 only renamed a column of that of 2024.
RULES = {"2017": "2017", "2018": "2018", "2024": "2024", "2026": "2024"}
RENAMED_FLAG = "flags.generic_or_hybrid"
# Across a change of the rules only approvals and ends with a stated day later than the older list are news.
NEWS_DAYS = ("dates.marketing_authorisation", "dates.withdrawal_expiry_revocation_lapse")
_COMPARABLE = ("status-changed", "holder-changed", "atc-changed", "date-changed", "procedure-changed")
DATED_EACH = ("document", "procedure-added")  # each of several has a day of its own: the newest stands for all
_NEVER = "9999-12-31"


@dataclass(frozen=True)
class Table:
    """One observation of EMA's list of medicines: when, in which layout, and what happened to whole columns."""

    observed_at: str
    layout: str
    columns: Columns = Columns()

    @property
    def rules(self) -> str:
        """The rules of listing that it follows."""
        return RULES.get(self.layout, self.layout)


@dataclass
class Context:
    """What is known beside the two versions: EMA's lists in order, and since when each dataset is observed."""

    tables: list[Table] = field(default_factory=list)
    begun: dict[str, str] = field(default_factory=dict)

    def table_at(self, at: str) -> Table | None:
        """The list observed at an instant, exactly."""
        return next((table for table in self.tables if table.observed_at == at), None)

    def table_before(self, at: str) -> Table | None:
        """The last list observed before an instant."""
        return next((table for table in reversed(self.tables) if table.observed_at < at), None)


@dataclass
class Change:
    """One change of one kind in one observation. ``date`` is the day that the agency states for it."""

    kind: str
    cause: str
    date: str | None
    fields: list[dict[str, Any]]
    dataset: str


def changes_between(
    before: dict[str, Any] | None,
    was: Facts,
    after: dict[str, Any],
    now: Facts,
    at: str,
    context: Context,
    earlier: Earlier | None = None,
) -> list[Change]:
    """The changes from one version to the next, observed at an instant; one per kind, news and layout apart.

    With ``earlier``, the values that fields had before, a value that comes back is told as one that does.
    """
    table, older = context.table_at(at), context.table_before(at)
    if before is None:
        return _newly_listed(after, now, table, older)
    differences = field_differences(before, was, after, now)
    differences += list_differences(before, was, after, now, at, context.begun)
    begins = any(name in now.datasets and name not in was.datasets for name in (PAGES, MEDICINES))
    judge = _Judge(was, now, after, table, older)
    changes = _listing(before, after, was, now, table, older)
    judged: dict[tuple[str, str], list[Difference]] = {}
    for difference in differences:
        if begins and not _comparable(difference):
            continue
        cause = judge.cause(difference)
        if cause == "source" and _goes_back(difference, at, table, earlier):
            cause = "layout"
        judged.setdefault((_kind(difference, cause, at, earlier), cause), []).append(difference)
    for kind in KINDS:
        for cause in CAUSES:
            if found := judged.get((kind, cause)):
                changes.append(_change(kind, cause, found))
    return _one_per_kind(changes)


def _goes_back(difference: Difference, at: str, table: Table | None, earlier: Earlier | None) -> bool:
    """Whether a list that shows its older state again, or comes forward from it, is all that a difference tells."""
    if table is None or not table.columns.back or difference.dataset != MEDICINES:
        return False
    value = difference.after
    return is_empty(value) or isinstance(value, bool) or (earlier is not None and earlier.had(difference, at))


def _kind(difference: Difference, cause: str, at: str, earlier: Earlier | None) -> str:
    """The kind of a difference: that a value is missing, or is back, is no news of a new fact.

    A status that comes back is one: a suspension ends.
    """
    if cause != "source" or difference.kind in LIST_KINDS:
        return difference.kind
    if is_empty(difference.after):
        return "value-vanished"
    if difference.kind != "status-changed" and earlier is not None and earlier.had(difference, at):
        return "value-reverted"
    return difference.kind


def _one_per_kind(changes: list[Change]) -> list[Change]:
    """Where one kind has both causes, the news keeps its kind and the rest stands under ``other-changed``."""
    news = {change.kind for change in changes if change.cause == "source"}
    kept = [change for change in changes if change.cause == "source" or change.kind not in news]
    rest = [one for change in changes if change not in kept for one in change.fields]
    if not rest:
        return kept
    other = next((change for change in kept if change.kind == "other-changed" and change.cause == "layout"), None)
    if other is not None:
        other.fields += rest
    else:
        kept.append(Change("other-changed", "layout", None, rest, MEDICINES))
    return kept


class _Judge:
    """Decides whose doing a difference was."""

    def __init__(self, was: Facts, now: Facts, after: dict[str, Any], table: Table | None, older: Table | None) -> None:
        self.was, self.now, self.after = was, now, after
        self.columns = table.columns if table is not None else Columns()
        self.older_day = older.observed_at[:10] if older is not None else _NEVER
        both = was.row_layout is not None and now.row_layout is not None
        self.passage = both and RULES.get(was.row_layout or "") != RULES.get(now.row_layout or "")
        self.renamed = both and was.row_layout != now.row_layout

    def cause(self, difference: Difference) -> str:
        """``source`` or ``layout``."""
        if difference.kind in LIST_KINDS:
            return "source"
        if difference.name == "authorisations.holder.address":
            return "layout" if self.was.page_layout != self.now.page_layout else "source"
        if difference.dataset != MEDICINES:
            return "source"
        if self.passage:
            return "source" if self._is_dated_news(difference) else "layout"
        columns, name = self.columns, difference.name
        later = difference.day is not None and difference.day > self.older_day
        if (self.renamed and name == RENAMED_FLAG) or (name in columns.whole and not later):
            return "layout"
        if difference.after in (None, [], "") and name in columns.vanished:
            return "layout"
        if difference.before in (None, [], "") and difference.day and name in columns.late and not later:
            return "layout"
        return "layout" if difference.spelling and name in columns.respelt else "source"

    def _is_dated_news(self, difference: Difference) -> bool:
        if difference.day is None or difference.day <= self.older_day:
            return False
        if difference.kind == "status-changed":
            return self.after["status"]["code"] in ("authorised", *ENDED)
        return difference.name in NEWS_DAYS


def _comparable(difference: Difference) -> bool:
    """Whether a value of a source newly begun may be held against what EMA said elsewhere before."""
    if difference.before in (None, [], "") or difference.after in (None, [], ""):
        return False
    return difference.kind in _COMPARABLE


def _newly_listed(after: dict[str, Any], now: Facts, table: Table | None, older: Table | None) -> list[Change]:
    if older is None:
        return []  # the first list ever, or a page before any list: nothing is new, it is only seen first
    day = after["status"]["date"] or after["dates"]["opinion_adopted"]
    fields = [{"field": "status.code", "before": None, "after": after["status"]["code"]}]
    if now.row_listed and table is not None and table.rules == older.rules:
        return [Change("newly-listed", "source", day, fields, MEDICINES)]
    later = day is not None and day > older.observed_at[:10]
    if table is not None and now.row_listed:  # a passage from one layout to another
        later = later and after["status"]["code"] in ("authorised", *ENDED)
    return [
        Change("newly-listed", "source" if later else "layout", day, fields, MEDICINES if now.row_listed else PAGES)
    ]


def _listing(
    before: dict[str, Any], after: dict[str, Any], was: Facts, now: Facts, table: Table | None, older: Table | None
) -> list[Change]:
    alike = table is not None and older is not None and table.rules == older.rules and not table.columns.back
    cause = "source" if alike else "layout"
    gone, gone_before = after["no_longer_listed_at"], before["no_longer_listed_at"]
    fields = [{"field": "no_longer_listed_at", "before": gone_before, "after": gone}]
    if gone is not None and gone_before is None and was.row_listed:
        return [Change("no-longer-listed", cause, None, fields, MEDICINES)]
    if gone is None and gone_before is not None and now.row_listed:
        return [Change("listed-again", cause, None, fields, MEDICINES)]
    stray, stray_before = _stray_number(after), _stray_number(before)
    if (stray is None) == (stray_before is None):
        return []
    # The row is there, but something else stands where the product number belongs: no end of anything.
    kind = "listed-again" if stray is None else "no-longer-listed"
    fields = [{"field": "source_product_number", "before": stray_before, "after": stray}]
    return [Change(kind, "layout", None, fields, MEDICINES)]


def _stray_number(body: dict[str, Any]) -> str | None:
    """What the list prints in place of the product number, where it can't be read as one."""
    given: str | None = body["source_product_number"]
    return given if given is not None and product_number(given) is None else None


def _change(kind: str, cause: str, differences: list[Difference]) -> Change:
    days = {difference.day for difference in differences if difference.day}
    day = days.pop() if len(days) == 1 else max(days) if days and kind.startswith(DATED_EACH) else None
    fields = [{"field": item.name, "before": item.before, "after": item.after} for item in differences]
    return Change(kind, cause, day, fields, differences[0].dataset)
