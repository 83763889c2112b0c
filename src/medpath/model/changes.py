"""What changed between two versions of a medicine, and whose doing it was.

``source``: the publisher changed what it says about the medicine; only this is regulatory news.
``layout``: the publisher changed its format or its rules of listing. ``reader``: we read the same
bytes better. Texts are compared by letters and digits alone, so what cleaning, punctuation or
letter case explain is no change. Days of publication on the site and names from vocabularies are
never a change.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from medpath.model.names import fold
from medpath.model.related import KINDS as RELATED

MEDICINES = "ema.medicines"
PAGES = "ema.epar_pages"
DOCUMENTS = "ema.epar_documents"

KINDS = (
    "newly-listed",
    "no-longer-listed",
    "listed-again",
    "status-changed",
    "name-changed",
    "substance-changed",
    "indication-changed",
    "holder-changed",
    "atc-changed",
    "area-changed",
    "flag-changed",
    "date-changed",
    "procedure-changed",
    "document-added",
    "document-updated",
    "document-removed",
    "overview-changed",
    "related-changed",
    "other-changed",
)
CAUSES = ("source", "layout", "reader")
PROCEDURE_DATE = "latest_european_commission_decision"


@dataclass(frozen=True)
class Table:
    """One observation of EMA's list of medicines: when, in which layout, with which columns come or gone."""

    observed_at: str
    layout: str
    quiet: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Facts:
    """What a version was made from, as far as it decides the cause of a change."""

    row_layout: str | None = None
    row_listed: bool = False
    page_layout: str | None = None
    datasets: frozenset[str] = frozenset()


@dataclass
class Context:
    """What the store knows beside the two versions: EMA's tables in order, and since when each dataset is observed."""

    tables: list[Table] = field(default_factory=list)
    begun: dict[str, str] = field(default_factory=dict)

    def table_at(self, at: str) -> Table | None:
        """The table observed at an instant, exactly."""
        return next((table for table in self.tables if table.observed_at == at), None)

    def table_before(self, at: str) -> Table | None:
        """The last table observed before an instant."""
        return next((table for table in reversed(self.tables) if table.observed_at < at), None)


@dataclass
class Change:
    """One change of one kind in one observation."""

    kind: str
    cause: str
    date: str | None
    fields: list[dict[str, Any]]
    dataset: str


@dataclass
class _Difference:
    kind: str
    name: str
    before: Any
    after: Any
    dataset: str
    day: str | None = None  # the day that the agency states for it


def changes_between(
    before: dict[str, Any] | None,
    was: Facts,
    after: dict[str, Any],
    now: Facts,
    at: str,
    context: Context,
    gave: dict[str, str] | None = None,
) -> list[Change]:
    """The changes from one version to the next, observed at an instant. ``gave`` names the dataset of each field."""
    table, older = context.table_at(at), context.table_before(at)
    if before is None:
        return _newly_listed(after, now, at, table, older)
    differences = [*_fields(before, after, gave or {}), *_lists(before, after, was, now, at, context)]
    quiet = table.quiet if table is not None else frozenset()
    passage = was.row_layout is not None and now.row_layout is not None and was.row_layout != now.row_layout
    older_day = older.observed_at[:10] if older is not None else "9999-12-31"
    page_began = PAGES in now.datasets and PAGES not in was.datasets
    row_began = MEDICINES in now.datasets and MEDICINES not in was.datasets
    judged: dict[str, dict[str, list[_Difference]]] = {}
    for difference in differences:
        if (page_began or row_began) and not _comparable(difference):
            continue
        cause = "source"
        from_page = difference.dataset == PAGES or difference.name in ("overview.summary", "overview.questions")
        if difference.name in quiet:
            cause = "layout"
        elif passage and not from_page and difference.kind not in _LISTS:
            cause = "source" if difference.day is not None and difference.day > older_day else "layout"
        elif (
            difference.name == "authorisations.holder.address"
            and was.page_layout is not None
            and was.page_layout != now.page_layout
        ):
            cause = "layout"
        judged.setdefault(difference.kind, {}).setdefault(cause, []).append(difference)
    changes = _listing(before, after, was, now, at, table, older)
    leftover: list[_Difference] = []
    for kind in KINDS:
        causes = judged.get(kind, {})
        if len(causes) == 2:
            leftover += causes.pop("layout")
        for cause, found in causes.items():
            if kind == "other-changed" and cause == "layout":
                leftover += found
            else:
                changes.append(_change(kind, cause, found))
    if leftover:
        others = [change for change in changes if change.kind == "other-changed"]
        if others:  # one change per kind and observation: news and the publisher's format stand in one
            others[0].fields += _change("other-changed", "layout", leftover).fields
        else:
            changes.append(_change("other-changed", "layout", leftover))
    return changes


