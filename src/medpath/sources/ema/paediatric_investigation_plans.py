"""EMA's decisions on paediatric investigation plans (PIP): the JSON report, its table, and a derived table.

The derived table was made from the report by somebody else, with column names of its own (layout
``derived``). It has no invented names; a plan is known by the path of its page in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from medpath.fetch.files import SourceFile
from medpath.sources.ema.reports import read_page_rows
from medpath.sources.fields import take_coded, take_day, take_list, take_text
from medpath.sources.keys import name_key, page_key
from medpath.sources.reading import Report, Row, SourceRecord

NEEDED = ("pip_number", "decision_number", "decision_type", "decision_date")
RENAMED = {
    "pip_procedure_number": "pip_number",
    "pip_decision_number": "decision_number",
    "ema_url": "pip_url",
    "decision_type_text": "decision_type",
    "condition": "condition_indication",
    "compliance_check_done": "compliance_outcome",
}
DERIVED_IGNORED = (
    "decision_type_code",
    "decision_title",
    "has_full_waiver",
    "has_partial_waiver",
    "has_deferral",
    "pdf_url",
    "parse_confidence",
    "fetched_at",
    "ema_feed_timestamp",
)
DECISIONS = {code.casefold(): code.casefold() for code in ("P", "PM", "W", "RP", "RPM", "RW")}
COMPLIANCE = {"positive": "positive", "negative": "negative"}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per decision, keyed by the path of its page. Raises SourceFailed for a changed format."""
    for key, url, row in read_page_rows(file, report, NEEDED, "pip_url", RENAMED):
        derived = row.has("parse_confidence")
        if derived:
            report.layout = "derived"
        substances = take_list(row, "active_substance")
        names = take_list(row, "invented_name")
        body = {
            "plan_number": take_text(row, "pip_number"),
            "decision_number": take_text(row, "decision_number"),
            "decision_type": _decision(row),
            "decision_date": take_day(row, "decision_date"),
            "active_substances": substances,
            "invented_names": names,
            "therapeutic_area": take_text(row, "therapeutic_area"),
            "condition": take_text(row, "condition_indication"),
            "pharmaceutical_forms": take_list(row, "pharmaceutical_forms"),
            "routes_of_administration": take_list(row, "routes_of_administration"),
            "compliance_outcome": take_coded(row, COMPLIANCE, "compliance_outcome"),
            "compliance_opinion_date": take_day(row, "compliance_opinion_date"),
            "compliance_procedure_number": take_text(row, "compliance_procedure_number"),
            "contact": take_text(row, "contact_for_public_enquiries"),
            "first_published": take_day(row, "first_published_date"),
            "last_updated": take_day(row, "last_updated_date"),
            "url": url,
        }
        row.leave(DERIVED_IGNORED if derived else ())
        offers = [page_key(url), *(name_key(name) for name in names)]
        yield SourceRecord(key, body, row.place, offers=tuple(offers))


def _decision(row: Row) -> dict[str, str | None] | None:
    """``"PM: decision on the application for …"``: the letters before the colon are the code."""
    text = take_text(row, "decision_type")
    if text is None:
        return None
    code = DECISIONS.get(text.partition(":")[0].strip().casefold())
    if code is None:
        row.issue("unknown-value", f"The decision type “{text[:60]}” is not known so far.")
    return {"code": code, "source_value": text}
