"""EMA's list of referrals, as JSON report and as table. Centrally authorised medicines are joined by name."""

from __future__ import annotations

from collections.abc import Iterator

from medpath.fetch.files import SourceFile
from medpath.sources.ema.reports import read_page_rows
from medpath.sources.fields import take_coded, take_day, take_list, take_text, take_yes_no
from medpath.sources.keys import name_key, page_key
from medpath.sources.reading import Report, SourceRecord

NEEDED = ("referral_name", "current_status", "referral_type")
RENAMED = {
    "international_non_proprietary_name_inn_common_name": "international_non_proprietary_name_common_name",
}
CATEGORIES = {"human": "human", "veterinary": "veterinary"}
STATUSES = {
    "european commission final decision": "european-commission-final-decision",
    "cmdh final position": "cmdh-final-position",
    "under evaluation": "under-evaluation",
    "chmp opinion": "chmp-opinion",
}
DATES = {
    "procedure_start": "procedure_start_date",
    "prac_recommendation": "prac_recommendation_date",
    "cmdh_position": "cmdh_position_date",
    "chmp_cvmp_opinion": "chmp_cvmp_opinion_date",
    "european_commission_decision": "european_commission_decision_date",
}


def read(file: SourceFile, report: Report) -> Iterator[SourceRecord]:
    """Yields one record per referral, keyed by the path of its page. Raises SourceFailed for a changed format."""
    for key, url, row in read_page_rows(file, report, NEEDED, "referral_url", RENAMED):
        category = take_coded(row, CATEGORIES, "category")
        names = take_list(row, "associated_names_centrally_authorised_medicines")
        body = {
            "name": take_text(row, "referral_name"),
            "category": category["code"] if category else None,
            "inn_or_common_names": take_list(row, "international_non_proprietary_name_common_name"),
            "status": take_coded(row, STATUSES, "current_status"),
            "safety_referral": take_yes_no(row, "safety_referral"),
            "type": take_text(row, "referral_type"),
            "centrally_authorised_names": names,
            "nationally_authorised_names": take_list(row, "associated_names_non_centrally_authorised_medicines"),
            "class": take_text(row, "class"),
            "reference_number": take_text(row, "reference_number"),
            "authorisation_model": take_text(row, "authorisation_model"),
            "decision_models": {
                "prac": take_text(row, "prac_decision_making_model"),
                "non_prac": take_text(row, "non_prac_decision_making_model"),
            },
            "prac_recommendation": take_text(row, "prac_recommendation"),
            "dates": {name: take_day(row, column) for name, column in DATES.items()},
            "first_published": take_day(row, "first_published_date"),
            "last_updated": take_day(row, "last_updated_date"),
            "url": url,
        }
        row.leave()
        yield SourceRecord(key, body, row.place, offers=(page_key(url), *(name_key(name) for name in names)))