_LISTS = ("document-added", "document-updated", "document-removed", "overview-changed", "related-changed")


def _comparable(difference: _Difference) -> bool:
    """Whether a value of a source newly begun may be held against what EMA said elsewhere before."""
    if difference.before in (None, [], "") or difference.after in (None, [], ""):
        return False
    return difference.kind in ("status-changed", "holder-changed", "atc-changed", "date-changed", "procedure-changed")


def _newly_listed(after: dict[str, Any], now: Facts, at: str, table: Table | None, older: Table | None) -> list[Change]:
    if older is None:
        return []  # the first table ever, or a page before any table: nothing is new, it is only seen first
    day = after["status"]["date"] or after["dates"]["opinion_adopted"]
    cause = "layout"
    if (table is not None and now.row_listed and table.layout == older.layout) or (
        day is not None and day > older.observed_at[:10]
    ):
        cause = "source"
    fields = [{"field": "status.code", "before": None, "after": after["status"]["code"]}]
    return [Change("newly-listed", cause, day, fields, MEDICINES if now.row_listed else PAGES)]


def _listing(
    before: dict[str, Any],
    after: dict[str, Any],
    was: Facts,
    now: Facts,
    at: str,
    table: Table | None,
    older: Table | None,
) -> list[Change]:
    gone, gone_before = after["no_longer_listed_at"], before["no_longer_listed_at"]
    if gone is not None and gone_before is None and was.row_listed:
        kind = "no-longer-listed"
    elif gone is None and gone_before is not None and now.row_listed:
        kind = "listed-again"
    else:
        return []
    same = table is not None and older is not None and table.layout == older.layout
    fields = [{"field": "no_longer_listed_at", "before": gone_before, "after": gone}]
    return [Change(kind, "source" if same else "layout", None, fields, MEDICINES)]


def _change(kind: str, cause: str, differences: list[_Difference]) -> Change:
    days = {difference.day for difference in differences if difference.day}
    day = days.pop() if len(days) == 1 else max(days) if days and kind.startswith("document") else None
    fields = [{"field": item.name, "before": item.before, "after": item.after} for item in differences]
    return Change(kind, cause, day, fields, differences[0].dataset)


def _squashed(text: Any) -> str:
    return fold(str(text)).replace(" ", "") if text is not None else ""


def _names(items: list[dict[str, Any]]) -> list[str]:
    return [item["name"] for item in items]


def _same_list(ours: list[str], theirs: list[str]) -> bool:
    """Equal as sets of spellings; a list run together by an older layout equals the same list parted."""
    return Counter(map(_squashed, ours)) == Counter(map(_squashed, theirs)) or _squashed(
        " ".join(sorted(" ".join(ours).replace(",", " ").split()))
    ) == _squashed(" ".join(sorted(" ".join(theirs).replace(",", " ").split())))


