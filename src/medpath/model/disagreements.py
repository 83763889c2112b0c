"""Where two sources say different things about one medicine: both are shown, none is silently right."""

from __future__ import annotations

from datetime import date
from typing import Any

from medpath.model.company_names import same_company
from medpath.model.histories import Source
from medpath.model.names import fold
from medpath.model.terms import DATES, ENDED

# So many days a decision and its notification to the holder can lie apart; further apart they disagree.
NOTIFICATION_DAYS = 7
# The status in the Union Register, and which of EMA's say the same.
REGISTER_STATUSES = {
    "active": ("authorised",),
    "refused": ("refused",),
    "suspended": ("suspended",),
    "withdrawn": ENDED,
    "expired": ENDED,
    "not renewed": ENDED,
    "annulled": ENDED,
    "revoked": ENDED,
}


def disagreements_of(
    row: Source | None, page: Source | None, leading: Source, registered: Source | None
) -> list[dict[str, Any]]:
    """The fields in which sources differ: ``{"field", "values": [{"dataset", "value", "last_updated"}, …]}``.

    EMA's list and EMA's page are held against each other where EMA updated both on the same day. The
    European Commission's Union Register is held against the ``leading`` one of the two: status, holder, and the day of
    authorisation, which there is that of the decision and with EMA can be that of its notification some days later.
    """
    found: list[dict[str, Any]] = []
    if row is not None and page is not None and row.no_longer_listed_at is None:
        found += _between_list_and_page(row, page)
    if registered is not None and registered.no_longer_listed_at is None:
        found += _with_register(leading, registered)
    return found


def _difference(field: str, ours: Source, our_value: Any, theirs: Source, their_value: Any) -> list[dict[str, Any]]:
    """The disagreement, or nothing where a source is silent or both say the same."""
    if our_value in (None, [], "") or their_value in (None, [], ""):
        return []
    if same_company(our_value, their_value) if field == "holder" else _same(our_value, their_value):
        return []
    values = [
        {"dataset": source.dataset, "value": value, "last_updated": source.body.get("last_updated")}
        for source, value in ((ours, our_value), (theirs, their_value))
    ]
    return [{"field": field, "values": values}]


def _between_list_and_page(row: Source, page: Source) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for flag, value in (page.body.get("flags") or {}).items():
        if value is True and (row.body.get("flags") or {}).get(flag) is False:
            found += _difference(f"flags.{flag}", row, "no", page, "yes")
    row_day, page_day = row.body.get("last_updated"), page.body.get("last_updated")
    if row_day is None or row_day != page_day:
        return found
    for field in ("name", "holder", "active_substances", "atc", "therapeutic_areas"):
        found += _difference(field, row, row.body.get(field), page, page.body.get(field))
    found += _difference("status.code", row, _code(row), page, _code(page))
    for key in DATES:
        found += _difference(f"dates.{key}", row, _date(row, key), page, _date(page, key))
    return found


def _with_register(ema: Source, registered: Source) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    stated = (registered.body.get("status") or {}).get("source_value")
    if stated and _code(ema) not in REGISTER_STATUSES.get(stated.casefold(), (_code(ema),)):
        found += _difference("status.code", ema, _code(ema), registered, stated)
    found += _difference("holder", ema, ema.body.get("holder"), registered, registered.body.get("holder"))
    day = registered.body.get("authorisation_date")
    ours = _date(ema, "marketing_authorisation")
    if ours and day and days_apart(ours, day) > NOTIFICATION_DAYS:
        found += _difference("dates.marketing_authorisation", ema, ours, registered, day)
    return found


def days_apart(one: str, other: str) -> int:
    """How many days lie between two ISO days."""
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _code(source: Source) -> str | None:
    code: str | None = (source.body.get("status") or {}).get("code")
    return code


def _date(source: Source, key: str) -> str | None:
    day: str | None = (source.body.get("dates") or {}).get(key)
    return day


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, list):
        return sorted(fold(str(item)) for item in ours) == sorted(fold(str(item)) for item in theirs)
    return fold(str(ours)) == fold(str(theirs))