def _fields(before: dict[str, Any], after: dict[str, Any], gave: dict[str, str]) -> list[_Difference]:
    found: list[_Difference] = []

    def dataset(name: str) -> str:
        return gave.get(name, MEDICINES)

    def text(kind: str, name: str, ours: Any, theirs: Any, day: str | None = None) -> None:
        if _squashed(ours) != _squashed(theirs):
            found.append(_Difference(kind, name, ours, theirs, dataset(name.partition(".")[0]), day))

    status, status_was = after["status"], before["status"]
    text(
        "status-changed",
        "status.code",
        status_was["code"] or status_was["source_value"],
        status["code"] or status["source_value"],
        status["date"],
    )
    text("name-changed", "name", before["name"], after["name"])
    for name in ("active_substances", "inn_or_common_names"):
        ours, theirs = before[name], after[name]
        if name == "active_substances":
            ours, theirs = _names(ours), _names(theirs)
        if not _same_list(ours, theirs):
            found.append(_Difference("substance-changed", name, ours, theirs, dataset(name)))
    text(
        "indication-changed",
        "therapeutic_indication",
        before["therapeutic_indication"],
        after["therapeutic_indication"],
    )
    holder, holder_was = _holder(after), _holder(before)
    text("holder-changed", "holder", holder_was.get("name"), holder.get("name"))
    if (
        holder.get("address_complete")
        and holder_was.get("address_complete")
        and _squashed(" ".join(holder["address"])) != _squashed(" ".join(holder_was["address"]))
    ):
        name = "authorisations.holder.address"
        found.append(_Difference("holder-changed", name, holder_was["address"], holder["address"], dataset(name)))
    codes, codes_was = [item["code"] for item in after["atc"]], [item["code"] for item in before["atc"]]
    if sorted(codes) != sorted(codes_was):
        found.append(_Difference("atc-changed", "atc", codes_was, codes, dataset("atc")))
    areas, areas_was = _names(after["therapeutic_areas"]), _names(before["therapeutic_areas"])
    if not _same_list(areas_was, areas):
        found.append(_Difference("area-changed", "therapeutic_areas", areas_was, areas, dataset("therapeutic_areas")))
    for flag, value in after["flags"].items():
        if value != before["flags"].get(flag):
            name = f"flags.{flag}"
            found.append(_Difference("flag-changed", name, before["flags"].get(flag), value, dataset(name)))
    for name, day in after["dates"].items():
        if name in ("first_published", "last_updated") or day == before["dates"].get(name):
            continue
        kind = "procedure-changed" if name == PROCEDURE_DATE else "date-changed"
        found.append(_Difference(kind, f"dates.{name}", before["dates"].get(name), day, dataset(f"dates.{name}"), day))
    for name in ("latest_procedure", "revision"):
        text("procedure-changed", name, before[name], after[name])
    for name in ("pharmacotherapeutic_group", "category", "url"):
        text("other-changed", name, before[name], after[name])
    text("other-changed", "opinion.outcome", before["opinion"]["outcome"], after["opinion"]["outcome"])
    if not _same_list(before["species"], after["species"]):
        found.append(_Difference("other-changed", "species", before["species"], after["species"], dataset("species")))
    return found


def _holder(body: dict[str, Any]) -> dict[str, Any]:
    for authorisation in body["authorisations"]:
        return authorisation["holder"] or {}
    return body["applicant"] or {}


def _lists(
    before: dict[str, Any], after: dict[str, Any], was: Facts, now: Facts, at: str, context: Context
) -> list[_Difference]:
    found: list[_Difference] = []
    page_began = PAGES in now.datasets and PAGES not in was.datasets
    if not page_began and context.begun.get(DOCUMENTS) != at:
        found += _documents(before, after)
    if not page_began and PAGES in was.datasets:
        found += _overview(before, after, was, now)
    for kind, (dataset, _describe) in RELATED.items():
        if context.begun.get(dataset) == at:
            continue
        ours = {item["id"]: item for item in before["related"].get(kind, [])}
        theirs = {item["id"]: item for item in after["related"][kind]}
        name = f"related.{kind}"
        for key in sorted(theirs.keys() - ours.keys()):
            if not (page_began and theirs[key]["basis"] == "page-link"):
                found.append(
                    _Difference("related-changed", name, None, _short(theirs[key]), dataset, theirs[key]["date"])
                )
        for key in sorted(ours.keys() - theirs.keys()):
            found.append(_Difference("related-changed", name, _short(ours[key]), None, dataset))
        for key in sorted(ours.keys() & theirs.keys()):
            if _essence(ours[key]) != _essence(theirs[key]):
                found.append(_Difference("related-changed", name, _short(ours[key]), _short(theirs[key]), dataset))
    return found


def _short(item: dict[str, Any]) -> dict[str, Any]:
    status = item.get("status")
    return {
        "id": item["id"],
        "title": item["title"],
        "date": item["date"],
        "status": status.get("code") if isinstance(status, dict) else None,
    }


def _essence(item: dict[str, Any]) -> tuple[Any, ...]:
    status = item.get("status")
    return (
        status.get("code") if isinstance(status, dict) else None,
        item.get("current"),
        _squashed(item.get("expected_resolution")),
        item.get("expected_resolution_date"),
    )


def _documents(before: dict[str, Any], after: dict[str, Any]) -> list[_Difference]:
    ours = {item["id"]: item for item in before["documents"]}
    theirs = {item["id"]: item for item in after["documents"]}
    found: list[_Difference] = []
    gone = {key: ours[key] for key in ours.keys() - theirs.keys()}
    for key in sorted(theirs.keys() - ours.keys()):
        item = theirs[key]
        moved = next((old for old, held in gone.items() if _is_moved(held, item)), None)
        if moved is not None:
            del gone[moved]
            continue
        day = item["first_published"] or item["last_updated"]
        found.append(_Difference("document-added", "documents", None, _brief(item), PAGES, day))
    for key in sorted(gone):
        found.append(_Difference("document-removed", "documents", _brief(gone[key]), None, PAGES))
    for key in sorted(ours.keys() & theirs.keys()):
        day, day_was = theirs[key]["last_updated"], ours[key]["last_updated"]
        if day is not None and day != day_was and day != theirs[key]["first_published"]:
            found.append(
                _Difference("document-updated", "documents", _brief(ours[key]), _brief(theirs[key]), PAGES, day)
            )
    return found


def _is_moved(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    return all(_squashed(ours[key]) == _squashed(theirs[key]) for key in ("title", "type", "reference_number"))


def _brief(item: dict[str, Any]) -> dict[str, Any]:
    return {key: item[key] for key in ("id", "title", "first_published", "last_updated")}


def _overview(before: dict[str, Any], after: dict[str, Any], was: Facts, now: Facts) -> list[_Difference]:
    ours, theirs = before["overview"], after["overview"]
    other_layout = was.page_layout != now.page_layout
    found = []
    if _squashed(" ".join(ours["summary"])) != _squashed(" ".join(theirs["summary"])) and not other_layout:
        found.append(_Difference("overview-changed", "overview.summary", ours["summary"], theirs["summary"], PAGES))
    questions_was, questions = _questions(ours, other_layout), _questions(theirs, other_layout)
    if [_squashed(text) for _, text in questions_was] != [_squashed(text) for _, text in questions]:
        before_kinds, after_kinds = [kind for kind, _ in questions_was], [kind for kind, _ in questions]
        if before_kinds == after_kinds:
            pairs = zip(questions_was, questions, strict=True)
            before_kinds = after_kinds = [a[0] for a, b in pairs if _squashed(a[1]) != _squashed(b[1])]
        found.append(_Difference("overview-changed", "overview.questions", before_kinds, after_kinds, PAGES))
    return found


def _questions(overview: dict[str, Any], without_first: bool) -> list[tuple[str, str]]:
    return [
        (item["kind"], f"{item['question']} {' '.join(item['answer'])}")
        for item in overview["questions"]
        if not item["archived"] and not (without_first and item["kind"] == "what-is-it")
    ]
